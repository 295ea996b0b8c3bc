"""In rows of characters: what is filled in by hand, with underscores to write on."""

from collections.abc import Iterator

from kiosk.desk.line_breaks import filled
from kiosk.desk.slip_lines import BlankLines, CheckBoxes, SignatureLine
from kiosk.desk.slip_sheet import Piece, Row, Sheet, Span

_LEAST_TO_SIGN = 10
_TIME = 8
_LEAST_TO_WRITE = 8
_BOX = "□"


def signature_line(sheet: Sheet, line: SignatureLine) -> Iterator[Piece]:
    """Yield room above, and a line to sign on; the time beside it, or beneath on narrow paper."""
    label, time = sheet.said(line.label), sheet.said(line.time_label)
    beside = sheet.measure(time) + _TIME + 2 if time else 0
    to_sign = sheet.columns - sheet.measure(label) - beside
    yield Row()
    yield Row()
    if time and to_sign >= _LEAST_TO_SIGN:
        yield Row((Span(label + "_" * to_sign + "  " + time + "_" * _TIME),))
        return
    yield from _to_write_on(sheet, line.label)
    if time:
        yield Row()
        yield from _to_write_on(sheet, line.time_label)


def _to_write_on(sheet: Sheet, label: str) -> Iterator[Row]:
    *whole, last = filled(sheet.said(label), sheet.measure, sheet.columns - _LEAST_TO_SIGN)
    for part in whole:
        yield Row((Span(part),))
    yield Row((Span(last + "_" * (sheet.columns - sheet.measure(last))),))


def check_boxes(sheet: Sheet, line: CheckBoxes) -> Iterator[Piece]:
    """Yield boxes to tick after a label, and a line to write on."""
    rows = [""]
    for part in (line.label, *(f"{_BOX} {choice}" for choice in line.choices)):
        for piece in filled(sheet.said(part), sheet.measure, sheet.columns):
            joined = f"{rows[-1]}  {piece}" if rows[-1] else piece
            if sheet.measure(joined) <= sheet.columns:
                rows[-1] = joined
            else:
                rows.append(piece)
    if line.write_in:
        if sheet.columns - sheet.measure(rows[-1]) - 1 < _LEAST_TO_WRITE:
            rows.append("")
        rows[-1] += " " + "_" * (sheet.columns - sheet.measure(rows[-1]) - 1)
    yield Row()
    for row in rows:
        yield Row((Span(row),))


def blank_lines(sheet: Sheet, line: BlankLines) -> Iterator[Piece]:
    """Yield lines to write on by hand."""
    for _line in range(line.count):
        yield Row()
        yield Row((Span("_" * sheet.columns),))
