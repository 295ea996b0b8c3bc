"""The QR code on paper is read back here by a reader of its own, written from ISO/IEC 18004."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.desk.qr_code import LEAST_DOTS, modules, picture
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import CodeBeside, Notice, NumberWithCode

Grid = list[list[bool]]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _x: y % 2 == 0,
    lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def decoded(grid: Grid) -> str:
    """Read a code of version 1 to 3 (one block, no error to correct)."""
    size = len(grid)
    assert size in (21, 25, 29), size
    bits = sum(grid[8][x] << (4 - x) for x in range(5))  # the format's first five bits
    mask = MASKS[(bits ^ 0b10101) & 0b111]
    stream = [grid[y][x] ^ mask(y, x) for y, x in _path(size)]
    return _text(stream)


def _path(size: int):
    """Yield the data modules in their order: two columns at a time, up and down."""
    column, up = size - 1, True
    while column > 0:
        column -= column == 6
        for step in range(size):
            y = size - 1 - step if up else step
            yield from ((y, x) for x in (column, column - 1) if not _is_pattern(y, x, size))
        column, up = column - 2, not up


def _is_pattern(y: int, x: int, size: int) -> bool:
    corner = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
    middle = size - 7
    alignment = size > 21 and abs(y - middle) <= 2 and abs(x - middle) <= 2
    return corner or alignment or 6 in (y, x)


def _text(stream: list[bool]) -> str:
    at = 0

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int("".join("01"[bit] for bit in stream[at - count : at]), 2)

    text = ""
    while mode := take(4):
        if mode == 1:
            count = take(10)
            for _ in range(count // 3):
                text += f"{take(10):03}"
            text += {0: lambda: "", 1: lambda: f"{take(4)}", 2: lambda: f"{take(7):02}"}[
                count % 3
            ]()
        elif mode == 2:
            count = take(9)
            for _ in range(count // 2):
                pair = take(11)
                text += ALPHABET[pair // 45] + ALPHABET[pair % 45]
            text += ALPHABET[take(6)] if count % 2 else ""
        else:
            assert mode == 4, mode
            text += bytes(take(8) for _ in range(take(8))).decode()
    return text


def seen(image: Image.Image) -> Grid:
    """Return the modules of the only code in ``image``, as a scanner finds them."""
    paper = image.convert("L").point([255 * (level == 0) for level in range(256)])
    left, top, right, bottom = paper.getbbox()
    assert right - left == bottom - top
    run = next(x for x in range(left, right) if not paper.getpixel((x, top))) - left
    dots = run // 7  # the finder pattern's top edge
    assert run == dots * 7
    assert dots >= LEAST_DOTS
    size = (right - left) // dots
    assert _crisp(paper.crop((left, top, right, bottom)), size)
    middles = [at * dots + dots // 2 for at in range(size)]
    return [[bool(paper.getpixel((left + x, top + y))) for x in middles] for y in middles]


def _crisp(code: Image.Image, size: int) -> bool:
    """Whether every module is one colour all over."""
    small = code.resize((size, size), Image.Resampling.NEAREST)
    return small.resize(code.size, Image.Resampling.NEAREST).tobytes() == code.tobytes()


@pytest.mark.parametrize("width_dots", [576, 384])
@pytest.mark.parametrize("code", ["V20261123-017-7F3K", "017", "kiosk:v/2026-11-23/017"])
def test_the_code_of_a_printed_slip_reads_back(code, width_dots):
    for line in (NumberWithCode("", "", code), CodeBeside(code)):
        assert decoded(seen(draw(Slip("visit", "017", (line,)), width_dots))) == code


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(ALPHABET + "abcxyz#王"), min_size=1, max_size=12))
def test_any_short_code_reads_back(code):
    assert decoded([list(row) for row in modules(code)]) == code


LONG = "2026 1123 017 " * 12


@pytest.mark.parametrize(
    ("line", "wished", "left"),
    [
        (NumberWithCode("017", LONG, "V017"), 150, None),
        (CodeBeside("V017", (LONG,), LONG), 112, 18),
    ],
)
def test_white_surrounds_the_code_whatever_stands_beside_and_above_it(line, wished, left):
    notice = Notice("注意")
    image = draw(Slip("visit", "017", (notice, line, notice)), 576)
    ink = image.convert("L").point([255 * (level == 0) for level in range(256)])
    code = picture("V017", wished, 540)
    dark = code.point([255, *[0] * 255], "L")
    left = 576 - 18 - code.width if left is None else left
    column = ink.crop((left, 0, left + code.width, image.height))
    top = next(y for y in range(column.height) if _stands_at(column, dark, y))
    quiet = 4 * (code.width // len(modules("V017")))
    around = ink.crop(
        (left - quiet, top - quiet, left + code.width + quiet, top + code.height + quiet)
    )
    around.paste(0, (quiet, quiet, quiet + code.width, quiet + code.height))
    assert around.getbbox() is None


def _stands_at(column: Image.Image, dark: Image.Image, y: int) -> bool:
    return column.crop((0, y, dark.width, y + dark.height)).tobytes() == dark.tobytes()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=2000), st.integers(21, 600))
def test_a_code_is_never_wider_than_its_room(text, most):
    code = picture(text, 150, most)
    assert code is None or code.width <= most


def test_nothing_to_encode_is_no_code():
    assert modules("") == ()
    assert modules("王" * 3000) == ()
    assert picture("", 150, 540) is None
