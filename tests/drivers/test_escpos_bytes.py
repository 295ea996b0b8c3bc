"""The bytes of a slip: what a printer makes of any picture, and what it must never obey."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers import escpos_bytes
from drivers.emulators.escpos_core import PrinterCore
from drivers.emulators.escpos_paper import PaperRoll

ORDERS_IN_REAL_TIME = [
    *(bytes((0x10, 0x04, number)) for number in range(1, 9)),
    *(bytes((0x10, 0x05, number)) for number in range(3)),
    *(bytes((0x10, 0x14, number)) for number in range(1, 9)),
]


def emulated(folder) -> PrinterCore:
    return PrinterCore(PaperRoll(576, folder))


@given(st.integers(1, 5000))
def test_fragments_add_up_and_are_never_a_multiple_of_48(rows):
    heights = list(escpos_bytes.fragment_heights(rows))
    assert sum(heights) == rows
    assert all(0 < height <= 256 and height % 48 for height in heights)


@pytest.mark.parametrize(
    ("job_mark", "mark"),
    [
        ("0012-1", b"0121"),
        ("7", b"0007"),
        ("", b"0000"),
        ("编号9a-3", b"09a3"),
        ("2026-004512", b"4512"),
    ],
)
def test_a_mark_is_the_last_four_letters_or_digits(job_mark, mark):
    assert escpos_bytes.process_mark(job_mark) == mark


@given(st.text())
def test_a_mark_is_always_four_plain_signs(job_mark):
    mark = escpos_bytes.process_mark(job_mark)
    assert len(mark) == 4
    assert mark.isalnum()


@given(st.data())
def test_no_picture_holds_an_order_that_is_obeyed_at_once(data):
    width = data.draw(st.integers(1, 40))
    parts = st.one_of(st.sampled_from(ORDERS_IN_REAL_TIME), st.binary(max_size=6))
    row_bytes = (width + 7) // 8
    dots = b"".join(data.draw(st.lists(parts, min_size=1, max_size=30)))
    rows = max(1, len(dots) // row_bytes)
    dots = dots.ljust(rows * row_bytes, b"\0")[: rows * row_bytes]
    picture = Image.frombytes("1", (width, rows), dots, "raw", "1;I")
    sent = escpos_bytes.raster(picture)
    assert not any(order in sent for order in ORDERS_IN_REAL_TIME)


@given(st.integers(1, 30), st.integers(1, 600))
def test_the_printer_ends_a_picture_where_the_picture_ends(tmp_path_factory, bytes_wide, rows):
    printer = emulated(tmp_path_factory.getbasetemp() / "edges")
    picture = Image.new("1", (bytes_wide * 8, rows), 0)
    printer.receive(escpos_bytes.INITIALISE + escpos_bytes.raster(picture))
    assert printer.paper.rows_hanging_out() == rows
    assert printer.room() == printer.buffer_bytes
    assert printer.unknown == printer.dangerous == []


@pytest.mark.parametrize("picture", [Image.new("L", (8, 8)), Image.new("1", (0, 8))])
def test_what_is_no_picture_of_dots_is_refused(picture):
    with pytest.raises(ValueError, match="mode '1'"):
        escpos_bytes.raster(picture)


@settings(max_examples=40)
@given(st.integers(0, 576 // 8 * 256 + 8))
def test_white_rows_finish_a_raster_torn_anywhere(tmp_path_factory, torn_at):
    folder = tmp_path_factory.getbasetemp() / "torn"
    printer = emulated(folder)
    printer.receive(escpos_bytes.raster(Image.new("1", (576, 255), 0))[:torn_at])
    printer.receive(escpos_bytes.finish_torn_raster(576) + escpos_bytes.INITIALISE)
    printer.receive(escpos_bytes.ask_process(b"0001"))
    assert printer.jobs == [b"0001"]
    assert printer.dangerous == []
