"""Going out at the desk, key by key: the form, the approver's PIN, the list, the way back."""

import pytest
from on_screen import picture, settle
from textual.widgets import Input

from kiosk.attendance.outing.screens_home import OutingHome, WhyDialog
from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.stand_ins.screens_home import StandInHome
from kiosk.ui.dialogs import Choose
from kiosk.ui.row_list import RowList
from kiosk.ui.signed_act import SignedAct
from tests.attendance.test_attendance_screens import SIZES
from tests.conftest import PIN

ZHANG, LI_NA, CHEN = "04A1B2C3D4E501", "04A1B2C3D4E504", "04A1B2C3D4E505"


async def typed(pilot, *words):
    """Type each word into the field in front and press Enter."""
    for word in words:
        pilot.app.focused.value = word if isinstance(pilot.app.focused, Input) else ""
        await pilot.press("enter")
        await settle(pilot)


async def go_out(app, pilot, back="15:00"):
    """Fill the form for 李娜, up to the question whose word lets her go."""
    app.push_screen(AttendanceScreen())
    await settle(pilot)
    await pilot.press("3")
    await settle(pilot)
    await pilot.press("n")
    await settle(pilot)
    await app.tap(LI_NA)
    await settle(pilot)
    await typed(pilot, "镇政府", back, "开会", "", "", "", "")


async def sign(app, pilot, uid):
    await app.tap(uid)
    await settle(pilot)
    await typed(pilot, PIN)
    await settle(pilot)


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize("size", SIZES)
async def test_clause_26_from_f7_a_head_lets_somebody_go_with_badge_and_pin(app, size):
    async with app.run_test(size=size) as pilot:
        await app.tap(LI_NA)
        await go_out(app, pilot)
        await pilot.press("1")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert app.said[-1].headline == "OT1 可以外出，返回：15:00"
        assert isinstance(app.screen, Choose)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, OutingHome)
        seen = picture(app)
        row = app.screen.query_one(RowList).rows[0]
    assert row.cells[:5] == ("李娜", "镇政府", "08:20", "15:00", "外出中")
    assert "开会" not in seen
    assert "外出 1 人" in seen


async def test_the_badge_of_who_may_not_let_go_signs_nothing(app):
    async with app.run_test() as pilot:
        await go_out(app, pilot)
        await pilot.press("1")
        await settle(pilot)
        await app.tap(CHEN)
        await settle(pilot)
        assert app.said[-1].headline == "Signed in"
        assert isinstance(app.screen, SignedAct)


async def test_a_word_by_telephone_is_signed_later_from_the_list(app):
    async with app.run_test() as pilot:
        await go_out(app, pilot, back="0")
        await pilot.press("2")
        await settle(pilot)
        await typed(pilot, "9001")
        assert "cannot let" in picture(app)
        await typed(pilot, "1001")
        await pilot.press("escape")
        await settle(pilot)
        assert "tap owed" in app.screen.query_one(RowList).rows[0].cells[5]
        await pilot.press("w")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert app.screen.query_one(RowList).rows[0].cells[5] == "张伟"


async def test_what_is_typed_stays_when_a_time_is_unclear(app):
    async with app.run_test() as pilot:
        await go_out(app, pilot, back="teatime")
        assert "A time like 15:30" in picture(app)
        assert app.screen.query_one("#place Input", Input).value == "镇政府"


async def test_why_is_shown_to_the_head_only_and_after_his_pin(app):
    async with app.run_test() as pilot:
        await go_out(app, pilot)
        await pilot.press("1")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        await pilot.press("escape")
        await settle(pilot)
        for uid, shown in ((CHEN, False), (ZHANG, True)):
            await pilot.press("r")
            await settle(pilot)
            await sign(app, pilot, uid)
            assert isinstance(app.screen, WhyDialog) is shown
            assert ("开会" in picture(app)) is shown


async def test_a_digit_takes_one_of_the_last_places(app, desk_clock):
    async with app.run_test() as pilot:
        await go_out(app, pilot, back="")
        await pilot.press("1")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        await pilot.press("escape")
        desk_clock.advance(hours=1)
        await app.tap(LI_NA)
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await app.tap(LI_NA)
        await settle(pilot)
        await typed(pilot, "1")
        assert app.screen.query_one("#place Input", Input).value == "镇政府"


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize("size", SIZES)
async def test_clause_7_from_f7_the_stand_in_says_yes_with_badge_and_pin(app, size):
    async with app.run_test(size=size) as pilot:
        await app.tap(CHEN)
        app.push_screen(AttendanceScreen())
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await app.tap(LI_NA)
        await settle(pilot)
        await typed(pilot, "")
        await pilot.press("1")
        await settle(pilot)
        await app.tap(CHEN)
        await settle(pilot)
        assert isinstance(app.screen, SignedAct)
        await sign(app, pilot, CHEN)
        assert app.said[-1].headline == "DG1：即起替李娜顶岗"
        assert isinstance(app.screen, StandInHome)
        assert app.screen.query_one(RowList).rows[0].cells[:4] == ("李娜", "陈静", "8001", "顶岗中")


async def test_who_is_not_in_is_refused_where_he_is_named(app):
    async with app.run_test() as pilot:
        app.push_screen(StandInHome())
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await app.tap(LI_NA)
        await settle(pilot)
        await typed(pilot, "+2")
        await pilot.press("1")
        await settle(pilot)
        await typed(pilot, "9001")
        assert "is not in the house now" in picture(app)


@pytest.mark.usefixtures("words_zh")
async def test_f7_says_that_somebody_is_on_an_outing_and_not_that_she_left(app, desk_clock):
    def states():
        return {row.cells[0]: row.cells[1] for row in app.screen.query_one(RowList).rows}

    async with app.run_test() as pilot:
        await app.tap(LI_NA)
        await app.tap(ZHANG)
        await go_out(app, pilot)
        await pilot.press("1")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, AttendanceScreen)
        out = states()
        desk_clock.advance(minutes=30)
        await app.tap(LI_NA)
        await settle(pilot)
        back = states()
        desk_clock.advance(minutes=30)
        await app.tap(LI_NA)
        await settle(pilot)
        left = states()
    assert out == {"李娜": "外出", "张伟": "在岗"}
    assert (back["李娜"], left["李娜"]) == ("在岗", "已走")
