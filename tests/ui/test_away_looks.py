"""The screens of stepping away: nothing is cut, and every word changes with the language."""

import re

import pytest
from window_desk import tap

from kiosk.ui.big_name import big_name

LATIN = re.compile(r"[A-Za-z]{3,}")
HAN = re.compile(r"[一-鿿]")
KEY_NAMES = {"Enter", "Esc", "English"}
NAMES = re.compile(r"东门传达室|李建国|王磊|中文|配电室|抄电表")
SIZES = [(80, 24), (120, 36)]


async def away_screens(walk):
    """Walk through every screen and question of the slice; yield each one's name."""
    await walk.open_desk("2001")
    await walk.press("f3", "5")
    await walk.front("AwayScreen")
    yield "away"
    for digit in "213":
        await walk.press(digit)
        await walk.front("AwayForm")
        yield f"form-{digit}"
        await walk.press("escape")
        await walk.front("AwayScreen")
    await walk.press("2")
    await walk.front("AwayForm")
    await walk.line("999")
    yield "form-wrong"
    await walk.press("backspace", "backspace", "backspace", "2", "enter")
    await walk.front("WhoKeeps")
    yield "who-keeps"
    await walk.press("a")
    yield "who-keeps-refused"
    tap(walk, "2002")
    await walk.front("HomeScreen")
    yield "locked"
    await walk.open_desk("2002")
    await walk.press("f3", "5")
    await walk.front("AwayScreen")
    await walk.until(lambda: walk.app.screen._away is not None, "the absence")
    yield "running"
    walk.clock.advance(minutes=3)
    walk.app.tick()
    await walk.until(lambda: "away.overdue" in walk.codes(), "the entry")
    walk.app.changed()
    await walk.until(lambda: walk.app.screen._away.rung, "the ring")
    yield "overdue"
    await walk.press("2")
    await walk.front("CompanionTaps")
    yield "companion"
    await walk.press("escape", "escape", "9")
    await walk.front("ErrandScreen")
    await walk.until(lambda: "Y1" in walk.text(), "the number")
    yield "errand"
    await walk.press("enter")
    await walk.front("WhoAsked")
    yield "who-asked"


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_no_words_are_cut_and_all_are_in_the_language_spoken(kiosk_at, language, size):
    wrong = []
    async with kiosk_at(language, size) as walk:
        async for name in away_screens(walk):
            walk.rest()
            await walk.pilot.pause()
            if name == "locked":
                continue  # the demo's open list is cut elsewhere
            text = NAMES.sub("", walk.text())
            if ".." in text:
                wrong.append((name, "cut", text))
            found = HAN.findall(text) if language == "en" else LATIN.findall(text)
            wrong += [(name, word, text) for word in found if word not in KEY_NAMES]
    assert wrong == []


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_rule_is_large_enough_to_be_turned_to_a_person(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk("2001")
        await walk.press("f3", "9")
        await walk.front("ErrandScreen")
        await walk.until(lambda: "Y1" in walk.text(), "the number")
        large = [line for line in walk.text().splitlines() if "█" in line or "▀" in line]
        assert len(large) >= len(big_name("不", 12, 6))
