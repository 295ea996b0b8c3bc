"""An ID card before the real kiosk: home opens the form or the visit, and a locked desk says so."""

import time

import pytest

from drivers.events import DeviceDown, DeviceUp, IdCardRead, IdCardUnread
from kiosk.ui.form import LabelledInput
from kiosk.ui.tap_area import TapArea

NUMBER, MASKED = "11010519491231002X", "110***********002X"
ID_READER = "身份证"


def card(number=NUMBER, name="林晓燕", sex="female"):
    return IdCardRead(ID_READER, "resident", name, sex, number, time.monotonic())


async def laid(walk, event):
    """Lay a card and wait for the answer."""
    answers = walk.app.answers
    walk.say(event)
    await walk.until(lambda: walk.app.answers > answers, "answer to the card")
    await walk.pilot.pause()


def answer(walk):
    return walk.app.screen.query_one(TapArea).verdict.headline


async def test_at_home_with_the_desk_open_a_card_opens_the_walk_in_filled_in(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await laid(walk, card())
        await walk.front("WalkInScreen")
        assert walk.app.screen.query_one("#name", LabelledInput).text == "林晓燕"
        assert walk.app.screen.query_one("#form", LabelledInput).text == "Ms"
        assert MASKED in walk.text()
        assert NUMBER not in walk.text()


async def test_the_card_of_somebody_who_waits_opens_that_visit_and_says_it_is_the_one(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await laid(walk, card())
        await walk.front("WalkInScreen")
        await walk.press("enter", *"visit", "enter", *"1001", "enter", "f5")
        await walk.front("VisitScreen")
        await walk.home()
        walk.say(card())
        await walk.front("VisitScreen")
        assert "SAME PERSON as registered" in walk.text()
        await laid(walk, card("440524188001010014", "李四", "male"))
        assert "NOT THE PERSON who is registered" in walk.text()
        assert walk.codes()[-2:] == ["visit.id_compared"] * 2


async def test_a_locked_desk_says_to_open_it_and_shows_nothing_of_the_card(kiosk_at):
    async with kiosk_at() as walk:
        await laid(walk, card())
        assert "Please open the desk first (F10)" in answer(walk)
        assert "林晓燕" not in walk.text()
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.press("f10")
        await walk.front("HomeScreen")
        await laid(walk, card())
        assert "Please open the desk first (F10)" in answer(walk)


@pytest.mark.parametrize("key", ["f4", "f6"])
async def test_where_no_card_is_asked_for_the_screen_stays_and_says_where(kiosk_at, key):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press(key)
        await walk.until(lambda: type(walk.app.screen).__name__ != "HomeScreen", "another screen")
        front = walk.app.screen
        await laid(walk, card())
        assert walk.app.screen is front
        assert "No ID card is asked for here" in answer(walk)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("torn", "could not be read"),
        ("odd_text", "could not be read"),
        ("wrong_card", "no ID card that the reader knows"),
        ("card_not_proven", "genuine"),
        ("not_verified", "genuine"),
    ],
)
async def test_a_card_that_cannot_be_read_is_answered_in_words(kiosk_at, reason, told):
    async with kiosk_at() as walk:
        await laid(walk, IdCardUnread(ID_READER, reason, time.monotonic()))
        assert told in answer(walk)


@pytest.mark.parametrize(
    ("language", "word", "lost"), [("en", "ID reader", "lost"), ("zh_CN", "证件阅读器", "断开")]
)
async def test_the_status_bar_has_a_light_for_it(kiosk_at, with_id_reader, language, word, lost):
    assert with_id_reader
    async with kiosk_at(language) as walk:
        walk.say(DeviceDown(ID_READER, "absent"))
        await walk.until(lambda: f"{word} {lost}" in walk.text(), "the light to say so")
        walk.say(DeviceUp(ID_READER))
        await walk.until(lambda: f"{word} {lost}" not in walk.text(), "the light to heal")
        assert word in walk.text()


async def test_a_card_keeps_the_desk_open_as_a_key_does(kiosk_at):
    async with kiosk_at(KIOSK_DESK__IDLE_LOCK_S="60") as walk:
        await walk.open_desk()
        walk.app.last_key_at -= 59
        await laid(walk, card())
        walk.app.tick()
        await walk.front("WalkInScreen")
        assert walk.app.kiosk.operator is not None
