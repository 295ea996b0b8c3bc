"""A screen whose file is damaged is told at its first opening; taps and all other screens go on."""

import sys

import pytest

from kiosk.ui.home import HomeScreen

WAYS = [
    ("visitors.screens_list", ["f2"], "HomeScreen"),
    ("kiosk.roll_call.screens_roll", ["f8"], "HomeScreen"),
    ("visitors.emergency.screens", ["f6", "e"], "OpenThingsScreen"),
    ("visitors.screens_visit", ["f6", "enter"], "OpenThingsScreen"),
]


def take_away(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize(("module", "keys", "front"), WAYS)
async def test_a_screen_that_cannot_be_loaded_is_told_and_the_kiosk_goes_on(
    kiosk_at, monkeypatch, module, keys, front
):
    async with kiosk_at() as walk:
        await walk.open_desk()
        take_away(monkeypatch, module)
        await walk.press(*keys[:-1])
        if module == "visitors.screens_visit":
            await onto_a_visit(walk)
        answers = walk.app.answers
        await walk.press(keys[-1])
        await walk.until(lambda: walk.app.answers > answers, "the answer")
        await walk.front(front)
        assert "Something went wrong" in walk.text()
        await walk.home()
        await walk.badge("1002")


async def onto_a_visit(walk):
    """Put the cursor of the open things on a visit."""
    await walk.front("OpenThingsScreen")
    shown = walk.app.screen.query_one("#all-open")
    await walk.until(lambda: shown.current is not None, "the list")
    while not shown.current.key.thing.kind.startswith("visit."):
        await walk.press("down")


async def test_after_badge_and_pin_it_is_told_too_and_the_desk_is_open(kiosk_at, monkeypatch):
    async with kiosk_at() as walk:
        take_away(monkeypatch, "visitors.screens_list")
        await walk.press("f2")
        await walk.front("AskProof")
        await walk.sign("2001")
        await walk.until(lambda: "Something went wrong" in walk.text(), "the answer")
        assert walk.app.kiosk.operator is not None
        assert isinstance(walk.app.screen, HomeScreen)
