"""Who works late: today's and the coming spells that a manager has signed (clause 90).

Keystrokes: ``F4 O`` shows them; ``N``, who, from, until, rooms, keys, and the manager's badge and
PIN adds one; ``X`` takes the one under the cursor back.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.overtime import Overtime
from kiosk.desk.people import Person, department_name, person_by_id
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.keys import booking, rules
from kiosk.keys.models import OVERTIME_BETWEEN
from kiosk.keys.screens_ask_things import AskThings
from kiosk.keys.screens_board_rows import day_hour
from kiosk.keys.screens_reserve import AskSpan, Span
from kiosk.keys.screens_signed import manager_help, written
from kiosk.keys.service import LONGEST_NOTE
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row

_AHEAD = timedelta(days=60)
_YES = "yes"
Spell = tuple[Overtime, Person, str, str]
"""A spell, who works, their section, and the name of the manager who signed."""


class OvertimeScreen(KioskScreen):
    """The approved spells, the running ones first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "add", show=False),
        Binding("x,X", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    OvertimeScreen #overtime-title { height: 3; padding: 1 2; background: $panel-ground; }
    OvertimeScreen #spells { padding: 0 1 1 1; }
    OvertimeScreen.-low #overtime-title { height: 2; padding: 0 1; }
    OvertimeScreen.-low #spells { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._spells: list[Spell] = []

    def body(self) -> ComposeResult:
        """Lay the title and the list."""
        yield Static("", markup=False, id="overtime-title")
        yield RowList(id="spells")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("N", _("New spell of overtime"), _("New"))
        yield Key("X", _("Cancel it"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when the screen comes to the front."""
        self.query_one("#spells", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the spells that are not over."""
        self._spells = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[Spell]:
        desk = self.kiosk.desk
        today, now = desk.today(), desk.clock()
        with desk.read() as book:
            found = book.all(OVERTIME_BETWEEN, first=today - timedelta(days=1), last=today + _AHEAD)
            return [
                (
                    spell, person, department_name(book, person),
                    person_by_id(book, spell.approver_id).name if spell.approver_id else "",
                )
                for spell, person in found
                if spell.until_at > now
            ]  # fmt: skip

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#overtime-title", Static).update(self._title())
        shown = self.query_one("#spells", RowList)
        shown.empty = _("Nobody has asked for overtime. N writes a spell down.")
        shown.show([self._row(*one) for one in self._spells], _columns())

    def _title(self) -> Content:
        now = self.kiosk.desk.clock()
        running = sum(one[0].from_at <= now for one in self._spells)
        return row(
            plain(_("Overtime, signed by a manager"), f"bold {palette.TEXT}"),
            plain(_("{n} now").format(n=running), palette.INFO if running else palette.MUTED),
            plain(_("{n} to come").format(n=len(self._spells) - running), palette.MUTED),
            gap=3,
        )

    def _row(self, spell: Overtime, person: Person, section: str, approver: str) -> ListRow:
        desk = self.kiosk.desk
        now = spell.from_at <= desk.clock()
        cells = (
            spell.number, person.name, section, day_hour(desk, spell.from_at),
            day_hour(desk, spell.until_at), spell.rooms, approver,
        )  # fmt: skip
        colour = palette.TEXT if now else palette.MUTED
        return ListRow(cells, key=spell.id, colour=colour, bar=palette.INFO if now else "")

    # A new spell: who, when, where, and the manager's word.

    def action_add(self) -> None:
        """Ask who works late."""
        self.app.push_screen(AskPerson(lambda: _("Who works overtime?")), self._who)

    def _who(self, person: Person | None) -> None:
        if person is not None:
            asked = AskSpan(partial(_of, person), in_advance=True)
            self.app.push_screen(asked, partial(self._when, person))

    def _when(self, person: Person, span: Span | None) -> None:
        if span is not None:
            asked = AskText(partial(_of, person), lambda: _("Rooms"), limit=LONGEST_NOTE)
            self.app.push_screen(asked, partial(self._where, person, span))

    def _where(self, person: Person, span: Span, rooms: str | None) -> None:
        if rooms is not None:
            asked = AskThings(partial(_of, person))
            self.app.push_screen(asked, partial(self._which, person, span, rooms))

    async def _which(
        self, person: Person, span: Span, rooms: str, things: tuple[str, ...] | None
    ) -> None:
        if things is None:
            return
        async with self.answering():
            begins = max(span[0], self.kiosk.desk.clock())
            await self.aside(
                booking.check_overtime, self.kiosk.desk, person, begins, span[1], things
            )
            self._fetch_a_manager(person, span, rooms, things)

    def _fetch_a_manager(
        self, person: Person, span: Span, rooms: str, things: tuple[str, ...]
    ) -> None:
        def title() -> str:
            return _("Yes to the overtime of {name}").format(name=person.name)

        act = partial(self._ask, person, span, rooms, things)
        self.app.push_screen(SignedAct(title, act, manager_help, may=rules.manages))

    async def _ask(
        self, person: Person, span: Span, rooms: str, things: tuple[str, ...], proof: Proof
    ) -> Verdict:
        kiosk = self.kiosk
        # It was in advance when it was typed; the manager may have been some minutes on the way.
        begins = max(span[0], kiosk.desk.clock())
        made = await written(
            kiosk, booking.ask_overtime, kiosk.desk, person, kiosk.by, begins, span[1], rooms,
            proof, things,
        )  # fmt: skip
        words = _("Overtime is written down, {number}").format(number=made.number)
        times = f"{day_hour(kiosk.desk, made.from_at)} - {day_hour(kiosk.desk, made.until_at)}"
        return Verdict(Tone.GOOD, words, name=person.name, time=times)

    def action_cancel(self) -> None:
        """Ask once more before a spell is taken back."""
        current = self.query_one("#spells", RowList).current
        if current is None:
            return
        spell = next(one for one in self._spells if one[0].id == current.key)
        asked = Choose(
            lambda: _("Cancel the overtime of {name}?").format(name=spell[1].name),
            [(_YES, lambda: _("Yes, cancel it")), ("no", lambda: _("No, it stays"))],
        )
        self.app.push_screen(asked, partial(self._cancelled, current.key))

    async def _cancelled(self, overtime_id: str, said: str | None) -> None:
        if said != _YES:
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(booking.cancel_overtime, kiosk.desk, overtime_id, kiosk.by)
            kiosk.answer(Verdict(Tone.GOOD, _("The overtime is cancelled.")))


def _of(person: Person) -> str:
    return _("Overtime of {name}").format(name=person.name)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 5, keep=6),
        Column(_("Who"), 12, keep=9),
        Column(_("Section"), 12, keep=4),
        Column(pgettext("booking", "From"), 11, keep=8),
        Column(pgettext("booking", "Until"), 11, keep=9),
        Column(_("Rooms"), share=1, keep=7, least=8),
        Column(_("Signed by"), 10, keep=5),
    )
