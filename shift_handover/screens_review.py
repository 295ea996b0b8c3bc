"""Step one of a handover: the outgoing looks through everything open, then freezes it."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.people import Person
from kiosk.desk.stock import to_count
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover import service
from shift_handover.exits.screens_ways import Ways
from shift_handover.exits.wording import standing_words
from shift_handover.lockup.screens import LockUpForm
from shift_handover.records import HandoverDocument
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_rows import (
    GroupedList,
    detail_line,
    record_columns,
    record_rows,
    safety_head,
    steps_line,
    stock_line,
)
from shift_handover.wording import text_of


class ReviewScreen(KioskScreen):
    """What the handover would say now. Enter freezes it; nothing is written before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "note", show=False),
        Binding("k,K", "count", show=False),
        Binding("u,U", "lock_up", show=False),
        Binding("x,X", "more", show=False),
    ]
    DEFAULT_CSS = """
    #review-head { height: auto; margin: 0 0 1 0; }
    #review-detail { height: 4; margin: 1 0; padding: 0 1; background: $raised; }
    ReviewScreen.-low #review-detail { height: 3; margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._draft: HandoverDocument | None = None
        self._note = ""
        self._outside = ""

    def body(self) -> ComposeResult:
        """Lay the head, the list, and the thing under the cursor."""
        yield Static("", markup=False, id="review-head")
        yield GroupedList(id="review")
        yield Static("", markup=False, id="review-detail")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this step."""
        yield Key("Enter", _("Freeze: this is what I hand over"), pgettext("handover", "Freeze"))
        yield Key("N", _("Note for the next shift"), pgettext("handover", "Note"))
        yield Key("K", pgettext("handover", "Count keys and things"), pgettext("handover", "Count"))
        yield Key("U", _("Nobody takes over: lock up"), pgettext("handover", "Lock up"))
        yield Key("X", _("No relief, takeover, other ways"), pgettext("handover", "Other"))
        yield Key("Esc", _("Back"))

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
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Build the draft again from what is open now."""
        outgoing = self.kiosk.operator
        if outgoing is None:  # the desk is locked, and this screen waits behind the home screen
            return
        self._draft = await self.aside(self._read, outgoing)
        if self.alive:
            self._draw(self._draft)

    def _read(self, outgoing: Person) -> HandoverDocument:
        kiosk = self.kiosk
        with kiosk.desk.read() as book:
            things = kiosk.outstanding(kiosk.desk, book)
            self._outside = standing_words(kiosk.desk, book)
            return service.draft(book, kiosk.desk, outgoing, things)

    def _draw(self, draft: HandoverDocument) -> None:
        desk = self.kiosk.desk
        n = len(draft.things)
        count = ngettext("{n} thing to do", "{n} things to do", n).format(n=n)
        note = row(
            plain(pgettext("handover", "Note"), palette.MUTED), plain(self._note, palette.TEXT)
        )
        head = [*self.lead(), steps_line(1, hint=count), *safety_head(draft, desk)]
        if draft.stock is not None:
            head.append(stock_line(draft.stock, desk))
        self.query_one("#review-head", Static).update(lines(*head, *([note] if self._note else [])))
        shown = self.query_one(GroupedList)
        shown.empty = _("Nothing is open.")
        columns = record_columns(self.size.width, draft.things)
        shown.show(record_rows(draft.things, desk), columns)

    def lead(self) -> Iterator[Content]:
        """Yield what stands over everything else: who works outside his shift, who is beside."""
        if self._outside:
            yield plain(self._outside, palette.AMBER)

    def on_grouped_list_moved(self, message: GroupedList.Moved) -> None:
        """Show all of the thing under the cursor."""
        if self._draft is None or message.row is None or message.row.key is None:
            return
        record = self._draft.thing(*message.row.key)
        self.query_one("#review-detail", Static).update(
            lines(
                plain(f"{record.number}  {text_of(record)}", f"bold {palette.TEXT}"),
                detail_line(record, self.kiosk.desk),
            )
        )

    def action_count(self) -> None:
        """Go and count what hangs on the board; coming back, the draft has it."""
        self.kiosk.go_to(to_count(self.kiosk.desk.gate, self.kiosk.desk.clock()))

    def action_lock_up(self) -> None:
        """Go to the record of a night that ends without a successor."""
        self.app.push_screen(LockUpForm(self._note))

    def action_more(self) -> None:
        """Offer the ways of a relief that does not come or go as it should."""
        self.app.push_screen(Ways(), self._gone)

    def _gone(self, way: str | None) -> None:
        """Leave after a takeover: the post is somebody else's."""
        if way == "takeover":
            self.dismiss()

    def action_note(self) -> None:
        """Ask for what the next shift should know or expect."""

        def noted(text: str | None) -> None:
            if text is not None:
                self._note = text
                self.call_later(self.refresh_book)

        question = AskText(
            lambda: _("What should the next shift expect, and what then?"),
            lambda: pgettext("handover", "Note"),
            value=self._note,
            limit=120,
        )
        self.app.push_screen(question, noted)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Freeze, whichever row the cursor stands on."""
        message.stop()
        await self._freeze()

    async def on_key(self, event: object) -> None:
        """Freeze also when the list is empty, where it has no row to choose."""
        if getattr(event, "key", "") == "enter" and self._draft and not self._draft.things:
            await self._freeze()

    async def _freeze(self) -> None:
        kiosk = self.kiosk
        async with self.answering():
            frozen = await self.act(
                service.freeze, kiosk.desk, kiosk.by, kiosk.outstanding, self._note
            )
            words = _("{number} is frozen. Now the incoming reads.").format(number=frozen.number)
            kiosk.answer(Verdict(Tone.INFO, words))
            self.app.switch_screen(ReadScreen(frozen.id))
