import itertools
import threading
import time
from operator import sub

import pytest
from patience import PATIENCE_S

from drivers import device
from drivers.addresses import BadAddress
from drivers.events import CardNumberTyped, DeviceDown, DeviceUp
from drivers.supervisor import Supervisor
from drivers.trouble import DeviceTrouble, reason_of


class Line:
    """A device that can be there or not, and break."""

    def __init__(self, *, there=True):
        self.there = there
        self.broken = threading.Event()
        self.opened_at = []
        self.open_now = 0
        self.most_open = 0
        self.close_raises = False
        self.trouble = DeviceTrouble("absent")
        self.says = []

    def open(self):
        self.opened_at.append(time.monotonic())
        if not self.there:
            raise self.trouble
        self.broken.clear()
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        return self

    detail = "line 1"

    def poll(self, emit):
        while self.says:
            emit(self.says.pop())
        if self.broken.wait(0.01):
            raise IndexError

    def close(self):
        self.open_now -= 1
        if self.close_raises:
            raise OSError(5, "gone")


@pytest.fixture(autouse=True)
def five_times_quicker(monkeypatch):
    monkeypatch.setattr("drivers.supervisor.FIRST_WAIT_S", 0.02)
    monkeypatch.setattr("drivers.supervisor.LONGEST_WAIT_S", 0.1)
    monkeypatch.setattr("drivers.supervisor.LONGEST_WAIT_FOR_A_PERSON_S", 0.6)


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def supervisor(line, heard):
    supervisor = Supervisor("door", line.open, heard)
    yield supervisor
    supervisor.close()
    assert supervisor.state == "closed"
    assert line.open_now == 0


def _break(line, *, there):
    line.there = there
    line.broken.set()


def test_a_device_that_works_says_so_once(line, heard, supervisor):
    assert supervisor.state == "closed"
    supervisor.start()
    supervisor.start()
    assert heard.wait(DeviceUp) == DeviceUp("door", "line 1")
    assert heard.stays_quiet(0.1)
    assert supervisor.state == "up"
    assert len(line.opened_at) == 1


def test_absent_at_start_is_said_once_and_ends_when_it_appears(line, heard, supervisor):
    line.there = False
    supervisor.start()
    assert heard.wait(DeviceDown) == DeviceDown("door", "absent")
    assert heard.stays_quiet(0.3)
    line.there = True
    appeared = time.monotonic()
    heard.wait(DeviceUp)
    assert time.monotonic() - appeared < 3


def test_a_lost_device_is_down_once_and_up_once(line, heard, supervisor):
    supervisor.start()
    for cycle in range(1, 4):
        heard.wait(DeviceUp, cycle)
        _break(line, there=False)
        heard.wait(DeviceDown, cycle)
        line.there = True
    heard.wait(DeviceUp, 4)
    assert [type(event) for event in heard.events] == [DeviceUp, DeviceDown] * 3 + [DeviceUp]
    assert line.most_open == 1


def test_one_fault_is_not_told_but_a_second_one_soon_after_is(line, heard, supervisor):
    supervisor.start()
    heard.wait(DeviceUp)
    _break(line, there=True)
    assert heard.stays_quiet(0.2)
    assert len(line.opened_at) == 2
    assert supervisor.state == "up"
    _break(line, there=True)
    assert heard.wait(DeviceDown).reason == "garbled"
    heard.wait(DeviceUp, 2)


def test_a_device_that_worked_for_a_while_may_fail_again(line, heard, supervisor, monkeypatch):
    monkeypatch.setattr("drivers.supervisor._PROVEN_S", 0.05)
    supervisor.start()
    heard.wait(DeviceUp)
    for _ in range(3):
        assert heard.stays_quiet(0.15)
        _break(line, there=True)
    assert heard.stays_quiet(0.1)
    assert len(line.opened_at) == 4


def test_a_device_that_opens_and_fails_at_once_does_not_spin(line, heard, supervisor):
    line.poll = lambda _: 1 / 0
    supervisor.start()
    heard.wait(DeviceDown)
    end = time.monotonic() + PATIENCE_S
    while len(line.opened_at) < 6 and time.monotonic() < end:
        threading.Event().wait(0.01)
    pauses = [after - before for before, after in itertools.pairwise(line.opened_at)]
    assert len(pauses) >= 5
    assert min(pauses[1:]) >= 0.018  # the first may be a stumble, which is tried again at once


def test_the_pauses_grow_to_their_limit(line, heard, supervisor):
    line.there = False
    supervisor.start()
    heard.wait(DeviceDown)
    assert heard.stays_quiet(0.4)
    first, second, third = itertools.islice(map(sub, line.opened_at[1:], line.opened_at), 3)
    assert 0.02 <= first < second < third
    assert 5 <= len(line.opened_at) <= 8


def test_a_held_device_is_asked_less_often(line, heard, supervisor):
    line.there, line.trouble = False, BlockingIOError(11, "held")
    supervisor.start()
    assert heard.wait(DeviceDown).reason == "busy"
    assert heard.stays_quiet(0.55)
    assert len(line.opened_at) == 5


def test_a_listener_that_raises_does_not_end_the_device(line):
    calls = []

    def listener(event):
        calls.append(event)
        raise RuntimeError

    supervisor = Supervisor("door", line.open, listener)
    supervisor.start()
    line.says.append(CardNumberTyped("door", "1", 0.0))
    deadline = time.monotonic() + PATIENCE_S
    while len(calls) < 2 and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert supervisor.state == "up"
    supervisor.close()
    assert [type(call) for call in calls] == [DeviceUp, CardNumberTyped]


def test_close_is_prompt_in_every_state_and_says_nothing(line, heard, supervisor):
    line.there, line.trouble = False, PermissionError(13, "no")
    supervisor.start()
    heard.wait(DeviceDown)
    began = time.monotonic()
    supervisor.close()
    assert time.monotonic() - began < 3
    assert heard.stays_quiet(0.05)


def test_a_session_that_cannot_be_closed_is_left_behind(line, heard, supervisor):
    line.close_raises = True
    supervisor.start()
    heard.wait(DeviceUp)
    _break(line, there=False)
    heard.wait(DeviceDown)
    line.there = True
    heard.wait(DeviceUp, 2)


def test_closed_before_it_was_started():
    supervisor = Supervisor("door", Line().open, print)
    supervisor.close()
    assert supervisor.state == "closed"


def test_connect_refuses_what_only_obeys(heard):
    with pytest.raises(BadAddress) as refused:
        device.connect("slips", "escpos+tcp:127.0.0.1:9100", heard)
    assert refused.value.code == "address.wrong_kind"


def test_connect_does_not_load_a_driver_before_it_is_started(heard):
    assert device.connect("door", "nfc+pn532:/dev/nothing", heard).state == "closed"


class _NotAnOSError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, "gone"), "absent"),
        (OSError(5, "pulled"), "absent"),
        (_NotAnOSError(5, "termios says it so"), "absent"),
        (PermissionError(13, "no"), "forbidden"),
        (BlockingIOError(11, "held"), "busy"),
        (OSError(110, "late"), "silent"),
        (TimeoutError(), "silent"),
        (IndexError("torn"), "garbled"),
        (OSError("no number"), "garbled"),
        (DeviceTrouble("unsupported"), "unsupported"),
    ],
)
def test_what_libraries_throw_becomes_a_code(error, reason):
    assert reason_of(error) == reason
