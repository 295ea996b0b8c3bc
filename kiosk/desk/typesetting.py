"""Chinese and Latin text in dots: one glyph at a time, measured, wrapped and drawn.

Glyphs are drawn once for each size and kept, so that a slip costs a paste a character. Line breaks
follow Chinese custom (避头尾): no closing mark starts a line, no opening mark ends one.
"""

import logging
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from kiosk.desk import fonts
from kiosk.desk.line_breaks import filled

log = logging.getLogger("kiosk.slips")

BLACK = 0
WHITE = 1

_DARK = 150  # grey below this becomes ink: thin strokes survive the thermal head
_INK = [255 if level < _DARK else 0 for level in range(256)]
_EDGE = 2  # dots that stay white: cheap printers lose the outermost
_SPACE = 0.3  # of the size: the font's own is too narrow to part two Chinese words
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,}").fullmatch


_LONELY = 3  # characters: a last line shorter than this takes some from the line above
_SPARING = 9  # characters: a narrower column has none to spare


class Weight(Enum):
    """How thick strokes are: the outline added to them, as a share of the size.

    The shipped font has one weight; the others are drawn from it.
    """

    REGULAR = 0.0
    MEDIUM = 1 / 110
    BOLD = 1 / 52


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: its height in dots and its weight."""

    size: int
    weight: Weight = Weight.REGULAR

    @property
    def ascent(self) -> int:
        """Dots from the top of a line to its baseline."""
        return round(self.size * 1.02)

    @property
    def leading(self) -> int:
        """Dots from one baseline to the next."""
        return round(self.size * 1.32)


class Glyph(NamedTuple):
    """One drawn character: its ink, where that lies from the pen on the baseline, and the step."""

    ink: Image.Image | None
    left: int
    top: int
    advance: int


def glyph(char: str, type_: Type) -> Glyph:
    """Return ``char`` drawn; one that no font has becomes 〓 and is named in the log."""
    face = fonts.face_of(char)
    if face is not None:
        return _drawn(char, face, type_)
    if char != fonts.SUBSTITUTE:
        _tell(char)
        return glyph(fonts.SUBSTITUTE, type_)
    return _block(type_.size)


@lru_cache(maxsize=4096)
def _tell(char: str) -> None:
    """Name a character without a glyph in the log, once: the code point only, names are private."""
    log.warning("no font has U+%04X: printed as a substitute", ord(char))


@lru_cache(maxsize=4096)
def _drawn(char: str, face: fonts.Face, type_: Type) -> Glyph:
    if char == " ":
        return Glyph(None, 0, 0, round(type_.size * _SPACE))
    font, stroke = fonts.font_to_draw(face, type_.size), type_.size * type_.weight.value
    advance = round(font.getlength(char))
    left, top, right, bottom = map(round, font.getbbox(char, anchor="ls", stroke_width=stroke))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0, advance)
    grey = Image.new("L", (right - left + 2, bottom - top + 2), 255)
    place = (1 - left, 1 - top)
    ImageDraw.Draw(grey).text(place, char, 0, font, "ls", stroke_width=stroke)
    ink = grey.point(_INK, "1")
    box = ink.getbbox()
    if box is None:  # too faint at this size
        return Glyph(None, 0, 0, advance)
    return Glyph(ink.crop(box), left - 1 + box[0], top - 1 + box[1], advance)


def _block(size: int) -> Glyph:
    """Stand in for a character when not even the substitute is in a font."""
    return Glyph(Image.new("1", (size * 3 // 4, size * 3 // 4), 1), size // 8, -size * 3 // 4, size)


def width(text: str, type_: Type) -> int:
    """Return how many dots ``text`` takes on one line."""
    return sum(glyph(char, type_).advance for char in text)


def write(paper: Image.Image, at: tuple[int, int], text: str, type_: Type, ink: int = BLACK) -> int:
    """Draw ``text`` with its pen starting ``at`` (x, baseline); return the x where it ends.

    Ink that would reach over the edge of ``paper``, as the foot of a j can, is moved inside.
    """
    x, baseline = at
    for char in text:
        mark = glyph(char, type_)
        if mark.ink is not None:
            most = paper.width - _EDGE - mark.ink.width
            left = max(_EDGE, min(x + mark.left, most))
            paper.paste(ink, (left, baseline + mark.top), mark.ink)
        x += mark.advance
    return x


def wrap(text: str, type_: Type, room: int) -> list[str]:
    """Return ``text`` in lines of at most ``room`` dots; a single wider character stands alone.

    No one or two characters are left alone on the last line when the line above can spare some.
    """
    lines = _filled(text, type_, room)
    spare = _LONELY * type_.size
    if len(lines) == 1 or width(lines[-1], type_) >= spare or room < _SPARING * type_.size:
        return lines
    shared = _filled(text, type_, room - spare)
    return shared if len(shared) == len(lines) else lines


def _filled(text: str, type_: Type, room: int) -> list[str]:
    return filled(text, lambda part: width(part, type_), room)


def write_spaced(
    paper: Image.Image, at: tuple[int, int], text: str, type_: Type, room: int
) -> None:
    """Draw a label; a short Chinese one is spread over ``room``, as on printed forms (单　位)."""
    rest = room - width(text, type_)
    if not _HAN(text) or not 0 < rest <= 2 * type_.size:
        write(paper, at, text, type_)
        return
    x, baseline = at
    for index, char in enumerate(text):
        write(paper, (x + rest * index // (len(text) - 1), baseline), char, type_)
        x += glyph(char, type_).advance
