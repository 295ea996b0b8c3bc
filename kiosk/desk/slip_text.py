"""A slip in rows of characters: for printers that write by themselves, and for the screen.

The same lines as :mod:`kiosk.desk.slip_image` draws, in columns instead of dots. How wide a
character is, and which there are, the sheet says.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Align,
    Bars,
    BlankLines,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Fingerprint,
    Heading,
    Item,
    Line,
    Notice,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
)  # fmt: skip
from kiosk.desk.slip_reprint import Reprint, with_reprint_marks
from kiosk.desk.slip_sheet import (
    BOLD,
    LARGE,
    PLAIN,
    TALL,
    BarCode,
    Piece,
    Row,
    Sheet,
    Span,
    Square,
    Style,
)  # fmt: skip
from kiosk.desk.slip_text_by_hand import blank_lines, check_boxes, signature_line

LEAST_COLUMNS = 24
_GROUP = 4  # a fingerprint is read out four characters at a time
_DOTS_A_ROW = 30


def typeset(slip: Slip, sheet: Sheet) -> tuple[Piece, ...]:
    """Return the slip in rows; a reprint says 补打第 n 次 at the head of each part.

    Any text can be set. Raises ``ValueError`` for a sheet of less than 24 columns.
    """
    if sheet.columns < LEAST_COLUMNS:
        raise ValueError(f"{sheet.columns} columns are fewer than {LEAST_COLUMNS}")
    pieces: list[Piece] = []
    for kind, lines in groupby(with_reprint_marks(slip), type):
        pieces.extend(_set(sheet, kind, list(lines)))
    return tuple(pieces)


def _set(sheet: Sheet, kind: type[Line], lines: list[Line]) -> Iterator[Piece]:
    together = _TOGETHER.get(kind)
    if together is not None:
        yield from together(sheet, lines)
        return
    for line in lines:
        yield from _SINGLE[kind](sheet, line)


def _title(sheet: Sheet, line: Title) -> Iterator[Piece]:
    yield from sheet.paragraph(line.text, LARGE, Align.MIDDLE)
    if line.subtitle:
        yield from sheet.paragraph(line.subtitle, PLAIN, Align.MIDDLE)


def _heading(sheet: Sheet, line: Heading) -> Iterator[Piece]:
    yield Row()
    yield from _ends(sheet, line.text, line.right, PLAIN)
    yield Row((Span("-" * sheet.columns),))


def _ends(sheet: Sheet, left: str, right: str, style: Style) -> Iterator[Row]:
    """Yield one bold text at the left and one at the right, beneath each other where they must."""
    first, last = sheet.said(left), sheet.said(right)
    if sheet.measure(first) + sheet.measure(last) + 1 <= sheet.columns:
        yield sheet.row(Span(first, BOLD), last, style)
        return
    yield from sheet.paragraph(left, BOLD)
    if right:
        yield from sheet.paragraph(right, style, Align.RIGHT)


def _notice(sheet: Sheet, line: Notice) -> Iterator[Piece]:
    yield Row((Span("=" * sheet.columns),))
    yield from sheet.paragraph(line.text, LARGE, Align.MIDDLE)
    yield Row((Span("=" * sheet.columns),))


def _reprint(sheet: Sheet, line: Reprint) -> Iterator[Piece]:
    yield from sheet.paragraph(f"*** {line.text} ***", BOLD, Align.MIDDLE)


def _text(sheet: Sheet, line: Text) -> Iterator[Piece]:
    large = {Size.LARGE: TALL, Size.HUGE: LARGE}.get(line.size, PLAIN)
    yield from sheet.paragraph(line.text, large._replace(bold=line.bold), line.align)


def _spread(sheet: Sheet, line: Spread) -> Iterator[Piece]:
    left, middle, right = (sheet.said(part) for part in (line.left, line.middle, line.right))
    used = sum(map(sheet.measure, (left, middle, right)))
    if not middle or used + 2 > sheet.columns:
        yield from _ends(sheet, line.left, line.right, BOLD)
        if middle:
            yield from sheet.paragraph(line.middle)
        return
    spare = sheet.columns - used
    before, after = " " * (spare // 2), " " * (spare - spare // 2)
    yield Row((Span(left, BOLD), Span(before + middle + after), Span(right, BOLD)))


def _fields(sheet: Sheet, lines: Sequence[Field]) -> Iterator[Piece]:
    labels = [sheet.said(line.label) for line in lines]
    most = sheet.columns * 2 // 5
    column = max((w for w in map(sheet.measure, labels) if w <= most), default=0)
    for label, line in zip(labels, lines, strict=True):
        style = {Emphasis.QUIET: PLAIN, Emphasis.NORMAL: BOLD, Emphasis.STRONG: TALL}[line.emphasis]
        beside = sheet.measure(label) <= column
        if not beside:
            yield from sheet.paragraph(line.label)
        head = label if beside else ""
        air = " " * (column - sheet.measure(head) + 2) if column else ""
        yield from sheet.paragraph(line.value, style, head=head + air)


def _items(sheet: Sheet, lines: Sequence[Item]) -> Iterator[Piece]:
    numbers = [sheet.said(line.number) for line in lines]
    column = min(max(map(sheet.measure, numbers)), sheet.columns // 3)
    for number, line in zip(numbers, lines, strict=True):
        beside = sheet.measure(number) <= column
        if not beside:
            yield from sheet.paragraph(line.number, BOLD)
        head = number if beside else ""
        head += " " * (column - sheet.measure(head) + 1)
        yield from sheet.paragraph(line.text, BOLD, head=head)
        for more in filter(None, (line.detail, line.mark)):
            yield from sheet.paragraph(more, head=" " * (column + 1))


def _number_with_code(sheet: Sheet, line: NumberWithCode) -> Iterator[Piece]:
    yield from sheet.paragraph(line.number, LARGE, Align.MIDDLE)
    yield from sheet.paragraph(line.readable, PLAIN, Align.MIDDLE)
    yield from _square(sheet, line.code)


def _square(sheet: Sheet, code: str) -> Iterator[Piece]:
    if code and sheet.squares:
        yield Square(code)


def _code_beside(sheet: Sheet, line: CodeBeside) -> Iterator[Piece]:
    yield from _square(sheet, line.code)
    for part in line.lines:
        yield from sheet.paragraph(part)
    if line.readable:
        yield from sheet.paragraph(line.readable, BOLD)


def _bars(sheet: Sheet, line: Bars) -> Iterator[Piece]:
    if sheet.bars and line.code and not (line.in_need and sheet.squares):
        yield BarCode(line.code)


def _fingerprint(sheet: Sheet, line: Fingerprint) -> Iterator[Piece]:
    value = sheet.said(line.value)
    groups = [value[at : at + _GROUP] for at in range(0, len(value), _GROUP)]
    yield from sheet.paragraph(line.label)
    yield from sheet.paragraph(" ".join(groups), BOLD)


def _table(sheet: Sheet, line: Table) -> Iterator[Piece]:
    tick = "□ " if line.tick else ""
    rooms = _rooms(sheet, line.widths, sheet.measure(tick))
    if any(line.head):
        yield from _cells(sheet, line, line.head, rooms, (" " * sheet.measure(tick), BOLD))
        yield Row((Span("-" * sheet.columns),))
    for row in line.rows:
        yield from _cells(sheet, line, row, rooms, (tick, PLAIN))


def _rooms(sheet: Sheet, widths: Sequence[int], before: int) -> list[int]:
    """Return the columns of each column of a table; none has fewer than two."""
    free = sheet.columns - before - 3 * len(widths) + 1
    return [2 + max(0, free) * share // sum(widths) for share in widths]


def _cells(
    sheet: Sheet, line: Table, texts: Sequence[str], rooms: list[int], look: tuple[str, Style]
) -> Iterator[Row]:
    tick, style = look
    parts = [
        [row.text for row in Sheet(room, sheet.said, sheet.measure).paragraph(text)]
        for text, room in zip(texts, rooms, strict=False)
    ]
    for at in range(max(map(len, parts), default=0)):
        row = tick if at == 0 else " " * sheet.measure(tick)
        for index, column in enumerate(parts):
            text = column[at] if at < len(column) else ""
            align = line.align[index] if index < len(line.align) else Align.LEFT
            row += _in_column(sheet, text, rooms[index], align) + " "
        yield Row((Span(row.rstrip(), style),))


def _in_column(sheet: Sheet, text: str, room: int, align: Align) -> str:
    rest = " " * max(0, room - sheet.measure(text))
    return rest + text if align is Align.RIGHT else text + rest


def _rule(sheet: Sheet, line: Rule) -> Iterator[Piece]:
    yield Row((Span(("=" if line.heavy else "-") * sheet.columns),))


def _cut(sheet: Sheet, line: Cut) -> Iterator[Piece]:
    del line
    yield Row()
    yield Row((Span(("- " * sheet.columns)[: sheet.columns].rstrip()),))
    yield Row()


def _space(sheet: Sheet, line: Space) -> Iterator[Piece]:
    del sheet
    for _row in range(line.dots // _DOTS_A_ROW):
        yield Row()


_Setting = Callable[[Sheet, Any], Iterator[Piece]]
_SINGLE: dict[type[Line], _Setting] = {
    Bars: _bars,
    BlankLines: blank_lines,
    CheckBoxes: check_boxes,
    CodeBeside: _code_beside,
    Cut: _cut,
    Fingerprint: _fingerprint,
    Heading: _heading,
    Notice: _notice,
    NumberWithCode: _number_with_code,
    Reprint: _reprint,
    Rule: _rule,
    SignatureLine: signature_line,
    Space: _space,
    Spread: _spread,
    Table: _table,
    Text: _text,
    Title: _title,
}
_TOGETHER: dict[type[Line], _Setting] = {Field: _fields, Item: _items}
