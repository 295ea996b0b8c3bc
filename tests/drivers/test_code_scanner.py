"""The serial scanner: lines out of bytes, and the device on a line that comes and goes."""

import os
import queue
import threading
import time

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import PATIENCE_S

from drivers.code_scanner import LONGEST_CODE, CodeLines
from drivers.device import connect
from drivers.emulators.scanner import EmulatedScanner
from drivers.events import CodeScanned, DeviceDown, DeviceUp

CYCLES = 12
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1
)


class Heard:
    """What the device said, in order, for a test that waits for the next of it."""

    def __init__(self) -> None:
        self._events = queue.Queue()

    def __call__(self, event) -> None:
        self._events.put(event)

    def next(self, kind, within_s=PATIENCE_S):
        end = time.monotonic() + within_s
        while True:
            event = self._events.get(timeout=max(0.001, end - time.monotonic()))
            if isinstance(event, kind):
                return event

    def nothing_more(self) -> bool:
        return self._events.empty()


@pytest.fixture
def scanner(tmp_path):
    emulated = EmulatedScanner(tmp_path / "scanner").start()
    yield emulated
    emulated.stop()


@pytest.fixture
def heard(scanner):
    events = Heard()
    device = connect("counter", scanner.address, events)
    device.start()
    events.next(DeviceUp)
    yield events
    device.close()


@pytest.mark.parametrize("terminator", [b"\r", b"\n", b"\r\n"])
def test_a_code_is_said_once_with_any_of_the_three_ends(scanner, heard, terminator):
    scanner.terminator = terminator
    for code in ("V1:0012:abc", "访客-䶮-𠮷", "[/nope]"):
        before = time.monotonic()
        scanner.scan(code)
        event = heard.next(CodeScanned)
        assert (event.device, event.text) == ("counter", code)
        assert before <= event.at <= time.monotonic()
    assert heard.nothing_more()


def test_codes_that_come_together_are_said_one_by_one(scanner, heard):
    scanner.send(b"first\r\nsecond\r\rthird\n")
    assert [heard.next(CodeScanned).text for _ in range(3)] == ["first", "second", "third"]


def test_half_a_code_is_dropped_and_the_next_one_is_whole(scanner, heard):
    scanner.send(b"V1:00")
    threading.Event().wait(0.4)  # longer than a scanner pauses inside a code
    scanner.scan("V1:0099")
    assert heard.next(CodeScanned).text == "V1:0099"


def test_a_code_far_too_long_is_dropped_and_the_next_one_is_whole(scanner, heard):
    scanner.send(b"x" * (LONGEST_CODE + 1) + b"\r")
    scanner.scan("V1:0099")
    assert heard.next(CodeScanned).text == "V1:0099"


def test_the_cable_can_be_pulled_twelve_times(scanner, heard):
    scanner.scan("before")
    heard.next(CodeScanned)
    held, threads = psutil.Process().num_fds(), threading.active_count()
    for cycle in range(CYCLES):
        scanner.unplug()
        assert heard.next(DeviceDown).reason in {"absent", "lost"}
        scanner.replug()
        heard.next(DeviceUp)
        scanner.scan(f"V1:{cycle}")
        assert heard.next(CodeScanned).text == f"V1:{cycle}"
    assert psutil.Process().num_fds() == held
    assert threading.active_count() == threads


def test_a_scanner_that_is_absent_at_the_start_is_found_when_it_comes(tmp_path):
    emulated, events = EmulatedScanner(tmp_path / "late"), Heard()
    device = connect("counter", emulated.address, events)
    device.start()
    try:
        assert events.next(DeviceDown).reason == "absent"
        emulated.start()
        events.next(DeviceUp)
        emulated.scan("V1:7")
        assert events.next(CodeScanned).text == "V1:7"
    finally:
        device.close()
        emulated.stop()


def test_waiting_for_a_code_burns_no_core(scanner, heard):
    before = os.times()
    threading.Event().wait(0.5)
    after = os.times()
    assert after.user + after.system - before.user - before.system < 0.2
    scanner.scan("still there")
    assert heard.next(CodeScanned)


@given(st.lists(PLAIN, max_size=8), st.sampled_from(["\r", "\n", "\r\n"]), st.integers(1, 9))
def test_lines_come_out_as_they_went_in_however_they_were_cut(codes, end, step):
    data = "".join(code + end for code in codes).encode()
    lines = CodeLines(longest=10_000)
    heard = [
        code
        for start in range(0, len(data), step)
        for code in lines.feed(data[start : start + step])
    ]
    assert heard == codes


@given(st.lists(st.one_of(st.binary(max_size=80), st.just(None)), max_size=20))
def test_no_bytes_make_it_raise_or_say_a_control(pieces):
    lines = CodeLines(longest=30)
    for piece in pieces:
        if piece is None:
            lines.pause()
            continue
        for code in lines.feed(piece):
            assert code
            assert len(code) <= 30
            assert not any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in code)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_pause_separates_what_was_torn_from_what_comes(torn, after):
    torn = torn.replace(b"\r", b"").replace(b"\n", b"")
    lines = CodeLines()
    assert lines.feed(torn) == []
    lines.pause()
    assert lines.feed(after) == CodeLines().feed(after)


def test_controls_are_taken_out_and_an_empty_code_is_none():
    lines = CodeLines()
    assert lines.feed(b"\x1b[31mred\x07\x00\x7f \r") == ["[31mred"]
    assert lines.feed(b"\x02\x03\r\n\r\n   \n") == []


def test_what_is_not_utf_8_is_read_as_chinese_scanners_send_it():
    assert CodeLines().feed("张三".encode("gb18030") + b"\r") == ["张三"]
