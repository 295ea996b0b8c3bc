"""The month's handovers on the screen: the same page as ``kiosk report handovers --month``."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.desk.report import Period, Table
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain
from shift_handover.papers.month import handovers
from shift_handover.papers.printing import print_month
from shift_handover.papers.wording import widest_state


class MonthScreen(KioskScreen):
    """One month of handovers; left and right go to the month before and after."""

    AUTO_FOCUS: ClassVar[str | None] = "#month"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("p,P", "print", show=False),
    ]
    DEFAULT_CSS = """
    MonthScreen #month-title { height: 1; margin: 0 0 1 0; }
    MonthScreen #month-foot { height: auto; margin: 1 0; padding: 0 1; background: $panel-ground; }
    MonthScreen.-low #month-title, MonthScreen.-low #month-foot { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._first: date | None = None

    def body(self) -> ComposeResult:
        """Lay title, list and the counts beneath it."""
        yield Static("", markup=False, id="month-title")
        yield RowList(id="month")
        yield Static("", markup=False, id="month-foot")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this screen."""
        yield Key("←→", _("Month before, after"), pgettext("handover", "Month"))
        yield Key("P", pgettext("handover", "Print"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the month that is shown."""
        first, last = self._days()
        table = await self.aside(self._read, Period(first, last))
        if self.alive and self._days() == (first, last):
            self._draw(first, table)

    def _days(self) -> tuple[date, date]:
        """Return the first and the last day of the month shown, this one until it is turned."""
        first = self._first or self.kiosk.desk.today().replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def _read(self, period: Period) -> Table:
        with self.kiosk.desk.read() as book:
            return handovers(self.kiosk.desk, book, period)

    def _draw(self, first: date, table: Table) -> None:
        title = _("Shift handovers of {month}").format(month=f"{first:%Y-%m}")
        self.query_one("#month-title", Static).update(plain(title, f"bold {palette.TEXT}"))
        shown = self.query_one("#month", RowList)
        shown.empty = _("Nothing was handed over in this month.")
        shown.show([ListRow(_on_screen(cells), cells[0]) for cells in table.rows], _columns(table))
        foot = [plain(words, palette.MUTED) for words in table.foot]
        self.query_one("#month-foot", Static).update(lines(*foot))

    async def action_turn(self, months: int) -> None:
        """Show the month before or after; none that is still to come."""
        first, last = self._days()
        other = (first - timedelta(days=1)) if months < 0 else (last + timedelta(days=1))
        if other <= self.kiosk.desk.today():
            self._first = other.replace(day=1)
            await self.refresh_book()

    async def action_print(self) -> None:
        """Print the page of the month shown."""
        kiosk, days = self.kiosk, self._days()
        async with self.answering():
            await self.act(print_month, kiosk.desk, kiosk.by, *days)
            said = kiosk.on_paper(
                _("The month's page is being printed."),
                _("Printer {trouble}: the month's page prints once ready."),
            )
            kiosk.answer(Verdict(Tone.GOOD, said))


def _on_screen(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row without the year and month that the title says."""
    return tuple(cell[5:] if at in {3, 4} else cell for at, cell in enumerate(cells))


def _columns(table: Table) -> tuple[Column, ...]:
    number, outgoing, incoming, frozen, ended, minutes, how, to_do, asked, late = table.columns
    return (
        Column(number, 6),
        Column(outgoing, share=2, keep=8, least=6),
        Column(incoming, share=2, keep=8, least=6),
        Column(frozen, 11, keep=4),
        Column(ended, 11, keep=6),
        Column(minutes, 8, right=True, keep=7),
        Column(how, widest_state(), keep=8),
        Column(to_do, 5, right=True, keep=3),
        Column(asked, 9, right=True, keep=5),
        Column(late, 8, right=True, keep=2),
    )
