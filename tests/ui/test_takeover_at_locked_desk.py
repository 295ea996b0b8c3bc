"""A guard finds the desk locked and the one on duty gone: the way in is the leader's word (150)."""

import pytest
from textual.widgets import Input

from kiosk.desk import posts

both = pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", (80, 24)), ("en", (120, 36))], ids=["zh-80x24", "en-120x36"]
)


def told(walk):
    """Return the words on the screen as one line."""
    return " ".join(walk.text().split())


async def line(walk, words):
    """Type a line of any script."""
    await walk.front("AskText")
    asked = walk.app.screen
    asked.query_one(Input).value = words
    await walk.press("enter")
    await walk.until(lambda: walk.app.screen is not asked, "the next question")


def on_duty(walk):
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        return posts.on_duty(book, desk.gate)[1].staff_no


async def lock_and_ask(walk):
    await walk.open_desk("2001")
    await walk.press("f10")
    await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
    await walk.press("f10")
    await walk.front("AskProof")
    await walk.line("2002")
    await walk.line("2580")
    await walk.front("Ways")


async def test_the_desk_opens_for_who_takes_over_on_a_leaders_word(kiosk_at):
    async with kiosk_at() as walk:
        await lock_and_ask(walk)
        holder = on_duty(walk)
        assert holder != "2002"
        await walk.until(lambda: walk.app.screen._standing.holder is not None, "the choices")
        await walk.press("1")
        await line(walk, "突发疾病，已送医")
        await walk.front("Choose")
        await walk.press("1")
        await line(walk, "周副局长")
        await line(walk, "你先顶上")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")
        assert walk.app.kiosk.operator.staff_no == "2002"
        assert on_duty(walk) == "2002"


async def test_esc_leaves_the_desk_locked_and_the_post_where_it_is(kiosk_at):
    async with kiosk_at() as walk:
        await lock_and_ask(walk)
        holder = on_duty(walk)
        await walk.press("escape")
        await walk.front("HomeScreen")
        assert walk.app.kiosk.operator is None
        assert on_duty(walk) == holder


async def away_and_ask(walk, minutes_gone=0):
    """Leave the post alone for five minutes; another guard then asks for the desk."""
    await walk.open_desk("2001")
    await walk.press("f3", "5")
    await walk.front("AwayScreen")
    await walk.press("1")
    await walk.front("AwayForm")
    for words in ("yard", "open the gate for the bus", "5"):
        await walk.line(words)
    await walk.front("WhoKeeps")
    await walk.press("a")
    await walk.front("Choose")
    await walk.press("1")
    await walk.until(lambda: "1" in walk.text() and len(walk.app.screen._choices) > 2, "the door")
    await walk.press("1")
    await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
    walk.clock.advance(minutes=minutes_gone)
    await walk.press("f10")
    await walk.front("AskProof")
    await walk.line("2002")
    await walk.line("2580")
    await walk.front("Ways")
    await walk.until(lambda: walk.app.screen._standing.holder is not None, "the choices")
    await walk.pilot.pause()


@both
async def test_another_guard_first_reads_until_when_the_holder_is_away(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await away_and_ask(walk)
        holder = on_duty(walk)
        assert ("is away until 15:37: yard" if language == "en" else "15:37前回来：yard") in told(
            walk
        )
        await walk.press("1")
        await walk.front("HomeScreen")
        assert on_duty(walk) == holder
        assert walk.app.kiosk.operator is None
        assert walk.codes().count("away.ended") == 1  # the day before had an absence too


async def test_who_is_not_back_in_time_can_be_taken_over_from(kiosk_at):
    async with kiosk_at() as walk:
        await away_and_ask(walk, minutes_gone=6)
        assert "was to be back at 15:37: yard" in told(walk)
        await walk.press("2")
        await walk.front("AskText")
