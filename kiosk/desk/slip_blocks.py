"""How each line of a slip looks that stands by itself: one function a kind."""

from dataclasses import replace

from PIL import Image

from kiosk.desk import code128
from kiosk.desk.qr_code import QUIET_MODULES, modules, picture
from kiosk.desk.slip_lines import (
    Align,
    Bars,
    CodeBeside,
    Cut,
    Fingerprint,
    Heading,
    Notice,
    NumberWithCode,
    Rule,
    Space,
    Spread,
    Text,
    Title,
)  # fmt: skip
from kiosk.desk.slip_paper import (
    Paper,
    bar,
    dashes,
    paragraph,
    paragraph_height,
    stacked,
    strip,
)  # fmt: skip
from kiosk.desk.typesetting import BLACK, WHITE, Type, Weight, width, wrap, write

_HEAD_AIR = 20
_FEW = 5  # characters of a title that are set apart
_GROUP = 4  # a fingerprint is read out four characters at a time
_BARS_HEIGHT = 64  # dots, 8 mm: a hand need not aim exactly
_BARS_AIR = 8
_SCISSORS = "✂"


def title(paper: Paper, line: Title) -> Image.Image:
    """Draw a text large and centred, with a quieter line beneath."""
    inner = paper.room
    beneath = paragraph_height(line.subtitle, paper.normal, inner) if line.subtitle else 0
    text = _letter_spaced(line.text, paper.title, inner)
    on = strip(paper, paragraph_height(text, paper.title, inner) + beneath + 20)
    y = paragraph(on, paper.margin, 8, text, paper.title, inner, Align.MIDDLE)
    if line.subtitle:
        paragraph(on, paper.margin, y, line.subtitle, paper.normal, inner, Align.MIDDLE)
    return on


def _letter_spaced(text: str, type_: Type, room: int) -> str:
    """Return a short Chinese title with air between its characters: 会 客 单."""
    spaced = " ".join(text)
    few = 1 < len(text) <= _FEW and not any(map(str.isascii, text))
    return spaced if few and width(spaced, type_) <= room else text


def heading(paper: Paper, line: Heading) -> Image.Image:
    """Draw the head of a group over a line, its count at the right."""
    right = width(line.right, paper.normal)
    beside = right + paper.gap <= paper.room // 2
    room = paper.room - (right + paper.gap if line.right and beside else 0)
    head = Type(paper.strong.size + 2, Weight.BOLD)
    height = paragraph_height(line.text, head, room)
    beneath = 0 if beside else paragraph_height(line.right, paper.normal, paper.room)
    on = strip(paper, _HEAD_AIR + height + beneath + 14)
    paragraph(on, paper.margin, _HEAD_AIR, line.text, head, room)
    if beside:
        write(on, (paper.right - right, _HEAD_AIR + head.ascent), line.right, paper.normal)
    else:
        paragraph(on, paper.margin, _HEAD_AIR + height, line.right, paper.normal, paper.room)
    bar(on, (paper.margin, on.height - 8, paper.right, on.height - 6))
    return on


def notice(paper: Paper, line: Notice) -> Image.Image:
    """Draw white on black across the paper."""
    return banner(paper, line.text, paper.large, air=10)


def banner(paper: Paper, text: str, type_: Type, air: int) -> Image.Image:
    """Return ``text`` white on black with ``air`` dots above and below it."""
    room = paper.room - 20
    height = paragraph_height(text, type_, room)
    on = strip(paper, height + 2 * air + 20)
    bar(on, (paper.margin, 10, paper.right, on.height - 10))
    paragraph(on, paper.margin + 10, 10 + air, text, type_, room, Align.MIDDLE, ink=WHITE)
    return on


def text(paper: Paper, line: Text) -> Image.Image:
    """Draw a paragraph."""
    type_ = paper.type_of(line.size, bold=line.bold)
    on = strip(paper, paragraph_height(line.text, type_, paper.room) + 4)
    paragraph(on, paper.margin, 2, line.text, type_, paper.room, line.align)
    return on


def spread(paper: Paper, line: Spread) -> Image.Image:
    """Draw three texts on one line when they fit; else the middle one beneath, or all."""
    bold, sizes = paper.strong, _spread_widths(paper, line)
    if sum(sizes) + 2 * paper.gap * any(sizes[1:]) <= paper.room:
        return _one_row(paper, line, sizes)
    if line.middle:
        rows = (Spread(line.left, "", line.right), Text(line.middle))
        return stacked(paper, [spread(paper, rows[0]), text(paper, rows[1])])
    on = strip(
        paper, sum(paragraph_height(part, bold, paper.room) for part in (line.left, line.right))
    )
    y = paragraph(on, paper.margin, 0, line.left, bold, paper.room)
    paragraph(on, paper.margin, y, line.right, bold, paper.room, Align.RIGHT)
    return on


def _spread_widths(paper: Paper, line: Spread) -> tuple[int, int, int]:
    bold = paper.strong
    return width(line.left, bold), width(line.middle, paper.normal), width(line.right, bold)


def _one_row(paper: Paper, line: Spread, sizes: tuple[int, int, int]) -> Image.Image:
    bold = paper.strong
    on = strip(paper, bold.leading + 6)
    baseline = 2 + bold.ascent
    left, middle, right = sizes
    least, most = paper.margin + left + paper.gap, paper.right - right - paper.gap - middle
    write(on, (paper.margin, baseline), line.left, bold)
    write(
        on,
        (max(least, min(most, (paper.width - middle) // 2)), baseline),
        line.middle,
        paper.normal,
    )
    write(on, (paper.right - right, baseline), line.right, bold)
    return on


def number_with_code(paper: Paper, line: NumberWithCode) -> Image.Image:
    """Draw the number very large, the code at its right, or beneath it when both are too wide."""
    code = picture(line.code, paper.code, paper.room)
    quiet = _quiet(line.code, code)
    room = paper.room - (code.width + quiet if code else 0)
    type_ = _fitting(line.number, paper.huge, room)
    if type_.size < paper.large.size and code is not None:
        alone = number_with_code(paper, NumberWithCode(line.number, line.readable, ""))
        return stacked(paper, [alone, _only_code(paper, code, quiet)])
    height = _cap(type_) + 16 + paragraph_height(line.readable, paper.normal, room)
    whole = max(height, code.height if code else 0)
    on = strip(paper, whole + 2 * quiet)
    top = quiet + (whole - height) // 2
    wrapped = wrap(line.number, type_, room)
    write(on, (paper.margin - type_.size // 36, top + _cap(type_)), wrapped[0], type_)
    paragraph(on, paper.margin, top + _cap(type_) + 12, line.readable, paper.normal, room)
    if code:
        on.paste(code, (paper.right - code.width, quiet + (whole - code.height) // 2))
    return on


def _quiet(text: str, code: Image.Image | None) -> int:
    """Return the white that the code needs around it, in dots."""
    return 14 if code is None else QUIET_MODULES * (code.width // len(modules(text)))


def _cap(type_: Type) -> int:
    """Return the height of digits and capitals (0.74 of the size in Noto Sans)."""
    return round(type_.size * 0.76)


def _fitting(text: str, type_: Type, room: int) -> Type:
    """Return the largest type up to ``type_`` that sets ``text`` on one line of ``room``."""
    needed = width(text, type_)
    size = type_.size if needed <= room else max(12, type_.size * room // needed - 1)
    return replace(type_, size=size)


def _only_code(paper: Paper, code: Image.Image, quiet: int) -> Image.Image:
    on = strip(paper, code.height + 2 * quiet)
    on.paste(code, ((paper.width - code.width) // 2, quiet))
    return on


def code_beside(paper: Paper, line: CodeBeside) -> Image.Image:
    """Draw the code, and lines and the readable number beside it, or beneath a wide one."""
    code = picture(line.code, paper.code_beside, paper.room)
    quiet = _quiet(line.code, code)
    if code is not None and code.width > paper.room * 2 // 3:
        below = CodeBeside("", line.lines, line.readable)
        return stacked(paper, [_only_code(paper, code, quiet), code_beside(paper, below)])
    left = paper.margin + (code.width + quiet if code else 0)
    room = paper.right - left
    parts = [(part, paper.small) for part in line.lines]
    parts += [(line.readable, paper.strong)] if line.readable else []
    height = sum(paragraph_height(part, type_, room) for part, type_ in parts)
    whole = max(height, code.height if code else 0)
    on = strip(paper, whole + 2 * quiet)
    if code:
        on.paste(code, (paper.margin, quiet + (whole - code.height) // 2))
    y = quiet + (whole - height) // 2
    for part, type_ in parts:
        y = paragraph(on, left, y, part, type_, room)
    return on


def bars(paper: Paper, line: Bars) -> Image.Image:
    """Draw the bars across the paper; nothing where they stand in for a QR code or do not fit."""
    drawn = None if line.in_need else code128.picture(line.code, paper.width, _BARS_HEIGHT)
    if drawn is None:
        return strip(paper, 1)
    on = strip(paper, drawn.height + 2 * _BARS_AIR)
    on.paste(drawn, ((paper.width - drawn.width) // 2, _BARS_AIR))
    return on


def fingerprint(paper: Paper, line: Fingerprint) -> Image.Image:
    """Draw the check code in groups of four, in columns, under its label."""
    type_ = Type(paper.normal.size, Weight.BOLD)
    groups = [line.value[at : at + _GROUP] for at in range(0, len(line.value), _GROUP)]
    widest = max((width(group, type_) for group in groups), default=1)
    columns = max(1, min(8, paper.room // (widest + 18)))
    rows = -(-len(groups) // columns)
    head = paragraph_height(line.label, paper.small, paper.room)
    on = strip(paper, 10 + head + rows * type_.leading + 8)
    top = paragraph(on, paper.margin, 8, line.label, paper.small, paper.room) + type_.ascent
    for index, group in enumerate(groups):
        x = paper.margin + index % columns * (paper.room // columns)
        write(on, (x, top + index // columns * type_.leading), group, type_)
    return on


def rule(paper: Paper, line: Rule) -> Image.Image:
    """Draw a line across the paper with air on both sides."""
    thickness = 4 if line.heavy else 2
    on = strip(paper, thickness + 20)
    bar(on, (paper.margin, 10, paper.right, 10 + thickness))
    return on


def cut(paper: Paper, line: Cut) -> Image.Image:
    """Draw a dashed line from edge to edge with scissors on it."""
    del line
    type_ = Type(30)
    on = strip(paper, 54)
    middle = on.height // 2
    dashes(on, middle - 1, 0, paper.width)
    start = paper.margin + 12
    bar(on, (start - 6, 0, start + width(_SCISSORS, type_) + 6, on.height), WHITE)
    write(on, (start, middle + round(type_.size * 0.36)), _SCISSORS, type_, BLACK)
    return on


def space(paper: Paper, line: Space) -> Image.Image:
    """Leave paper empty."""
    return strip(paper, line.dots)
