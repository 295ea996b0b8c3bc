"""F4: the board. Tap a key, tap a badge: out. Tap the key: back. All else begins here.

Keystrokes of a guard, from the home screen:

- a key goes out, or comes back: no key at all, two taps or one; without a tag ``F4``, letters of
  its name, ``Enter`` (its card), ``Enter``;
- who has it, who had it before, remind, lost, blocked, reserve: ``F4 Enter``, then a digit;
- everything overdue: ``F4 3``; counting: ``F4 I``, tap every tag, ``Enter Enter``;
- a badge first, then keys: ``F4 B``; fire: ``F4 E``; it came back damaged: ``D``;
- what somebody holds: ``F4 P``, the badge; who works late today: ``F4 O``; a new key: ``F4 N``.

Letters search at once, save those that are a key here; after the space bar all of them do.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key as KeyEvent
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.keys import board_pages, returning
from kiosk.keys.board_pages import Show, Sought, Tally
from kiosk.keys.elsewhere import where
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_badge_first import BadgeFirst
from kiosk.keys.screens_board_rows import columns, filters, row_of
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_emergency import Emergency
from kiosk.keys.screens_holdings import HoldingsScreen
from kiosk.keys.screens_overtime import OvertimeScreen
from kiosk.keys.screens_return import say_damaged
from kiosk.keys.screens_stock import StockTakeScreen
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.window import Window

_SHOWS = (Show.ALL, Show.OUT, Show.OVERDUE, Show.AWAY, Show.RESERVED)
_COMMANDS = frozenset("nipobedNIPOBED /")
_LONGEST_SEARCH = 24
_SIDES = 8  # cells left and right of the counts


def _how_to_find() -> str:
    return _("space bar, then name, kind, lock or holder, also in pinyin")


class KeyBoard(KioskScreen):
    """Every thing with who has it; what is out and late stands on top."""

    AUTO_FOCUS: ClassVar[str | None] = "#board"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("b,B", "badge_first", show=False),
        Binding("e,E", "emergency", show=False),
        Binding("d,D", "damaged", show=False),
        Binding("n,N", "add", show=False),
        Binding("i,I", "count", show=False),
        Binding("p,P", "person", show=False),
        Binding("o,O", "overtime", show=False),
        Binding("space,slash", "find", show=False),
        *[Binding(f"{n}", f"filter({n})", show=False) for n in range(1, len(_SHOWS) + 1)],
    ]
    DEFAULT_CSS = """
    KeyBoard #counts { height: 2; padding: 1 2 0 2; background: $panel-ground; }
    KeyBoard #finding { height: 3; padding: 1 2; background: $panel-ground; }
    KeyBoard #find .field-label { width: 9; }
    KeyBoard #board { padding: 0 1 1 1; }
    KeyBoard.-low #counts { height: 1; padding: 0 1; }
    KeyBoard.-low #finding { height: 2; padding: 0 1 1 1; }
    KeyBoard.-low #board { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._show = Show.ALL
        self._tally: Tally | None = None
        self._just_back = False

    def body(self) -> ComposeResult:
        """Lay the counts, the field to find by, and the list."""
        yield Static("", markup=False, id="counts")
        with Vertical(id="finding"):
            yield LabelledInput(
                lambda: _("Find"), id="find", limit=_LONGEST_SEARCH, hint=_how_to_find
            )
        yield RowList(id="board")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Show"))
        yield Key("B", _("Badge first"), pgettext("key", "Badge"))
        yield Key("E", pgettext("key", "Emergency"), pgettext("key", "Urgent"), alarm=True)
        if self._just_back:
            yield Key("D", _("Came back damaged"), pgettext("key", "Bad"))
        yield Key("I", _("Stock-take"), _("Count"))
        yield Key("P", _("Who holds what"), pgettext("key", "Held"))
        yield Key("O", _("Overtime"), pgettext("key", "Late"))
        yield Key("N", _("New key"), pgettext("key", "New"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Look at the board again when coming here or back."""
        shown = self.query_one("#board", RowList)
        shown.show_cursor_always = True
        if not isinstance(self.focused, Input):
            shown.focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Count what hangs and what is out, and read the page that is seen."""
        sought = self._sought()
        found = await self.aside(self._read, sought)
        if self.alive and sought.asked == self._sought().asked and sought.show is self._show:
            self._tally, rows = found
            self._draw(rows)
            self.show_keys()

    def _sought(self) -> Sought:
        asked = self.query_one("#find", LabelledInput).text
        return Sought(self._show, asked, self.kiosk.desk.clock())

    def _read(self, sought: Sought) -> tuple[Tally, Window]:
        self._just_back = returning.is_just_back(self.kiosk.desk)
        with self.kiosk.desk.read() as book:
            tally = board_pages.tally(book, sought.now)
            long = board_pages.lengths(book, sought)
        rows = Window(
            sum(long),
            lambda offset, limit: self._page(sought, long, offset, limit),
            lambda thing_id: self._place(sought, thing_id),
        )
        if rows:
            rows[0]  # the first page is read here, beside the screen
        return tally, rows

    def _page(
        self, sought: Sought, long: tuple[int, ...], offset: int, limit: int
    ) -> list[ListRow]:
        with self.kiosk.desk.read() as book:
            found = board_pages.page(book, sought, long, offset, limit)
            places = [where(self.kiosk.desk, book, one.thing) for one in found]
        return [
            row_of(self.kiosk.desk, one, sought.now, place)
            for one, place in zip(found, places, strict=True)
        ]

    def _place(self, sought: Sought, thing_id: str) -> int | None:
        with self.kiosk.desk.read() as book:
            return board_pages.place(book, sought, thing_id)

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed stays."""
        super().translate()
        self.call_later(self.refresh_book)

    def _draw(self, rows: Window) -> None:
        if self._tally is not None:
            counts = self.query_one("#counts", Static)
            counts.update(filters(self._tally, self._show, self.size.width - _SIDES))
        shown = self.query_one("#board", RowList)
        shown.empty = self._empty_words()
        shown.show(rows, columns(self._show))

    def _empty_words(self) -> str:
        if self.query_one("#find", LabelledInput).text:
            return _("Nothing fits what was typed. Esc takes it away.")
        return {
            Show.ALL: _("No key is on the board yet. N adds one: tap its tag."),
            Show.OUT: _("Nothing is out."),
            Show.OVERDUE: _("Nothing is overdue."),
            Show.AWAY: _("Nothing is lost or blocked."),
            Show.RESERVED: _("Nothing is reserved."),
        }[self._show]

    # Finding.

    def action_filter(self, number: int) -> None:
        """Show only the things of one digit."""
        self._show = _SHOWS[number - 1]
        self._from_the_top()

    def action_find(self) -> None:
        """Go to the field to find by."""
        self.query_one("#find", LabelledInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing; the first that fits stands under the cursor."""
        event.stop()
        self._from_the_top()

    def _from_the_top(self) -> None:
        shown = self.query_one("#board", RowList)
        shown.show(())
        shown.cursor = 0
        self.run_worker(self.refresh_book(), exclusive=True, group="board")

    def on_key(self, event: KeyEvent) -> None:
        """Move in the list while the field keeps what is typed; begin to find with a letter."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        typing = isinstance(self.focused, Input)
        if typing and event.key in moves:
            event.stop()
            self.query_one("#board", RowList).action_move(moves[event.key])
        elif not typing and self._begins_search(event):
            event.stop()
            find = self.query_one("#find", LabelledInput)
            find.input.value = event.character or ""
            find.focus()
            find.input.action_end()

    def _begins_search(self, event: KeyEvent) -> bool:
        typed = event.character or ""
        return event.is_printable and typed not in _COMMANDS and not typed.isdecimal()

    def action_leave(self) -> None:
        """Take away what was typed, then the filter; then go back."""
        find = self.query_one("#find", LabelledInput)
        if isinstance(self.focused, Input) or find.input.value:
            find.input.value = ""
            self.query_one("#board", RowList).focus()
        elif self._show is not Show.ALL:
            self.action_filter(1)
        else:
            self.app.pop_screen()

    # Where the keys lead.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the thing under the cursor."""
        event.stop()
        current = self.query_one("#board", RowList).current
        if current is not None:
            self._open(current)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the thing under the cursor."""
        self._open(message.row)

    def _open(self, row: ListRow) -> None:
        if row.key is not None:
            self.app.push_screen(ThingScreen(row.key))

    def action_badge_first(self) -> None:
        """Take the badge first, then one thing after another."""
        self.app.push_screen(BadgeFirst())

    def action_emergency(self) -> None:
        """Give the thing under the cursor out without anybody's word."""
        current = self.query_one("#board", RowList).current
        self.app.push_screen(Emergency((current.key or "") if current is not None else ""))

    async def action_damaged(self) -> None:
        """Say that what came back a moment ago is damaged."""
        async with self.answering():
            say_damaged(self.kiosk)

    def action_add(self) -> None:
        """Put a new key on the board; its tag is tapped next."""
        self.app.push_screen(AddKey())

    def action_count(self) -> None:
        """Count what hangs on the board."""
        self.app.push_screen(StockTakeScreen())

    def action_person(self) -> None:
        """Show what one person holds."""
        self.app.push_screen(AskPerson(lambda: _("Who holds what")), self._hold)

    def _hold(self, person: Person | None) -> None:
        if person is not None:
            self.app.push_screen(HoldingsScreen(person.id))

    def action_overtime(self) -> None:
        """Show who works late."""
        self.app.push_screen(OvertimeScreen())

    def accepts(self, bearer: Bearer) -> bool:
        """Before the board an unknown tag is a new thing's."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Ask what the new thing is called."""
        self.app.push_screen(AddKey(bearer.uid))
