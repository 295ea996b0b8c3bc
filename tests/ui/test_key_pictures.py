"""How the keys' screens look, in both languages and both sizes; each was looked at by a person."""

import re

import pytest
from pytest_textual_snapshot import SVGImageExtension

from kiosk.demo.names import KEYS

LATIN = re.compile(r"[A-Za-z]{3,}")
KEY_NAMES = {"Enter", "Esc", "English", "Space"}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_keys_look_as_they_were_accepted(kiosk_at, snapshot, language, size):
    accepted = snapshot.use_extension(SVGImageExtension)
    different, left = [], []
    async with kiosk_at(language, size) as walk:
        async for name in key_screens(walk):
            shown = await walk.picture()
            if shown != accepted(name=name):
                different.append(name)
            if language == "zh_CN":
                left += [(name, w) for w in LATIN.findall(walk.text()) if w not in KEY_NAMES]
    assert left == []
    assert not different, "look at them, then accept with --snapshot-update"


async def key_screens(walk):
    """Walk through the keys' screens; yield the name of each when it is in front."""
    await walk.open_desk("4001")
    walk.rest()
    await walk.press("f4")
    await walk.front("KeyBoard")
    yield "board"
    await walk.press("space", *"备用")
    yield "board-found"
    await walk.press("enter")
    await walk.front("ThingScreen")
    yield "card"
    async for name in what_a_card_asks(walk):
        yield name
    await walk.home()
    async for name in lists(walk):
        yield name


async def what_a_card_asks(walk):
    for digit, screen, name in (
        ("2", "AskPerson", "reserve-who"), ("3", "ReportLost", "lost"),
        ("6", "ChangeThing", "change"),
    ):  # fmt: skip
        await walk.press(digit)
        await walk.front(screen)
        yield name
        await walk.press("escape")
        await walk.front("ThingScreen")
    await walk.press("3")
    await walk.front("ReportLost")
    await walk.press("enter", "enter")
    await walk.front("AfterLoss")
    walk.rest()
    yield "after-loss"
    await walk.press("enter")
    await walk.front("ThingScreen")
    yield "card-lost"


async def lists(walk):
    await walk.press("f4")
    await walk.front("KeyBoard")
    await walk.press("n")
    await walk.front("AddKey")
    yield "new-key"
    await walk.press("escape")
    await walk.front("KeyBoard")
    await walk.press("i")
    await walk.front("StockTakeScreen")
    walk.forget_question()
    await walk.card(KEYS[1].tag)
    await walk.press("enter")
    yield "stock-take"
    await walk.press("enter")
    await walk.until(lambda: "stock.taken" in walk.codes(), "the count to be finished")
    walk.rest()
    yield "stock-taken"
    await walk.press("escape")
    await walk.front("KeyBoard")
    await walk.press("p")
    await walk.front("AskPerson")
    await walk.badge("1001")
    await walk.front("HoldingsScreen")
    walk.rest()
    yield "holdings"
    await walk.press("l")
    yield "leaver"
    await walk.press("escape", "escape")
    await walk.front("KeyBoard")
    await walk.press("o")
    await walk.front("OvertimeScreen")
    yield "overtime"
    await walk.home()


async def test_the_desk_does_not_lock_while_somebody_counts_with_taps_alone(kiosk_at):
    """At a locked desk the tag of a key that is out takes it back: a count must never do that."""
    async with kiosk_at("en", (120, 36)) as walk:
        await walk.open_desk("4001")
        await walk.press("f4")
        await walk.front("KeyBoard")
        await walk.press("i")
        await walk.front("StockTakeScreen")
        long_ago = walk.app.now() - walk.app.settings.desk.idle_lock_s - 1
        walk.app.last_key_at = long_ago
        await walk.card(KEYS[2].tag)  # it is out
        walk.app.tick()
        await walk.pilot.pause()
        assert "here, yet out" in walk.text()
        assert walk.app.kiosk.operator is not None
        assert "loan.returned" not in walk.codes()[-3:]
        walk.app.last_key_at = long_ago
        walk.app.tick()
        await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")


async def test_every_screen_of_the_keys_speaks_the_language_chosen_at_it(kiosk_at):
    async with kiosk_at("zh_CN", (120, 36)) as walk:
        await walk.open_desk("4001")
        await walk.press("f4")
        await walk.front("KeyBoard")
        for keys, screen, chinese, english in (
            ((), "KeyBoard", "在架", "on the board"),
            (("enter",), "ThingScreen", "归还", "Take back"),
            (("escape", "i"), "StockTakeScreen", "还缺", "Missing"),
            (("escape", "o"), "OvertimeScreen", "已签的加班", "Overtime, signed by"),
        ):
            for key in keys:
                await walk.press(key)
                await walk.pilot.pause()
            await walk.front(screen)
            walk.rest()
            await walk.until(lambda words=chinese: words in walk.text(), chinese)
            await walk.press("f12")
            await walk.until(lambda words=english: words in walk.text(), english)
            assert chinese not in walk.text()
            await walk.press("f12")
            await walk.until(lambda words=chinese: words in walk.text(), chinese)
