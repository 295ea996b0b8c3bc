"""Presence prompts at the real kiosk: any key or the own badge answers, a word closes a miss."""

import asyncio

import pytest
from window_desk import facts, go_to, said, tap

from kiosk.alarm import Alarm
from kiosk.sounds import Sounds
from kiosk.ui.bars import StatusBar

GUARD = "2001"
both = pytest.mark.parametrize(
    ("language", "size"),
    [("zh_CN", (80, 24)), ("zh_CN", (120, 36)), ("en", (80, 24)), ("en", (120, 36))],
    ids=["zh-80x24", "zh-120x36", "en-80x24", "en-120x36"],
)
HINT = {"zh_CN": "在岗请按任意键或刷卡", "en": "Press any key or tap your badge"}
WORD = {"zh_CN": "在岗确认", "en": "At the post?"}
OVER = {"zh_CN": "未应答", "en": "no answer"}


def bar(walk):
    return str(walk.app.screen.query_one(StatusBar).render())


def flat(walk):
    return walk.text().replace(" ", "").replace("\n", "")


async def asked(walk, language="en"):
    """Take the post, lock the desk, and let it be night until the kiosk asks."""
    await walk.open_desk(GUARD)
    await walk.press("f10")
    await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
    while walk.app.kiosk.desk.local(walk.clock()).hour != 23:
        walk.clock.advance(minutes=30)
    walk.clock.advance(minutes=40)
    walk.app.tick()
    await walk.until(lambda: "presence.asked" in walk.codes(), "the prompt")
    walk.app.tell_status()
    walk.rest()
    await walk.until(lambda: HINT[language].replace(" ", "") in flat(walk), "the hint")


async def second(walk):
    """Let one second pass, and wait until all that it wrote is written."""
    walk.app.tick()
    await asyncio.wrap_future(walk.app.kiosk.pen.queue(len, ()))


async def recorded(walk, code):
    walk.app.tick()
    await walk.until(lambda: code in walk.codes(), code)


@both
async def test_any_key_answers_at_once(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await asked(walk, language)
        assert WORD[language] in bar(walk)
        await walk.press("space")
        await walk.until(lambda: "presence.answered" in walk.codes(), "the entry, without a tick")
        await walk.until(lambda: WORD[language] not in bar(walk), "the status bar")
        assert '"means":"key"' in facts(walk, "presence.answered")
        walk.app.tick()
        await walk.press("space", "space")
        assert walk.codes().count("presence.answered") == 1


async def test_the_guards_badge_answers_and_signs_nobody_out(kiosk_at):
    async with kiosk_at() as walk:
        await asked(walk)
        walk.forget_question()
        before = walk.codes()
        await walk.badge(GUARD)
        assert walk.codes()[len(before) :] == ["presence.answered"]
        await walk.front("AskProof")  # the own badge at the desk's reader opens a locked desk


async def test_another_badge_answers_nothing(kiosk_at):
    async with kiosk_at() as walk:
        await asked(walk)
        walk.forget_question()
        tap(walk, "1001")
        await walk.pilot.pause()
        await walk.until(lambda: said(walk) is not None, "the answer to the tap")
        await second(walk)
        assert "presence.answered" not in walk.codes()


@both
async def test_a_missed_prompt_rings_is_red_and_closed_by_the_guards_word(
    kiosk_at, monkeypatch, language, size
):
    monkeypatch.setenv("PATH", "")  # a PC without a player of sounds rings its terminal
    rang = []
    async with kiosk_at(language, size) as walk:
        walk.app.alarm = Alarm(Sounds(lambda: rang.append(1)))
        await asked(walk, language)
        assert rang
        walk.clock.advance(minutes=5)
        await recorded(walk, "presence.missed")
        walk.app.tell_status()
        assert OVER[language] in bar(walk)
        await walk.press("space")
        await recorded(walk, "presence.answered")
        await walk.open_desk(GUARD)
        await go_to(walk, "ZG1", "ExplainMissed")
        await walk.press("enter")
        await walk.front("ExplainMissed")
        await walk.line("on the telephone")
        await walk.until(lambda: "presence.explained" in walk.codes(), "the word")
        await walk.front("OpenThingsScreen")
        await walk.until(lambda: "ZG1" not in walk.text(), "the list without it")


async def test_a_key_at_the_keyboard_puts_the_next_prompt_off(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        while walk.app.kiosk.desk.local(walk.clock()).hour != 23:
            walk.clock.advance(minutes=30)
        await walk.press("f3")
        await walk.front("HandoverHome")
        walk.clock.advance(minutes=40)
        await second(walk)
        assert "presence.asked" not in walk.codes()


async def test_nobody_is_asked_while_an_emergency_is_on_the_screen(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f9")
        await walk.front("EmergencyScreen")
        await walk.press("1")
        await walk.until(lambda: "incident.opened" in walk.codes(), "the incident")
        while walk.app.kiosk.desk.local(walk.clock()).hour != 23:
            walk.clock.advance(minutes=30)
        await second(walk)
        for _step in range(4):
            walk.clock.advance(minutes=80)
            await second(walk)
        assert "presence.asked" not in walk.codes()
        await walk.home()
        walk.clock.advance(minutes=80)
        await recorded(walk, "presence.asked")


async def test_numbers_left_in_front_of_the_locked_desk_keep_no_prompt_away(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f9")
        await walk.front("EmergencyScreen")
        await walk.press("f10")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
        await walk.front("EmergencyScreen")
        while walk.app.kiosk.desk.local(walk.clock()).hour != 23:
            walk.clock.advance(minutes=30)
        walk.app.tick()
        walk.clock.advance(minutes=80)
        await recorded(walk, "presence.asked")


async def test_nobody_is_asked_while_a_handover_is_read_and_signed(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk(GUARD)
        await walk.press("f3", "3")
        await walk.front("ReviewScreen")
        await walk.press("enter")
        await walk.front("WhoReads")
        await walk.badge("2002")
        await walk.front("ReadScreen")
        while walk.app.kiosk.desk.local(walk.clock()).hour != 23:
            walk.clock.advance(minutes=30)
        await second(walk)
        for _step in range(4):
            walk.clock.advance(minutes=80)
            await second(walk)
        assert "presence.asked" not in walk.codes()
        await walk.home()
        walk.clock.advance(minutes=80)
        await recorded(walk, "presence.asked")
