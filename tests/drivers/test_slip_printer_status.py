"""What the slip printer driver knows of its printer, on TCP and on a serial line."""

import threading
import time

import psutil
import pytest
from PIL import Image

from drivers.addresses import BadAddress
from drivers.slip_printer import Outcome, PrinterStatus, SlipPrinter

CYCLES = 12
SLIP = Image.new("1", (576, 240), 0)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({}, PrinterStatus(ready=True)),
        ({"near_end": True}, PrinterStatus(ready=True, cause="near_end")),
        ({"paper_out": True}, PrinterStatus(ready=False, cause="paper_out")),
        ({"cover_open": True}, PrinterStatus(ready=False, cause="cover_open")),
        (
            {"cover_open": True, "paper_out": True},
            PrinterStatus(ready=False, cause="cover_open"),
        ),
        ({"cutter_error": True}, PrinterStatus(ready=False, cause="cutter")),
        ({"hot": True}, PrinterStatus(ready=False, cause="hot")),
        ({"error": True}, PrinterStatus(ready=False, cause="error")),
        ({"feeding": True}, PrinterStatus(ready=False, cause="feeding")),
        ({"held": True}, PrinterStatus(ready=False, cause="offline")),
        ({"silent": True}, PrinterStatus(ready=False, cause="silent")),
    ],
    ids=lambda value: "+".join(value) or "fine" if isinstance(value, dict) else "",
)
def test_each_cause_is_told_and_nothing_is_sent(switched_on, state, status):
    emulated, driver = switched_on()
    emulated.state(**state)
    assert driver.status() == status
    if not status.ready:
        assert driver.print_image(SLIP, "0001") is Outcome.NOT_READY
        assert driver.last_status.cause == status.cause
        assert emulated.core.room() == emulated.core.buffer_bytes
        assert emulated.pictures == []


def test_a_printer_that_is_not_there_is_absent(wire, tmp_path):
    emulated = wire(tmp_path).start()
    emulated.stop()
    driver = SlipPrinter("slips", emulated.address)
    assert driver.status() == PrinterStatus(ready=False, cause="absent")
    assert driver.print_image(SLIP, "0001") is Outcome.NOT_READY


@pytest.mark.parametrize("wire", ["serial"], indirect=True)
def test_a_late_answer_is_never_taken_for_another_question(switched_on, status_within):
    emulated, driver = switched_on()
    emulated.state(paper_out=True)
    emulated.hindrance.late_s = 0.35
    heard = {driver.status()}
    end = time.monotonic() + 1.3
    while time.monotonic() < end:
        heard.add(driver.status())
        threading.Event().wait(0.04)
    assert heard == {PrinterStatus(ready=False, cause="silent")}
    emulated.hindrance.late_s = 0.0
    assert status_within(driver, PrinterStatus(ready=False, cause="paper_out"))


def test_after_a_missing_answer_nothing_is_asked_until_it_can_no_longer_come(
    switched_on, status_within
):
    emulated, driver = switched_on()
    emulated.state(silent=True)
    assert driver.status().cause == "silent"
    emulated.state(silent=False)
    began = time.monotonic()
    assert driver.status().cause == "silent"
    assert time.monotonic() - began < 0.3
    assert status_within(driver, PrinterStatus(ready=True))
    assert time.monotonic() - began > 0.3


def test_a_cause_that_goes_between_two_questions_is_not_told_as_off_line(switched_on):
    emulated, driver = switched_on()
    emulated.state(paper_out=True)
    answer = emulated.core.send_status

    def put_paper_in_after_the_first(byte):
        answer(byte)
        emulated.core.condition.paper_out = False

    emulated.core.send_status = put_paper_in_after_the_first
    assert driver.status() == PrinterStatus(ready=True)


def test_a_byte_that_came_while_nobody_asked_is_no_answer(switched_on):
    emulated, driver = switched_on()
    emulated.state(near_end=True)
    assert driver.status() == PrinterStatus(ready=True, cause="near_end")
    emulated.core.send(b"\x12")
    threading.Event().wait(0.05)
    assert driver.status() == PrinterStatus(ready=True, cause="near_end")


def test_answers_that_lag_one_question_behind_spoil_the_first_round(switched_on, status_within):
    emulated, driver = switched_on()
    emulated.state(near_end=True)
    answer, said = emulated.core.send_status, [b"\x12"]

    def answer_the_question_before(byte):
        said.append(byte)
        if len(said) <= 5:
            answer(said[-2])
        if len(said) == 5:
            threading.Timer(0.02, answer, [byte]).start()
        if len(said) > 5:
            answer(byte)

    emulated.core.send_status = answer_the_question_before
    assert driver.status() == PrinterStatus(ready=False, cause="silent")
    assert status_within(driver, PrinterStatus(ready=True, cause="near_end"))


def test_the_cable_can_be_pulled_twelve_times(switched_on, status_within):
    emulated, driver = switched_on()
    assert driver.print_image(SLIP, "0000") is Outcome.CONFIRMED
    held = psutil.Process().num_fds()
    for cycle in range(CYCLES):
        emulated.unplug()
        assert status_within(driver, PrinterStatus(ready=False, cause="absent"))
        emulated.replug()
        assert status_within(driver, PrinterStatus(ready=True))
        assert driver.print_image(SLIP, f"{cycle:04}") is Outcome.CONFIRMED
    assert psutil.Process().num_fds() == held
    assert len(emulated.pictures) == CYCLES + 1


def test_a_printer_that_dropped_the_idle_connection_is_ready_at_the_next_look(switched_on):
    emulated, driver = switched_on()
    assert driver.status().ready
    emulated.unplug()
    emulated.replug()
    assert driver.status() == PrinterStatus(ready=True)


def test_an_address_that_is_none_is_refused_at_once():
    with pytest.raises(BadAddress):
        SlipPrinter("slips", "escpos+tcp:nowhere")


def test_a_usb_printer_that_is_not_there_is_absent():
    driver = SlipPrinter("slips", "escpos+usb:ffff:fffe")
    assert driver.status() == PrinterStatus(ready=False, cause="absent")
