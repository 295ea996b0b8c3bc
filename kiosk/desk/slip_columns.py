"""The lines of a slip that share columns with their neighbours: fields, numbered points, tables."""

from collections.abc import Sequence

from PIL import Image

from kiosk.desk.outstanding import Urgency
from kiosk.desk.slip_lines import Align, Emphasis, Field, Item, Table
from kiosk.desk.slip_paper import (
    Paper,
    bar,
    dashes,
    frame,
    paragraph,
    paragraph_height,
    stacked,
    strip,
)  # fmt: skip
from kiosk.desk.typesetting import BLACK, WHITE, Type, Weight, width, wrap, write, write_spaced

_TICK = 24


def fields(paper: Paper, lines: Sequence[Field]) -> Image.Image:
    """Draw labels in one column, values in another; too long a label stands above its value."""
    most = paper.room * 2 // 5
    labels = [width(line.label, paper.small) for line in lines]
    column = max((label for label in labels if label <= most), default=0)
    return stacked(paper, [_field(paper, line, column) for line in lines])


def _field(paper: Paper, line: Field, column: int) -> Image.Image:
    value = {
        Emphasis.QUIET: paper.normal,
        Emphasis.NORMAL: paper.strong,
        Emphasis.STRONG: paper.large,
    }[line.emphasis]
    above = width(line.label, paper.small) > column
    left = paper.margin + (column + paper.gap * 3 // 2 if column and not above else 0)
    head = paragraph_height(line.label, paper.small, paper.room) if above else 0
    air = 10 if line.emphasis is Emphasis.STRONG else 6
    room = paper.right - left
    on = strip(paper, head + paragraph_height(line.value, value, room) + air)
    if above:
        paragraph(on, paper.margin, 0, line.label, paper.small, paper.room)
    else:
        write_spaced(on, (paper.margin, air // 2 + value.ascent), line.label, paper.small, column)
    paragraph(on, left, head + air // 2, line.value, value, room)
    return on


def items(paper: Paper, lines: Sequence[Item]) -> Image.Image:
    """Draw numbered points; the number of what needs somebody now stands on black."""
    tag = Type(paper.normal.size, Weight.BOLD)
    most = paper.room // 3
    column = max(min(width(line.number, tag), most) for line in lines) + 12
    return stacked(paper, [_item(paper, line, column, tag) for line in lines])


def _item(paper: Paper, line: Item, column: int, tag: Type) -> Image.Image:
    words = Type(
        paper.normal.size, Weight.BOLD if line.urgency <= Urgency.WAITING else Weight.REGULAR
    )
    left = paper.margin + column + paper.gap
    mark = _mark_width(paper, line.mark)
    beside = mark <= paper.room // 3
    room = paper.right - left
    beside_mark = room - (mark + paper.gap if mark and beside else 0)
    numbers = wrap(line.number, tag, column - 12)
    heights = [
        paragraph_height(line.text, words, beside_mark),
        paragraph_height(line.detail, paper.small, room) if line.detail else 0,
        0 if beside else paragraph_height(line.mark, paper.strong, room),
    ]
    on = strip(paper, max(sum(heights), len(numbers) * tag.leading) + 18)
    _tag(paper, on, numbers, line.urgency, (tag, column))
    y = paragraph(on, left, 8, line.text, words, beside_mark)
    if line.detail:
        y = paragraph(on, left, y, line.detail, paper.small, room)
    if line.mark and beside:
        _mark(paper, on, line.mark, mark)
    elif line.mark:
        paragraph(on, left, y, line.mark, paper.strong, room)
    return on


def _tag(
    paper: Paper, on: Image.Image, numbers: list[str], urgency: Urgency, look: tuple[Type, int]
) -> None:
    """Draw the point's number: on black for now, framed for waiting, bare for the rest."""
    tag, column = look
    if not any(numbers):
        return
    box = (paper.margin, 6, paper.margin + column, 12 + len(numbers) * tag.leading)
    if urgency is Urgency.NOW:
        bar(on, box)
    elif urgency is Urgency.WAITING:
        frame(on, box)
    ink = WHITE if urgency is Urgency.NOW else BLACK
    for row, part in enumerate(numbers):
        indent = max(0, column - width(part, tag)) // 2
        write(on, (paper.margin + indent, 8 + tag.ascent + row * tag.leading), part, tag, ink)


def _mark_width(paper: Paper, mark: str) -> int:
    return width(mark, paper.strong) + 12 if mark else 0


def _mark(paper: Paper, on: Image.Image, mark: str, room: int) -> None:
    """Draw the short mark at the right, on the first line of the text."""
    write(on, (paper.right - room + 12, 8 + paper.normal.ascent), mark, paper.strong)


def table(paper: Paper, line: Table) -> Image.Image:
    """Draw rows under bold heads, dotted lines between them, a box to tick before each."""
    columns = _columns(paper, line)
    parts: list[Image.Image] = []
    if any(line.head):
        parts.append(_row(paper, line, line.head, columns, Type(paper.small.size, Weight.BOLD)))
        bar(parts[-1], (paper.margin, parts[-1].height - 2, paper.right, parts[-1].height))
    for row in line.rows:
        parts.append(_row(paper, line, row, columns, paper.normal, tick=line.tick))
        dashes(parts[-1], parts[-1].height - 2, paper.margin, paper.right, step=(2, 6))
    return stacked(paper, parts)


def _columns(paper: Paper, line: Table) -> list[tuple[int, int]]:
    """Return left edge and room of each column; none is narrower than one character."""
    least = paper.normal.size
    left = paper.margin + (_TICK + 10 if line.tick else 0)
    gap = 10 if len(line.widths) <= 5 else 4  # noqa: PLR2004 - many columns stand closer
    count = len(line.widths)
    free = paper.right - left - gap * (count - 1) - least * count
    whole = sum(line.widths)
    columns = []
    for share in line.widths:
        room = least + max(0, free) * share // whole
        columns.append((left, room))
        left += room + gap
    return columns


def _row(
    paper: Paper, line: Table, cells: Sequence[str], columns: list[tuple[int, int]], type_: Type,
    *, tick: bool = False,
) -> Image.Image:  # fmt: skip
    rooms = [room for _, room in columns]
    heights = [
        paragraph_height(cell, type_, room) for cell, room in zip(cells, rooms, strict=False)
    ]
    on = strip(paper, max(heights, default=type_.leading) + 12)
    if tick:
        frame(on, (paper.margin, 7, paper.margin + _TICK, 7 + _TICK))
    for index, cell in enumerate(cells):
        left, room = columns[index]
        align = line.align[index] if index < len(line.align) else Align.LEFT
        paragraph(on, left, 4, cell, type_, room, align)
    return on
