"""F2: everybody who is expected, waiting or inside today, found by two letters."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key as KeyEvent
from textual.widgets import Input, Static

from kiosk.desk.id_card import IdCard
from kiosk.desk.words import _, pgettext
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import RowList
from visitors import screens_card_laid
from visitors.cards import VisitCard, coming, no_shows, todays
from visitors.models import HERE_STATES, State
from visitors.numbered import kept_under_another
from visitors.returning.known import Known, known, last_time
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_at_once import AtOnce
from visitors.screens_ladder_words import is_on_the_clock
from visitors.screens_new import WalkInScreen
from visitors.screens_returning import known_row
from visitors.screens_rows import columns, count_line, kept_line, list_row, one_line, rank
from visitors.screens_visit import VisitScreen
from visitors.screens_watch_list import open_watch_list
from visitors.search import fits, is_number

_FIND_LIMIT = 60


class VisitorsScreen(AtOnce):
    """The visitors of today: type to find, Enter opens, F5 writes a walk-in, F7 an appointment.

    Below today's stands who was here before. Keystrokes of a returning visitor, from the home
    screen to the slip: ``F2``, two letters, ``Enter`` (the form is filled in), ``F5``, ``1 1 1``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f5", "walk_in", show=False),
        Binding("f7", "appointment", show=False),
        Binding("ctrl+l", "watch_list", show=False),
    ]
    own_function_keys: ClassVar[frozenset[int]] = frozenset({5, 7})
    DEFAULT_CSS = """
    VisitorsScreen #finding { height: 3; padding: 1 2 0 2; background: $panel-ground; }
    VisitorsScreen #find .field-label { width: 9; }
    VisitorsScreen #counts { height: 2; padding: 1 2 0 2; background: $panel-ground; }
    VisitorsScreen #visits { height: 1fr; margin: 1 0 0 0; padding: 1 1 0 1; }
    VisitorsScreen.-low #finding { height: 2; padding: 0 1; }
    VisitorsScreen.-low #counts { height: 1; padding: 0 1; }
    VisitorsScreen.-low #visits { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._visits: list[VisitCard] = []
        self._missed: list[VisitCard] = []
        self._coming: list[VisitCard] = []
        self._known: list[Known] = []
        self._renumbered: dict[str, str] = {}
        self._pointed_at = False

    def body(self) -> ComposeResult:
        """Lay the field, the counts and the list."""
        with Vertical(id="finding"):
            yield LabelledInput(
                lambda: _("Find"),
                id="find",
                hint=lambda: _("name, pinyin, phone, plate or number"),
                limit=_FIND_LIMIT,
            )
        yield Static("", markup=False, id="counts")
        yield RowList(spaced=True, id="visits")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Show"))
        yield Key("F5", _("Walk-in"), pgettext("visitors", "New"))
        yield Key("F7", _("Appointment"), pgettext("visitors", "Booked"))
        yield Key("Ctrl+L", _("Watch list"), pgettext("visitors", "List"))
        yield Key("Ctrl+G", _("Emergency admission"), pgettext("visitors", "Urgent"), alarm=True)
        yield Key("Ctrl+T", _("First asked"), _("Asked"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start the clocks of those who wait for an answer."""
        super().on_mount()
        self.set_interval(1.0, self.tick)

    def tick(self) -> None:
        """Count on, where somebody's answer is waited for."""
        if self.is_active and any(is_on_the_clock(visit) for visit in self._visits):
            self._draw()

    async def on_screen_resume(self) -> None:
        """Start in the field with the newest state of the book."""
        shown = self.query_one("#visits", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        self.translate()
        self.query_one("#find", LabelledInput).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read today's visits again."""
        self._visits = sorted(await self.aside(todays, self.kiosk.desk), key=rank)
        self._missed = await self.aside(no_shows, self.kiosk.desk)
        self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed stays."""
        super().translate()
        self._draw()

    @property
    def _query(self) -> str:
        return self.query_one("#find", LabelledInput).text

    def _draw(self) -> None:
        if not self.query("#counts"):  # the screen was closed while the book was being read
            return
        counts = kept_line(self._query, self._renumbered) or count_line(self._visits)
        self.query_one("#counts", Static).update(counts)
        shown = self.query_one("#visits", RowList)
        shown.empty = self._empty_words()
        found = self._found()
        rows = [list_row(self.kiosk.desk, visit) for visit in found]
        before = [known_row(one) for one in self._known] if self._query else []
        shown.show([*rows, *before], columns(found))

    def _empty_words(self) -> str:
        if self._query:
            return _("Nobody found. Enter writes a walk-in.")
        return _("Nobody is expected, waiting or inside today. F5 writes a walk-in.")

    def _found(self) -> list[VisitCard]:
        """Return who fits what was typed; by a number first who is inside and may go out.

        Who did not come in the last days, and who is expected in the next ones, is found by typing
        only: he may come today all the same.
        """
        asked = self._query
        visits = [*self._visits, *self._missed, *self._coming] if asked else self._visits
        kept = self._renumbered
        found = [visit for visit in visits if visit.id in kept or fits(asked, visit.words)]
        return sorted(found, key=lambda one: 0 if one.id in kept else _how_near(asked, one))

    # Typing and keys.

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing; the best fit stands first, who comes another day last."""
        event.stop()
        self._pointed_at = False
        self._coming = await self._who_comes_later()
        self._renumbered = await self.aside(kept_under_another, self.kiosk.desk, self._query)
        self._known = await self._who_was_here()
        self._draw()
        shown = self.query_one("#visits", RowList)
        shown.cursor = 0
        shown.action_move(0)

    async def _who_comes_later(self) -> list[VisitCard]:
        return await self.aside(coming, self.kiosk.desk, self._query) if self._query else []

    async def _who_was_here(self) -> list[Known]:
        """Return who was here before and is neither here now nor expected among those shown."""
        if not self._query:
            return []
        open_now = {State.EXPECTED, *HERE_STATES}
        shown = frozenset(visit.id for visit in self._found() if visit.state in open_now)
        return await self.aside(known, self.kiosk.desk, self._query, shown)

    def on_key(self, event: KeyEvent) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if event.key in moves:
            event.stop()
            self._pointed_at = True
            self.query_one("#visits", RowList).action_move(moves[event.key])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the visit under the cursor; nobody found means a walk-in.

        A number that several visitors inside have, of today and of a day before, is asked about.
        """
        event.stop()
        same = [visit for visit in self._found() if _may_go_out(self._query, visit)]
        current = self.query_one("#visits", RowList).current
        if len(same) > 1 and not self._pointed_at:
            self._ask_which(same)
        elif current is not None:
            await self._choose(current.key)
        elif self._query:
            self.action_walk_in()

    def _ask_which(self, visits: list[VisitCard]) -> None:
        def chosen(visit_id: str | None) -> None:
            if visit_id is not None:
                self._open(visit_id)

        def title() -> str:
            words = _("Several visitors inside have number {number}. Who is it?")
            return words.format(number=visits[0].number)

        choices = [(visit.id, partial(one_line, visit)) for visit in visits]
        self.app.push_screen(Choose(title, choices), chosen)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the visit that was clicked."""
        await self._choose(message.row.key)

    async def _choose(self, key: str | Known) -> None:
        """Open the visit, or for who was here before a walk-in filled in from last time."""
        if isinstance(key, str):
            self._open(key)
            return
        async with self.answering():
            last = await self.aside(last_time, self.kiosk.desk, key.visit_id)
            self.query_one("#find", LabelledInput).input.value = ""
            self.app.push_screen(WalkInScreen(last=last))

    def _open(self, visit_id: str) -> None:
        self.query_one("#find", LabelledInput).input.value = ""
        self.app.push_screen(VisitScreen(visit_id))

    def action_walk_in(self) -> None:
        """Write down somebody without an appointment; a typed name goes along."""
        typed = self._query
        self.query_one("#find", LabelledInput).input.value = ""
        self.app.push_screen(WalkInScreen({} if typed.isascii() else {"name": typed}))

    def action_appointment(self) -> None:
        """Write down somebody who is announced."""
        self.app.push_screen(AppointmentScreen())

    async def take_id_card(self, card: IdCard) -> bool:
        """Open the visit of the card's owner, or a walk-in filled from the card."""
        await screens_card_laid.open_for_card(self.kiosk, card)
        return True

    def action_watch_list(self) -> None:
        """Open the watch list, for who may sign."""
        open_watch_list(self)

    def action_leave(self) -> None:
        """Empty the field first; then go back."""
        find = self.query_one("#find", LabelledInput)
        if find.input.value:
            find.input.value = ""
        else:
            self.dismiss(None)


def _how_near(asked: str, visit: VisitCard) -> int:
    if not is_number(asked, visit.words):
        return 2
    return 0 if _may_go_out(asked, visit) else 1


def _may_go_out(asked: str, visit: VisitCard) -> bool:
    return visit.state is State.ADMITTED and is_number(asked, visit.words)
