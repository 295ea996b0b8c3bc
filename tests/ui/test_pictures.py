"""How every screen looks, in both languages and both sizes; each was looked at by a person."""

import pytest
from pytest_textual_snapshot import SVGImageExtension

from kiosk.demo.names import KEYS, UNKNOWN_UID


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_every_screen_looks_as_it_was_accepted(kiosk_at, snapshot, language, size):
    accepted = snapshot.use_extension(SVGImageExtension)
    different = []
    async with kiosk_at(language, size) as walk:
        async for name in every_screen(walk):
            shown = await walk.picture()
            if shown != accepted(name=name):
                different.append(name)
    assert not different, "look at them, then accept with --snapshot-update"


async def every_screen(walk):
    """Walk through the kiosk; yield the name of each screen when it is in front."""
    yield "home-locked"
    await walk.badge("1002")
    yield "home-verdict"
    await walk.badge("2001")
    await walk.front("AskProof")
    yield "pin"
    await walk.line("2580")
    await walk.front("HomeScreen")
    walk.forget_question()
    walk.rest()
    yield "home-open"
    async for name in visitor_screens(walk):
        yield name
    async for name in other_screens(walk):
        yield name
    async for name in handover_screens(walk):
        yield name


async def visitor_screens(walk):
    await walk.press("f2")
    await walk.front("VisitorsScreen")
    yield "visitors"
    await walk.line("sq")
    await walk.front("VisitScreen")
    yield "visit"
    await walk.home()
    await walk.press("f2")
    await walk.front("VisitorsScreen")
    await walk.press("f5")
    await walk.front("WalkInScreen")
    await walk.line("吴桂英")
    await walk.press("2")
    await walk.line("红旗村")
    await walk.line("盖章")
    await walk.press(*"zh")
    yield "walk-in"
    await walk.home()


async def other_screens(walk):
    for key, screen, name in (
        ("f4", "KeyBoard", "keys"), ("f6", "OpenThingsScreen", "open-things"),
        ("f7", "AttendanceScreen", "attendance"), ("f1", "HelpScreen", "help"),
    ):  # fmt: skip
        await walk.press(key)
        await walk.front(screen)
        yield name
        await walk.home()
    await walk.card(KEYS[0].tag)
    yield "key-dialog"
    await walk.home()
    walk.forget_question()
    await walk.card(UNKNOWN_UID)
    await walk.front("EnrolCard")
    yield "enrol"
    await walk.home()


async def handover_screens(walk):
    await walk.press("f3")
    await walk.front("HandoverHome")
    yield "handover"
    await walk.press("1")
    await walk.front("SafetyScreen")
    yield "safety"
    await walk.press("escape")
    await walk.front("HandoverHome")
    await walk.press("3")
    await walk.front("ReviewScreen")
    yield "review"
    await walk.press("enter")
    await walk.front("ReadScreen")
    yield "reading"
