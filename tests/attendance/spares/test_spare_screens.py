"""Temporary badges with cards and keyboard: into the pool, lent, brought back."""

import pytest
from on_screen import press, rows, settle

from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.spares import service
from kiosk.attendance.spares.screens import SCREENS as SPARES
from kiosk.attendance.spares.screens_home import SparesHome
from kiosk.desk.signing import Means, Proof
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct

CARD = "04AABBCCDD1101"
GUARD = "2001"
pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def desk_app(app):
    """The desk with the screens that know the pool."""
    app.feature_screens = (*app.feature_screens, SPARES)
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_card_joins_the_pool_is_lent_by_number_and_pin_and_comes_back(desk_app, size):
    app = desk_app
    async with app.run_test(size=size) as pilot:
        await app.push_screen(AttendanceScreen())
        await press(pilot, "t")
        assert isinstance(app.screen, SparesHome)
        await press(pilot, "a")
        await app.tap(CARD)
        await press(pilot, "7", "enter")
        assert app.said[-1].headline == "Temporary badge 7 is in the pool."
        await press(pilot, "escape")
        await app.tap(CARD)
        await settle(pilot)
        assert isinstance(app.screen, SignedAct)
        await press(pilot, *"1001", "enter", *"2580", "enter")
        assert (app.said[-1].tone, app.said[-1].name) == (Tone.GOOD, "张伟")
        await app.tap(CARD)
        await settle(pilot)
        assert (app.said[-1].headline, app.said[-1].name) == ("Signed in", "张伟")
        await press(pilot, "t")
        assert [(one[0], one[2], one[4]) for one in rows(app)] == [("7", "张伟", "lent")]
        await app.tap(CARD)
        await settle(pilot)
        assert app.said[-1].headline == "Temporary badge 7 is back."
        assert [(one[0], one[2], one[4]) for one in rows(app)] == [("7", "", "here")]


async def test_a_wrong_pin_lends_nothing(desk_app, desk):
    app = desk_app
    service.add(desk, GUARD, CARD, "7")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.tap(CARD)
        await settle(pilot)
        await press(pilot, *"1001", "enter", *"9999", "enter")
        assert isinstance(app.screen, SignedAct)
    with desk.read() as book:
        assert book.all(service.LENT) == []


async def test_at_the_locked_desk_a_spare_names_nobody_and_asks_nothing(desk_app, desk):
    app = desk_app
    service.add(desk, GUARD, CARD, "7")
    async with app.run_test() as pilot:
        app.kiosk.operator = None
        await app.tap(CARD)
        await settle(pilot)
        assert not isinstance(app.screen, SignedAct)
    assert "lent to nobody" in app.said[-1].headline
    assert app.said[-1].name == ""


async def test_one_of_yesterday_that_is_tapped_at_the_desk_is_back(
    desk_app, desk, people, desk_clock
):
    app = desk_app
    spare = service.add(desk, GUARD, CARD, "7")
    service.lend(desk, GUARD, spare.id, Proof(people["1001"], Means.NO_BADGE, desk.clock()))
    desk_clock.advance(days=1)
    service.lapse(desk)
    async with app.run_test() as pilot:
        await app.tap(CARD)
        await settle(pilot)
    assert (app.said[-1].headline, app.said[-1].name) == ("Temporary badge 7 is back.", "张伟")


async def test_another_persons_badge_signs_in_while_the_pool_is_shown(desk_app, desk):
    app = desk_app
    service.add(desk, GUARD, CARD, "7")
    async with app.run_test() as pilot:
        await app.push_screen(SparesHome())
        await settle(pilot)
        await app.tap("04A1B2C3D4E501")
        await settle(pilot)
        assert isinstance(app.screen, SparesHome)
    assert app.said[-1].headline == "Signed in"
