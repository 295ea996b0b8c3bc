"""F5: where everybody is, by section (去向牌, clauses 14, 26).

Keystrokes, from the home screen of the open desk: ``F5``, then ``I`` who is in, ``W`` who is away,
``N`` who has not signed, ``A`` all. The space bar or ``/`` goes to the field: name, pinyin, first
letters, staff number or the end of an extension; ``Enter`` goes on to the list. Left and right go
from section to section, ``Enter`` shows the person and what to do next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key as KeyEvent
from textual.widgets import Input, Static

from kiosk.desk.desk import Desk
from kiosk.desk.where import Counted, Place, Where
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row
from kiosk.whereabouts.board import Board, Line, Reader, Show, shown
from kiosk.whereabouts.screens_person import PersonWhere
from kiosk.whereabouts.wording import place_word, section_word, time_word

_LONGEST_SEARCH = 24
_LETTERS = {Show.ALL: "A", Show.IN: "I", Show.AWAY: "W", Show.NOT_SIGNED: "N"}


def _how_to_find() -> str:
    return _("space bar, then name, pinyin, staff number or extension")


class WhereaboutsBoard(KioskScreen):
    """Everybody with the place; each section begins with its counts."""

    AUTO_FOCUS: ClassVar[str | None] = "#where"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("a,A", "only('all')", show=False),
        Binding("i,I", "only('in')", show=False),
        Binding("w,W", "only('away')", show=False),
        Binding("n,N", "only('not_signed')", show=False),
        Binding("left", "section(-1)", show=False),
        Binding("right", "section(1)", show=False),
        Binding("space,slash", "find", show=False),
    ]
    DEFAULT_CSS = """
    WhereaboutsBoard #counts { height: 2; padding: 1 2 0 2; background: $panel-ground; }
    WhereaboutsBoard #finding { height: 3; padding: 1 2; background: $panel-ground; }
    WhereaboutsBoard #find .field-label { width: 9; }
    WhereaboutsBoard #where { padding: 0 1 1 1; }
    WhereaboutsBoard.-low #counts { height: 1; padding: 0 1; }
    WhereaboutsBoard.-low #finding { height: 2; padding: 0 1 1 1; }
    WhereaboutsBoard.-low #where { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._show = Show.ALL
        self._board: Board | None = None
        self._reader: Reader | None = None

    def body(self) -> ComposeResult:
        """Lay the counts, the field to find by, and the list."""
        yield Static("", markup=False, id="counts")
        with Vertical(id="finding"):
            yield LabelledInput(
                lambda: _("Find"), id="find", limit=_LONGEST_SEARCH, hint=_how_to_find
            )
        yield RowList(id="where")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Show"))
        yield Key("A", pgettext("whereabouts", "All"))
        yield Key("I", pgettext("whereabouts", "In"))
        yield Key("W", pgettext("whereabouts", "Away"))
        yield Key("N", pgettext("whereabouts", "Not signed"))
        yield Key("← →", _("Next section"), pgettext("whereabouts", "Section"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Look again when coming here or back."""
        await super().on_screen_resume()
        if not self.alive:
            return
        listed = self.query_one("#where", RowList)
        listed.show_cursor_always = True
        if not isinstance(self.focused, Input):
            listed.focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read where everybody is."""
        found = await self.aside(self._read)
        if self.alive:
            self._board = found
            self._draw()

    def _read(self) -> Board:
        if self._reader is None:
            self._reader = Reader(self.kiosk.desk, self.kiosk.whereabouts)
        return self._reader.read()

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        if self._board is None:
            return
        self.query_one("#counts", Static).update(self._counts(self._board.counts))
        listed = self.query_one("#where", RowList)
        listed.empty = _("Nobody fits.")
        lines = shown(self._board, self._show, self.query_one("#find", LabelledInput).text)
        listed.show(rows_of(self.kiosk.desk, self._board, lines), _columns())

    def _counts(self, counts: Counter[Counted]) -> Content:
        away = counts[Counted.OUT] + counts[Counted.LEAVE]
        unsigned = counts[Counted.NOT_SIGNED]
        tallies = (
            (Show.ALL, pgettext("whereabouts", "All"), counts.total(), palette.TEXT),
            (Show.IN, pgettext("whereabouts", "In"), counts[Counted.IN], palette.GOOD),
            (Show.AWAY, pgettext("whereabouts", "Away"), away, palette.INFO),
            (Show.NOT_SIGNED, pgettext("whereabouts", "Not signed"), unsigned, palette.AMBER),
        )
        return row(*(self._tally(*one) for one in tallies), gap=3)

    def _tally(self, show: Show, name: str, n: int, colour: str) -> Content:
        chosen = show is self._show
        style = f"bold reverse {colour}" if chosen else colour
        head = plain(_LETTERS[show], f"bold {palette.TEXT}")
        return row(head, plain(f"{name} {n}", style), gap=1)

    # Keys.

    def action_only(self, show: str) -> None:
        """Show all, or only who is in, away, or not signed."""
        self._show = Show(show)
        self._draw()
        self.query_one("#where", RowList).action_move(-len(self.query_one("#where", RowList).rows))

    def action_section(self, by: int) -> None:
        """Go to the first person of the section before or after."""
        listed = self.query_one("#where", RowList)
        heads = [i for i, one in enumerate(listed.rows) if isinstance(one.key, tuple)]
        before = [i for i in heads if i <= listed.cursor]
        place = max(0, len(before) - 1) + by
        if heads and 0 <= place < len(heads):
            listed.action_move(heads[place] - listed.cursor)

    def action_find(self) -> None:
        """Go to the field."""
        self.query_one("#find", LabelledInput).focus()

    def action_leave(self) -> None:
        """Leave the field with nothing sought; then the board."""
        find = self.query_one("#find", LabelledInput)
        if isinstance(self.focused, Input) or find.text:
            find.input.value = ""
            self.query_one("#where", RowList).focus()
        else:
            self.dismiss()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who fits."""
        event.stop()
        self._draw()
        listed = self.query_one("#where", RowList)
        listed.action_move(-len(listed.rows))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the list, on the first person found."""
        event.stop()
        listed = self.query_one("#where", RowList)
        listed.focus()
        if listed.cursor == 0:
            listed.action_move(1)

    def on_key(self, event: KeyEvent) -> None:
        """Go down from the field into the list."""
        if event.key == "down" and isinstance(self.focused, Input):
            event.stop()
            self.query_one("#where", RowList).focus()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show the person; a section's line does nothing."""
        lines = self._board.lines if self._board else ()
        line = next((one for one in lines if one.person.id == message.row.key), None)
        if line is not None:
            self.app.push_screen(PersonWhere(line))


def rows_of(desk: Desk, board: Board, lines: Sequence[Line]) -> list[ListRow]:
    """Return the rows of the list: before each section's first person the section's counts."""
    rows: list[ListRow] = []
    section: str | None = None
    for line in lines:
        if line.section != section:
            section = line.section
            rows.append(_section_row(section, board.of_section[section]))
        rows.append(_row(desk, line))
    return rows


def _row(desk: Desk, line: Line) -> ListRow:
    there, person = line.where, line.person
    stand_in = line.stand_in.name if line.stand_in else ""
    words = (
        f"  {person.name}", place_word(there), time_word(desk, there), there.words,
        stand_in, person.extension, person.staff_no,
    )  # fmt: skip
    faint = (5, 6) if there.late else (2, 5, 6)
    return ListRow(words, key=person.id, colour=_colour(there), bar=_bar(there), faint=faint)


def _colour(there: Where) -> str:
    if there.late:
        return palette.AMBER
    return palette.MUTED if there.place in {Place.NOT_SIGNED, Place.OUT} else palette.TEXT


def _bar(there: Where) -> str:
    if there.late:
        return palette.AMBER
    if there.here:
        return palette.GOOD
    return palette.INFO if there.away else ""


def _section_row(section: str, counts: Counter[Counted]) -> ListRow:
    words = (
        section_word(section),
        pgettext("whereabouts", "{n} in").format(n=counts[Counted.IN]),
        pgettext("whereabouts", "out {out}, leave {leave}").format(
            out=counts[Counted.OUT], leave=counts[Counted.LEAVE]
        ),
        pgettext("whereabouts", "{n} unsigned").format(n=counts[Counted.NOT_SIGNED]),
    )
    return ListRow(words, key=("section", section), faint=(1, 2, 3))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), 16),
        Column(pgettext("whereabouts", "Where"), 13),
        Column(pgettext("whereabouts", "Time"), share=3, least=20),
        Column(pgettext("whereabouts", "Place"), share=2, least=10, keep=8),
        Column(pgettext("whereabouts", "Stand-in"), 10, keep=7),
        Column(pgettext("whereabouts", "Ext."), 5, keep=6),
        Column(_("Staff number"), 12, keep=3),
    )
