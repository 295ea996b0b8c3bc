"""The ID-card reader goes in mid-day and comes back; what the card held is nowhere afterwards."""

import threading
import time

import pytest
from house import BADGES, PIN
from machines import ReaderMachine

from drivers import id_card_frames as frames
from drivers.emulators.id_card_reader import EmulatedIdCardReader, corrupt, torn
from drivers.emulators.id_cards import EmulatedIdCard

CARD = EmulatedIdCard("11010519491231002X", "林晓燕", "female", address="不许留下路七号")
STRANGER = EmulatedIdCard("440524188001010014", "李四", address="不许留下路八号")
LOST = "证件阅读器 断开"
_SEEN_WITHIN_S = 3.0
_SLACK_S = 2.0  # for a machine that does other work too


@pytest.fixture
def id_reader(site):
    made = EmulatedIdCardReader(site.folder / "idcard").start()
    with site.config.open("a", encoding="utf-8") as file:
        file.write(f'\n[[id_readers]]\nname = "证件"\naddress = "{made.address}"\n')
    yield made
    made.stop()


@pytest.fixture
def screen(site, id_reader):
    assert id_reader
    with ReaderMachine(site.folder / "reader") as reader:
        site.plug(reader.address)
        with site.show() as shown:
            shown.shows("职工请刷卡", "证件阅读器")
            shown.hides("断开", "查找中")
            reader.tap(BADGES["2001"])
            shown.shows("开台", "密码")
            shown.type(PIN)
            shown.press("enter")
            shown.shows("值班 李建国")
            yield shown


def lifted(reader):
    """Take the card away and wait until the kiosk has seen that."""
    reader.lift()
    asked, end = reader.orders[frames.FIND], time.monotonic() + 10.0
    while reader.orders[frames.FIND] < asked + 4:
        assert time.monotonic() < end, "nobody looks for a card"
        threading.Event().wait(0.02)


def test_a_reader_that_is_pulled_and_put_back_fills_the_next_form(site, id_reader, screen):
    id_reader.unplug()
    pulled = time.monotonic()
    screen.shows(LOST)
    assert time.monotonic() - pulled < _SEEN_WITHIN_S + _SLACK_S
    screen.press("f2")
    screen.shows("临时来访")  # everything else goes on
    screen.press("escape")
    id_reader.replug()
    screen.hides(LOST)
    id_reader.next_answer(frames.READ, torn)
    id_reader.next_answer(frames.READ, corrupt)
    id_reader.lay(CARD)
    screen.shows("林晓燕", "110***********002X", "校验码相符")
    id_reader.unplug()
    screen.shows(LOST, "林晓燕")  # what was read stays in the form
    screen.signal()
    assert screen.ends() == 0
    assert "visit.arrived" not in site.codes()


def test_of_a_card_nothing_is_left_but_mask_and_hash(site, id_reader, screen):
    id_reader.lay(CARD)
    screen.shows("110***********002X")
    screen.press("enter")
    screen.type("看望")
    screen.press("enter")
    screen.type("1001")
    screen.shows("张科长")
    screen.press("enter")
    screen.press("f5")
    screen.shows("等候")
    lifted(id_reader)
    id_reader.lay(STRANGER)
    screen.shows("不是登记的那个人")
    lifted(id_reader)
    id_reader.module.refuses[frames.READ] = frames.NOT_READ
    id_reader.lay(STRANGER)
    screen.shows("证件没有读出")
    screen.signal()
    assert screen.ends() == 0
    assert site.codes().count("visit.id_compared") == 1
    held = b"".join(path.read_bytes() for path in site.folder.rglob("*") if path.is_file())
    assert "林晓燕".encode() in held  # the visitor's name is found by
    for card in (CARD, STRANGER):
        for secret in (card.number, card.address, card.birth, card.authority):
            assert secret.encode() not in held
            assert secret.encode("utf-16-le") not in held
        assert card.photo[:16] not in held
        assert card.fingerprint[:16] not in held
    assert STRANGER.name.encode() not in held
    journal = site.kiosk("journal", "--json", "--reveal", "审计")
    assert CARD.number not in journal.stdout
    assert CARD.address not in journal.stdout
