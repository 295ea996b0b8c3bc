"""F6, then S: the newest slips, what became of each, and on which printer; Enter shows one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.slip_screen import SlipView
from kiosk.ui.words_on_screen import plain

if TYPE_CHECKING:  # loaded with the other screens, before the book is read
    from kiosk.desk.print_history import Printed

_USUAL_WIDTH = 576


class PrintsScreen(KioskScreen):
    """The last 200 slips, the newest first. Nothing is printed from here."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def body(self) -> ComposeResult:
        """Lay what the printer says of itself, and the list."""
        yield Static("", markup=False, id="prints-title")
        yield RowList(spaced=True, id="prints")

    def keys(self) -> Iterator[Key]:
        """Show the keys."""
        yield Key("Enter", _("Look at it"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one(RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look again when coming back from a slip."""
        await super().on_screen_resume()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the newest slips."""
        from kiosk.desk.print_history import newest  # noqa: PLC0415 - as at the head

        found = await self.aside(newest, self.kiosk.desk)
        if not self.alive:
            return
        trouble = self.kiosk.printer_trouble()
        words = _("Printer: {trouble}").format(trouble=trouble) if trouble else _("Printer: ready")
        colour = palette.AMBER if trouble else palette.GOOD
        self.query_one("#prints-title", Static).update(plain(words, f"bold {colour}"))
        shown = self.query_one(RowList)
        shown.empty = _("Nothing was printed yet.")
        shown.show([self._row(one) for one in found], _columns())

    def _row(self, one: Printed) -> ListRow:
        from kiosk.desk.print_history import state_words  # noqa: PLC0415 - as at the head

        at = self.kiosk.desk.local(one.queued_at)
        said = state_words(one.state, weak=one.weak)
        cells = (one.number, one.paper, str(one.copy), f"{at:%m-%d %H:%M}", said, one.printer)
        return ListRow(cells, key=one.job_id, faint=(3, 5))

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show the slip as it went to the printer."""
        from kiosk.desk.print_history import slip_of  # noqa: PLC0415 - as at the head

        async with self.answering():
            slip = await self.aside(slip_of, self.kiosk.desk, message.row.key)
            if self.is_current:
                said = partial(_said, slip.number)
                self.app.push_screen(SlipView(slip, said, self._width()))

    def _width(self) -> int:
        printers = self.kiosk.desk.settings.printers
        return next((one.width_dots for one in printers if not one.fallback), _USUAL_WIDTH)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)


def _said(number: str) -> str:
    return _("Slip {number}, as it went to the printer").format(number=number)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 14, keep=9),
        Column(pgettext("print", "Paper"), share=2, keep=8),
        Column(pgettext("print", "Copy"), 4, right=True),
        Column(pgettext("print", "At"), 12, keep=8),
        Column(pgettext("print", "State"), 16, keep=9),
        Column(_("Printer"), share=2, keep=4),
    )
