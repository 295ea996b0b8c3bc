"""What a person sees on the paper: everything inside its edges, whatever the text."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.desk.outstanding import Urgency
from kiosk.desk.slip import LINES, Slip
from kiosk.desk.slip_blocks import banner
from kiosk.desk.slip_image import draw, warm_up
from kiosk.desk.slip_lines import (
    Align,
    Bars,
    BlankLines,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Fingerprint,
    Heading,
    Item,
    Notice,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
)  # fmt: skip
from kiosk.desk.slip_paper import paper_of

WIDTHS = (576, 384)
WORDS = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("王张（）。， ab1"), max_size=80
)


def ink(image: Image.Image) -> Image.Image:
    return image.convert("L").point([255 * (level == 0) for level in range(256)])


def lines_of(text: str) -> tuple:
    """Return a line of every kind that says ``text`` everywhere."""
    return (
        Title(text, text), Heading(text, text), Notice(text), Text(text, Size.SMALL),
        Text(text, Size.HUGE, bold=True, align=Align.MIDDLE), Text(text, align=Align.RIGHT),
        Spread(text, text, text), Field(text, text), Field("单位", text, Emphasis.STRONG),
        Field("事由", text, Emphasis.QUIET), Item(text, text, text, Urgency.NOW, text),
        Item("017", text, text, Urgency.WAITING, "已知"), NumberWithCode(text, text, text),
        NumberWithCode("017", text, "V017"), CodeBeside(text, (text, text), text),
        CodeBeside("V017", (text,), text), SignatureLine(text, text), SignatureLine("签字", text),
        CheckBoxes(text, (text, "有"), write_in=True), Fingerprint(text, text),
        Table((10, 60, 30), ((text, text, text), (text,)), (text,), (Align.RIGHT,), tick=True),
        Table((1, 1, 1, 1, 1, 1, 1, 100), ((text,) * 8,)), BlankLines(2), Rule(heavy=True), Rule(),
        Space(9), Bars(text), Bars("V:26327"), Bars(text, in_need=True),
    )  # fmt: skip


def test_every_kind_of_line_is_drawn_here():
    assert {type(line) for line in lines_of("a")} | {Cut} == set(LINES.values())


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(WIDTHS))
def test_any_text_in_any_line_stays_within_the_margins(text, width):
    image = draw(Slip("visit", text, lines_of(text), 2), width)
    assert image.mode == "1"
    assert image.width == width
    edge = 2
    drawn = ink(image)
    assert drawn.crop((0, 0, edge, image.height)).getbbox() is None
    assert drawn.crop((width - edge, 0, width, image.height)).getbbox() is None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "text", ["张" * 200, "W" * 200, "好，" * 100, "1 " * 100, "[/nope]", "䶮𠮷😀"]
)
def test_long_and_odd_texts_are_printed_and_not_cut_off(text, width):
    whole = draw(Slip("visit", "1", (Text(text),)), width)
    none = draw(Slip("visit", "1", (Text("."),)), width)
    room = width - 36
    letters = sum(not char.isspace() for char in text)
    least_rows = letters * 8 // room
    assert whole.height >= none.height + (least_rows - 1) * 25
    assert ink(whole).histogram()[255] >= letters * 12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 120), max_size=4), st.sampled_from(WIDTHS))
def test_no_picture_has_a_height_that_cheap_printers_print_as_rubbish(spaces, width):
    image = draw(Slip("visit", "1", tuple(map(Space, spaces))), width)
    assert image.height % 48


def test_every_height_near_a_troubled_one_is_avoided():
    assert all(draw(Slip("visit", "1", (Space(dots),)), 384).height % 48 for dots in range(1, 100))


def bands(image: Image.Image) -> list[tuple[int, int]]:
    """Return (top, height) of what stands white on black across the paper."""
    found: list[tuple[int, int]] = []
    drawn = ink(image)
    for y in range(image.height):
        row = drawn.crop((0, y, image.width, y + 1)).histogram()[255]
        if row < image.width * 0.6:
            continue
        if found and found[-1][0] + found[-1][1] == y:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((y, 1))
    return [band for band in found if band[1] >= 20]


def three_parts(copy: int = 1) -> Slip:
    return Slip("visit", "017", (Text("存根"), Cut(), Text("来客联"), Cut(), Text("回执")), copy)


@pytest.mark.usefixtures("words_zh")
def test_a_reprint_says_so_on_each_of_its_parts_and_an_original_does_not():
    assert bands(draw(three_parts(), 576)) == []
    assert len(bands(draw(three_parts(2), 576))) == 3
    first, second = draw(three_parts(2), 576), draw(three_parts(3), 576)
    assert first.size == second.size
    assert first.tobytes() != second.tobytes()


@pytest.mark.usefixtures("words_zh")
def test_the_second_copy_is_the_first_reprint():
    paper = paper_of(576)
    printed = draw(Slip("visit", "017", (), 2), 576)
    for times, is_said in ((1, True), (2, False)):
        said = banner(paper, f"补打第 {times} 次", paper.strong, air=3)
        at = bands(printed)[0][0] - bands(said)[0][0]
        shown = printed.crop((0, at, 576, at + said.height))
        assert (shown.tobytes() == said.tobytes()) is is_said


def test_a_notice_is_white_on_black():
    assert len(bands(draw(Slip("visit", "1", (Notice("注意"),)), 576))) == 1


def test_labels_of_neighbouring_fields_share_one_column():
    one = ink(draw(Slip("v", "1", (Field("单位", "国"), Field("被访人电话", "国"))), 576))
    rows = [top for top in range(one.height) if one.crop((400, top, 576, top + 1)).getbbox()]
    assert not rows
    half = one.height // 2
    values = [one.crop((130, 0, 400, half)), one.crop((130, half, 400, one.height))]
    lefts = [part.getbbox()[0] for part in values]
    assert lefts[0] == lefts[1]


def test_what_needs_somebody_now_stands_out_from_what_can_wait():
    quiet, now = (
        ink(draw(Slip("h", "1", (Item("S14", "门锁", "", urgency),)), 576)).histogram()[255]
        for urgency in (Urgency.QUIET, Urgency.NOW)
    )
    assert now > 1.5 * quiet


def test_a_point_without_a_number_has_no_empty_box():
    framed = Slip("h", "1", (Item("", "门锁", "", Urgency.NOW),))
    drawn = ink(draw(framed, 576))
    assert drawn.crop((0, 0, 40, drawn.height)).getbbox() is None


def test_a_cut_goes_from_edge_to_edge():
    drawn = ink(draw(Slip("v", "1", (Text("一"), Cut(), Text("一"))), 384))
    left, _top, right, _bottom = drawn.getbbox()
    assert left == 0
    assert right >= 384 - 12


def test_a_table_ticks_its_rows_and_not_its_head():
    table = Table((1, 1), (("", ""), ("", "")), ("号", "物品"), tick=True)
    ticked = ink(draw(Slip("h", "1", (table,)), 576))
    plain = ink(draw(Slip("h", "1", (replace(table, tick=False),)), 576))
    boxes = [image.crop((18, 0, 44, image.height)).histogram()[255] for image in (ticked, plain)]
    assert boxes[0] > boxes[1]


def test_too_narrow_paper_is_refused():
    with pytest.raises(ValueError, match="narrower"):
        draw(Slip("v", "1", ()), 100)


def test_warming_up_is_for_both_papers():
    for width in WIDTHS:
        warm_up(width)
