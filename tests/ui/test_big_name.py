"""Names drawn large: what stands on the screen, how large, and what happens when nothing fits."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.desk.safe_text import cells, clean
from kiosk.desk.slip import Slip
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import NumberWithCode, Space, Text
from kiosk.ui.big_name import big_name
from kiosk.ui.half_blocks import braille, half_blocks
from kiosk.ui.slip_preview import preview

BLOCKS = set(" ▀▄█")


def drawn(rows: list[str]) -> bool:
    return bool(rows) and set("".join(rows)) <= BLOCKS


def dots(rows: list[str]) -> list[str]:
    """Return the rows of dots that a viewer sees: two to a row of cells."""
    return [
        "".join("#" if cell in lit else " " for cell in row) for row in rows for lit in ("▀█", "▄█")
    ]


@pytest.mark.parametrize("name", ["张伟", "李建国", "王磊", "龚䶮", "一一", "曾国藩"])
def test_two_or_three_characters_stand_nine_rows_high(name):
    rows = big_name(name, 60, 12)
    assert drawn(rows)
    assert len(rows) == 9
    assert len({len(row) for row in rows}) == 1
    assert 16 * len(name) <= len(rows[0]) <= 18 * len(name) + 2


def test_the_rows_are_the_characters_and_not_just_blocks():
    assert dots(big_name("十", 20, 9)) != dots(big_name("口", 20, 9))
    cross = dots(big_name("十", 20, 9))
    full_rows = [row for row in cross if row.count("#") >= 15]
    full_columns = [x for x in range(len(cross[0])) if sum(row[x] == "#" for row in cross) >= 15]
    assert 1 <= len(full_rows) <= 3
    assert 1 <= len(full_columns) <= 3


@pytest.mark.parametrize(("width", "height"), [(34, 6), (36, 9), (46, 8)])
def test_a_narrow_area_gets_smaller_characters(width, height):
    rows = big_name("李建国", width, height)
    assert drawn(rows)
    assert 5 <= len(rows) <= height
    assert all(len(row) <= width for row in rows)


def test_four_characters_fit_the_design_size():
    assert drawn(big_name("欧阳娜娜", 62, 9))


def test_digits_and_latin_names_are_drawn_too():
    assert drawn(big_name("15:32", 60, 9))
    assert len(big_name("15:32", 60, 9)) == len(big_name("08:47", 60, 9))
    assert drawn(big_name("Chen Jing", 62, 9))


def test_where_nothing_fits_the_name_is_plain_and_whole_when_it_can_be():
    assert big_name("李建国", 20, 2) == ["李 建 国"]
    assert big_name("李建国", 7, 2) == ["李建国"]
    assert big_name("Chen Jing", 12, 2) == ["Chen Jing"]
    assert big_name("Aleksandr Solzhenitsyn", 62, 9) == ["Aleksandr Solzhenitsyn"]
    assert big_name("李建国", 5, 2) == ["李.."]


def test_nothing_is_nothing():
    assert big_name("", 60, 9) == []
    assert big_name(" \u200b\n", 60, 9) == []
    assert big_name("张伟", 0, 0) == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(), max_size=30) | st.text(st.sampled_from("张𠮷䶮aẂ1😀ก็"), max_size=12),
    st.integers(-1, 70),
    st.integers(-1, 12),
)
def test_any_text_fits_and_is_clean(text, width, height):
    rows = big_name(text, width, height)
    assert len(rows) <= max(0, height)
    assert all(cells(row) <= width for row in rows)
    if not drawn(rows):
        assert all(row == clean(row) for row in rows)


def test_a_caller_cannot_spoil_the_next_name():
    big_name("张伟", 60, 9).clear()
    assert big_name("张伟", 60, 9)


def test_the_screen_is_up_before_pillow_is_loaded():
    script = "import sys, kiosk.ui.big_name, kiosk.ui.slip_preview; sys.exit('PIL' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=False)  # noqa: S603 - our own text
    assert ran.returncode == 0


def test_half_blocks_are_two_dots_in_a_cell():
    assert half_blocks(bytes([0, 1, 0, 1, 0, 0, 1, 1]), 4) == (" ▀▄█",)
    assert half_blocks(bytes([1, 0, 1]), 3) == ("▀ ▀",)
    assert half_blocks(b"", 4) == ()


@pytest.mark.parametrize("width", [20, 46, 110])
def test_a_slip_is_shown_as_wide_as_the_area_with_its_shape_kept(width):
    image = draw(Slip("v", "017", (NumberWithCode("017", "1-017", "V017"), Text("国" * 21))), 576)
    rows = preview(image, width)
    assert {len(row) for row in rows} == {width}
    assert set("".join(rows)) <= BLOCKS
    ink = image.convert("L").point([255 * (level == 0) for level in range(256)])
    left, top, right, bottom = ink.getbbox()
    assert len(rows) == pytest.approx((bottom - top) * width / (right - left) / 2, abs=1.5)


def test_the_number_of_a_slip_can_be_read_on_the_screen():
    rows = dots(preview(draw(Slip("v", "1", (Text("1", bold=True),)), 576), 40))
    assert all("#" in row for row in rows[:-1])


@pytest.mark.parametrize(
    ("dots_", "shown"), [(b"\1\0", "⠁"), (b"\0\1\0\0\0\0\1\1", "⣈"), (b"\1" * 8, "⣿")]
)
def test_braille_is_eight_dots_in_a_cell(dots_, shown):
    assert braille(dots_, 2) == (shown,)


def test_a_fine_preview_has_the_same_shape_in_cells():
    image = draw(Slip("v", "1", (Text("国" * 21),)), 576)
    coarse, fine = preview(image, 60), preview(image, 60, fine=True)
    assert {len(row) for row in fine} == {60}
    assert abs(len(fine) - len(coarse)) <= 1
    assert sum(char != "⠀" for row in fine for char in row) > 60


def test_a_blank_slip_shows_nothing():
    assert preview(draw(Slip("v", "1", (Space(20),)), 576), 40) == []
    assert preview(Image.new("1", (576, 10), 0), 40)
    assert preview(Image.new("1", (576, 10), 0), 0) == []
