"""A name drawn large in half blocks, from the font that prints the slips: read from two metres.

One cell is one dot wide and two dots high, so the dots are square. Fonts and Pillow are loaded with
the first name, never with the screen.
"""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kiosk.desk.safe_text import cells, clean, clip
from kiosk.ui.half_blocks import half_blocks

if TYPE_CHECKING:
    from kiosk.desk.typesetting import Glyph

LARGEST = 18
"""Dots: two or three characters stand nine rows high."""

_LEAST_HAN = 11  # dots: below this the strokes of a Chinese character run together
_LEAST_LATIN = 9
_LEAST_THICK = 15  # dots: below this thicker strokes would close the gaps of 静 and 藩
_LONGEST = 24  # characters: more never fit, so they are not measured
_HAN_REFERENCE, _LATIN_REFERENCE = "国", "H"  # a name is at least as high as this, 一一 too


class _Set(NamedTuple):
    """A text set at one size: its glyphs, and the box of their ink around the first pen point."""

    glyphs: tuple["Glyph", ...]
    left: int
    right: int
    top: int
    bottom: int


def big_name(text: str, width_cells: int, height_rows: int) -> list[str]:
    """Return ``text`` in rows of ``▀▄█`` and spaces that fit into the area, as large as they can.

    Where no legible size fits, one row of plain text: Chinese characters apart when there is room,
    cut off with ``..`` when there is none. Empty for a text of nothing. Never raises for any text.
    """
    return list(_shown(clean(text), width_cells, height_rows))


@lru_cache(maxsize=512)
def _shown(text: str, width: int, height: int) -> tuple[str, ...]:
    if not text or width < 1 or height < 1:
        return ()
    largest = _largest(text, width, 2 * height)
    return _plain(text, width) if largest is None else _rows(largest)


def _plain(text: str, width: int) -> tuple[str, ...]:
    marked = any(unicodedata.category(char)[0] == "M" for char in text)  # a mark needs its letter
    spaced = text if text.isascii() or " " in text or marked else " ".join(text)
    return (spaced if cells(spaced) <= width else clip(text, width),)


def _largest(text: str, width: int, height: int) -> _Set | None:
    """Return the text at the largest legible size that fits into ``width`` x ``height`` dots."""
    if len(text) > _LONGEST:
        return None
    least = _LEAST_LATIN if text.isascii() else _LEAST_HAN
    line = _set(text, LARGEST)
    share = min(1.0, width / (line.right - line.left), height / (line.bottom - line.top))
    for size in range(min(LARGEST, int(LARGEST * share) + 1), least - 1, -1):
        line = _set(text, size)
        if line.right - line.left <= width and line.bottom - line.top <= height:
            return line
    return None


def _set(text: str, size: int) -> _Set:
    from kiosk.desk.typesetting import Type, Weight, glyph  # noqa: PLC0415 - off the way to the first paint

    thick = Weight.BOLD if text.isascii() else Weight.MEDIUM
    type_ = Type(size, thick if size >= _LEAST_THICK else Weight.REGULAR)
    glyphs = tuple(glyph(char, type_) for char in text)
    low = glyph(_LATIN_REFERENCE if text.isascii() else _HAN_REFERENCE, type_)
    left = right = pen = 0
    top, bottom = _rise(low)
    for mark in glyphs:
        if mark.ink is not None:
            left, right = min(left, pen + mark.left), max(right, pen + mark.left + mark.ink.width)
            top, bottom = min(top, _rise(mark)[0]), max(bottom, _rise(mark)[1])
        pen += mark.advance
    return _Set(glyphs, left, max(right, left + 1), top, bottom)


def _rise(mark: "Glyph") -> tuple[int, int]:
    return mark.top, mark.top + (mark.ink.height if mark.ink is not None else 0)


def _rows(line: _Set) -> tuple[str, ...]:
    from PIL import Image  # noqa: PLC0415 - off the way to the first paint

    width, height = line.right - line.left, line.bottom - line.top
    paper = Image.new("L", (width, height + height % 2))
    pen = -line.left
    for mark in line.glyphs:
        if mark.ink is not None:
            paper.paste(1, (pen + mark.left, mark.top - line.top), mark.ink)
        pen += mark.advance
    return half_blocks(paper.tobytes(), width)
