"""Earlier handovers: what was handed over to whom; read only."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover import frozen as view
from shift_handover import service
from shift_handover.frozen import FrozenHandover
from shift_handover.models import Handover, HandoverState
from shift_handover.screens_rows import (
    GroupedList,
    detail_line,
    mark_line,
    record_columns,
    record_rows,
    safety_head,
    stock_line,
)
from shift_handover.wording import joined, state_word, text_of, when

_COLOUR = {
    HandoverState.ACCEPTED: palette.TEXT,
    HandoverState.ACCEPTED_WITH_EXCEPTIONS: palette.AMBER,
    HandoverState.REFUSED: palette.RED,
}
TAKEN_OVER = frozenset({HandoverState.ACCEPTED, HandoverState.ACCEPTED_WITH_EXCEPTIONS})


class EarlierScreen(KioskScreen):
    """The last handovers of this post, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = "#earlier-title { height: 1; margin: 0 0 1 0; } #earlier { margin: 0 0 1 0; }"

    def body(self) -> ComposeResult:
        """Lay title and list."""
        yield Static("", markup=False, id="earlier-title")
        yield RowList(id="earlier")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this screen."""
        yield Key("Enter", pgettext("handover", "Look at it"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#earlier", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the handovers."""
        found = await self.aside(self._read)
        if not self.alive:
            return
        title = plain(_("Earlier handovers"), f"bold {palette.TEXT}")
        self.query_one("#earlier-title", Static).update(title)
        shown = self.query_one("#earlier", RowList)
        shown.empty = _("Nothing has been handed over here yet.")
        shown.show([self._row(*one) for one in found], _columns())

    def _read(self) -> list[tuple[Handover, Person, Person | None]]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return view.earlier_handovers(book, desk.gate)

    def _row(self, one: Handover, outgoing: Person, incoming: Person | None) -> ListRow:
        colour = _COLOUR.get(one.state, palette.MUTED)
        at = when(one.ended_at or one.frozen_at, self.kiosk.desk)
        name = incoming.name if incoming else ""
        cells = (one.number, at, outgoing.name, name, state_word(one.state), str(one.open_count))
        return ListRow(cells, one.id, colour)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the handover."""
        self.app.push_screen(DocumentScreen(message.row.key))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6),
        Column(pgettext("handover", "When"), 12),
        Column(_("Outgoing"), share=1),
        Column(_("Incoming"), share=1),
        Column(_("How it ended"), share=2),
        Column(_("To do"), 5, right=True),
    )


class DocumentScreen(KioskScreen):
    """One handover as it was frozen and signed; it never changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("p,P", "print_again", show=False),
    ]
    DEFAULT_CSS = """
    #doc-head { height: auto; margin: 0 0 1 0; }
    #doc-detail { height: 4; margin: 1 0; padding: 0 1; background: $panel-ground; }
    DocumentScreen.-low #doc-detail { height: 3; margin: 0; }
    """

    def __init__(self, handover_id: str) -> None:
        super().__init__()
        self._handover_id = handover_id
        self._shown: FrozenHandover | None = None

    def body(self) -> ComposeResult:
        """Lay the head, the lines, and the one under the cursor."""
        yield Static("", markup=False, id="doc-head")
        yield GroupedList(id="doc")
        yield Static("", markup=False, id="doc-detail")

    def keys(self) -> Iterator[Key]:
        """Show the keys; paper exists only of what was signed."""
        if self._shown is not None and self._shown.state in TAKEN_OVER:
            yield Key("P", pgettext("handover", "Print again"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the lines."""
        super().on_mount()
        self.query_one(GroupedList).focus()

    async def on_screen_resume(self) -> None:
        """Open the handover."""
        self._shown = await self.aside(self._read)
        if self.alive:
            self._draw(self._shown)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        if self._shown is not None:
            self._draw(self._shown)

    def _read(self) -> FrozenHandover:
        with self.kiosk.desk.read() as book:
            return view.handover_by_id(book, self._handover_id)

    def _draw(self, shown: FrozenHandover) -> None:
        desk, document = self.kiosk.desk, shown.document
        incoming = shown.incoming.name if shown.incoming else "-"
        people = _("{outgoing} to {incoming}").format(
            outgoing=document.outgoing_name, incoming=incoming
        )
        state = joined(state_word(shown.state), shown.reason)
        head = [
            row(
                plain(shown.number, f"bold {palette.INFO}"),
                plain(people, f"bold {palette.TEXT}"),
                plain(when(shown.ended_at or document.frozen_at, desk), palette.TEXT),
                plain(state, _COLOUR.get(shown.state, palette.MUTED)),
            ),
            *_code(shown),
            *safety_head(document, desk),
        ]
        if document.stock is not None:
            head.append(stock_line(document.stock, desk))
        if document.note:
            head.append(
                row(
                    plain(pgettext("handover", "Note"), palette.MUTED),
                    plain(document.note, palette.TEXT),
                )
            )
        self.query_one("#doc-head", Static).update(lines(*head))
        rows = self.query_one(GroupedList)
        rows.empty = _("Nothing is open.")
        columns = record_columns(self.size.width, document.things)
        rows.show(record_rows(document.things, desk, shown.marks), columns)
        self.show_keys()

    def on_grouped_list_moved(self, message: GroupedList.Moved) -> None:
        """Show all of the line under the cursor."""
        if self._shown is None or message.row is None or message.row.key is None:
            return
        record = self._shown.document.thing(*message.row.key)
        marks, notes = self._shown.marks, self._shown.notes
        self.query_one("#doc-detail", Static).update(
            lines(
                row(
                    plain(f"{record.number}  {text_of(record)}", f"bold {palette.TEXT}"),
                    mark_line(marks.get(record.key), notes.get(record.key, "")),
                ),
                detail_line(record, self.kiosk.desk),
            )
        )

    async def action_print_again(self) -> None:
        """Print the sheet once more; it says on itself that it is a reprint."""
        shown, kiosk = self._shown, self.kiosk
        if shown is None or shown.state not in TAKEN_OVER:
            return
        async with self.answering():
            await self.act(service.print_again, kiosk.desk, kiosk.by, shown.number)
            said = kiosk.on_paper(
                _("The sheet is being printed again."),
                _("Printer {trouble}: the sheet prints again once ready."),
            )
            kiosk.answer(Verdict(Tone.GOOD, said))


def _code(shown: FrozenHandover) -> Iterator[Content]:
    """Yield the line with the 校验码; what was not signed by both has none."""
    if shown.fingerprint:
        yield row(plain(_("Fingerprint"), palette.MUTED), plain(shown.fingerprint, palette.INFO))
