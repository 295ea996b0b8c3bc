"""A sheet as .pdf: the black dots that the thermal printer burns, on A4 or as long as the slip.

Each page is one picture of two colours, so every name that can be printed is in it and no font has
to be; the text for searching is the .txt file's.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from PIL import Image

from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import CodeBeside, Line, Spread
from kiosk.desk.words import _

DOTS_PER_INCH = 203.2
"""Eight dots to the millimetre, as on the thermal paper."""

_PAGE = (210 * 8, 297 * 8)
_SIDE, _TOP, _FOOT = 20 * 8, 15 * 8, 20 * 8
_LEAST_GAP = 8
_SLIP_WIDTH = 576
_WHITE = 255


class Form(StrEnum):
    """How large the page is: ``a4`` for the folder, ``slip`` as the 80 mm paper."""

    A4 = "a4"
    SLIP = "slip"


def as_pdf(slip: Slip, form: Form, made_at: datetime) -> bytes:
    """Return the slip as a PDF; ``made_at`` (aware) becomes the file's own date."""
    pages = [draw(slip, _SLIP_WIDTH)] if form is Form.SLIP else pages_of(slip)
    made = io.BytesIO()
    pages[0].save(
        made, "PDF", resolution=DOTS_PER_INCH, save_all=True, append_images=pages[1:],
        title=f"{slip.kind} {slip.number}", producer="kiosk",
        creationDate=made_at.utctimetuple(), modDate=made_at.utctimetuple(),
    )  # fmt: skip
    return made.getvalue()


def pages_of(slip: Slip) -> list[Image.Image]:
    """Return the pages of A4, each a picture; the code and the signatures stay on one page."""
    body, foot = _halves(slip)
    room = _PAGE[1] - _TOP - _FOOT
    strips = list(_cut(_drawn(slip, body), room))
    last = _drawn(slip, foot)
    if strips[-1].height + last.height <= room:
        strips[-1] = _joined(strips[-1], last)
    else:
        strips.extend(_cut(last, room))
    return [_page(slip, strip, at, len(strips)) for at, strip in enumerate(strips, 1)]


def _halves(slip: Slip) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    body = tuple(takewhile(lambda line: not isinstance(line, CodeBeside), slip.lines))
    return body, slip.lines[len(body) :]


def _drawn(slip: Slip, lines: tuple[Line, ...]) -> Image.Image:
    return draw(Slip(slip.kind, slip.number, lines, slip.copy), _PAGE[0] - 2 * _SIDE)


def _cut(tall: Image.Image, room: int) -> Iterator[Image.Image]:
    """Yield pieces that fit a page, cut where the paper is white: never through a row of text."""
    top = 0
    while tall.height - top > room:
        bottom = _break(tall, top, top + room)
        yield tall.crop((0, top, tall.width, bottom))
        top = bottom
    yield tall.crop((0, top, tall.width, tall.height))


def _break(tall: Image.Image, top: int, most: int) -> int:
    """Return where to cut: after the lowest white gap of the last third, else at the bottom."""
    white = [
        tall.crop((0, y, tall.width, y + 1)).getextrema() == (_WHITE, _WHITE)
        for y in range(top, most)
    ]
    gap = 0
    for at in range(len(white) - 1, len(white) * 2 // 3, -1):
        gap = gap + 1 if white[at] else 0
        if gap == _LEAST_GAP:
            return top + at + _LEAST_GAP // 2
    return most


def _joined(upper: Image.Image, lower: Image.Image) -> Image.Image:
    whole = Image.new("1", (upper.width, upper.height + lower.height), _WHITE)
    whole.paste(upper, (0, 0))
    whole.paste(lower, (0, upper.height))
    return whole


def _page(slip: Slip, strip: Image.Image, number: int, count: int) -> Image.Image:
    page = Image.new("1", _PAGE, _WHITE)
    page.paste(strip, (_SIDE, _TOP))
    said = _("Page {n} of {count}").format(n=number, count=count)
    foot = draw(Slip(slip.kind, slip.number, (Spread(slip.number, "", said),)), strip.width)
    page.paste(foot, (_SIDE, _PAGE[1] - _FOOT))
    return page
