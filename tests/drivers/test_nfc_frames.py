from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.cards import Ntag213, card
from drivers.emulators.pn532_chip import Pn532Chip, crc_a
from drivers.emulators.pn532_frames import HostFrames, response


def _host_frame(data: bytes) -> bytes:
    return response(data).replace(b"\xd5", b"\xd4", 1)


def _sent(command: bytes) -> bytes:
    data = b"\xd4" + command
    size = len(data)
    head = (
        bytes((size, -size & 0xFF))
        if size < 256
        else b"\xff\xff" + size.to_bytes(2, "big") + bytes((-sum(size.to_bytes(2, "big")) & 0xFF,))
    )
    return b"\x00\x00\xff" + head + data + bytes((-sum(data) & 0xFF, 0))


def test_frames_are_those_of_the_manual():
    assert response(bytes.fromhex("0332010607")).hex() == "0000ff06fad50332010607e800"
    assert response(b"\x15").hex() == "0000ff02fed5151600"
    (ask_version,) = HostFrames().feed(bytes.fromhex("0000ff02fed4022a00"))
    assert ask_version == b"\x02"
    assert HostFrames().feed(bytes.fromhex("0000ff00ff00")) == [b""]


commands = st.lists(st.binary(min_size=1, max_size=300).filter(lambda one: len(one) != 254))


@given(commands, st.integers(1, 40))
def test_commands_arrive_however_they_are_cut(sent, piece):
    stream = b"".join(map(_sent, sent))
    frames = HostFrames()
    pieces = (stream[at : at + piece] for at in range(0, len(stream), piece))
    assert [command for part in pieces for command in frames.feed(part)] == sent


@given(st.binary(max_size=300))
def test_a_command_after_noise_and_a_pause_is_heard_at_the_latest_with_the_second_try(noise):
    frames = HostFrames()
    frames.feed(noise)
    heard = [command for _ in range(400) for command in frames.feed(bytes(10) + _sent(b"\x02"))]
    assert b"\x02" in heard


@given(st.binary(min_size=1, max_size=64))
def test_no_command_breaks_the_chip(command):
    chip = Pn532Chip(lambda _: None)
    chip.cards = (card("04A1B2C3D4E580"),)
    answer = chip.obey(command)
    assert answer is None or answer[0] == command[0] + 1


def test_the_check_of_a_type_a_frame_is_the_standards():
    # ISO/IEC 14443-3 annex B: 00 00 -> A0 1E, and 12 34 -> 26 CF.
    assert crc_a(b"\x00\x00") == bytes.fromhex("a01e")
    assert crc_a(b"\x12\x34") == bytes.fromhex("26cf")


def test_an_ntag_answers_like_one():
    tag = Ntag213(bytes.fromhex("04A1B2C3D4E580"))
    assert tag.receive(b"\x30\x00") == bytes.fromhex("04a1b29fc3d4e58072480000e1101200")
    assert tag.receive(b"\xa2\x05abcd") == b"\x0a"
    assert tag.receive(b"\x3a\x05\x06") == b"abcd\x00\x00\x00\x00"
    assert tag.receive(b"\x60") == bytes.fromhex("0004040201000f03")
    assert tag.receive(b"\x1a\x00") == b"\x00"
    assert tag.receive(b"\x60") is None
    tag.power_up()
    assert tag.receive(b"\x60") is not None
