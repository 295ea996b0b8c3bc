"""A list drawn line by line: no widget per row, so ten thousand rows cost what one page costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.desk.safe_text import cells
from kiosk.ui import palette
from kiosk.ui.words_on_screen import fitted, folded

_GAP = 2
_WIDEST_NUMBER = 13


class Column(NamedTuple):
    """A column: its title, its width in cells (0 takes what is left, shared by ``share``).

    ``keep`` is its importance: the lowest are left out first when the screen is narrow, rather than
    that a shared column gets less than ``least`` cells.
    """

    title: str
    width: int = 0
    share: int = 1
    keep: int = 9
    right: bool = False
    least: int = 6


def number_column(title: str, numbers: Iterable[str], least: int) -> Column:
    """Return a column as wide as the longest of ``numbers``, within ``least`` and 13 cells.

    What stands beside a number is worth more than the end of a long one.
    """
    return Column(title, min(max(least, *map(cells, numbers), 0), _WIDEST_NUMBER))


class ListRow(NamedTuple):
    """One row: a cell for each column, the colour of its words, and what it stands for.

    ``bar`` colours the mark at the left edge; ``sign`` says the same without colour.
    """

    cells: tuple[str, ...]
    key: Any = None
    colour: str = palette.TEXT
    bar: str = ""
    faint: tuple[int, ...] = ()


@runtime_checkable
class Placed(Protocol):
    """A list that knows where a row stands without being read from end to end."""

    def place_of(self, key: Any) -> int | None:  # noqa: ANN401 - a row's key is the feature's own
        """Return where the row with ``key`` stands, None when it is gone."""


class RowList(Widget, can_focus=True):
    """Rows in columns with a cursor. Posts ``Chosen`` on Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Pointed(Message):
        """The cursor stands on another row now."""

        list: "RowList"

    @dataclass
    class Chosen(Message):
        """Somebody pressed Enter on ``row``."""

        list: "RowList"
        row: ListRow

        @property
        def control(self) -> "RowList":
            """The list it comes from."""
            return self.list

    def __init__(
        self, *columns: Column, empty: str = "", header: bool = True, spaced: bool = False,
        id: str | None = None, classes: str | None = None,  # noqa: A002 - Textual's own names
    ) -> None:  # fmt: skip
        super().__init__(id=id, classes=classes)
        self.columns, self.empty, self.header, self.spaced = columns, empty, header, spaced
        self.rows: Sequence[ListRow] = ()
        self.cursor, self.top = 0, 0
        self.show_cursor_always = False
        self._fitting: list[tuple[int, int]] = []

    def show(self, rows: Sequence[ListRow], columns: tuple[Column, ...] | None = None) -> None:
        """Show ``rows``; the cursor stays on the row it was on, if that is still there."""
        if columns is not None:
            self.columns = columns
        chosen = self.current
        self.rows = rows
        if chosen is not None:
            self.cursor = self._place_of(chosen.key)
        self.cursor = max(0, min(self.cursor, len(rows) - 1))
        self._fit()
        self._follow()
        self.refresh()

    def _place_of(self, key: Any) -> int:  # noqa: ANN401 - a row's key is the feature's own
        """Return where the row with ``key`` stands now; where the cursor is, when it is gone.

        Mostly it has not moved: then nothing of a long list is read but its page.
        """
        here = self.current
        if here is not None and here.key == key:
            return self.cursor
        if isinstance(self.rows, Placed):
            place = self.rows.place_of(key)
        else:
            place = next((i for i, row in enumerate(self.rows) if row.key == key), None)
        return self.cursor if place is None else place

    @property
    def current(self) -> ListRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        lines = max(1, self.size.height - self.header)
        return max(1, (lines + 1) // 2) if self._airy else lines

    @property
    def _airy(self) -> bool:
        lines = self.size.height - self.header
        return self.spaced and len(self.rows) * 2 - 1 <= lines

    def action_move(self, by: int) -> None:
        """Move the cursor ``by`` rows."""
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        self._follow()
        self.refresh()
        self.post_message(self.Pointed(self))

    def action_page(self, by: int) -> None:
        """Move the cursor by whole pages."""
        self.action_move(by * self.page)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))

    def _follow(self) -> None:
        self.top = min(max(self.top, self.cursor - self.page + 1), self.cursor)
        self.top = max(0, min(self.top, len(self.rows) - self.page))

    def on_resize(self, event: Resize) -> None:
        """Fit the columns to the new width, and show the first rows where the cursor allows it."""
        del event
        self._fit()
        self.top = 0
        self._follow()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Move the cursor to the row under the mouse."""
        line = event.y - self.header
        self.cursor = self.top
        self.action_move(line // 2 if self._airy else line)

    def _fit(self) -> None:
        """Choose the columns that fit: pairs of column index and width."""
        wanted = sorted(range(len(self.columns)), key=lambda i: -self.columns[i].keep)
        room = max(1, self.size.width - 2)
        while wanted:
            fixed = sum(self.columns[i].width or self.columns[i].least for i in wanted) + _GAP * (
                len(wanted) - 1
            )
            if fixed <= room or len(wanted) == 1:
                break
            wanted.pop()
        shares = sum(self.columns[i].share for i in wanted if not self.columns[i].width)
        used = sum(self.columns[i].width for i in wanted) + _GAP * (len(wanted) - 1)
        spare = max(0, room - used)
        self._fitting = []
        for i in sorted(wanted):
            column = self.columns[i]
            width = column.width or spare * column.share // max(1, shares)
            self._fitting.append((i, min(width, room)))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        ground = self.background_colors[1].hex
        if self.header and self.rows:
            if y == 0:
                return self._header(ground)
            y -= 1
        if not self.rows:
            return self._words(self.empty if y == 0 else "", palette.MUTED, ground)
        continued = False
        if self._airy:
            continued, y = bool(y % 2), y // 2
        index = self.top + y
        if y >= self.page or index >= len(self.rows):
            return Strip.blank(self.size.width, Style(bgcolor=ground))
        return self._rest(index, ground) if continued else self._row(index, ground)

    def _header(self, ground: str) -> Strip:
        titles = tuple(column.title for column in self.columns)
        return self._cells(ListRow(titles, colour=palette.MUTED), ground)

    def _row(self, index: int, ground: str) -> Strip:
        lit = index == self.cursor and (self.has_focus or self.show_cursor_always)
        row = self._folds(self.rows[index], 0) if self._goes_on_below(index) else self.rows[index]
        return self._cells(row, palette.RAISED if lit else ground, bold=lit)

    def _goes_on_below(self, index: int) -> bool:
        """Say whether an airy row has its second line: at the foot of the list it has none."""
        second = self.header + (index - self.top) * 2 + 1
        return self._airy and second < self.size.height

    def _rest(self, index: int, ground: str) -> Strip:
        """Draw what of the row's texts did not fit, on the empty line under an airy row."""
        row = self._folds(self.rows[index], 1)
        if not any(row.cells):
            return Strip.blank(self.size.width, Style(bgcolor=ground))
        return self._cells(row._replace(bar=""), ground)

    def _folds(self, row: ListRow, line: int) -> ListRow:
        """Return the row's first or second ``line``; columns of a set width have no second."""
        texts = ["" if line else _cell(row, i) for i in range(len(self.columns))]
        for i, width in self._fitting:
            if not self.columns[i].width:
                texts[i] = folded(_cell(row, i), width)[line]
        return row._replace(cells=tuple(texts))

    def _cells(self, row: ListRow, ground: str, *, bold: bool = False) -> Strip:
        words = Style(color=row.colour, bgcolor=ground, bold=bold)
        faint = Style(color=palette.MUTED, bgcolor=ground)
        segments = [Segment(" ", Style(bgcolor=row.bar or ground)), Segment(" ", words)]
        for place, (i, width) in enumerate(self._fitting):
            if place:
                segments.append(Segment(" " * _GAP, words))
            text = fitted(_cell(row, i), width, right=self.columns[i].right)
            segments.append(Segment(text, faint if i in row.faint else words))
        return Strip(segments).adjust_cell_length(self.size.width, words)

    def _words(self, text: str, colour: str, ground: str) -> Strip:
        style = Style(color=colour, bgcolor=ground)
        shown = fitted(text, min(cells(text) + 1, max(0, self.size.width - 2)))
        return Strip([Segment("  ", style), Segment(shown, style)]).adjust_cell_length(
            self.size.width, style
        )


def _cell(row: ListRow, i: int) -> str:
    return row.cells[i] if i < len(row.cells) else ""
