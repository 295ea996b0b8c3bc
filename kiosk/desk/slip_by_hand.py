"""The lines of a slip that are filled in by hand: signatures, boxes to tick, empty lines."""

from PIL import Image

from kiosk.desk.slip_lines import BlankLines, CheckBoxes, SignatureLine
from kiosk.desk.slip_paper import Paper, bar, frame, stacked, strip
from kiosk.desk.typesetting import width, wrap, write

_ROOM_TO_SIGN = 46  # dots above a line to sign on, beside the text's own height
_LEAST_TO_SIGN = 160  # 20 mm: two or three characters by hand
_TIME = 110
_LEAST_TO_WRITE = 110


def signature_line(paper: Paper, line: SignatureLine) -> Image.Image:
    """Draw a line to sign on and one for the time; beneath each other on narrow paper."""
    label = min(width(line.label, paper.normal) + 10, paper.room // 2)
    if not line.time_label:
        return _signed(paper, line.label, label, [(line.label, paper.margin, paper.right)])
    time = width(line.time_label, paper.normal) + 10 + _TIME
    if paper.room - label - time - 16 < _LEAST_TO_SIGN:
        above = signature_line(paper, SignatureLine(line.label))
        return stacked(paper, [above, signature_line(paper, SignatureLine(line.time_label))])
    split = paper.right - time
    places = [(line.label, paper.margin, split - 16), (line.time_label, split, paper.right)]
    return _signed(paper, line.label, label, places)


def _signed(paper: Paper, label: str, room: int, places: list[tuple[str, int, int]]) -> Image.Image:
    type_ = paper.normal
    rows = max(1, len(wrap(label, type_, room)))
    on = strip(paper, _ROOM_TO_SIGN + (rows - 1) * type_.leading + type_.size + 8)
    baseline = on.height - 12
    for words, left, end in places:
        for up, part in enumerate(reversed(wrap(words, type_, room))):
            write(on, (left, baseline - up * type_.leading), part, type_)
        start = left + min(width(words, type_), room) + 10
        bar(on, (start, baseline + 4, max(end, start), baseline + 6))
    return on


def check_boxes(paper: Paper, line: CheckBoxes) -> Image.Image:
    """Draw boxes to tick after a label, and a line to write on."""
    type_, box = paper.normal, paper.normal.size - 3
    rows: list[list[tuple[int, str]]] = [[]]
    indent = paper.margin + width(line.label, type_) + 16
    if indent > paper.margin + paper.room // 2:
        rows.append([])
        indent = paper.margin + 16
    x = indent
    for choice in line.choices:
        needed = box + 8 + width(choice, type_)
        if x > indent and x + needed > paper.right:
            rows.append([])
            x = indent
        rows[-1].append((x, choice))
        x += needed + 22
    if line.write_in and paper.right - x < _LEAST_TO_WRITE:
        rows.append([])
        x = indent
    return _boxes(paper, line, rows, x - 8)


def _boxes(
    paper: Paper, line: CheckBoxes, rows: list[list[tuple[int, str]]], end: int
) -> Image.Image:
    type_, box, step = paper.normal, paper.normal.size - 3, paper.normal.leading + 8
    on = strip(paper, len(rows) * step + 14)
    baseline = 10 + type_.ascent
    write(on, (paper.margin, baseline), line.label, type_)
    for row in rows:
        for x, choice in row:
            frame(on, (x, baseline - box + 3, x + box, baseline + 3))
            write(on, (x + box + 8, baseline), choice, type_)
        baseline += step
    if line.write_in:
        bar(on, (end, baseline - step + 4, paper.right, baseline - step + 6))
    return on


def blank_lines(paper: Paper, line: BlankLines) -> Image.Image:
    """Draw lines to write on by hand, seven millimetres apart."""
    step = 56
    on = strip(paper, line.count * step + 12)
    for bottom in range(step, line.count * step + 1, step):
        bar(on, (paper.margin, bottom, paper.right, bottom + 2))
    return on
