"""What the digits do about a kind of visit: ask for the helmet, hand over, tell a leader."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from visitors import reception
from visitors.acts import Act
from visitors.cards import VisitCard
from visitors.gates.stale import OtherDesks
from visitors.lanes import gate, helmets
from visitors.screens_exit_ask import AskSaved
from visitors.screens_gates import ask_supervisor
from visitors.screens_said import admitted_words

_MOST_LEADERS = 9
_LONGEST = 40
_ALL_KEY = "a"


def lane_acts(screen: KioskScreen, visit: VisitCard) -> Mapping[Act, Callable[[], Awaitable[None]]]:
    """Return what each act about a kind of visit does on the screen that shows it."""
    return {
        Act.ADMIT: partial(_admit, screen, visit),
        Act.HAND_OVER: partial(_hand_over, screen, visit, kept=False),
        Act.KEEP: partial(_hand_over, screen, visit, kept=True),
        Act.LEADER_TOLD: partial(_leader_told, screen, visit),
        Act.HELMET_BACK: partial(_helmet_back, screen, visit),
        Act.HELMET_GIVEN: partial(_helmet_given, screen, visit),
    }


async def _admit(screen: KioskScreen, visit: VisitCard) -> None:
    """Let the visitor in; where a helmet is needed, after the one question which."""
    if not visit.needs_helmet or visit.helmet:
        await _let_in(screen, visit, "")
        return

    async def answered(helmet: str | None) -> None:
        if helmet is not None:
            async with screen.answering():
                await _let_in(screen, visit, helmet)

    screen.app.push_screen(HelmetQuestion(visit), answered)


async def _helmet_given(screen: KioskScreen, visit: VisitCard) -> None:
    kiosk = screen.kiosk

    async def answered(helmet: str | None) -> None:
        if helmet is not None:
            async with screen.answering():
                await screen.act(helmets.give, kiosk.desk, kiosk.by, visit.id, helmet)
                await screen.refresh_book()
                words = _("Written down. Please print the slip again.")
                kiosk.answer(Verdict(Tone.GOOD, words, name=visit.address))

    screen.app.push_screen(HelmetQuestion(visit), answered)


async def _let_in(screen: KioskScreen, visit: VisitCard, helmet: str) -> None:
    """Let the visitor in; with another desk not heard of for long, once a supervisor has signed."""
    try:
        answer = await _admitted(screen, visit, helmet)
    except Refused as refused:
        if refused.code != "visit.hub_stale":
            raise
        signed = partial(_admitted, screen, visit, helmet)
        ask_supervisor(screen, visit, refused, signed)
        return
    screen.kiosk.answer(answer)


async def _admitted(
    screen: KioskScreen, visit: VisitCard, helmet: str, proof: Proof | None = None
) -> Verdict:  # fmt: skip
    kiosk = screen.kiosk
    others = OtherDesks(kiosk.hub_state(), proof)
    inside = await screen.act(reception.admit, kiosk.desk, kiosk.by, visit.id, helmet, others)
    _close(screen)
    words = admitted_words(kiosk, inside) if inside.asks.slip else _without_slip(inside)
    lines = (_("Officers: tell the leader at once."),) if inside.leader_waits else ()
    tone = Tone.AMBER if lines else Tone.GOOD
    return Verdict(tone, words, name=inside.address, lines=lines)


def _without_slip(visit: VisitCard) -> str:
    return _("Admitted, no. {number}. There is no slip.").format(number=visit.listed)


def _close(screen: KioskScreen) -> None:
    """Go back, unless the desk was locked meanwhile and something covers the screen."""
    if screen.is_current:
        screen.dismiss(None)


async def _hand_over(screen: KioskScreen, visit: VisitCard, *, kept: bool) -> None:
    kiosk = screen.kiosk
    gone = await screen.act(gate.hand_over, kiosk.desk, kiosk.by, visit.id, kept=kept)
    _close(screen)
    to = _("Kept at the gate for {host}. Please call.") if kept else _("Handed over to {host}.")
    kiosk.answer(Verdict(Tone.GOOD, to.format(host=gone.host.address), name=gone.address))


async def _helmet_back(screen: KioskScreen, visit: VisitCard) -> None:
    """Take the helmet back; of several ask which, for the others may still wear theirs."""
    kiosk = screen.kiosk
    if len(helmets.numbers(visit.helmet)) > 1:
        screen.app.push_screen(HelmetsBack(visit))
        return
    await screen.act(helmets.back, kiosk.desk, kiosk.by, visit.id)
    await screen.refresh_book()
    kiosk.answer(Verdict(Tone.GOOD, _("The helmet is back."), name=visit.address))


async def _leader_told(screen: KioskScreen, visit: VisitCard) -> None:
    """Ask which leader was told; the duty leader stands first."""
    kiosk = screen.kiosk
    found = (await screen.aside(_leaders, kiosk.desk))[:_MOST_LEADERS]

    async def chosen(staff_no: str | None) -> None:
        if staff_no is None:
            return
        async with screen.answering():
            await screen.act(gate.leader_told, kiosk.desk, kiosk.by, visit.id, staff_no)
            await screen.refresh_book()
            kiosk.answer(Verdict(Tone.GOOD, _("It is written down that the leader is told.")))

    choices: list[tuple[str, Words]] = [(one.staff_no, partial(_called, one)) for one in found]
    screen.app.push_screen(Choose(lambda: _("Which leader is told?"), choices), chosen)


def _leaders(desk: Desk) -> list[Person]:
    with desk.read() as book:
        return gate.leaders(book)


def _called(person: Person) -> str:
    return "  ".join(part for part in (person.name, person.title, person.extension) if part)


class HelmetQuestion(Dialog[str | None]):
    """Which helmet goes in (clause 145): a number and Enter, or at once O for own, N for not there.

    Returns what was typed once it can be taken, None for Esc.
    """

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(partial(_ask_helmet, visit), partial(_how_helmet, visit.remaining))
        self._visit = visit

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(lambda: _("Helmet"), id="helmet", limit=_LONGEST)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#helmet", LabelledInput).focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Take O or N alone at once, unless each of several people may have something else."""
        self.wrong()
        alone = event.value.strip().lower()
        if alone == helmets.STAYS_OUT_KEY or (
            alone == helmets.OWN_KEY and self._visit.remaining == 1
        ):
            await self._take(alone)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed; what cannot be taken stays, with the reason under it."""
        event.stop()
        await self._take(event.value)

    async def _take(self, typed: str) -> None:
        desk = self.kiosk.desk
        try:
            self.dismiss(await self.aside(helmets.checked, desk, self._visit.id, typed))
        except Refused as refused:
            self.refused(refused)


class HelmetsBack(AskSaved):
    """Which of the party's helmets hang in the rack again? Their numbers, or A for all."""

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(
            lambda: _("{visitor}: which helmets are back?").format(visitor=visit.address),
            lambda: _("Helmet"),
            lambda: _("Out: {helmets}. Their numbers and Enter; A: all of them.").format(
                helmets=" ".join(helmets.numbers(visit.helmet))
            ),
            limit=_LONGEST,
        )
        self._visit = visit

    async def save(self, text: str) -> Verdict:
        """Take back those, or all."""
        kiosk, some = self.kiosk, "" if text.strip().lower() == _ALL_KEY else text
        await self.act(helmets.back, kiosk.desk, kiosk.by, self._visit.id, some)
        return Verdict(Tone.GOOD, _("The helmet is back."), name=self._visit.address)


def _ask_helmet(visit: VisitCard) -> str:
    return _("Which helmet does {visitor} wear?").format(visitor=visit.address)


def _how_helmet(people: int) -> str:
    if people == 1:
        return _("Its number and Enter. O: an own helmet. N: does not go in there.")
    return _("A number or O (own) for each, then Enter. N: nobody goes in there.")
