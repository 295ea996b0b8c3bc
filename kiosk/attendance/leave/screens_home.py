"""F7, 2: leave as the gate may see it: who, from when to when, how far it has come."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.reading import Seen, listed
from kiosk.attendance.leave.screens_ask import begin_asking, begin_call
from kiosk.attendance.leave.screens_back import ReportBack
from kiosk.attendance.leave.screens_opened import LeaveOpened
from kiosk.attendance.leave.wording import span_words, state_word
from kiosk.desk.absence import LeaveState
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList, number_column
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row

_COLOURS = {LeaveState.ASKED: palette.AMBER, LeaveState.APPROVED: palette.TEXT}
_WAITS, _RUNS = LeaveState.ASKED, LeaveState.APPROVED


class LeaveHome(KioskScreen):
    """What is open, overdue ones first, and what was closed these last days.

    Kind and reason do not stand here: they are shown after badge and PIN of who may read them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "ask", show=False),
        Binding("t,T", "call", show=False),
        Binding("r,R", "back", show=False),
    ]
    DEFAULT_CSS = """
    LeaveHome #leave-counts { height: 3; padding: 1 2; background: $panel-ground; }
    LeaveHome #leave-list { padding: 1; }
    LeaveHome.-low #leave-counts { height: 2; padding: 0 1 1 1; }
    LeaveHome.-low #leave-list { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: list[Seen] = []

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="leave-counts")
        yield RowList(id="leave-list")

    def keys(self) -> Iterator[Key]:
        """Show what can be done."""
        yield Key("N", _("Ask for leave"), pgettext("leave", "Ask"))
        yield Key("R", _("Report back from leave"), pgettext("leave", "Back"))
        if self._seen:
            yield Key("Enter", _("Open: badge and PIN"), pgettext("leave", "Open"))
        yield Key("T", _("Office: noted by telephone"), pgettext("leave", "By phone"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#leave-list", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read what is open."""
        self._seen = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[Seen]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return listed(desk, book)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        overdue = sum(one.overdue for one in self._seen)
        waiting = sum(one.leave.state is _WAITS for one in self._seen)
        running = sum(one.leave.state is _RUNS and not one.overdue for one in self._seen)
        counts = row(
            plain(_("Leave"), f"bold {palette.TEXT}"),
            plain(_("{n} not back").format(n=overdue) if overdue else "", palette.RED),
            plain(_("{n} to sign").format(n=waiting) if waiting else "", palette.AMBER),
            plain(_("{n} granted").format(n=running) if running else "", palette.MUTED),
            gap=3,
        )
        self.query_one("#leave-counts", Static).update(counts)
        shown = self.query_one("#leave-list", RowList)
        shown.empty = _("Nobody is on leave or asks for it. N asks for leave.")
        numbers = (one.leave.number for one in self._seen)
        columns = (
            number_column(_("No."), numbers, 5), Column(_("Name"), 12, keep=9),
            Column(pgettext("leave", "When"), 26, keep=9),
            Column(pgettext("leave", "State"), share=1, keep=9, least=14),
            Column(_("Section"), 16, keep=3),
        )  # fmt: skip
        shown.show([self._row(one) for one in self._seen], columns)

    def _row(self, one: Seen) -> ListRow:
        state = state_word(one)
        if one.overdue:
            since = f"{self.kiosk.desk.local(one.back_by):%m-%d}"
            state = _("{state} since {day}").format(state=state, day=since)
        elif one.doubled:
            state = _("{state}, overlaps another").format(state=state)
        colour = palette.RED if one.overdue else _COLOURS.get(one.leave.state, palette.MUTED)
        when = span_words(span_of(one.leave))
        words = (one.leave.number, one.person.name, when, state, one.section)
        return ListRow(words, key=one.leave.id, colour=colour, faint=(0, 4))

    # Keys.

    def action_ask(self) -> None:
        """Ask who asks for leave, then for what."""
        begin_asking(self)

    def action_call(self) -> None:
        """Note a call at the office."""
        begin_call(self)

    def action_back(self) -> None:
        """Report somebody back: one tap."""
        self.app.push_screen(ReportBack())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask who opens the leave: what is shown depends on it."""
        asked = AskProof(lambda: _("Who opens this leave?"))
        self.app.push_screen(asked, partial(self._open, message.row.key))

    def _open(self, leave_id: str, proof: Proof | None) -> None:
        if proof is not None:
            self.app.push_screen(LeaveOpened(leave_id, proof))
