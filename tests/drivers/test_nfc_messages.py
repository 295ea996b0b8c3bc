"""The address in a card's NDEF file, read by real nfcpy over a real pseudo-terminal."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import PATIENCE_S

from drivers.device import connect
from drivers.emulators.cards import Ntag213, desfire
from drivers.emulators.ntag424 import CopiedType4, IsoDepCard, Keys, Ntag424Dna, copied_ntag213
from drivers.emulators.pn532 import Pn532Emulator
from drivers.events import CardPresented, DeviceUp
from drivers.iso_dep import NotRead, ndef_file
from drivers.ndef import address_in

UID = bytes.fromhex("04DE5F1EACC040")
KEYS = Keys(bytes(range(16)), bytes(range(16, 32)))


@pytest.fixture
def reader(link):
    reader = Pn532Emulator(link)
    yield reader
    reader.stop()


@pytest.fixture(params=[True, False], ids=["reads", "reads not"])
def reads(request):
    return request.param


@pytest.fixture
def door(reader, heard, reads):
    door = connect("door", reader.address, heard, reads_messages=reads)
    reader.start()
    door.start()
    heard.wait(DeviceUp)
    yield door
    door.close()


def _tapped(reader, heard, card, count=1):
    reader.present(card)
    event = heard.wait(CardPresented, count)
    reader.remove()
    assert reader.wait_looks(6, PATIENCE_S)
    return event


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("reads", [True], indirect=True)
def test_every_tap_of_the_badge_shows_another_address(reader, heard):
    card = Ntag424Dna(UID, KEYS)
    first = _tapped(reader, heard, card)
    assert first.uid == UID
    assert card.counter == 1
    assert first.message is not None
    assert first.message.startswith("https://gate.example/t?e=")
    second = _tapped(reader, heard, card, 2)
    assert card.counter == 2
    assert second.message != first.message
    assert len(heard.of(CardPresented)) == 2


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("reads", [False], indirect=True)
def test_without_such_badges_no_card_is_read(reader, heard):
    card = Ntag424Dna(UID, KEYS)
    assert _tapped(reader, heard, card).message is None
    assert card.counter == 0


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("reads", [True], indirect=True)
def test_a_plain_card_is_not_asked_and_loses_no_time(reader, heard):
    chip_commands = reader._line.chip.counted
    assert _tapped(reader, heard, copied_ntag213(UID, "https://gate.example/t?e=1")).message == ""
    assert 0x42 not in chip_commands  # InCommunicateThru: nothing was said to the card itself


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("reads", [True], indirect=True)
def test_a_card_of_the_kind_without_a_file_has_none_and_one_that_is_silent_was_not_read(
    reader, heard
):
    assert _tapped(reader, heard, IsoDepCard(UID)).message == ""
    assert _tapped(reader, heard, desfire(UID), 2).message is None
    assert _tapped(reader, heard, Ntag213(UID), 3).message == ""


class _Air:
    """The card right at the reader, without chip and wire; frames are counted."""

    def __init__(self, card):
        self.card, self.frames = card, 0

    def __call__(self, frame, seconds):
        assert seconds > 0
        self.frames += 1
        answer = self.card.receive(frame)
        if answer is None:
            raise TimeoutError
        return answer


def test_a_long_file_is_read_in_parts_and_a_slow_card_is_waited_for():
    address = "https://gate.example/" + "a" * 230
    air = _Air(CopiedType4(UID, address))
    assert address_in(ndef_file(air)) == address
    quick = air.frames
    slow = CopiedType4(UID, address)
    slow.waits = 2
    air = _Air(slow)
    assert address_in(ndef_file(air)) == address
    assert air.frames == quick + 2 * 4


def test_a_card_that_chains_its_answer_is_read():
    card = CopiedType4(UID, "https://gate.example/" + "b" * 90)

    def small_frames(frame, seconds):
        return _Air(card)(b"\xe0\x50" if frame[:1] == b"\xe0" else frame, seconds)

    assert address_in(ndef_file(small_frames)).endswith("b" * 90)


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_wild_answers_end_in_not_read_or_in_a_file(answers):
    told = iter([bytes((6, *b"\x77\x77\x71\x02\x80")), *answers])

    def wild(_frame, _seconds):
        try:
            return next(told)
        except StopIteration:
            raise TimeoutError from None

    with contextlib.suppress(NotRead, TimeoutError):
        assert isinstance(ndef_file(wild), bytes)


@given(st.binary(max_size=400))
def test_wild_messages_give_an_address_or_none(message):
    assert isinstance(address_in(message), str)


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ("d1010855046578616d706c65"[:24], "https://example"),
        ("d10108550567616d706c6500", ""),  # tel:
        ("d101085402656e68656c6c6f", ""),  # a text
        ("c10100000008550461626364656667", "https://abcdefg"),
        ("d901080155046578616d706c65", ""),  # its id is where its kind should be
        ("d1010955046578616d706c65", ""),  # cut short
    ],
)
def test_the_address_of_the_first_record(record, address):
    assert address_in(bytes.fromhex(record)) == address
