"""F6 with much to do: F leaves one area, R the most serious, and both stay over a visit."""

import pytest

from kiosk.desk.open_kinds import area_of, kind_word
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.ui.row_list import RowList

KINDS = ("visit.inside", "loan.out", "parcel", "message", "matter", "safety.fault", "pass.out")


def many(clock, n=200):
    """Make 200 things of seven kinds, every fourth of them red."""
    return [
        OpenThing(
            KINDS[i % len(KINDS)], f"r{i}", f"X{i}", Urgency(i % 4),
            Wording("number {n} is open", {"n": i}), clock(), owner="2001",
            next_step=Wording("do number {n}", {"n": i}),
        )
        for i in range(n)
    ]  # fmt: skip


def shown(walk):
    return [row.key.thing for row in walk.app.screen.query_one("#all-open", RowList).rows]


def title(walk):
    return str(walk.app.screen.query_one("#open-title").render())


async def busy(walk):
    """Open F6 at a gate with two hundred things to do."""
    await walk.open_desk()
    things = sorted(many(walk.clock), key=lambda thing: thing.rank)
    walk.app.context.outstanding = lambda _desk, _book: things
    await walk.press("f6")
    await walk.front("OpenThingsScreen")
    await walk.until(lambda: len(shown(walk)) == 200, "the list")
    walk.rest()


@pytest.mark.parametrize(
    ("language", "size"), [("zh_CN", (80, 24)), ("en", (120, 36))], ids=["80x24", "120x36"]
)
async def test_two_hundred_things_are_read_page_by_page(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await busy(walk)
        await walk.pilot.pause()
        assert ".." not in walk.text()
        seen = set()
        for _page in range(200 // walk.app.screen.query_one(RowList).page + 3):
            seen |= {thing.ref for thing in shown(walk) if f"number {thing.ref[1:]} is" in
                     walk.text()}  # fmt: skip
            await walk.press("pagedown")
            await walk.pilot.pause()
        assert len(seen) == 200
        below = str(walk.app.screen.query_one("#open-next").render())
        last = shown(walk)[-1]
        assert last.next_step.text() in below
        assert kind_word(last.kind) in below
        assert "李建国" in below


async def test_one_area_and_the_serious_ones_by_their_letters(kiosk_at):
    async with kiosk_at("en", (80, 24)) as walk:
        await busy(walk)
        await walk.press("f")
        await walk.front("Choose")
        await walk.until(lambda: "Visitors 29" in walk.text(), "the areas with their counts")
        await walk.press("2")
        await walk.front("OpenThingsScreen")
        assert {area_of(thing.kind) for thing in shown(walk)} == {"visits"}
        assert "200 things to do" in title(walk)
        assert "29 shown" in title(walk)
        await walk.press("r")
        assert {thing.urgency for thing in shown(walk)} == {Urgency.NOW, Urgency.WAITING}
        await walk.press("R")
        assert {thing.urgency for thing in shown(walk)} == {Urgency.NOW}
        assert "red only" in title(walk)
        await walk.press("r")
        assert len(shown(walk)) == 29
        await walk.press("f")
        await walk.front("Choose")
        await walk.press("1")
        await walk.front("OpenThingsScreen")
        assert len(shown(walk)) == 200


async def test_the_filter_stays_when_one_comes_back_from_a_thing(kiosk_at):
    async with kiosk_at("en", (80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.until(lambda: shown(walk), "the list")
        await walk.press("f")
        await walk.front("Choose")
        await walk.until(lambda: "Entrusted matters" in walk.text(), "the areas")
        keys = [row.key for row in walk.app.screen.query_one("#choices", RowList).rows]
        await walk.press(str(keys.index("matters") + 1))
        await walk.front("OpenThingsScreen")
        matters = shown(walk)
        assert {thing.kind for thing in matters} == {"matter"}
        await walk.press("enter")
        await walk.front("CloseMatter")
        await walk.press("escape")
        await walk.front("OpenThingsScreen")
        await walk.until(lambda: shown(walk) == matters, "the same list")
