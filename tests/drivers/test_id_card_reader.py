"""The ID-card reader on a line that tears, corrupts, is late, and goes and comes back."""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
import serial
from patience import PATIENCE_S

from drivers import id_card_frames as frames
from drivers.device import connect
from drivers.emulators.id_card_reader import EmulatedIdCardReader, corrupt, torn
from drivers.emulators.id_cards import EmulatedIdCard
from drivers.events import DeviceDown, DeviceUp, IdCardRead, IdCardUnread

WANG = EmulatedIdCard("11010519491231002X", "王小明", address="不许外传路一号")
LI = EmulatedIdCard("440524188001010014", "李芳", "female")
CYCLES = 4


@pytest.fixture
def reader(tmp_path):
    emulated = EmulatedIdCardReader(tmp_path / "idcard").start()
    yield emulated
    emulated.stop()


@pytest.fixture
def plugged(reader, heard):
    device = connect("counter", reader.address, heard)
    device.start()
    heard.wait(DeviceUp)
    yield heard
    device.close()


def looked(reader, times, order=frames.FIND):
    """Wait until the reader was asked so many times more."""
    end, until = time.monotonic() + PATIENCE_S, reader.orders.get(order, 0) + times
    while reader.orders.get(order, 0) < until:
        assert time.monotonic() < end, f"asked {reader.orders}"
        threading.Event().wait(0.01)


def said(event):
    return (event.device, event.kind, event.name, event.sex, event.number)


def test_a_card_is_said_once_until_it_is_taken_away(reader, plugged):
    before = time.monotonic()
    reader.lay(WANG)
    event = plugged.wait(IdCardRead)
    assert said(event) == ("counter", "resident", "王小明", "male", WANG.number)
    assert before <= event.at <= time.monotonic()
    looked(reader, 3)
    assert len(plugged.of(IdCardRead)) == 1
    reader.lift()
    looked(reader, 3)
    reader.lay(LI)
    assert said(plugged.wait(IdCardRead, 2))[2:] == ("李芳", "female", LI.number)


def test_a_module_that_finds_a_card_only_once_says_each_laying_once(tmp_path, heard):
    reader = EmulatedIdCardReader(tmp_path / "idcard", once=True).start()
    device = connect("counter", reader.address, heard)
    device.start()
    try:
        for count in (1, 2):
            reader.lay(WANG)
            heard.wait(IdCardRead, count)
            looked(reader, 4)
            assert len(heard.of(IdCardRead)) == count
            reader.lift()
            looked(reader, 2)
    finally:
        device.close()
        reader.stop()


@pytest.mark.parametrize("damage", [torn, corrupt, lambda _: b""])
@pytest.mark.parametrize("order", [frames.FIND, frames.SELECT, frames.READ])
def test_one_damaged_answer_delays_a_card_and_invents_none(reader, plugged, order, damage):
    reader.next_answer(order, damage)
    reader.lay(WANG)
    assert plugged.wait(IdCardRead).number == WANG.number
    looked(reader, 2)
    assert len(plugged.of(IdCardRead)) == 1
    assert plugged.of(IdCardUnread) == []
    assert plugged.of(DeviceDown) == []


def test_foreign_bytes_on_the_line_are_passed_over(reader, plugged):
    reader.send(b"\x02\x00\x03\xca\x01\x00" + frames.PREAMBLE + b"\xff\xff")
    for order in (frames.FIND, frames.SELECT, frames.READ):
        reader.next_answer(order, lambda sent: b"\x02\x00\x04\xca\x01\x00\xaa\xaa" + sent)
    reader.lay(WANG)
    assert plugged.wait(IdCardRead).number == WANG.number


def test_a_late_card_is_never_taken_for_the_one_that_lies_there_now(reader, plugged):
    held = []
    reader.next_answer(frames.READ, lambda sent: held.append(sent) or b"")
    reader.lay(WANG)
    looked(reader, 1, frames.READ)
    reader.lay(LI)
    # What was read from the first card comes with the next look, when the second lies there.
    reader.next_answer(frames.FIND, lambda sent: held[0] + sent)
    reader.next_answer(frames.SELECT, lambda sent: held[0] + sent)
    assert plugged.wait(IdCardRead).number == LI.number
    assert len(plugged.of(IdCardRead)) == 1


@pytest.mark.parametrize(
    ("order", "status", "reason"),
    [
        (frames.SELECT, 0x81, "not_selected"),
        (frames.SELECT, 0x31, "card_not_proven"),
        (frames.SELECT, 0x32, "module_not_proven"),
        (frames.READ, 0x33, "not_verified"),
        (frames.READ, 0x40, "wrong_card"),
        (frames.READ, 0x41, "not_read"),
        (frames.READ, 0x47, "no_random_number"),
    ],
)
def test_a_card_that_cannot_be_read_is_said_once_with_the_reason(
    reader, plugged, order, status, reason
):
    reader.module.refuses[order] = status
    reader.lay(WANG)
    assert plugged.wait(IdCardUnread).reason == reason
    looked(reader, 2)
    assert len(plugged.of(IdCardUnread)) == 1
    del reader.module.refuses[order]
    reader.lift()
    looked(reader, 3)
    reader.lay(WANG)
    assert plugged.wait(IdCardRead).number == WANG.number


def test_a_card_lifted_too_early_is_said_to_be_unread(reader, plugged):
    reader.module.refuses[frames.READ] = frames.NOT_READ
    reader.lay(WANG)
    looked(reader, 1, frames.READ)
    reader.lift()
    assert plugged.wait(IdCardUnread).reason == "not_read"
    assert plugged.of(IdCardRead) == []


def test_a_card_of_no_known_layout_is_said_to_be_odd(reader, plugged):
    reader.lay(EmulatedIdCard("123", "王小明"))
    assert plugged.wait(IdCardUnread).reason == "odd_text"


@pytest.mark.parametrize(("status", "reason"), [(0x60, "self_test_failed"), (0x66, "not_licensed")])
def test_a_module_out_of_order_is_down_and_says_why(reader, heard, status, reason):
    reader.module.refuses[frames.STATE] = status
    device = connect("counter", reader.address, heard)
    device.start()
    try:
        assert heard.wait(DeviceDown).reason == reason
        del reader.module.refuses[frames.STATE]
        heard.wait(DeviceUp)
        reader.module.refuses |= {frames.FIND: status, frames.STATE: status}
        assert heard.wait(DeviceDown, 2).reason == reason
    finally:
        device.close()


def test_a_reader_that_falls_silent_is_down_within_three_seconds_and_comes_back(reader, plugged):
    looked(reader, 6)
    fell = time.monotonic()
    reader.silent = True
    assert plugged.wait(DeviceDown).reason == "silent"
    assert time.monotonic() - fell < 8
    reader.silent = False
    plugged.wait(DeviceUp, 2)
    reader.lay(WANG)
    plugged.wait(IdCardRead)


def test_answers_that_are_late_but_in_time_read_a_card(reader, plugged):
    reader.late_s = 0.3
    reader.lay(WANG)
    assert plugged.wait(IdCardRead).number == WANG.number


def test_the_cable_can_be_pulled_again_and_again(reader, plugged):
    reader.lay(WANG)
    plugged.wait(IdCardRead)
    held, threads = psutil.Process().num_fds(), threading.active_count()
    for cycle in range(1, CYCLES + 1):
        reader.unplug()
        assert plugged.wait(DeviceDown, cycle).reason in {"absent", "lost"}
        reader.replug()
        plugged.wait(DeviceUp, cycle + 1)
        plugged.wait(IdCardRead, cycle + 1)
    assert psutil.Process().num_fds() == held
    assert threading.active_count() == threads


def test_the_line_is_open_at_the_speed_of_the_settings(reader, heard, monkeypatch):
    opened, real = [], serial.Serial

    def noted(path, baud, **options):
        opened.append(baud)
        return real(path, baud, **options)

    monkeypatch.setattr(serial, "Serial", noted)
    device = connect("counter", reader.address, heard, baud=9600)
    device.start()
    try:
        reader.lay(WANG)
        heard.wait(IdCardRead)
    finally:
        device.close()
    assert opened == [9600]


def test_waiting_for_a_card_burns_no_core(plugged, reader):
    before = os.times()
    looked(reader, 3)
    after = os.times()
    assert after.user + after.system - before.user - before.system < 0.3
    assert plugged.of(DeviceDown) == []


def test_nothing_but_name_sex_and_number_leaves_the_driver(reader, plugged, caplog):
    caplog.set_level(logging.DEBUG)
    reader.lay(WANG)
    event = plugged.wait(IdCardRead)
    assert set(event.__slots__) == {"device", "kind", "name", "sex", "number", "at"}
    reader.module.refuses[frames.READ] = frames.NOT_READ
    reader.lift()
    looked(reader, 3)
    reader.lay(WANG)
    plugged.wait(IdCardUnread)
    reader.unplug()
    plugged.wait(DeviceDown)
    told = caplog.text + "".join(map(repr, plugged.events))
    for secret in (WANG.name, WANG.number, WANG.birth, WANG.address, "photo", "finger"):
        assert secret not in told


def test_a_listener_that_breaks_leaves_nothing_of_the_card_in_the_log(reader, caplog):
    def broken(event):
        raised.set()
        raise LookupError(type(event).__name__)

    raised = threading.Event()
    device = connect("counter", reader.address, broken)
    device.start()
    try:
        reader.lay(WANG)
        looked(reader, 2, frames.FIND)
        assert raised.is_set()
    finally:
        device.close()
    assert "nobody took IdCardRead" in caplog.text
    for secret in (WANG.name, WANG.number, WANG.address, "male"):
        assert secret not in caplog.text


def test_the_emulator_is_a_program_too(tmp_path, heard):
    command = [sys.executable, "-m", "drivers.emulators.id_card_console", "--link"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, str(tmp_path / "idcard")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, bufsize=1, cwd=Path(__file__).parents[2],
    )  # fmt: skip

    def order(words):
        process.stdin.write(f"{words}\n")
        return process.stdout.readline().strip()

    device = connect("counter", process.stdout.readline().strip().removeprefix("ready "), heard)
    device.start()
    try:
        heard.wait(DeviceUp)
        for words in ("tear", "corrupt", "late 0.1", f"lay {LI.number} 李芳 female"):
            assert order(words) == "ok"
        assert heard.wait(IdCardRead).name == "李芳"
        assert order("dance") == "error unknown_word"
        for words in ("lay", "lay 1 x no", "refuse zz", "late x"):
            assert order(words) == "error bad_words"
        assert [order(words) for words in ("lift", "unplug")] == ["ok", "ok"]
        heard.wait(DeviceDown)
        assert [order(words) for words in ("replug", "refuse 41", "silent off")] == ["ok"] * 3
        assert order(f"lay {LI.number} 李芳 female") == "ok"
        assert heard.wait(IdCardUnread).reason == "not_read"
    finally:
        device.close()
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
        process.stdout.close()
