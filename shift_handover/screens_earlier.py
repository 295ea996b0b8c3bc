"""One earlier handover: what was handed over to whom; read only."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover import frozen as view
from shift_handover.exits import addenda
from shift_handover.exits.addenda import SEALED
from shift_handover.exits.screens_later import later_lines
from shift_handover.exits.screens_questions import SignsWords
from shift_handover.frozen import FrozenHandover
from shift_handover.lockup.wording import lock_up_fields
from shift_handover.models import HandoverState
from shift_handover.papers.printing import print_again
from shift_handover.papers.signed import on_post_since
from shift_handover.papers.wording import moment_in_book
from shift_handover.records import HandoverDocument
from shift_handover.screens_rows import (
    GroupedList,
    detail_line,
    mark_line,
    record_columns,
    record_rows,
    safety_head,
    stock_line,
)
from shift_handover.wording import state_word, text_of
from shift_handover.wording_parts import joined

STATE_COLOUR = {
    HandoverState.ACCEPTED: palette.TEXT,
    HandoverState.ACCEPTED_WITH_EXCEPTIONS: palette.AMBER,
    HandoverState.REFUSED: palette.RED,
    HandoverState.ENDED_WITHOUT_SUCCESSOR: palette.AMBER,
    HandoverState.UNRELIEVED: palette.RED,
    HandoverState.TAKEN_OVER_ALONE: palette.AMBER,
}


class DocumentScreen(KioskScreen):
    """One handover as it was frozen and signed; it never changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("p,P", "print_again", show=False),
        Binding("a,A", "add", show=False),
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
        self._since: datetime | None = None
        self._later: tuple[Content, ...] = ()

    def body(self) -> ComposeResult:
        """Lay the head, the lines, and the one under the cursor."""
        yield Static("", markup=False, id="doc-head")
        yield GroupedList(id="doc")
        yield Static("", markup=False, id="doc-detail")

    def keys(self) -> Iterator[Key]:
        """Show the keys; paper exists only of what was signed."""
        if self._shown is not None and self._shown.state in SEALED:
            yield Key("P", pgettext("handover", "Print again"))
            yield Key("A", pgettext("handover", "Add words"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the lines."""
        super().on_mount()
        self.query_one(GroupedList).focus()

    async def on_screen_resume(self) -> None:
        """Open the handover."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now, the words added later too."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the handover, and what was said of it later."""
        self._shown = await self.aside(self._read)
        if self.alive:
            self._draw(self._shown)

    def _read(self) -> FrozenHandover:
        desk = self.kiosk.desk
        with desk.read() as book:
            shown = view.handover_by_id(book, self._handover_id)
            self._since = on_post_since(book, view.row_of(book, self._handover_id))
            self._later = tuple(later_lines(desk, book, shown))
        return shown

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
                plain(moment_in_book(shown.ended_at or document.frozen_at, desk), palette.TEXT),
                plain(state, STATE_COLOUR.get(shown.state, palette.MUTED)),
            ),
            row(*_code(shown), *self._times(document)),
            *safety_head(document, desk),
        ]
        if document.stock is not None:
            head.append(stock_line(document.stock, desk))
        if document.lock_up is not None:
            head += [
                row(plain(label, palette.MUTED), plain(words, palette.TEXT))
                for label, words in lock_up_fields(document.lock_up, desk)
            ]
        if document.note:
            head.append(
                row(
                    plain(pgettext("handover", "Note"), palette.MUTED),
                    plain(document.note, palette.TEXT),
                )
            )
        self.query_one("#doc-head", Static).update(lines(*head, *self._later))
        rows = self.query_one(GroupedList)
        rows.empty = _("Nothing is open.")
        columns = record_columns(self.size.width, document.things)
        rows.show(record_rows(document.things, desk, shown.marks), columns)
        self.show_keys()

    def _times(self, document: HandoverDocument) -> Iterator[Content]:
        """Yield since when the outgoing had the post, and when it was frozen."""
        desk = self.kiosk.desk
        if self._since is not None:
            yield plain(_("On post since"), palette.MUTED)
            yield plain(moment_in_book(self._since, desk), palette.TEXT)
        yield plain(_("Frozen at"), palette.MUTED)
        yield plain(moment_in_book(document.frozen_at, desk), palette.TEXT)

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
                    mark_line(
                        marks.get(record.key),
                        notes.get(record.key, ""),
                        self._shown.answers.get(record.key, ""),
                    ),
                ),
                detail_line(record, self.kiosk.desk),
            )
        )

    def action_add(self) -> None:
        """Ask for words to add, then for one tap; the sheet prints again with them."""
        if self._shown is not None and self._shown.state in SEALED:
            self.run_worker(self._add(self._shown), exclusive=True)

    async def _add(self, shown: FrozenHandover) -> None:
        title, label = partial(_added_to, shown.number), lambda: _("Added words")
        text = await self.app.push_screen_wait(AskText(title, label, limit=120))
        proof = None if text is None else await self.app.push_screen_wait(SignsWords())
        if text is None or proof is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            by = proof.person.staff_no
            await self.act(addenda.add, kiosk.desk, by, self._handover_id, text)
            said = kiosk.on_paper(
                _("Added; the sheet is being printed again."),
                _("Added. Printer {trouble}: the sheet prints again once ready."),
            )
            await self.refresh_book()
            kiosk.answer(Verdict(Tone.GOOD, said, name=proof.person.name))

    async def action_print_again(self) -> None:
        """Print the sheet once more; it says on itself that it is a reprint."""
        shown, kiosk = self._shown, self.kiosk
        if shown is None or shown.state not in SEALED:
            return
        async with self.answering():
            await self.act(print_again, kiosk.desk, kiosk.by, shown.number)
            said = kiosk.on_paper(
                _("The sheet is being printed again."),
                _("Printer {trouble}: the sheet prints again once ready."),
            )
            kiosk.answer(Verdict(Tone.GOOD, said))


def _added_to(number: str) -> str:
    return _("What is to be added to {number}?").format(number=number)


def _code(shown: FrozenHandover) -> Iterator[Content]:
    """Yield the 校验码; what was not signed by both has none."""
    if shown.fingerprint:
        yield plain(_("Fingerprint"), palette.MUTED)
        yield plain(shown.fingerprint, palette.INFO)
