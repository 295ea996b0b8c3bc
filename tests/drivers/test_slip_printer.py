"""The slip printer driver against an emulated printer, on TCP and on a serial line."""

import threading
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from drivers import escpos_bytes, printer_wires, slip_printer
from drivers.emulators.escpos_printer import EscposPrinter
from drivers.slip_printer import Outcome, PrinterStatus, SlipPrinter


def slip(words: str = "0012", rows: int = 240) -> Image.Image:
    picture = Image.new("1", (576, rows), 1)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((8, 8, 560, rows - 9), outline=0, width=3)
    pen.text((40, rows // 2), words, fill=0)
    return picture


def same(path: Path, picture: Image.Image) -> bool:
    with Image.open(path) as printed:
        return printed.size == picture.size and (
            ImageChops.difference(printed.convert("L"), picture.convert("L")).getbbox() is None
        )


def test_a_slip_comes_out_dot_by_dot_and_is_confirmed(switched_on):
    emulated, driver = switched_on()
    picture = slip(rows=557)
    assert driver.print_image(picture, "0012-1") is Outcome.CONFIRMED
    assert len(emulated.pictures) == 1
    assert same(emulated.pictures[0], picture)
    assert emulated.core.jobs == [b"0121"]
    assert emulated.core.unknown == emulated.core.dangerous == []


def test_slips_come_out_in_order_each_with_its_own_mark(switched_on):
    emulated, driver = switched_on()
    pictures = [slip(str(number), 100 + number) for number in range(5)]
    for number, picture in enumerate(pictures):
        assert driver.print_image(picture, f"{number:04}") is Outcome.CONFIRMED
    assert all(map(same, emulated.pictures, pictures))
    assert emulated.core.jobs == [b"0000", b"0001", b"0002", b"0003", b"0004"]


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_printer_without_marks_gives_the_weak_proof_and_is_remembered(switched_on):
    emulated, driver = switched_on(knows_marks=False)
    assert driver.print_image(slip(), "0001") is Outcome.WEAK
    assert driver.process_id is False
    began = time.monotonic()
    assert driver.print_image(slip(), "0002") is Outcome.WEAK
    assert time.monotonic() - began < 3
    assert len(emulated.pictures) == 2


@pytest.fixture
def status_only(switched_on):
    """A printer that answers DLE EOT and nothing else, and its driver set to that or to another."""
    drivers = []

    def make(process_id="status"):
        emulated, _ = switched_on(knows_marks=False, knows_paper_question=False)
        drivers.append(SlipPrinter("slips", emulated.address, process_id=process_id))
        return emulated, drivers[-1]

    yield make
    for driver in drivers:
        driver.close()


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_printer_that_answers_its_status_only_gives_the_weak_proof(status_only):
    emulated, driver = status_only()
    pictures = [slip("first"), slip("second")]
    for number, picture in enumerate(pictures):
        assert driver.print_image(picture, f"{number:04}") is Outcome.WEAK
    assert all(map(same, emulated.pictures, pictures))
    assert driver.process_id == "status"
    assert emulated.core.unknown == []


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_printer_that_answers_its_status_only_proves_nothing_unless_it_is_set_so(
    status_only, monkeypatch
):
    monkeypatch.setattr(slip_printer, "_PROOF_S", 0.4)
    _, driver = status_only(process_id=None)
    assert driver.print_image(slip(), "0001") is Outcome.UNKNOWN


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
@pytest.mark.parametrize(
    ("trouble", "cause"),
    [
        ("paper_out", "paper_out"),
        ("cover_open", "cover_open"),
        ("cutter_error", "cutter"),
        ("error", "error"),
        ("silent", "silent"),
    ],
)
def test_trouble_behind_the_last_byte_leaves_a_slip_of_status_only_unknown(
    status_only, monkeypatch, trouble, cause
):
    monkeypatch.setattr(slip_printer, "_PROOF_S", 0.4)
    emulated, driver = status_only()
    emulated.core.paper.on_printed = lambda *_: emulated.core.condition.change({trouble: True})
    assert driver.print_image(slip(), "0001") is Outcome.UNKNOWN
    assert len(emulated.pictures) == 1
    assert driver.last_status.cause == cause


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_paper_that_ends_in_a_slip_of_status_only_leaves_it_unknown_and_the_next_one_proven(
    status_only,
):
    emulated, driver = status_only()
    emulated.core.rows_until_paper_out = 100
    assert driver.print_image(slip("first"), "0001") is Outcome.UNKNOWN
    assert driver.last_status.cause == "paper_out"
    emulated.state(paper_out=False)
    assert driver.print_image(slip("second"), "0002") is Outcome.WEAK
    assert len(emulated.pictures) == 2


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_hot_head_is_waited_for_with_status_only(status_only):
    emulated, driver = status_only()
    emulated.core.paper.on_printed = lambda *_: emulated.core.condition.change({"hot": True})
    cooled = threading.Timer(1.2, emulated.state, kwargs={"hot": False})
    cooled.start()
    assert driver.print_image(slip(), "0001") is Outcome.WEAK
    cooled.join()


def test_paper_of_a_printer_without_knife_is_torn_by_hand(switched_on):
    emulated, _ = switched_on(has_cutter=False, width=384)
    driver = SlipPrinter("narrow", emulated.address, width=384)
    picture = slip().crop((0, 0, 384, 240))
    assert driver.print_image(picture, "0001") is Outcome.CONFIRMED
    with Image.open(emulated.pictures[0]) as printed:
        assert printed.width == 384
        assert printed.crop((0, 0, 384, 240)).tobytes() == picture.tobytes()
    driver.close()


def test_paper_that_ends_in_the_slip_leaves_it_unknown_and_is_not_printed_twice(switched_on):
    emulated, driver = switched_on()
    emulated.core.rows_until_paper_out = 100
    picture = slip("first")
    assert driver.print_image(picture, "0001") is Outcome.UNKNOWN
    assert driver.last_status.cause == "paper_out"
    emulated.state(paper_out=False)
    # It comes out late, with its old mark; the next slip's proof must not be this one's.
    assert len(emulated.pictures) == 1
    assert same(emulated.pictures[0], picture)
    assert driver.print_image(slip("second"), "0002") is Outcome.CONFIRMED
    assert emulated.core.jobs == [b"0001", b"0002"]
    assert same(emulated.pictures[1], slip("second"))


@pytest.mark.parametrize("after", [1, 5000, 17000])
def test_power_lost_in_the_slip_leaves_it_unknown_and_the_next_one_whole(
    switched_on, after, status_within
):
    emulated, driver = switched_on()
    assert driver.status().ready
    emulated.hindrance.power_off_after = 12 + after  # a round of status, then the slip
    assert driver.print_image(slip(), "0001") is Outcome.UNKNOWN
    assert driver.last_status.cause == "absent"
    emulated.replug()
    assert status_within(driver, PrinterStatus(ready=True))
    assert driver.print_image(slip("second"), "0002") is Outcome.CONFIRMED
    assert len(emulated.pictures) == 1
    assert same(emulated.pictures[0], slip("second"))


@pytest.mark.parametrize("wire", ["serial"], indirect=True)
def test_a_line_that_stands_still_is_given_up_and_the_torn_slip_does_not_eat_the_next(
    switched_on, monkeypatch, status_within
):
    monkeypatch.setattr(printer_wires, "STALL_S", 0.6)
    # A kernel takes 64 KB for a serial line that nobody reads, and megabytes for TCP.
    emulated, driver = switched_on(buffer_bytes=4000)
    emulated.core.rows_until_paper_out = 3
    began = time.monotonic()
    assert driver.print_image(slip(rows=2000), "0001") is Outcome.UNKNOWN
    assert time.monotonic() - began < 20
    emulated.state(paper_out=False)
    assert status_within(driver, PrinterStatus(ready=True))
    assert driver.print_image(slip("second"), "0002") is Outcome.CONFIRMED
    assert len(emulated.pictures) == 2
    assert same(emulated.pictures[1], slip("second"))


def test_leftovers_of_a_run_before_do_not_eat_the_next_slip(switched_on):
    emulated, driver = switched_on()
    emulated.core.receive(escpos_bytes.raster(slip())[:9000])
    driver.expect_leftovers()
    assert driver.print_image(slip("second"), "0002") is Outcome.CONFIRMED
    assert same(emulated.pictures[-1], slip("second"))


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_proof_that_comes_late_still_confirms(switched_on):
    emulated, driver = switched_on()
    emulated.hindrance.proof_late_s = 0.7
    assert driver.print_image(slip(), "0001") is Outcome.CONFIRMED


@pytest.mark.parametrize("wire", ["tcp"], indirect=True)
def test_a_proof_that_comes_too_late_does_not_confirm_the_next_slip(switched_on, monkeypatch):
    monkeypatch.setattr(slip_printer, "_PROOF_S", 0.4)
    emulated, _ = switched_on()
    driver = SlipPrinter("slips", emulated.address, process_id=True)
    emulated.hindrance.proof_late_s = 0.7
    assert driver.print_image(slip("first", 30), "0001") is Outcome.UNKNOWN
    emulated.core.knows_marks = False
    assert driver.print_image(slip("second", 30), "0002") is Outcome.UNKNOWN
    driver.close()


def test_a_picture_too_wide_or_not_of_dots_is_refused_before_a_byte_is_sent(switched_on):
    emulated, driver = switched_on()
    with pytest.raises(ValueError, match="do not fit"):
        driver.print_image(Image.new("1", (577, 10), 1), "0001")
    with pytest.raises(ValueError, match="mode"):
        driver.print_image(Image.new("L", (576, 10), 1), "0001")
    assert emulated.core.room() == emulated.core.buffer_bytes


def test_the_driver_leaves_the_terminal_and_the_log_alone(switched_on, capfd):
    _, driver = switched_on()
    driver.print_image(slip(), "0001")
    assert capfd.readouterr() == ("", "")


def last_byte_within(emulated: EscposPrinter, began: float, seconds: float) -> bool:
    return began <= emulated.first_byte_at <= emulated.last_byte_at <= began + seconds


def test_the_emulator_says_when_a_slip_began_and_ended(switched_on):
    emulated, driver = switched_on()
    driver.status()
    began = time.monotonic()
    driver.print_image(slip(), "0001")
    assert last_byte_within(emulated, began, 10.0)
