"""The frozen handover on the screen: its lines, the one under the cursor, and what is new since."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.home import Panel
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover import frozen as view
from shift_handover.frozen import FrozenHandover, Since
from shift_handover.records import Record
from shift_handover.screens_rows import (
    GroupedList,
    detail_line,
    mark_line,
    number_column,
    record_columns,
    record_rows,
    safety_head,
    steps_line,
    stock_line,
)
from shift_handover.wording import text_of
from shift_handover.wording_parts import when


class HandoverLines(KioskScreen):
    """Shows the frozen lines, the one under the cursor, and what is new since the freeze."""

    undisturbed: ClassVar[bool] = True
    DEFAULT_CSS = """
    #read-head { height: auto; margin: 0 0 1 0; }
    #read-detail { height: 4; margin: 1 0; padding: 0 1; background: $raised; }
    #since { height: auto; max-height: 6; margin: 0 0 1 0; padding: 0 1; }
    #since RowList { height: auto; max-height: 5; }
    HandoverLines.-low #read-head { margin: 0; }
    HandoverLines.-low #read-detail { height: 3; margin: 0; }
    HandoverLines.-low #since { margin: 0; max-height: 4; }
    """

    def __init__(self, handover_id: str) -> None:
        super().__init__()
        self._handover_id = handover_id
        self._frozen: FrozenHandover | None = None
        self._since = Since((), frozenset())

    def body(self) -> ComposeResult:
        """Lay the head, the lines, the one under the cursor, and what is new since the freeze."""
        yield Static("", markup=False, id="read-head")
        yield GroupedList(id="lines")
        yield Static("", markup=False, id="read-detail")
        added = RowList(Column("", 2), Column("", 5), Column(""), header=False, id="added")
        added.can_focus = False
        yield Panel(added, id="since")

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one(GroupedList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read the handover, and what happened since it was frozen."""
        self._frozen, self._since = await self.aside(self._read)
        self._draw()

    def _read(self) -> tuple[FrozenHandover, Since]:
        kiosk = self.kiosk
        with kiosk.desk.read() as book:
            frozen = view.handover_by_id(book, self._handover_id)
            things = kiosk.outstanding(kiosk.desk, book)
        return frozen, view.since_freeze(frozen.document, things)

    def _draw(self) -> None:
        if self._frozen is None or not self.alive:
            return
        desk, frozen = self.kiosk.desk, self._frozen
        self.query_one("#read-head", Static).update(self._head(frozen))
        shown = self.query_one(GroupedList)
        shown.empty = _("Nothing is open.")
        things = frozen.document.things
        columns = record_columns(self.size.width, things)
        shown.show(record_rows(things, desk, frozen.marks), columns)
        self._draw_since()
        self.show_keys()

    def reader_name(self) -> str:
        """Return who reads this, "" for nobody."""
        return ""

    def _head(self, frozen: FrozenHandover) -> Content:
        desk, document = self.kiosk.desk, frozen.document
        done = len(document.things) - len(frozen.unread)
        progress = _("{done} of {all} read").format(done=done, all=len(document.things))
        step = 2 if frozen.unread else 3
        at = when(document.frozen_at, desk)
        said = _("{name} hands over, frozen at {time}").format(name=document.outgoing_name, time=at)
        reads = _("{name} reads").format(name=self.reader_name()) if self.reader_name() else ""
        who = row(plain(said, palette.TEXT), plain(reads, palette.INFO))
        steps = steps_line(step, frozen.number, progress)
        parts = [steps, who, *safety_head(document, desk)]
        if document.stock is not None:
            parts.append(stock_line(document.stock, desk))
        if document.note:
            note = row(
                plain(pgettext("handover", "Note"), palette.MUTED),
                plain(document.note, palette.AMBER),
            )
            parts.append(note)
        return lines(*parts)

    def _draw_since(self) -> None:
        panel, added = self.query_one("#since", Panel), self.query_one("#added", RowList)
        panel.display = bool(self._since.added)
        panel.entitle(_("New since the freeze"), str(len(self._since.added)))
        added.styles.height = len(self._since.added)
        columns = (Column("", 2), number_column(self._since.added), Column(""))
        added.show([_added_row(record) for record in self._since.added], columns)

    def on_grouped_list_moved(self, message: GroupedList.Moved) -> None:
        """Show all of the line under the cursor."""
        if self._frozen is None or message.row is None or message.row.key is None:
            return
        record = self._frozen.document.thing(*message.row.key)
        title = plain(f"{record.number}  {text_of(record)}", f"bold {palette.TEXT}")
        words = plain(_("closed meanwhile"), palette.GOOD)
        closed = words if record.key in self._since.closed else plain("")
        marks, notes = self._frozen.marks, self._frozen.notes
        answer = self._frozen.answers.get(record.key, "")
        mark = mark_line(marks.get(record.key), notes.get(record.key, ""), answer)
        more = detail_line(record, self.kiosk.desk)
        self.query_one("#read-detail", Static).update(lines(row(title, mark, closed), more))

    def _current(self) -> Record | None:
        here = self.query_one(GroupedList).current
        if self._frozen is None or here is None or here.key is None:
            return None
        return self._frozen.document.thing(*here.key)


def _added_row(record: Record) -> ListRow:
    colour = palette.URGENCY_COLOUR[record.urgency]
    sign = palette.URGENCY_SIGN[record.urgency].strip()
    return ListRow((sign, record.number, text_of(record)), record.key, colour, colour)
