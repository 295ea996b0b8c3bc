"""What the guard does about a match: compares, has a manager decide, sends away, tells."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input, Static

from kiosk.desk.signing import Proof
from kiosk.desk.words import N_, Words, _
from kiosk.ui.dialogs import AskText, Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import LOW_ROWS, KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from visitors import reception, watch_gate, watch_screening
from visitors.acts import Act
from visitors.cards import VisitCard
from visitors.id_cards import OUTSIDE, Likeness
from visitors.screens_appointment_words import has_notes
from visitors.screens_watch import (
    BIG_ROWS,
    ON_THE_WAY,
    banner,
    sentence_to_say,
    tone_of_watch,
    whom_said,
)
from visitors.service import REASON_LIMIT
from visitors.watch_gate import Match
from visitors.watch_keys import TAIL
from visitors.watch_list import signs
from visitors.watch_models import Decision, Same

_MARGIN = 6
_ROOMY = 44  # rows: from here on everything stands under one another
_ASKED: Mapping[str, str] = {
    "born": N_("Year of birth"), "phone": N_("Phone, last 4"), "unit": N_("Unit"),
}  # fmt: skip


def is_crowded(visit: VisitCard, likeness: Likeness | None, height: int) -> bool:
    """Say whether big words would leave no room for what can be done, on a screen so high."""
    watched = visit.state in ON_THE_WAY and tone_of_watch(visit.watch) is not None
    besides = (likeness is not None and visit.state in OUTSIDE) + has_notes(visit)
    return watched and (besides > 0 if height < LOW_ROWS else besides > 1 and height < _ROOMY)


def draw_watch(screen: KioskScreen, visit: VisitCard) -> None:
    """Say what the list asks for the visit on the screen; nothing where it asks nothing."""
    desk, shown = screen.kiosk.desk, screen.query_one("#watch", Static)
    tone = tone_of_watch(visit.watch) if visit.state in ON_THE_WAY else None
    screen.set_class(tone is not None, "-watched")
    for each in Tone:
        shown.set_class(each is tone, f"-{each.value}")
    if tone is None:
        return
    first = visit.watch.first
    with desk.read() as book:
        whom = whom_said(book, first.whom) if first is not None else ""
    rows = 1 if screen.has_class("-crowded") else BIG_ROWS
    shown.update(banner(visit.watch, whom, screen.size.width - _MARGIN, rows))


def watch_acts(
    screen: KioskScreen, visit: VisitCard
) -> Mapping[Act, Callable[[], Awaitable[None]]]:
    """Return what each act about the list does on a visit's screen."""
    return {
        Act.COMPARE: partial(_compare, screen, visit),
        Act.DECIDE: partial(_decide, screen, visit),
        Act.TURN_AWAY: partial(_turn_away, screen, visit),
        Act.TOLD: partial(_told, screen, visit),
        Act.LOOK_UP: partial(_look_up, screen, visit),
    }


async def _compare(screen: KioskScreen, visit: VisitCard) -> None:
    match, kiosk = visit.watch.first, screen.kiosk
    if match is None:
        return

    async def answered(found: Same | None) -> None:
        if found is None:
            return
        async with screen.answering():
            await screen.act(watch_gate.compared, kiosk.desk, kiosk.by, match.id, found)
            await screen.refresh_book()

    screen.app.push_screen(Compare(match, visit), answered)


async def _decide(screen: KioskScreen, visit: VisitCard) -> None:
    def title() -> str:
        return _("{visitor}: what does the manager decide?").format(visitor=visit.address)

    def sign(decision: Decision, reason: str) -> None:
        kiosk = screen.kiosk

        async def act(proof: Proof) -> Verdict:
            desk, by = kiosk.desk, kiosk.by
            await screen.act(watch_gate.decide, desk, by, visit.id, decision, reason, proof)
            await screen.refresh_book()
            words = _("has decided: you may admit once the host agrees.")
            return Verdict(Tone.GOOD, words, name=proof.person.name)

        screen.app.push_screen(SignedAct(title, act, how_to_sign, may=signs))

    def chosen(key: str | None) -> None:
        def typed(reason: str | None) -> None:
            if reason and key is not None:
                sign(Decision(key), reason)

        if key is not None:
            asked = AskText(title, lambda: _("Reason"), limit=REASON_LIMIT)
            screen.app.push_screen(asked, typed)

    choices: list[tuple[str, Words]] = [
        (Decision.ADMIT.value, lambda: _("Let in all the same")),
        (Decision.ESCORT.value, lambda: _("Let in, with an escort")),
    ]
    screen.app.push_screen(Choose(title, choices), chosen)


def how_to_sign() -> str:
    """Say how a manager or the office signs for the watch list."""
    return _("A manager or the office taps the badge and types the PIN.")


async def _turn_away(screen: KioskScreen, visit: VisitCard) -> None:
    """Ask once, with the sentence to say: a key meant for something else sends nobody away."""
    match, kiosk = visit.watch.first, screen.kiosk
    said = sentence_to_say(match) if match is not None else ""

    async def chosen(key: str | None) -> None:
        if key is None:
            return
        async with screen.answering():
            await screen.act(reception.refuse, kiosk.desk, kiosk.by, visit.id, "instruction")
            screen.dismiss(None)
            words = _("Sent away politely; it is written down.")
            kiosk.answer(Verdict(Tone.INFO, words, visit.address))

    def title() -> str:
        return _("Send {visitor} away?").format(visitor=visit.address)

    def what_to_say() -> str:
        return _('Say: "{sentence}"').format(sentence=said)

    choices: list[tuple[str, Words]] = [("away", lambda: _("It is said: send away politely"))]
    screen.app.push_screen(Choose(title, choices, what_to_say), chosen)


async def _told(screen: KioskScreen, visit: VisitCard) -> None:
    kiosk = screen.kiosk
    await screen.act(watch_gate.told, kiosk.desk, kiosk.by, visit.id)
    await screen.refresh_book()


async def _look_up(screen: KioskScreen, visit: VisitCard) -> None:
    kiosk = screen.kiosk
    read = await screen.act(watch_screening.look_again, kiosk.desk, kiosk.by, visit.id)
    if not read:
        kiosk.answer(Verdict(Tone.AMBER, _("The watch list still cannot be read.")))
    await screen.refresh_book()


def _how_to_compare() -> str:
    return _("Ask the visitor, type the answer, Enter. Nothing is kept of it. Then 1 or 2.")


def _only_a_name() -> str:
    return _("The list has nothing else to compare. Press 1 when in doubt.")


class Compare(Dialog[Same | None]):
    """Compare the visitor with the listed person: the kiosk says fits or not, the guard decides.

    What is known of the listed person is never shown. What the visit says already is compared by
    itself.
    """

    DEFAULT_CSS = """
    Compare #choices { margin: 1 0 0 0; }
    """
    CHOICES: ClassVar[tuple[tuple[Same, str], ...]] = (
        (Same.SAME, N_("The same person, or not sure")),
        (Same.ANOTHER, N_("Another person")),
    )

    def __init__(self, match: Match, visit: VisitCard) -> None:
        who = match.companion or visit.name
        super().__init__(lambda: _("Is {visitor} the listed person?").format(visitor=who))
        self._help = _how_to_compare if match.comparable else _only_a_name
        self._match = match
        # The number is the leader's, and says nothing about who comes along.
        phone = "" if match.companion else visit.phone[-TAIL:]
        self._known = {"phone": phone, "unit": visit.unit}

    def parts(self) -> ComposeResult:
        """Yield a field for each thing that can be compared, and the two answers."""
        for field in self._match.comparable:
            yield LabelledInput(
                partial(_, _ASKED[field]), id=field, value=self._known.get(field, "")
            )
        yield RowList(Column("", 2), Column(""), header=False, id="choices")

    def on_mount(self) -> None:
        """Compare what is known, and start in the first empty field."""
        shown = self.query_one("#choices", RowList)
        shown.styles.height = len(self.CHOICES)
        shown.show(self._rows())
        fields = list(self.query(LabelledInput))
        for field in fields:
            self._say(field)
        empty = next((field for field in fields if not field.text), None)
        (empty or shown).focus()

    def _rows(self) -> list[ListRow]:
        return [
            ListRow((str(n), _(words)), key=found)
            for n, (found, words) in enumerate(self.CHOICES, 1)
        ]

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#choices", RowList).show(self._rows())

    def _say(self, field: LabelledInput) -> None:
        """Say under a field whether its answer fits the list; nothing for an empty one."""
        if not field.text or field.id is None:
            field.wrong()
            return
        fits = watch_gate.fits(self.kiosk.desk, self._match.id, field.id, field.text)
        field.wrong(partial(_, _FITS if fits else _DIFFERS))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare the answer and move on; an empty one is passed over."""
        event.stop()
        fields = list(self.query(LabelledInput))
        at = next(n for n, one in enumerate(fields) if one.input is event.input)
        self._say(fields[at])
        (fields[at + 1] if at + 1 < len(fields) else self.query_one("#choices", RowList)).focus()

    def on_key(self, event: Key) -> None:
        """Take a digit as the answer, once no field is being typed in."""
        digit = event.character or ""
        if digit.isdecimal() and 1 <= int(digit) <= len(self.CHOICES):
            event.stop()
            self.dismiss(self.CHOICES[int(digit) - 1][0])

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the answer under the cursor."""
        self.dismiss(message.row.key)


_FITS = N_("fits the list")
_DIFFERS = N_("does not fit the list")
