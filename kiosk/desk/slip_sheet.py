"""The sheet of a slip in rows of characters: its columns, its styles, and what stands in a row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.desk import gbk
from kiosk.desk.line_breaks import filled
from kiosk.desk.safe_text import cells
from kiosk.desk.slip_lines import Align


class Style(NamedTuple):
    """How characters are set; ``wide`` doubles the columns they take."""

    bold: bool = False
    tall: bool = False
    wide: bool = False


PLAIN, BOLD = Style(), Style(bold=True)
TALL, LARGE = Style(bold=True, tall=True), Style(bold=True, tall=True, wide=True)


class Span(NamedTuple):
    """Characters of one row in one style."""

    text: str
    style: Style = PLAIN


class Row(NamedTuple):
    """One row of the paper; no row is wider than the sheet."""

    spans: tuple[Span, ...] = ()
    align: Align = Align.LEFT

    @property
    def text(self) -> str:
        """The row's characters."""
        return "".join(span.text for span in self.spans)


class Square(NamedTuple):
    """A QR code in the middle."""

    code: str


class BarCode(NamedTuple):
    """A Code 128 in the middle."""

    code: str


Piece = Row | Square | BarCode


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written on: ``columns`` wide; ``squares`` and ``bars`` say which codes it can have.

    ``said`` replaces what it has no character for, ``measure`` counts columns.
    """

    columns: int
    said: Callable[[str], str] = gbk.in_gbk
    measure: Callable[[str], int] = gbk.columns
    squares: bool = True
    bars: bool = True

    def row(self, left: Span, right: str = "", style: Style = PLAIN) -> Row:
        """Return one row with ``left`` at the left and ``right`` at the right margin."""
        gap = self.columns - self.measure(left.text) - self.measure(right)
        return Row((left, Span(" " * max(0, gap)), Span(right, style)))

    def paragraph(
        self, text: str, style: Style = PLAIN, align: Align = Align.LEFT, head: str = ""
    ) -> Iterator[Row]:
        """Yield ``text`` wrapped; ``head`` stands before its first row, and as air before each."""
        indent = self.measure(head)
        room = max(2, (self.columns - indent) // (2 if style.wide else 1))
        for at, part in enumerate(filled(self.said(text), self.measure, room)):
            before = Span(head if at == 0 else " " * indent)
            yield Row((*([before] if indent else []), Span(part, style)), align)


def for_the_screen(columns: int) -> Sheet:
    """Return a sheet of the terminal's cells, which has every character."""
    return Sheet(columns, str, cells)
