"""F6 shows that nobody is on the post: Enter leads to the guard who takes it."""

import pytest

from kiosk.desk import posts
from kiosk.desk.people import person_by_staff_no
from shift_handover.away.models import Door
from shift_handover.away.service import leave_post

LEADER = "1001"
both = pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", (80, 24)), ("en", (120, 36))], ids=["zh-80x24", "en-120x36"]
)


async def at_the_thing(walk):
    """The administrator works at the guard's desk when the guard leaves on a superior's word."""
    await walk.open_desk("2001")
    await walk.press("f10")
    await walk.until(lambda: walk.app.kiosk.operator is None, "the desk to lock")
    await walk.open_desk("9001")
    kiosk = walk.app.kiosk
    with kiosk.desk.read() as book:
        leader = person_by_staff_no(book, LEADER)
    await kiosk.pen.write(leave_post, kiosk.desk, "9001", leader, "lock up, go home", Door.LOCKED)
    await walk.press("f6")
    await walk.front("OpenThingsScreen")
    rows = walk.app.screen.query_one("RowList")
    await walk.until(lambda: rows.rows, "the things")
    place = next(
        i for i, one in enumerate(rows.rows) if one.key.thing.kind == "post.uncovered"
    )  # fmt: skip
    await walk.press("home", *["down"] * place, "enter")
    await walk.front("NobodyOnPost")


@both
async def test_enter_leads_to_the_guard_who_takes_the_post(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await at_the_thing(walk)
        await walk.press("1")
        await walk.front("AskProof")
        assert walk.app.kiosk.operator is None
        await walk.sign("2002")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")
        desk = walk.app.kiosk.desk
        with desk.read() as book:
            assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"


async def test_while_nobody_is_here_the_desk_stays_as_it_is(kiosk_at):
    async with kiosk_at() as walk:
        await at_the_thing(walk)
        await walk.press("2")
        await walk.front("OpenThingsScreen")
        assert walk.app.kiosk.operator.staff_no == "9001"
