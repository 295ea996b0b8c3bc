"""What is missing, all in one go: digits choose from the list of the house, W writes more."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed

from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _
from kiosk.enquiries import service
from kiosk.enquiries.rules import LONGEST_LINE, notice_lines
from kiosk.ui.dialogs import AskText, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict

_SHOWN = 10
_TICKED, _NOT = "[x]", "[ ]"


class NoticeDialog(Dialog[None]):
    """The lines of the notice. Nothing is printed, and nothing recorded, without any line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", show=False),
        Binding("w,W", "write", show=False),
        Binding("p,P", "print", show=False),
    ]

    def __init__(self, enquiry_id: str) -> None:
        super().__init__(
            lambda: _("One-time notice: what is missing?"),
            lambda: _("Digits or Space choose, W writes another line, Enter prints."),
        )
        self._enquiry_id = enquiry_id
        self._lines: list[str] = []
        self._chosen: set[str] = set()

    def parts(self) -> ComposeResult:
        """Yield the lines."""
        yield RowList(Column("", 2), Column("", 3), Column(""), header=False, id="lines")

    def on_mount(self) -> None:
        """Offer what is often missing in this house."""
        self._lines = list(self.kiosk.desk.settings.site.notice_lines)
        shown = self.query_one("#lines", RowList)
        shown.styles.height = min(max(len(self._lines) + 2, 4), _SHOWN)
        shown.focus()
        self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now; the lines stay as they were written."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        shown = self.query_one("#lines", RowList)
        shown.empty = _("The house has no list yet. W writes a line.")
        shown.show([self._row(n, line) for n, line in enumerate(self._lines, 1)])

    def _row(self, n: int, line: str) -> ListRow:
        mark = _TICKED if line in self._chosen else _NOT
        return ListRow((str(n) if n <= 9 else "", mark, line), key=line)  # noqa: PLR2004 - nine digits choose

    def on_key(self, event: KeyPressed) -> None:
        """Choose by digit, or take it back."""
        typed = event.character or ""
        if typed.isdecimal() and 1 <= int(typed) <= len(self._lines):
            event.stop()
            self._toggle(self._lines[int(typed) - 1])

    def action_tick(self) -> None:
        """Choose what the cursor is on, or take it back."""
        row = self.query_one("#lines", RowList).current
        if row is not None:
            self._toggle(row.key)

    def _toggle(self, line: str) -> None:
        self._chosen ^= {line}
        self.wrong()
        self._draw()

    def action_write(self) -> None:
        """Add a line in own words."""
        title = partial(_, N_("What else is missing?"))
        asked = AskText(title, lambda: _("Line"), limit=LONGEST_LINE)
        self.app.push_screen(asked, self._written)

    def _written(self, line: str | None) -> None:
        if not line:
            return
        if line not in self._lines:
            self._lines.append(line)
        self._chosen.add(line)
        self._draw()
        shown = self.query_one("#lines", RowList)
        shown.styles.height = min(len(self._lines) + 2, _SHOWN)
        shown.action_move(len(self._lines))

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Print what is chosen."""
        message.stop()
        await self.action_print()

    async def action_print(self) -> None:
        """Print it; without a printer nothing is done, and the lines stay to be written by hand."""
        kiosk = self.kiosk
        lines = [line for line in self._lines if line in self._chosen]
        try:
            notice_lines(lines)
            if kiosk.printer_trouble():
                self.wrong(self._no_paper)
                return
            number = await self.act(
                service.print_notice, kiosk.desk, kiosk.by, self._enquiry_id, lines
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss(None)
        told = _("The notice for {number} is being printed.").format(number=number)
        kiosk.answer(Verdict(Tone.GOOD, told))

    def _no_paper(self) -> str:
        told = _("Nothing is printed now ({trouble}). Please write the lines by hand.")
        return told.format(trouble=self.kiosk.printer_trouble())
