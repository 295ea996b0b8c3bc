"""A key goes out when the borrower taps; it comes back by its tag, or by the guard's word."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOANS, Loan, Thing
from kiosk.desk.people import Person
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _
from kiosk.keys import service
from kiosk.keys.service import Handed
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.dialogs import AskProof, Choose, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

WAITS_S = 20
_BACK, _STAYS = "back", "stays"


class LendKey(Dialog[None]):
    """Wait for the borrower's badge; another tag changes the key, Esc leaves it on the board."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "no_badge", show=False)]
    DEFAULT_CSS = """
    LendKey #waits { height: 1; margin: 1 0 0 0; }
    """

    def __init__(self, thing: Thing) -> None:
        super().__init__(lambda: self._thing.label, lambda: _("Borrower, please tap your badge."))
        self._thing = thing
        self._left = WAITS_S

    def parts(self) -> ComposeResult:
        """Yield the line that counts down."""
        yield Static("", markup=False, id="waits")

    def on_mount(self) -> None:
        """Say whose turn it is, and start to wait."""
        self._begin()
        self.set_interval(1.0, self._tick)

    def _begin(self) -> None:
        self._left = WAITS_S
        self.translate()

    def translate(self) -> None:
        """Say it again for the key of now, in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        hints = [("N", _("No badge")), ("Esc", _("Leave it on the board"))]
        shown = [
            row(plain(key, f"bold {palette.INFO}"), plain(does, palette.TEXT))
            for key, does in hints
        ]
        left = plain(_("{n} s").format(n=self._left), palette.MUTED)
        self.query_one("#waits", Static).update(row(*shown, left, gap=4))

    def _tick(self) -> None:
        if self.app.screen is not self:  # somebody types a PIN in front: nobody is hurried
            return
        self._left -= 1
        if self._left > 0:
            self._draw()
            return
        kiosk = self.kiosk
        self.dismiss()
        words = _("Nobody tapped. The key stays on the board.")
        kiosk.answer(Verdict(Tone.AMBER, words, name=self._thing.label))

    def accepts(self, bearer: Bearer) -> bool:
        """Take the borrower's badge, or the tag of a key."""
        return isinstance(bearer, StaffCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Hand the key out to who tapped; a tag in between is another key, or one that is back."""
        match bearer:
            case StaffCard(person=person):
                await self._lend(person, Means.BADGE)
            case ThingTag(thing=thing):
                await self._other(thing)

    async def _lend(self, person: Person, means: Means) -> None:
        kiosk = self.kiosk
        handed = await self.act(service.lend, kiosk.desk, self._thing.id, person, kiosk.by, means)
        self.dismiss()
        kiosk.answer(lent(kiosk.desk, handed))

    async def _other(self, thing: Thing) -> None:
        with self.kiosk.desk.read() as book:
            out = service.is_out(book, thing.id)
        if out:
            await take_back(self.kiosk, thing.id, "tag")
            return
        self._thing = thing
        self._begin()

    def action_no_badge(self) -> None:
        """Take staff number and PIN where there is no badge or no reader."""
        label = self._thing.label

        def title() -> str:
            return _("{thing}: borrower without a badge").format(thing=label)

        self.app.push_screen(AskProof(title), self._proved)

    async def _proved(self, proof: Proof | None) -> None:
        self._left = WAITS_S
        if proof is not None:
            async with self.answering():
                await self._lend(proof.person, proof.means)


class TakeBack(Choose):
    """An open loan: is the key here? Esc leaves it open."""

    def __init__(self, loan_id: str) -> None:
        super().__init__(
            str,
            [
                (_BACK, lambda: _("It is back on the board")),
                (_STAYS, lambda: _("It is still out")),
            ],
        )
        self._loan_id = loan_id
        self._thing_id = ""

    async def on_screen_resume(self) -> None:
        """Say what is out, who has it and since when."""
        found = await self.aside(_open_loan, self.kiosk.desk, self._loan_id)
        if found is None:
            self.dismiss()
            return
        loan, thing, holder = found
        self._thing_id = thing.id
        desk = self.kiosk.desk
        self.entitle(lambda: thing.label)
        self.help(
            lambda: _("{number}  {holder} has it since {since}, due {due}.").format(
                number=loan.number,
                holder=_with_extension(holder),
                since=_when(desk, loan.out_at),
                due=_when(desk, loan.due_at),
            )
        )

    async def answered(self, key: str) -> None:
        """Write what the guard saw, then close."""
        if key != _BACK:
            self.dismiss(key)
            return
        kiosk = self.kiosk
        async with self.answering():
            self.dismiss(key)
            await take_back(kiosk, self._thing_id, "by_hand")


def _open_loan(desk: Desk, loan_id: str) -> tuple[Loan, Thing, Person] | None:
    with desk.read() as book:
        loans = book.all(OPEN_LOANS)
    return next((found for found in loans if found[0].id == loan_id), None)


def _with_extension(holder: Person) -> str:
    if not holder.extension:
        return holder.name
    return _("{name} (extension {extension})").format(name=holder.name, extension=holder.extension)


async def take_back(kiosk: Context, thing_id: str, how: str) -> None:
    """Write that a key is back and say so; ``how`` is ``tag`` or ``by_hand``."""
    by = kiosk.operator.staff_no if kiosk.operator else service.keeper(kiosk.desk)
    handed = await kiosk.pen.write(service.give_back, kiosk.desk, thing_id, by, how)
    kiosk.changed()
    kiosk.answer(returned(kiosk.desk, handed))


def lent(desk: Desk, handed: Handed) -> Verdict:
    """Say whose the key is now, and until when."""
    return Verdict(
        Tone.GOOD,
        _("{thing} is out").format(thing=handed.label),
        name=handed.holder,
        time=_("due {hour}").format(hour=_when(desk, handed.due_at)),
    )


def returned(desk: Desk, handed: Handed) -> Verdict:
    """Say that the key is back, and who had it."""
    return Verdict(
        Tone.GOOD,
        _("{thing} is back").format(thing=handed.label),
        name=handed.holder,
        time=_("out since {since}").format(since=_when(desk, handed.out_at)),
        lines=(_("It came back late."),) if handed.late else (),
    )


def _when(desk: Desk, moment: datetime) -> str:
    """Return the local hour, with the day when it is not today's."""
    local = desk.local(moment)
    shown = local.strftime("%H:%M")
    return shown if local.date() == desk.today() else f"{local.strftime('%m-%d')} {shown}"
