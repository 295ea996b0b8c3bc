"""Real nfcpy on a real pseudo-terminal; the chip and its cards are the shipped emulator."""

import itertools
import time

import pytest
import serial
from patience import PATIENCE_S

from drivers.card_presence import GONE_AFTER_LOOKS
from drivers.device import connect
from drivers.emulators.cards import classic_1k, desfire
from drivers.emulators.pn532 import Pn532Emulator
from drivers.events import CardPresented, CardsTogether, CardUnreadable, DeviceDown, DeviceUp
from drivers.nfc_reader import PAUSE_S

UIDS = [bytes.fromhex(f"04A1B2C3D4E5{at:02X}") for at in range(1, 21)]
LOOKS_TO_GO = GONE_AFTER_LOOKS + 3


@pytest.fixture
def reader(link):
    reader = Pn532Emulator(link)
    yield reader
    reader.stop()


@pytest.fixture
def door(reader, heard):
    door = connect("door", reader.address, heard)
    yield door
    door.close()


@pytest.fixture
def up(reader, door, heard):
    reader.start()
    door.start()
    heard.wait(DeviceUp)


def _take_away(reader):
    reader.remove()
    assert reader.wait_looks(LOOKS_TO_GO, PATIENCE_S)


def _tap(reader, *cards):
    reader.present(*cards)
    assert reader.wait_looks(4, PATIENCE_S)
    _take_away(reader)


@pytest.mark.usefixtures("up")
def test_a_tap_is_a_card(reader, heard):
    assert heard.wait(DeviceUp) == DeviceUp("door", "PN532v1.6")
    before = time.monotonic()
    reader.tap(UIDS[0], 0.2)
    card = heard.wait(CardPresented)
    assert (card.device, card.uid, card.technology, card.trust) == (
        "door",
        UIDS[0],
        "type2",
        "name",
    )
    assert before < reader.first_answer_at <= card.at <= time.monotonic()


@pytest.mark.usefixtures("up")
def test_a_card_left_lying_is_one_tap_until_it_was_taken_away(reader, heard):
    for count in (1, 2):
        reader.present(UIDS[0])
        heard.wait(CardPresented, count)
        assert reader.wait_looks(12, PATIENCE_S)
        _take_away(reader)
    assert len(heard.of(CardPresented)) == 2


@pytest.mark.usefixtures("up")
def test_cards_in_a_row_all_count_once_and_in_order(reader, heard):
    for uid in UIDS:
        reader.present(uid)
        assert reader.wait_read(PATIENCE_S)
        assert reader.wait_looks(1, PATIENCE_S)
        reader.remove()
    heard.wait(CardPresented, len(UIDS))
    assert [event.uid for event in heard.of(CardPresented)] == UIDS


@pytest.mark.usefixtures("up")
def test_a_card_is_told_quickly(reader, heard):
    waits = []
    for count, uid in enumerate(UIDS[:10], start=1):
        put_at = time.monotonic()
        reader.present(uid)
        waits.append(heard.wait(CardPresented, count).at - put_at)
        reader.remove()
        reader.wait_looks(1, PATIENCE_S)
    assert sorted(waits)[len(waits) // 2] < 0.25  # S2 of the bench weighs it


@pytest.mark.usefixtures("up")
def test_two_cards_are_nobodys_tap(reader, heard):
    _tap(reader, UIDS[0], UIDS[1])
    assert heard.wait(CardsTogether).uids == (UIDS[0], UIDS[1])
    _tap(reader, UIDS[2])
    assert [event.uid for event in heard.of(CardPresented)] == [UIDS[2]]
    assert len(heard.of(CardsTogether)) == 1


@pytest.mark.usefixtures("up")
def test_a_card_beside_a_forgotten_one(reader, heard):
    reader.present(UIDS[0])
    heard.wait(CardPresented)
    reader.present(UIDS[1])
    assert set(heard.wait(CardsTogether).uids) == {UIDS[0], UIDS[1]}


@pytest.mark.parametrize(
    ("card", "technology"),
    [
        (classic_1k(bytes.fromhex("A1B2C3D4")), "classic_1k"),
        (desfire(bytes.fromhex("04DE5F1EACC040")), "type4"),
    ],
)
@pytest.mark.usefixtures("up")
def test_other_cards_give_their_number_too(reader, heard, card, technology):
    reader.tap(card, 0.2)
    told = heard.wait(CardPresented)
    assert (told.uid, told.technology) == (card.uid, technology)


@pytest.mark.parametrize(("card", "reason"), [("torn", "no_number"), ("phone", "random_number")])
@pytest.mark.usefixtures("up")
def test_what_gives_no_usable_number_is_told_once(reader, heard, card, reason):
    reader.present(card)
    assert heard.wait(CardUnreadable).reason == reason
    assert reader.wait_looks(10, PATIENCE_S)
    assert len(heard.of(CardUnreadable)) == 1
    _take_away(reader)
    _tap(reader, UIDS[0])
    assert [event.uid for event in heard.of(CardPresented)] == [UIDS[0]]


@pytest.mark.usefixtures("up")
def test_a_reader_that_cannot_list_two_cards_still_reads_one(reader, heard):
    chip = reader._line.chip
    lists = chip._commands[0x4A]
    chip._commands[0x4A] = lambda rest: None if rest[0] > 1 else lists(rest)
    _tap(reader, UIDS[0])
    _tap(reader, UIDS[1])
    assert [event.uid for event in heard.of(CardPresented)] == UIDS[:2]
    assert heard.of(DeviceDown) == []


def test_unplugged_and_plugged_in_again_twelve_times(reader, door, heard, open_files, monkeypatch):
    # So that twelve cables pulled in a few seconds count as twelve single mishaps.
    monkeypatch.setattr("drivers.supervisor._PROVEN_S", 0.02)
    reader.start()
    door.start()
    files = []
    for cycle, uid in enumerate(itertools.islice(UIDS, 12), start=1):
        heard.wait(DeviceUp, cycle)
        files.append(open_files())
        reader.present(uid)
        heard.wait(CardPresented, cycle)
        reader.remove()
        pulled = time.monotonic()
        reader.unplug()
        heard.wait(DeviceDown, cycle)
        assert time.monotonic() - pulled < 8
        plugged = time.monotonic()
        reader.replug()
        heard.wait(DeviceUp, cycle + 1)
        assert time.monotonic() - plugged < 5
    assert [event.uid for event in heard.of(CardPresented)] == UIDS[:12]
    assert len(set(files)) == 1
    door.close()
    reader.stop()
    assert open_files() < files[0]


def test_absent_at_start_then_there_with_a_card_on_it(reader, door, heard):
    door.start()
    assert heard.wait(DeviceDown) == DeviceDown("door", "absent")
    reader.present(UIDS[0])
    reader.start()
    heard.wait(DeviceUp)
    assert heard.wait(CardPresented).uid == UIDS[0]


@pytest.mark.usefixtures("up")
def test_a_card_forgotten_on_a_reader_that_loses_its_cable_taps_only_once(reader, heard):
    reader.present(UIDS[0])
    heard.wait(CardPresented)
    reader.unplug()
    heard.wait(DeviceDown)
    reader.replug()
    heard.wait(DeviceUp, 2)
    assert reader.wait_looks(10, PATIENCE_S)
    assert len(heard.of(CardPresented)) == 1
    _take_away(reader)
    reader.present(UIDS[0])
    heard.wait(CardPresented, 2)


@pytest.mark.usefixtures("up")
def test_a_silent_reader_is_down_and_comes_back(reader, heard):
    reader.faults.silent = True
    assert heard.wait(DeviceDown).reason == "silent"
    reader.faults.silent = False
    spoke = time.monotonic()
    heard.wait(DeviceUp, 2)
    assert time.monotonic() - spoke < 5
    _tap(reader, UIDS[0])
    heard.wait(CardPresented)


def test_a_reader_held_by_another_program_is_busy_until_it_is_let_go(reader, door, heard):
    reader.start()
    with serial.Serial(str(reader.link), exclusive=True):
        door.start()
        assert heard.wait(DeviceDown).reason == "busy"
    heard.wait(DeviceUp)


@pytest.mark.parametrize("state", ["up", "silent", "absent"])
def test_it_closes_promptly_and_then_keeps_quiet(reader, door, heard, state):
    reader.faults.silent = state == "silent"
    if state != "absent":
        reader.start()
    door.start()
    heard.wait(DeviceUp if state == "up" else DeviceDown)
    began = time.monotonic()
    door.close()
    assert time.monotonic() - began < 5
    reader.present(UIDS[0])
    assert heard.stays_quiet(0.1)


def test_an_idle_reader_is_looked_at_no_more_often_than_a_tap_needs(reader, door, heard):
    """An absent one is test_supervisor's: it is opened more and more rarely."""
    reader.start()
    door.start()
    heard.wait(DeviceUp)
    looked, began = reader.looks, time.monotonic()
    assert heard.stays_quiet(0.3)
    assert 1 <= reader.looks - looked <= (time.monotonic() - began) / PAUSE_S + 1
