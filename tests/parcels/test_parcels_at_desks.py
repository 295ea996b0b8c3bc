"""What lies at another desk's window is seen here, and is not handed out by mistake."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_app import DeskApp
from site_of_two import at_the_hub, hears

from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.site_desks import introduce
from kiosk.parcels import service
from kiosk.parcels.rules import Arrived
from kiosk.parcels.screens_hand_out import HandOut

GUARD, ZHANG, BADGE = "2001", "1001", "04A1B2C3D4E501"


@pytest.fixture
def there(desk, people, settings, other_settings, desk_clock) -> Iterator[Desk]:
    """The east gate; ``desk`` is another of the same site."""
    assert people
    desk.settings = at_the_hub(settings, "gate-1", 0)
    east = at_the_hub(other_settings, "gate-2", 1)
    made = Desk.open(replace(east, site=replace(east.site, gate_name="东门")), desk_clock)
    introduce(made)
    hears(made, desk)
    yield made
    made.close()


@pytest.fixture
def app(desk, people) -> Iterator[DeskApp]:
    pen = Pen()
    made = DeskApp(desk, pen)
    made.context.operator = people[GUARD]
    yield made
    pen.close()


def lying(desk: Desk, people) -> list[service.ParcelShown]:
    with desk.read() as book:
        return service.lying_for(book, people[ZHANG].id)


async def test_the_tap_takes_what_lies_here_and_leaves_what_lies_at_the_other_desk(
    app, desk, people, there
):
    service.arrive(there, GUARD, ZHANG, Arrived("顺丰", "2号架"))
    hears(desk, there)
    service.arrive(desk, GUARD, ZHANG, Arrived("邮局", "抽屉"))
    first = lying(desk, people)[0]
    async with app.run_test(size=(80, 24)):
        app.push_screen(HandOut(first.id))
        await app.front(HandOut)
        await app.until(lambda: "东门: 2号架" in app.words(), "where the other lies")
        assert "1 parcel lies here for 张伟" in app.words()
        await app.tap(BADGE)
        await app.until(lambda: app.said, "an answer")
    assert [one.gate for one in lying(desk, people)] == ["gate-2"]


async def test_where_nothing_lies_here_the_desk_is_named_and_space_takes_what_was_brought(
    app, desk, people, there
):
    service.arrive(there, GUARD, ZHANG, Arrived("顺丰", "2号架"))
    hears(desk, there)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(HandOut(lying(desk, people)[0].id))
        await app.front(HandOut)
        await app.until(
            lambda: "Nothing lies here for 张伟; it lies at 东门" in app.words(), "where it lies"
        )
        await app.tap(BADGE)
        assert len(lying(desk, people)) == 1
        await pilot.press("space")
        await app.tap(BADGE)
        await app.until(lambda: not lying(desk, people), "that it is handed out")
