"""F3 8: who is still in, who left last, and what locking up asks of leaver and guard."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.inside import Inside, Sort
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain
from shift_handover.last_out import service
from shift_handover.last_out.presence import Gone, StillIn, gone_last, still_in
from shift_handover.last_out.screens_gone import SeenGone
from shift_handover.last_out.screens_list import SignList
from shift_handover.last_out.screens_round import RoundScreen
from shift_handover.last_out.service import ListShown
from shift_handover.lockup.screens import LockUpForm
from shift_handover.wording_parts import when


class LastOutHome(KioskScreen):
    """Who is in by the taps, and four letters: list, round, who was seen to go, the night's end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("l,L", "sign", show=False),
        Binding("r,R", "round", show=False),
        Binding("e,E", "end", show=False),
        Binding("g,G", "gone", show=False),
    ]
    DEFAULT_CSS = "#last-head { height: auto; margin: 0 0 1 0; } #still-in { margin: 0 0 1 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._staff: list[StillIn] = []
        self._others: list[Inside] = []
        self._gone: Gone | None = None
        self._waiting: list[ListShown] = []

    def body(self) -> ComposeResult:
        """Lay the head over who is in."""
        yield Static("", markup=False, id="last-head")
        yield RowList(id="still-in")

    def keys(self) -> Iterator[Key]:
        """Show the four letters."""
        yield Key("L", _("Lock-up list of the last out"), pgettext("last out", "List"))
        yield Key("R", _("The guard's round over it"), pgettext("last out", "Round"))
        yield Key("G", _("Seen to have gone, not signed out"), pgettext("last out", "Gone"))
        yield Key("E", _("End the night: nobody takes over"), pgettext("last out", "End"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#still-in", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read who is in, who left last, and which lists wait for the round."""
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> None:
        kiosk = self.kiosk
        desk = kiosk.desk
        with desk.read() as book:
            self._staff = still_in(desk, book)
            self._gone = gone_last(desk, book, desk.work_day(desk.clock()))
            self._waiting = service.unchecked_lists(book)
            known = kiosk.inside(desk, book)
        self._others = [one for one in known if one.sort is not Sort.STAFF or one.doubt]

    def _draw(self) -> None:
        self.query_one("#last-head", Static).update(lines(*self._head()))
        shown = self.query_one("#still-in", RowList)
        shown.empty = _("Nobody is in, and nothing is out.")
        columns = (
            Column(pgettext("last out", "Who or what"), share=3),
            Column(pgettext("last out", "Section"), share=2),
            Column(pgettext("last out", "Since"), 11),
            Column(pgettext("last out", "Room or note"), share=3, keep=5),
        )
        shown.show([*map(self._staff_row, self._staff), *map(self._other_row, self._others)],
                   columns)  # fmt: skip

    def _head(self) -> Iterator[Content]:
        n = len(self._staff)
        if n:
            told = ngettext("{n} colleague is still in", "{n} colleagues are still in", n)
            yield plain(told.format(n=n), f"bold {palette.TEXT}")
        else:
            yield plain(_("No colleague is in by the taps"), f"bold {palette.TEXT}")
        visitors = sum(one.people for one in self._others if one.sort is Sort.VISITOR)
        things = sum(one.sort is Sort.THING for one in self._others)
        if visitors or things:
            told = _("Visitors inside: {visitors}. Things out: {things}.")
            yield plain(told.format(visitors=visitors, things=things), palette.AMBER)
        if self._gone is not None:
            yield self._gone_line(self._gone)
        lines_left = sum(one.unchecked for one in self._waiting)
        if lines_left:
            told = ngettext(
                "{n} line waits for your round: R", "{n} lines wait for your round: R", lines_left
            )
            yield plain(told.format(n=lines_left), palette.AMBER)

    def _gone_line(self, gone: Gone) -> Content:
        names = pgettext("list", ", ").join(one.name for one in gone.people)
        at = when(gone.left_at, self.kiosk.desk)
        if gone.unsigned:
            told = _("Last out at {time}: {names}. The list is not signed yet: L")
            return plain(told.format(time=at, names=names), palette.AMBER)
        told = _("Last out at {time}: {names}. The list is signed.")
        return plain(told.format(time=at, names=names), palette.GOOD)

    def _staff_row(self, one: StillIn) -> ListRow:
        cells = (one.person.name, one.section, when(one.since, self.kiosk.desk), one.person.room)
        return ListRow(cells, one.person.id, palette.TEXT, faint=(3,))

    def _other_row(self, one: Inside) -> ListRow:
        words = {
            Sort.VISITOR: pgettext("last out", "visitor"),
            Sort.THING: pgettext("last out", "is out"),
            Sort.STAFF: "",
        }
        more = _(one.doubt) if one.doubt else " ".join(filter(None, (words[one.sort], one.host)))
        since = when(one.since, self.kiosk.desk)
        return ListRow((one.name, one.area, since, more), one.ref, palette.MUTED)

    def action_sign(self) -> None:
        """Open the list for who leaves."""
        names = [one.person.name for one in self._staff]
        self.app.push_screen(SignList(names if len(names) > 1 else []))

    def action_round(self) -> None:
        """Open the oldest list that waits for the guard's round."""
        if self._waiting:
            self.app.push_screen(RoundScreen(self._waiting[0].id))
        else:
            self.kiosk.answer(Verdict(Tone.INFO, _("No lock-up list waits for your round.")))

    def action_gone(self) -> None:
        """Ask when who is under the cursor was seen to go; visitors and things end elsewhere."""
        row = self.query_one("#still-in", RowList).current
        found = next((one for one in self._staff if row and one.person.id == row.key), None)
        if found is None:
            self.kiosk.answer(Verdict(Tone.INFO, _("Choose a colleague who is in by the taps.")))
            return
        desk = self.kiosk.desk
        self.app.push_screen(SeenGone(found.person, f"{desk.local(desk.clock()):%H:%M}"))

    def action_end(self) -> None:
        """Open the form for a night that ends without a successor."""
        self.app.push_screen(LockUpForm())
