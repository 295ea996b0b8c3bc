"""F3: what is open on this post, the last safety check, and what can be done about it."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key as KeyPressed

from kiosk.desk.outstanding import Urgency
from kiosk.desk.posts import on_duty
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.home import Panel
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from shift_handover.away.screens import away_home, refuse_errand
from shift_handover.duty_log.screens import DutyLogScreen
from shift_handover.exits.wording import standing_words
from shift_handover.from_open_things import records_of
from shift_handover.frozen import FrozenHandover, open_handover
from shift_handover.group_lines import group_lines
from shift_handover.last_out.screens_home import LastOutHome
from shift_handover.papers.screens_history import HistoryScreen
from shift_handover.records import Record, SafetyResult
from shift_handover.safety.results import last_results
from shift_handover.safety.screens_round import SafetyScreen
from shift_handover.safety.wording import odd_words, result_words, safety_title
from shift_handover.screens_instructions import InstructionsScreen
from shift_handover.screens_matters import MattersScreen
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_review import ReviewScreen
from shift_handover.screens_rows import WIDE, all_normal
from shift_handover.wording_parts import when


class HandoverHome(KioskScreen):
    """The gatehouse's own page; digits choose."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    #handover-state { height: 1fr; }
    #open-groups { width: 1fr; padding: 1 1 0 1; margin: 0 1 0 0; }
    #last-check { width: 1fr; padding: 1 1 0 1; }
    #open-groups RowList, #last-check RowList, #actions-panel RowList { margin: 1 0 0 0; }
    #actions-panel { height: 14; padding: 1 1 0 1; margin: 1 0 1 0; }
    HandoverHome.-low #open-groups, HandoverHome.-low #last-check { padding: 0 1; }
    HandoverHome.-low #actions-panel { height: 11; padding: 0 1; margin: 0; }
    HandoverHome.-low #open-groups RowList, HandoverHome.-low #last-check RowList { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._frozen: FrozenHandover | None = None
        self._records: tuple[Record, ...] = ()
        self._results: tuple[SafetyResult, ...] = ()
        self._since = ""

    def body(self) -> ComposeResult:
        """Lay the two panels of state over the panel of actions."""
        groups = RowList(
            Column(""), Column("", 4, right=True), header=False, spaced=True, id="groups"
        )
        check = RowList(Column("", 12), Column(""), header=False, spaced=True, id="check")
        groups.can_focus = check.can_focus = False
        with Horizontal(id="handover-state"):
            yield Panel(groups, id="open-groups")
            yield Panel(check, id="last-check")
        actions = RowList(
            Column("", 1), Column("", share=2), Column("", share=3, keep=5),
            header=False, spaced=True, id="actions",
        )  # fmt: skip
        yield Panel(actions, id="actions-panel")

    def keys(self) -> Iterator[Key]:
        """Show the digits and the way back."""
        yield Key("1-9", _("Choose"))
        yield Key("Enter", pgettext("handover", "Open"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#actions", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read what is open and the last safety check."""
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> None:
        desk = self.kiosk.desk
        with desk.read() as book:
            self._records = records_of(self.kiosk.outstanding(desk, book))
            self._results = last_results(book, desk.gate)
            self._frozen = open_handover(book, desk.gate)
            duty = on_duty(book, desk.gate)
            standing = standing_words(desk, book)
        since = f"{duty[1].name} {when(duty[0].since, desk)}" if duty else ""
        self._since = standing or since

    def _draw(self) -> None:
        self.query_one("#open-groups", Panel).entitle(_("Open now"), str(len(self._records)))
        self.query_one("#groups", RowList).show(self._group_rows())
        checked = self._results[0] if self._results else None
        who = f"{when(checked.checked_at, self.kiosk.desk)} {checked.by}" if checked else ""
        self.query_one("#last-check", Panel).entitle(_("Last check"), who.strip())
        self.query_one("#check", RowList).show(list(self._check_rows()))
        self.query_one("#actions-panel", Panel).entitle(_("What would you like to do?"))
        self.query_one("#actions", RowList).show(self._action_rows())

    def _check_rows(self) -> Iterator[ListRow]:
        words = result_words if self.size.width >= WIDE else odd_words
        for result in self._results:
            good = all_normal(result)
            sign, colour = ("✓", palette.GOOD) if good else ("!", palette.AMBER)
            said = result_words(result) if good else words(result)
            cells = (safety_title(result.group), f"{sign} {said}")
            yield ListRow(cells, result.group, colour, "" if good else colour)

    def _group_rows(self) -> list[ListRow]:
        shown = self.query_one("#groups", RowList)
        shown.empty = _("Nothing is open.")
        rows = []
        for line in group_lines(self._records, shown.size.height or len(self._records)):
            sign = palette.URGENCY_SIGN[line.urgency]
            colour = palette.URGENCY_COLOUR[min(line.urgency, Urgency.SOON)]
            bar = colour if line.urgency < Urgency.SOON else ""
            rows.append(ListRow((f"{sign} {line.title}", str(line.things)), line.key, colour, bar))
        return rows

    def _action_rows(self) -> list[ListRow]:
        return [
            ListRow((digit, words, more), key=make, faint=(2,))
            for digit, make, words, more in self._actions()
        ]

    def _actions(self) -> Iterator[tuple[str, Callable[[], KioskScreen], str, str]]:
        matters = sum(record.kind == "matter" for record in self._records)
        open_matters = (
            ngettext("{n} open", "{n} open", matters).format(n=matters) if matters else ""
        )
        yield "1", SafetyScreen, _("Do the safety check"), _("Item by item, four groups")
        yield "2", MattersScreen, _("Entrusted matters"), open_matters
        if self._frozen is None:
            yield "3", ReviewScreen, _("Hand over the post"), self._since
        else:
            frozen_id = self._frozen.id
            left = _("{number}: {left} lines to read").format(
                number=self._frozen.number, left=len(self._frozen.unread)
            )
            yield "3", lambda: ReadScreen(frozen_id), _("Go on with the handover"), left
        yield "4", HistoryScreen, _("Earlier handovers"), _("Find one, the month, a sheet")
        yield "5", away_home, _("Step away or rest"), _("Where, why, how long")
        yield "6", DutyLogScreen, _("Duty log"), _("What happened, line by line")
        yield "7", InstructionsScreen, _("Instructions and notices"), self._in_force_words()
        yield "8", LastOutHome, _("Last out and locking up"), _("Who is in, list, end of the night")
        yield "9", refuse_errand, _("Private errand refused"), _("One key; shows the rule")

    def _in_force_words(self) -> str:
        n = sum(record.kind in {"instruction", "notice"} for record in self._records)
        return ngettext("{n} in force", "{n} in force", n).format(n=n) if n else ""

    def on_key(self, event: KeyPressed) -> None:
        """Take a digit as the choice."""
        for row in self.query_one("#actions", RowList).rows:
            if event.character == row.cells[0]:
                event.stop()
                self.app.push_screen(row.key())

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open what the cursor stands on."""
        self.app.push_screen(message.row.key())
