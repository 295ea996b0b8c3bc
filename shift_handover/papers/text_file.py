"""A sheet as a text file in UTF-8: rows of cells, where a Chinese character takes two."""

from kiosk.desk.safe_text import cells
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Align
from kiosk.desk.slip_sheet import Row, Sheet
from kiosk.desk.slip_text import typeset

COLUMNS = 76
"""Cells in a row: a terminal and a page of plain paper both have them."""


def as_text(slip: Slip) -> str:
    """Return the slip in rows of at most ``COLUMNS`` cells; codes stand only in their groups."""
    sheet = Sheet(COLUMNS, str, cells, squares=False, bars=False)
    rows = [_placed(piece) for piece in typeset(slip, sheet) if isinstance(piece, Row)]
    return "\n".join((*rows, ""))


def _placed(row: Row) -> str:
    spare = COLUMNS - cells(row.text)
    air = {Align.LEFT: 0, Align.MIDDLE: spare // 2, Align.RIGHT: spare}[row.align]
    return f"{' ' * max(0, air)}{row.text}".rstrip()
