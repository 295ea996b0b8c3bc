"""Code 128: the standard's symbols, and pictures that a scanner of its own reads back."""

from itertools import groupby

import pytest
from barcode.charsets.code128 import CODES
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.desk.code128 import QUIET_MODULES, bars, picture, symbols
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Bars, Text

SHORT = "V:263270017011234567"
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)
MIXED = st.text(st.sampled_from("0123456789V:-"), min_size=1, max_size=30)
STOP = "1100011101011"


def decoded(modules: str) -> str:
    """Read modules (1 is dark) as a scanner does; the table of symbols is another library's."""
    assert modules.endswith(STOP)
    body = modules[: -len(STOP)]
    values = [CODES.index(body[at : at + 11]) for at in range(0, len(body), 11)]
    *data, check = values
    assert check == (data[0] + sum(n * v for n, v in enumerate(data[1:], 1))) % 103
    in_c, text = {104: False, 105: True}[data[0]], ""
    for value in data[1:]:
        if value == 99 and not in_c:
            in_c = True
        elif value == 100 and in_c:
            in_c = False
        else:
            text += f"{value:02}" if in_c else chr(value + 32)
    return text


def scanned(row: bytes) -> str:
    """Read one row of dots (0 is ink): runs, quiet zones, the width of a module, the symbols."""
    runs = [(level, len(list(run))) for level, run in groupby(row)]
    assert runs[0][0] == runs[-1][0] == 255
    inner = runs[1:-1]
    dots = min(length for _, length in inner)
    assert dots >= 2
    assert min(runs[0][1], runs[-1][1]) >= QUIET_MODULES * dots
    assert all(length % dots == 0 for _, length in inner)
    return decoded("".join(("0" if level else "1") * (length // dots) for level, length in inner))


def rows(image: Image.Image) -> list[bytes]:
    grey, width = image.convert("L").tobytes(), image.width
    return [grey[at : at + width] for at in range(0, len(grey), width)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("PJJ123C", (104, 48, 42, 42, 17, 18, 19, 35, 55, 106)),
        ("1234", (105, 12, 34, 82, 106)),
        ("12", (105, 12, 14, 106)),
        ("123", (104, 17, 18, 19, 8, 106)),
        ("AB1234567", (104, 33, 34, 17, 99, 23, 45, 67, 53, 106)),
        ("A1234B", (104, 33, 17, 18, 19, 20, 34, 0, 106)),
        ("12345A", (105, 12, 34, 100, 21, 33, 54, 106)),
    ],
)
def test_the_symbols_and_the_check_of_the_standard(text, values):
    data = values[:-2]
    check = (data[0] + sum(at * value for at, value in enumerate(data[1:], 1))) % 103
    assert symbols(text) == (*data, check, 106)


def test_the_published_check_symbol():
    """PJJ123C in set A has check 54 in the literature; in set B its start counts one more."""
    assert symbols("PJJ123C")[-2] == 55


@given(TEXTS | MIXED)
def test_whatever_is_encoded_is_read_back(text):
    widths = bars(text)
    assert decoded("".join("10"[at % 2] * width for at, width in enumerate(widths))) == text


@given(st.text(st.sampled_from("0123456789"), min_size=4, max_size=30))
def test_digits_take_half_a_symbol_each(digits):
    assert len(symbols(digits)) <= len(digits) // 2 + 3 + 2 * (len(digits) % 2)


@pytest.mark.parametrize("text", ["", "王", "a\n", "\x1b", "é"])
def test_what_the_bars_do_not_hold_is_refused(text):
    with pytest.raises(ValueError, match="Code 128"):
        symbols(text)
    assert picture(text, 576, 40) is None


@pytest.mark.parametrize(("width", "dots"), [(384, 2), (576, 3)])
def test_a_scanner_reads_the_bars_on_both_papers(width, dots):
    slip = draw(Slip("visit", "1", (Text("上"), Bars(SHORT), Text("下"))), width)
    read = []
    for row in rows(slip):
        try:
            read.append(scanned(row))
        except (AssertionError, ValueError, IndexError):
            continue
    assert set(read) == {SHORT}
    assert len(read) == 64
    shown = picture(SHORT, width, 1)
    assert shown is not None
    assert min(len(list(run)) for _, run in groupby(rows(shown)[0])) == dots


def test_bars_too_wide_for_the_paper_are_left_out_whole():
    assert picture("A" * 30, 384, 40) is None
    white = draw(Slip("visit", "1", (Bars("A" * 30),)), 384)
    assert white.convert("L").getextrema() == (255, 255)
