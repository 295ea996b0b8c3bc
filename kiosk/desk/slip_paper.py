"""The paper of a slip: its width, margins and type sizes, and strips of it to draw on."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from kiosk.desk import typesetting
from kiosk.desk.slip_lines import Align, Size
from kiosk.desk.typesetting import BLACK, WHITE, Type, Weight, wrap, write

LEAST_WIDTH = 200
"""Dots; nothing narrower is sold, and the layouts assume room for a label and a value."""

_NARROW = 480  # dots: below this it is 58 mm paper (384), above it 80 mm (576)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a slip is printed on; all numbers are dots (8 to the millimetre)."""

    width: int
    margin: int
    small: Type
    normal: Type
    strong: Type
    large: Type
    huge: Type
    title: Type
    gap: int
    code: int
    code_beside: int

    @property
    def room(self) -> int:
        """Dots between the margins."""
        return self.width - 2 * self.margin

    @property
    def right(self) -> int:
        """The right margin's x."""
        return self.width - self.margin

    def type_of(self, size: Size, *, bold: bool = False) -> Type:
        """Return the type for a role."""
        dots = {
            Size.SMALL: self.small.size,
            Size.NORMAL: self.normal.size,
            Size.LARGE: self.large.size,
            Size.HUGE: self.huge.size,
        }[size]
        return Type(dots, Weight.BOLD if bold else Weight.REGULAR)


@lru_cache(maxsize=4)
def paper_of(width: int) -> Paper:
    """Return the layout for paper of ``width`` dots.

    Raises ``ValueError`` below 200 dots.
    """
    if width < LEAST_WIDTH:
        raise ValueError(f"paper of {width} dots is narrower than {LEAST_WIDTH}")
    if width < _NARROW:
        return Paper(
            width, 8, Type(20), Type(24), Type(24, Weight.BOLD), Type(30, Weight.BOLD),
            Type(84, Weight.BOLD), Type(38, Weight.BOLD), 10, 116, 96,
        )  # fmt: skip
    return Paper(
        width, 18, Type(22), Type(25), Type(26, Weight.BOLD), Type(34, Weight.BOLD),
        Type(112, Weight.BOLD), Type(44, Weight.BOLD), 14, 150, 112,
    )  # fmt: skip


def strip(paper: Paper, height: int, ground: int = WHITE) -> Image.Image:
    """Return an empty strip of paper."""
    return Image.new("1", (paper.width, max(1, height)), ground)


def stacked(paper: Paper, strips: list[Image.Image]) -> Image.Image:
    """Return ``strips`` one under the other."""
    whole = strip(paper, sum(part.height for part in strips))
    y = 0
    for part in strips:
        whole.paste(part, (0, y))
        y += part.height
    return whole


def bar(on: Image.Image, box: tuple[int, int, int, int], ink: int = BLACK) -> None:
    """Fill ``box`` (left, top, right, bottom; right and bottom outside it)."""
    on.paste(ink, box)


def frame(on: Image.Image, box: tuple[int, int, int, int], thickness: int = 2) -> None:
    """Draw an empty box."""
    left, top, right, bottom = box
    bar(on, box)
    inside = (left + thickness, top + thickness, right - thickness, bottom - thickness)
    if inside[0] < inside[2] and inside[1] < inside[3]:
        bar(on, inside, WHITE)


def dashes(on: Image.Image, y: int, left: int, right: int, step: tuple[int, int] = (8, 6)) -> None:
    """Draw a dashed line of two dots; ``step`` is the ink and the gap."""
    ink, gap = step
    draw = ImageDraw.Draw(on)
    for x in range(left, right, ink + gap):
        draw.rectangle((x, y, min(x + ink, right) - 1, y + 1), fill=BLACK)


def paragraph(
    on: Image.Image, left: int, top: int, text: str, type_: Type, room: int,
    align: Align = Align.LEFT, ink: int = BLACK,
) -> int:  # fmt: skip
    """Draw wrapped ``text`` with its top left corner at (left, top); return the y beneath it."""
    baseline = top + type_.ascent
    for line in wrap(text, type_, room):
        rest = max(0, room - typesetting.width(line, type_))
        indent = {Align.LEFT: 0, Align.MIDDLE: rest // 2, Align.RIGHT: rest}[align]
        write(on, (left + indent, baseline), line, type_, ink)
        baseline += type_.leading
    return baseline - type_.ascent


def paragraph_height(text: str, type_: Type, room: int) -> int:
    """Return how many dots :func:`paragraph` takes."""
    return len(wrap(text, type_, room)) * type_.leading
