"""F3, then 4: every handover of this post, newest first, found by guard, day, number or word.

Keystrokes of a guard: ``F3 4`` shows them; letters or digits search at once, ``Enter`` opens the
one under the cursor, ``P`` there prints its sheet again; ``Tab`` before the list shows the month.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed
from textual.widgets import Input, Static

from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.window import Window
from kiosk.ui.words_on_screen import plain, row
from shift_handover.papers import history
from shift_handover.papers.history import MOST_FOUND, Listed
from shift_handover.papers.screens_month import MonthScreen
from shift_handover.papers.sought import LONGEST, Sought, sought
from shift_handover.papers.wording import moment_in_book, widest_state
from shift_handover.screens_earlier import STATE_COLOUR, DocumentScreen
from shift_handover.wording import state_word


def _how_to_find() -> str:
    return _("guard, day as 11-23, number, or a word that is in it")


class HistoryScreen(KioskScreen):
    """The whole book of handovers; only the pages that are looked at are read."""

    AUTO_FOCUS: ClassVar[str | None] = "#earlier"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab", "month", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    HistoryScreen #earlier-title { height: 1; margin: 0 0 1 0; }
    HistoryScreen #earlier-find { height: 1; margin: 0 0 1 0; }
    HistoryScreen #earlier-find .field-label { width: 9; }
    HistoryScreen #earlier { margin: 0 0 1 0; }
    HistoryScreen.-low #earlier-title, HistoryScreen.-low #earlier { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked = ""
        self._count = 0

    def body(self) -> ComposeResult:
        """Lay title, field and list."""
        yield Static("", markup=False, id="earlier-title")
        yield LabelledInput(lambda: _("Find"), id="earlier-find", limit=LONGEST, hint=_how_to_find)
        yield RowList(id="earlier")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this screen."""
        yield Key("Enter", pgettext("handover", "Look at it"))
        yield Key("Tab", _("The month"), pgettext("handover", "Month"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        shown = self.query_one("#earlier", RowList)
        shown.show_cursor_always = True
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the page that is seen, or look for the words."""
        asked = self._asked = self.query_one("#earlier-find", LabelledInput).text
        rows = await self.aside(self._read, asked)
        if self.alive and asked == self._asked:
            self._draw(rows)

    def _read(self, asked: str) -> Sequence[ListRow]:
        desk = self.kiosk.desk
        wanted = sought(desk, asked)
        if wanted.words:
            with desk.read() as book:
                found = history.found(book, desk.gate, wanted, lambda: asked == self._asked)
            return [self._row(one) for one in found]
        with desk.read() as book:
            count = history.count(book, desk.gate, wanted)
        rows = Window(
            count,
            lambda offset, limit: self._page(wanted, offset, limit),
            lambda handover_id: self._place(wanted, handover_id),
        )
        if rows:
            rows[0]  # the first page is read here, beside the screen
        return rows

    def _page(self, wanted: Sought, offset: int, limit: int) -> list[ListRow]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return [self._row(one) for one in history.page(book, desk.gate, wanted, offset, limit)]

    def _place(self, wanted: Sought, handover_id: str) -> int | None:
        desk = self.kiosk.desk
        with desk.read() as book:
            return history.place(book, desk.gate, wanted, handover_id)

    def _row(self, one: Listed) -> ListRow:
        desk = self.kiosk.desk
        cells = (
            one.number, moment_in_book(one.frozen_at, desk), moment_in_book(one.ended_at, desk),
            one.outgoing.name, one.incoming.name if one.incoming else "",
            state_word(one.state), str(one.open_count),
        )  # fmt: skip
        return ListRow(cells, one.id, STATE_COLOUR.get(one.state, palette.MUTED))

    def _draw(self, rows: Sequence[ListRow]) -> None:
        n = len(rows)
        said = ngettext("{n} handover", "{n} handovers", n).format(n=n)
        if self._asked and n == MOST_FOUND and not isinstance(rows, Window):
            said = _("the newest {n}; a day or a guard besides finds less").format(n=n)
        self.query_one("#earlier-title", Static).update(
            row(plain(_("Earlier handovers"), f"bold {palette.TEXT}"), plain(said, palette.MUTED))
        )
        shown = self.query_one("#earlier", RowList)
        nothing = _("Nothing has been handed over here yet.")
        shown.empty = _("No handover has this. Esc takes it away.") if self._asked else nothing
        shown.show(rows, _columns())

    # Finding.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing; the newest that fits stands under the cursor."""
        event.stop()
        self._asked = self.query_one("#earlier-find", LabelledInput).text
        self.query_one("#earlier", RowList).cursor = 0
        self.run_worker(self.refresh_book(), exclusive=True, group="earlier")

    def on_key(self, event: KeyPressed) -> None:
        """Move in the list while the field keeps what is typed; begin to find with a letter."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        find = self.query_one("#earlier-find", LabelledInput)
        typing = isinstance(self.focused, Input)
        if typing and event.key in moves:
            event.stop()
            self.query_one("#earlier", RowList).action_move(moves[event.key])
        elif not typing and event.is_printable:
            event.stop()
            find.input.value = (find.input.value + (event.character or "")).lstrip()
            find.focus()
            find.input.action_end()

    def action_leave(self) -> None:
        """Take away what was typed; then go back."""
        find = self.query_one("#earlier-find", LabelledInput)
        if isinstance(self.focused, Input) or find.input.value:
            find.input.value = ""
            self.query_one("#earlier", RowList).focus()
        else:
            self.app.pop_screen()

    def action_month(self) -> None:
        """Show the page of this month."""
        self.app.push_screen(MonthScreen())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the handover under the cursor."""
        event.stop()
        current = self.query_one("#earlier", RowList).current
        if current is not None and current.key is not None:
            self.app.push_screen(DocumentScreen(current.key))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the handover."""
        if message.row.key is not None:
            self.app.push_screen(DocumentScreen(message.row.key))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6),
        Column(pgettext("handover", "Frozen"), 16, keep=3),
        Column(pgettext("handover", "Ended"), 16, keep=5),
        Column(_("Outgoing"), share=2, keep=8, least=8),
        Column(_("Incoming"), share=2, keep=8, least=8),
        Column(_("How it ended"), widest_state(), keep=8),
        Column(_("To do"), 5, right=True, keep=4),
    )
