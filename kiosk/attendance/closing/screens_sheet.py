"""F7, 9: the month sheet, names down and days across, for office, leaders and heads of section."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Static

from kiosk.attendance.closing import sheet_words, wording
from kiosk.attendance.closing.rules import (
    Sight,
    month_before,
    month_ends,
    next_month,
    reads_sheet,
    sight_of,
)
from kiosk.attendance.closing.screens_person import PersonDays
from kiosk.attendance.closing.screens_proved import Fleeting, ProveThen
from kiosk.attendance.closing.sheet import MonthSheet, PersonMonth, month_sheet
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import lines, plain, row

_NAME, _SIGN, _DAY, _MARGIN = 10, 2, 4, 4
_HALF_MONTH = 16


class ReadSheet(ProveThen):
    """Who reads the sheet? Office and leaders everybody's, a head the own section's."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Who reads the month sheet?"),
            lambda: _("Office, leader or head of section: badge and PIN."),
            self._open, sight_of, reads_sheet,
        )  # fmt: skip

    def _open(self, proof: Proof) -> "SheetOfMonth":
        first = self.kiosk.desk.work_day(self.kiosk.desk.clock()).replace(day=1)
        return SheetOfMonth(sight_of(proof.person), first)


class SheetOfMonth(Fleeting):
    """The grid. Arrows to the side turn its pages of days; Enter shows one person's days.

    A day of two different halves shows the one that asks for a look; Enter shows both.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("p,P", "other_month(-1)", show=False),
        Binding("n,N", "other_month(1)", show=False),
    ]
    DEFAULT_CSS = """
    SheetOfMonth #sheet-head { height: 3; padding: 0 2 1 2; background: $panel-ground; }
    SheetOfMonth.-low #sheet-head { padding: 0 1 1 1; }
    SheetOfMonth #sheet { padding: 0 1; }
    """

    def __init__(self, sight: Sight, first: date) -> None:
        super().__init__()
        self._sight, self._first, self._page = sight, first, 0
        self._sheet: MonthSheet | None = None

    def body(self) -> ComposeResult:
        """Lay what the signs mean, and the grid."""
        yield Static("", markup=False, id="sheet-head")
        yield RowList(id="sheet")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("← →", _("Other days of the month"), pgettext("books", "Days"))
        yield Key("Enter", _("One person's days"), pgettext("books", "Person"))
        yield Key("P", _("Month before"), pgettext("books", "Before"))
        yield Key("N", _("Month after"), pgettext("books", "After"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        self.query_one("#sheet", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read and derive the month; whom the reader may not see is left out."""
        self._sheet = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> MonthSheet:
        desk, sight = self.kiosk.desk, self._sight
        department = None if sight.everybody else sight.department_id or "-"
        with desk.read() as book:
            return month_sheet(
                desk, book, self._first, month_ends(self._first), department_id=department,
                kinds=True,
            )  # fmt: skip

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Show as many days as have room."""
        del event
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        shown = self._shown_days(sheet)
        section = "" if self._sight.everybody else next(
            (one.section for one in sheet.people), ""
        )  # fmt: skip
        head = row(
            plain(sheet_words.title(sheet), f"bold {palette.TEXT}"),
            plain(f"{shown.start + 1}-{shown.stop}", palette.MUTED),
            plain(section, palette.MUTED),
            gap=3,
        )
        self.query_one("#sheet-head", Static).update(
            lines(head, plain(wording.legend(), palette.MUTED))
        )
        grid = self.query_one("#sheet", RowList)
        grid.empty = _("Nobody stands on this sheet.")
        grid.show([self._row(one, shown) for one in sheet.people], _columns(shown))

    def _shown_days(self, sheet: MonthSheet) -> range:
        room = (self.app.size.width - _NAME - _MARGIN) // _DAY
        days = sheet.last.day
        if room >= days:
            return range(days)
        at = self._page * _HALF_MONTH
        return range(at, min(days, at + _HALF_MONTH))

    def _row(self, one: PersonMonth, shown: range) -> ListRow:
        signs = (one.days[at].sign(kinds=True, short=True) for at in shown)
        return ListRow((one.person.name, *signs), key=one.person.id, bar=_bar(one, shown))

    # Keys.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to the days of the person under the cursor."""
        people = self._sheet.people if self._sheet is not None else ()
        one = next((one for one in people if one.person.id == message.row.key), None)
        if one is not None:
            self.app.push_screen(PersonDays(one.person, self._first))

    def action_turn(self, by: int) -> None:
        """Turn to the other half of the month."""
        self.touched()
        self._page = max(0, min(1, self._page + by))
        self._draw()

    async def action_other_month(self, by: int) -> None:
        """Go to the month before or after; none lies after this one."""
        self.touched()
        first = month_before(self._first) if by < 0 else next_month(self._first)
        if first <= self.kiosk.desk.work_day(self.kiosk.desk.clock()):
            self._first = first
            await self.refresh_book()


def _columns(shown: range) -> tuple[Column, ...]:
    return Column(_("Name"), _NAME), *(Column(str(at + 1), _SIGN) for at in shown)


def _bar(one: PersonMonth, shown: range) -> str:
    """Return the colour at the name: red for an absence, amber for late or early."""
    days = [one.days[at].day for at in shown]
    if any(day.absent_halves for day in days):
        return palette.RED
    return palette.AMBER if any(day.late_counts or day.early_counts for day in days) else ""
