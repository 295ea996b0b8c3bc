"""Stepping away by hand at the real kiosk: F3 5, the companion's tap, the own tap ends it."""

import pytest
from window_desk import facts, field, tap

from kiosk.alarm import Alarm
from kiosk.sounds import Sounds
from kiosk.ui.bars import KeyBar, StatusBar

GUARD, COMPANION, LEADER = "2001", "2002", "1001"
YESTERDAYS = 1  # the site's day before had an absence too
RING = 4  # bells in one ring
both = pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", (80, 24)), ("en", (120, 36))], ids=["zh-80x24", "en-120x36"]
)


def bar(walk):
    return str(walk.app.screen.query_one(StatusBar).render())


async def away_page(walk):
    await walk.open_desk(GUARD)
    await walk.press("f3")
    await walk.front("HandoverHome")
    await walk.until(lambda: "5" in walk.text(), "the list")
    await walk.press("5")
    await walk.front("AwayScreen")
    await walk.pilot.pause()


async def filled(walk, digit="1", *typed):
    await away_page(walk)
    await walk.press(digit)
    await walk.front("AwayForm")
    for line in typed:
        await walk.line(line)


@both
async def test_away_with_the_companions_tap_and_back_with_the_own_one(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await filled(walk, "1", "meter room", "reading meters", "10")
        await walk.front("WhoKeeps")
        assert "meter room" in walk.text()
        tap(walk, GUARD)
        await walk.pilot.pause()
        await walk.front("WhoKeeps")
        assert walk.codes().count("away.started") == YESTERDAYS
        tap(walk, COMPANION)
        await walk.front("HomeScreen")
        assert walk.app.kiosk.operator is None
        assert '"cover":"companion"' in facts(walk, "away.started")
        walk.app.tell_status()
        word = "Away" if language == "en" else "暂离"
        assert word in bar(walk)
        assert "李" not in bar(walk).split(word)[1]
        walk.rest()
        await walk.pilot.pause()
        hint = "The guard is away until" if language == "en" else "值班门卫暂离"
        await walk.until(lambda: hint in walk.text(), "the hint on the home screen")
        walk.forget_question()
        tap(walk, GUARD)
        await walk.front("AskProof")
        assert walk.codes().count("away.ended") == YESTERDAYS + 1
        walk.app.tell_status()
        await walk.line("2580")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")
        assert word not in bar(walk)


async def test_the_companion_opens_the_desk_and_the_post_stays_the_guards(kiosk_at):
    async with kiosk_at() as walk:
        await filled(walk, "2", "30")
        await walk.front("WhoKeeps")
        tap(walk, COMPANION)
        await walk.front("HomeScreen")
        await walk.open_desk(COMPANION)
        assert "post.left" not in walk.codes()[-5:]
        await walk.press("f3", "5")
        await walk.front("AwayScreen")
        await walk.until(lambda: "rest room" in walk.text(), "the running rest")
        tap(walk, GUARD)
        await walk.until(lambda: walk.codes().count("away.ended") == YESTERDAYS + 1, "the end")


async def test_alone_for_a_short_time_says_the_door(kiosk_at):
    async with kiosk_at() as walk:
        await filled(walk, "1", "yard", "open the gate for the bus", "5")
        await walk.front("WhoKeeps")
        await walk.press("a")
        await walk.front("Choose")
        await walk.press("1")
        await walk.until(lambda: "How do you leave the door?" in walk.text(), "the door")
        await walk.press("1")
        await walk.front("HomeScreen")
        assert '"why":"short"' in facts(walk, "post.uncovered")


async def test_longer_alone_asks_a_superiors_word(kiosk_at):
    async with kiosk_at() as walk:
        await filled(walk, "1", "town hall", "papers to sign", "45")
        await walk.front("WhoKeeps")
        await walk.press("A")
        await walk.front("AskPerson")
        await walk.line(COMPANION)
        await walk.until(lambda: "head of station" in walk.text(), "who may")
        asked = walk.app.screen
        assert field(walk, "who").value == COMPANION
        await walk.press(*["backspace"] * len(COMPANION))
        assert "head of station" not in walk.text()
        assert walk.app.screen is asked
        await walk.line(LEADER)
        await walk.front("AskText")
        await walk.line("go, lock the gate")
        await walk.until(lambda: "go, lock the gate" in walk.text(), "the reading back")
        await walk.press("1")
        await walk.front("HomeScreen")
        assert f'"leader":"{LEADER}"' in facts(walk, "away.started")


async def test_what_is_missing_is_said_at_its_field_and_typed_words_stay(kiosk_at):
    async with kiosk_at() as walk:
        await filled(walk, "1", "yard", "", "ten")
        await walk.until(lambda: "What for?" in walk.text(), "the reason")
        assert "yard" in walk.text()
        await walk.press("escape")
        await walk.front("AwayForm")


async def test_an_emergency_is_one_line_and_rings_when_it_is_over(kiosk_at, monkeypatch):
    monkeypatch.setenv("PATH", "")  # a PC without a player of sounds rings its terminal
    rang = []
    async with kiosk_at() as walk:
        walk.app.alarm = Alarm(Sounds(lambda: rang.append(1)))
        await filled(walk, "3", "somebody fell on the stairs")
        await walk.front("HomeScreen")
        assert rang == []
        walk.clock.advance(minutes=16)
        walk.app.tick()
        assert len(rang) == RING
        await walk.until(lambda: "away.overdue" in walk.codes(), "the entry")
        walk.app.tick()
        assert len(rang) == RING, "it rings again only after some seconds"
        walk.app.tell_status()
        assert "over" in bar(walk)
        await walk.open_desk("9001")
        await walk.press("f3", "5")
        await walk.front("AwayScreen")
        await walk.until(lambda: "The time is over" in walk.text(), "the red words")
        await walk.press("3")
        await walk.front("AskPerson")
        await walk.line(LEADER)
        await walk.front("AskText")
        await walk.line("look for him")
        await walk.until(lambda: "0: none" in walk.text(), "the minutes")
        await walk.line("0")
        await walk.until(lambda: "away.superior_told" in walk.codes(), "the entry")


async def test_wrong_minutes_keep_what_the_superior_said(kiosk_at):
    async with kiosk_at() as walk:
        await filled(walk, "2", "30")
        await walk.front("WhoKeeps")
        tap(walk, COMPANION)
        await walk.front("HomeScreen")
        await walk.open_desk(COMPANION)
        await walk.press("f3", "5")
        await walk.front("AwayScreen")
        await walk.until(lambda: "gives more time" in walk.text(), "the absence")
        assert "1-3" in str(walk.app.screen.query_one(KeyBar).render())
        await walk.press("3")
        await walk.front("AskPerson")
        await walk.line(COMPANION)
        await walk.until(lambda: "head of station" in walk.text(), "who may")
        await walk.press(*["backspace"] * len(COMPANION))
        await walk.line(LEADER)
        await walk.line("look for him")
        for wrong, told in (("ten", "A number, please"), ("999", "At most")):
            await walk.line(wrong)
            await walk.until(lambda told=told: told in walk.text(), wrong)
            assert "look for him" in walk.text()
            assert wrong in walk.text()
            await walk.press(*["backspace"] * len(wrong))
        await walk.line("10")
        await walk.front("AwayScreen")
        assert '"minutes":10' in facts(walk, "away.superior_told")


async def test_the_post_is_left_empty_only_on_a_superiors_word(kiosk_at):
    async with kiosk_at() as walk:
        await away_page(walk)
        await walk.press("4")
        await walk.front("AskPerson")
        await walk.line(LEADER)
        await walk.front("AskText")
        await walk.line("lock up and go home")
        await walk.front("Choose")
        await walk.press("1")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
        assert walk.codes().count("post.uncovered") == 1
        walk.app.tell_status()
        assert "uncovered" in bar(walk)


@both
async def test_an_errand_is_one_key_and_stands_on_no_open_list(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk(GUARD)
        await walk.press("f3")
        await walk.front("HandoverHome")
        await walk.until(lambda: "9" in walk.text(), "the list")
        await walk.press("9")
        await walk.front("ErrandScreen")
        await walk.until(lambda: "errand.refused" in walk.codes(), "the entry")
        await walk.until(lambda: "Y1" in walk.text(), "the number")
        await walk.press("enter")
        await walk.front("WhoAsked")
        await walk.line("赵某")
        await walk.line("fetch my parcel")
        await walk.until(lambda: "errand.described" in walk.codes(), "the words")
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.pilot.pause()
        assert "Y1" not in walk.text()
        assert "fetch my parcel" not in walk.text()


async def test_only_a_superior_reads_the_errands(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f3", "9")
        await walk.front("ErrandScreen")
        await walk.until(lambda: "errand.refused" in walk.codes(), "the entry")
        await walk.press("l")
        await walk.front("AskProof")
        await walk.line(GUARD)
        await walk.line("2580")
        await walk.until(lambda: "superiors" in walk.text(), "the refusal")
        assert "errand.seen" not in walk.codes()
        await walk.front("ErrandScreen")
        await walk.press("l")
        await walk.front("AskProof")
        await walk.sign(LEADER)
        await walk.front("ErrandList")
        assert "Y1" in walk.text()
        assert "errand.seen" in walk.codes()
        await walk.app.lock("idle")
        await walk.open_desk(GUARD)
        await walk.front("ErrandScreen")


async def test_a_slip_of_the_finger_is_taken_back(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f3", "9")
        await walk.front("ErrandScreen")
        await walk.until(lambda: "Y1" in walk.text(), "the number")
        await walk.press("backspace")
        await walk.front("HandoverHome")
        assert "errand.voided" in walk.codes()


async def test_the_second_goes_on_over_a_screen_that_is_being_taken_away(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f3")
        await walk.front("HandoverHome")
        await walk.app.screen_stack[0].query_one("#upper").remove()
        walk.app.tick()
        assert "HandoverHome" in repr(walk.app.screen)
