"""What a bad line and a dying reader do to real nfcpy, and that a tap counts again afterwards."""

import errno
import itertools
import os
import signal
import subprocess
import sys
import threading

import nfc.clf
import nfc.clf.pn532
import nfc.tag
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from patience import PATIENCE_S

from drivers import nfc_reader
from drivers.card_presence import Look
from drivers.device import connect
from drivers.emulators import cards, pn532_frames
from drivers.emulators.pn532 import Orders, Pn532Emulator
from drivers.emulators.pn532_chip import Pn532Chip
from drivers.emulators.pn532_frames import HostFrames
from drivers.events import CardPresented, DeviceDown, DeviceUp
from drivers.trouble import reason_of

UID = bytes.fromhex("04A1B2C3D4E580")
FRESH = (bytes.fromhex(f"04FF00{at:08X}") for at in itertools.count())


@pytest.fixture
def reader(link):
    with Pn532Emulator(link) as reader:
        yield reader


@pytest.fixture
def door(reader, heard):
    door = connect("door", reader.address, heard)
    door.start()
    heard.wait(DeviceUp)
    yield door
    door.close()


changes = st.one_of(
    st.integers(0, 20).map(lambda size: lambda frame: frame[:size]),
    st.binary(max_size=40).map(lambda noise: lambda frame: noise + frame),
    st.binary(max_size=40).map(lambda noise: lambda _: noise),
    st.tuples(st.integers(0, 30), st.integers(1, 255)).map(lambda flip: _flipped(*flip)),
    st.just(lambda frame: frame * 2),
    st.just(lambda _: pn532_frames.ERROR),
)


def _flipped(at, bits):
    def flip(frame):
        changed = bytearray(frame)
        changed[at % len(frame)] ^= bits
        return bytes(changed)

    return flip


def _for_frames(count, change):
    left = itertools.count(count, -1)
    return lambda frame: change(frame) if next(left) > 0 else frame


def _a_tap_counts(reader, heard):
    uid = next(FRESH)
    reader.present(uid)
    before = len(heard.of(CardPresented))
    try:
        for at in itertools.count(before + 1):
            if heard.wait(CardPresented, at).uid == uid:
                break
    finally:
        reader.remove()


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try takes half a second
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(change=changes, frames=st.integers(1, 3))
@pytest.mark.usefixtures("door")
def test_after_any_garbage_a_tap_counts(reader, heard, change, frames):
    reader.faults.mangle = _for_frames(frames, change)
    _a_tap_counts(reader, heard)


@pytest.mark.usefixtures("door")
def test_noise_without_a_question_is_passed_over(reader, heard, open_files):
    files = open_files()
    for noise in (b"\x00", bytes(range(256)), pn532_frames.ACK, pn532_frames.response(b"\x4b\x01")):
        reader.send_noise(noise)
        _a_tap_counts(reader, heard)
    assert open_files() == files


@pytest.mark.usefixtures("door")
def test_a_line_at_real_speed_is_quick_enough(reader, heard):
    reader.faults.byte_s = 1 / 11520
    _a_tap_counts(reader, heard)
    assert heard.of(DeviceDown) == []


@pytest.mark.usefixtures("door")
def test_an_adapter_that_answers_late_is_not_lost(reader, heard):
    def late(frame):
        threading.Event().wait(0.15)
        return frame

    reader.faults.mangle = late
    assert reader.wait_looks(1, PATIENCE_S)
    reader.faults.mangle = None
    assert heard.of(DeviceDown) == []


@pytest.mark.usefixtures("door")
def test_a_line_far_too_slow_is_down_not_stuck(reader, heard):
    reader.faults.byte_s = 0.06
    heard.wait(DeviceDown)
    reader.faults.byte_s = 0.0
    heard.wait(DeviceUp, 2)
    _a_tap_counts(reader, heard)


class Wire:
    """A line without time: what the chip answers is there at once, or never."""

    TYPE = "TTY"
    port = "/dev/null"

    def __init__(self, chip):
        self.chip, self.change = chip, None
        self._frames, self._answers = HostFrames(), []

    def write(self, data):
        for command in filter(None, self._frames.feed(data)):
            answer = self.chip.obey(command)
            frame = pn532_frames.ERROR if answer is None else pn532_frames.response(answer)
            self._answers += [pn532_frames.ACK, frame]

    def read(self, timeout):
        if not self._answers:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), timeout)
        frame = self._answers.pop(0)
        return bytearray(self.change(frame) if self.change else frame)


def _eyes():
    wire = Wire(Pn532Chip(lambda _: None))
    clf = nfc.clf.ContactlessFrontend()
    chip = nfc.clf.pn532.Chipset(wire, nfc.clf.pn532.log)
    clf.device = nfc.clf.pn532.Device(chip, nfc.clf.pn532.log)
    return wire, nfc_reader._Eyes(clf)


def _look_or_reason(eyes):
    try:
        return eyes.look()
    except Exception as error:  # noqa: BLE001 - what the supervisor does
        return reason_of(error)


@given(st.lists(changes, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_broken_answer_invents_a_card(broken):
    wire, eyes = _eyes()
    wire.chip.cards = (cards.card(UID),)
    changes_left = iter(broken)

    def change_next(frame):
        change = next(changes_left, None)
        return frame if change is None else change(frame)

    wire.change = change_next
    for _ in broken:
        saw = _look_or_reason(eyes)
        if isinstance(saw, Look):
            assert {card.uid for card in saw.cards} <= {UID}
        else:
            assert saw in {"silent", "garbled", "absent"}


def test_nfcpy_reads_a_tag_at_the_emulator_in_its_own_way(reader):
    reader.present(UID)
    clf = nfc.clf.ContactlessFrontend()
    port = nfc.clf.transport.TTY(str(reader.link))
    clf.device = nfc.clf.pn532.init(port)
    try:
        target = clf.sense(nfc.clf.RemoteTarget("106A"))
        tag = nfc.tag.activate(clf, target)
        assert (tag.product, bytes(tag.identifier)) == ("NXP NTAG213", UID)
        assert tag.ndef is not None
        assert not tag.ndef.records
    finally:
        clf.device.close()


_LISTENS = """
import logging, sys, threading
logging.basicConfig()  # as some libraries do when they are imported
from drivers.device import connect
from drivers.events import DeviceDown
down = threading.Event()
door = connect("door", sys.argv[1], lambda event: isinstance(event, DeviceDown) and down.set())
door.start()
sys.exit(0 if down.wait(20) else 1)
"""


def test_a_broken_reader_draws_nothing_over_the_screen(reader):
    with subprocess.Popen(  # noqa: S603 - the lines above
        [sys.executable, "-c", _LISTENS, reader.address],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as listener:
        assert reader.wait_looks(2, PATIENCE_S)
        reader.faults.mangle = lambda frame: frame[:-2] + b"\x55\x00"
        drawn, _ = listener.communicate(timeout=PATIENCE_S)
    assert (listener.returncode, drawn) == (0, "")


def test_a_closed_reader_is_left_awake_with_its_field_off(reader, door, heard):
    reader.present(UID)
    heard.wait(CardPresented)
    door.close()
    chip = reader._line.chip
    assert not chip._field_on
    assert 0x16 not in chip.counted, "PowerDown: an ACR122U does not wake from it"


@pytest.fixture
def process(link):
    command = [sys.executable, "-m", "drivers.emulators.pn532", "--link", str(link)]
    with subprocess.Popen(  # noqa: S603 - our own emulator
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_a_reader_that_is_a_process_of_its_own_and_dies(process, link, heard):
    assert process.stdout.readline() == f"ready nfc+pn532:{link}\n"
    door = connect("door", f"nfc+pn532:{link}", heard)
    door.start()
    heard.wait(DeviceUp)
    process.stdin.write("tap 04A1B2C3D4E580 0.1\n")
    process.stdin.flush()
    assert heard.wait(CardPresented).uid == UID
    assert process.stdout.readline().startswith("ok ")
    os.kill(process.pid, signal.SIGKILL)
    heard.wait(DeviceDown)
    assert link.is_symlink(), "a killed emulator leaves its link behind, and that is no reader"
    with Pn532Emulator(link) as successor:
        heard.wait(DeviceUp, 2)
        _a_tap_counts(successor, heard)
        door.close()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("put 04A1B2C3D4E580 phone torn", "ok"),
        ("take", "ok"),
        ("tear 3", "ok"),
        ("garble", "ok"),
        ("noise 00ff", "ok"),
        ("slow 0", "ok"),
        ("silent off", "ok"),
        ("replug", "ok"),
        ("looks", "ok 0"),
        ("answered", "ok 0.000000 0.000000"),
        ("put 04", "error bad_words"),
        ("tap", "error bad_words"),
        ("noise xy", "error bad_words"),
        ("eat", "error unknown_word eat"),
    ],
)
def test_each_word_is_obeyed_or_refused(reader, line, answer):
    assert Orders(reader).obey(line).startswith(answer)


def test_nothing_is_left_behind(link, open_files):
    before = open_files(), threading.active_count()
    for _ in range(3):
        with Pn532Emulator(link) as reader:
            reader.tap(UID, 0)
    assert (open_files(), threading.active_count()) == before
    assert not link.is_symlink()


def test_a_reader_on_usb_that_is_not_plugged_in_says_so_though_its_library_loads_only_then(heard):
    asked = "import sys, drivers.nfc_reader; print('usb1' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert ran.stdout.strip() == "False"
    door = connect("door", "nfc+usb:072f:2200", heard)
    door.start()
    try:
        assert heard.wait(DeviceDown).reason in {"absent", "no_usb_library"}
    finally:
        door.close()
    assert nfc_reader.nfc.clf.transport.libusb.USBContext
