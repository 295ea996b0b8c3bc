"""The emulated printer itself: it must be strict, or the tests that use it prove nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.emulators.escpos_condition import Condition
from drivers.emulators.escpos_core import PrinterCore
from drivers.emulators.escpos_paper import PaperRoll


@pytest.fixture
def answers():
    return bytearray()


@pytest.fixture
def printer(tmp_path, answers):
    return PrinterCore(PaperRoll(64, tmp_path), send=answers.extend)


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=6))
def test_any_bytes_in_any_pieces_do_the_same(tmp_path_factory, data, places):
    folder = tmp_path_factory.getbasetemp()
    whole, pieces = (PrinterCore(PaperRoll(64, folder / name)) for name in ("whole", "pieces"))
    whole.receive(data)
    edges = [0, *sorted(min(place, len(data)) for place in places), len(data)]
    for start, end in pairwise(edges):
        pieces.receive(data[start:end])
    assert pieces.dangerous == whole.dangerous
    assert pieces.jobs == whole.jobs
    assert [path.read_bytes() for path in pieces.paper.printed] == [
        path.read_bytes() for path in whole.paper.printed
    ]


def test_a_new_roll_counts_on_from_the_pictures_in_the_folder(tmp_path):
    for number in (1, 2):
        roll = PaperRoll(64, tmp_path)
        roll.feed(number)
        roll.cut()
        roll.feed(number)
        roll.tear()
    pictures = sorted(path.name for path in tmp_path.iterdir())
    assert pictures == ["slip-0001.png", "slip-0002.png", "torn-0001.png", "torn-0002.png"]
    with Image.open(tmp_path / "slip-0001.png") as first, Image.open(roll.printed[0]) as second:
        assert (first.height, second.height) == (1, 2)


@pytest.mark.parametrize(
    "order",
    [
        b"\x1bp\x00\x19\xfa",
        b"\x10\x14\x01\x00\x01",
        b"\x10\x05\x01",
        b"\x1d(E\x03\x00\x01IN",
        b"\x1d(A\x02\x00\x00\x02",
    ],
    ids=["drawer", "drawer at once", "recover", "settings", "test print"],
)
def test_an_order_that_no_slip_may_hold_is_remembered(printer, order):
    printer.receive(b"text\n" + order)
    assert len(printer.dangerous) == 1
    assert printer.dangerous[0].startswith(order[:2])


def test_an_order_at_once_is_obeyed_inside_a_picture(printer):
    printer.receive(b"\x1dv0\x00\x08\x00\x01\x00" + b"\x10\x14\x01\x00\x01\x00\x00\x00")
    assert printer.dangerous == [b"\x10\x14\x01"]


def test_what_no_printer_knows_is_remembered(printer):
    printer.receive(b"\x1b\xff\x07")
    assert len(printer.unknown) == 2


def test_a_raster_wider_than_the_paper_is_remembered(printer):
    printer.receive(b"\x1dv0\x00\x09\x00\x01\x00" + bytes(9))
    assert len(printer.unknown) == 1


def test_nothing_is_printed_while_it_stands_still_and_all_of_it_afterwards(printer, answers):
    printer.condition.cover_open = True
    printer.receive(
        b"\x1dv0\x00\x08\x00\x02\x00" + b"\xff" * 16 + b"\x1dVB\x00\x1d(H\x06\x0012wxyz"
    )
    assert printer.paper.rows_hanging_out() == 0
    assert answers == b""
    printer.condition.cover_open = False
    printer.work()
    with Image.open(printer.paper.printed[0]) as picture:
        assert (picture.size, picture.getextrema()) == ((64, 2), (0, 0))
    assert answers == b""  # "12" is no function of GS ( H
    printer.receive(b"\x1d(H\x06\x0000wxyz")
    assert answers == b"\x37\x22wxyz\x00"


def test_status_is_answered_at_once_while_it_stands_still(printer, answers):
    printer.condition.paper_out = True
    printer.receive(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    assert answers == bytes((0x1A, 0x32, 0x12, 0x7E))


def test_a_question_off_line_for_hours_fills_no_buffer(printer):
    printer.condition.paper_out = True
    for _ in range(50):
        printer.receive(b"\x10\x04\x01")
    assert printer.room() == printer.buffer_bytes


def test_without_power_everything_unprinted_is_gone(printer):
    printer.receive(b"\x1dv0\x00\x08\x00\x09\x00" + bytes(20))
    printer.forget()
    printer.receive(b"\x1d(H\x06\x0000wxyz")
    assert printer.jobs == [b"wxyz"]


def test_the_paper_near_its_end_is_told_in_print_order_too(printer, answers):
    printer.condition.near_end = True
    printer.receive(b"\x1dr\x01\x10\x04\x04")
    assert sorted(answers) == sorted(bytes((0x1E, 0x03)))


def test_a_condition_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no 'on_fire'"):
        Condition().change({"on_fire": True})


def test_text_leaves_something_on_the_paper(printer):
    printer.receive("张三 abc\n".encode("gb18030") + b"\x1dVA\x00")
    with Image.open(printer.paper.printed[0]) as picture:
        assert picture.getextrema() == (0, 255)
