"""The lines of a slip that are filled in by hand: signatures, boxes to tick, empty lines."""

from dataclasses import replace
from typing import NamedTuple

from PIL import Image

from kiosk.desk.slip_lines import BlankLines, CheckBoxes, SignatureLine
from kiosk.desk.slip_paper import (
    Paper,
    bar,
    frame,
    paragraph,
    paragraph_height,
    stacked,
    strip,
)  # fmt: skip
from kiosk.desk.typesetting import width, wrap, write

_ROOM_TO_SIGN = 46  # dots above a line to sign on, beside the text's own height
_LEAST_TO_SIGN = 160  # 20 mm: two or three characters by hand
_TIME = 110
_LEAST_TO_WRITE = 110
_BOX_GAP = 8
_CHOICE_GAP = 18


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


class _Choice(NamedTuple):
    """A piece of a choice at its place in a row; the first piece has the box."""

    x: int
    words: str
    has_box: bool


def check_boxes(paper: Paper, line: CheckBoxes) -> Image.Image:
    """Draw boxes to tick after a label, and a line to write on."""
    type_ = paper.normal
    label = width(line.label, type_)
    if label > paper.room // 2:
        head = strip(paper, paragraph_height(line.label, type_, paper.room) + 8)
        paragraph(head, paper.margin, 8, line.label, type_, paper.room)
        return stacked(paper, [head, check_boxes(paper, replace(line, label=""))])
    indent = paper.margin + (label + 16 if label else 0)
    rows, end = _arranged(paper, line, indent)
    step = type_.leading + 8
    on = strip(paper, len(rows) * step + 14)
    write(on, (paper.margin, 10 + type_.ascent), line.label, type_)
    for number, row in enumerate(rows):
        _boxes(paper, on, row, 10 + type_.ascent + number * step)
    if line.write_in:
        bottom = 14 + type_.ascent + (len(rows) - 1) * step
        bar(on, (end, bottom, paper.right, bottom + 2))
    return on


def _arranged(paper: Paper, line: CheckBoxes, indent: int) -> tuple[list[list[_Choice]], int]:
    """Return the rows of choices, and the x from where the last row is free."""
    rows: list[list[_Choice]] = [[]]
    x, before = indent, _box_size(paper) + _BOX_GAP
    for choice in line.choices:
        pieces = wrap(choice, paper.normal, paper.right - indent - before)
        needed = before + max(width(piece, paper.normal) for piece in pieces)
        if x > indent and x + needed > paper.right:
            rows.append([])
            x = indent
        for number, piece in enumerate(pieces):
            if number:
                rows.append([])
            rows[-1].append(_Choice(x, piece, has_box=number == 0))
        x += needed + _CHOICE_GAP
    if line.write_in and paper.right - x < _LEAST_TO_WRITE:
        rows.append([])
        x = indent
    return rows, x


def _box_size(paper: Paper) -> int:
    return paper.normal.size - 3


def _boxes(paper: Paper, on: Image.Image, row: list[_Choice], baseline: int) -> None:
    box = _box_size(paper)
    for x, words, has_box in row:
        if has_box:
            frame(on, (x, baseline - box + 3, x + box, baseline + 3))
        write(on, (x + box + _BOX_GAP, baseline), words, paper.normal)


def blank_lines(paper: Paper, line: BlankLines) -> Image.Image:
    """Draw lines to write on by hand, seven millimetres apart."""
    step = 56
    on = strip(paper, line.count * step + 12)
    for bottom in range(step, line.count * step + 1, step):
        bar(on, (paper.margin, bottom, paper.right, bottom + 2))
    return on
