"""Closing at F7, 8: gaps, the question once more, badge and PIN; months and objections."""

from datetime import date

import pytest
from month_of_work import close_all, proof, tapped
from on_screen import picture, press, settle
from sqlmodel import select
from textual.widgets import Static

from kiosk.attendance.closing import months
from kiosk.attendance.closing.models import DayClosing, MonthClosing, Objection
from kiosk.attendance.closing.screens_books import BooksHome
from kiosk.attendance.closing.screens_gaps import DayGaps
from kiosk.attendance.closing.screens_months import MonthsOfBooks
from kiosk.attendance.closing.screens_objections import Objections
from kiosk.attendance.remarks.models import About, Remark
from kiosk.attendance.remarks.screens_form import RemarkForm
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk.words import use
from kiosk.ui.row_list import RowList

SIZES = [(80, 24), (120, 36)]
CLERK, HEAD, LI_NA = "04A1B2C3D4E505", "04A1B2C3D4E501", "04A1B2C3D4E504"
MON, TUE = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def worked(desk, people, desk_clock):
    """Monday and Tuesday are over; 张伟 came on both, 李娜 and 陈静 on none."""
    for day in (MON, TUE):
        tapped(desk, people["1001"], day, "08:20", "17:40")
    desk_clock.advance(days=2)
    return desk


async def opened(pilot, app) -> None:
    app.push_screen(AttendanceScreen())
    await settle(pilot)


async def signed(pilot, app, uid: str) -> None:
    await app.tap(uid)
    await press(pilot, *"2580", "enter")


def cells(app):
    return [row.cells for row in app.screen.query_one(RowList).rows]


def rows(desk, table):
    with desk.read() as book:
        return book.all(select(table))


async def test_a_day_is_closed_gap_by_gap_with_badge_and_pin(app, worked):
    use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await press(pilot, "8")
        assert isinstance(app.screen, BooksHome)
        assert [one[2] for one in cells(app)] == ["runs", "open", "open"]
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, DayGaps)
        assert [(one[0], one[2], one[4]) for one in cells(app)] == [
            ("3001", "nothing is known of the day", "F7 1"),
            ("9001", "nothing is known of the day", "F7 1"),
        ]
        await press(pilot, "c")
        await press(pilot, "2")  # not yet
        assert rows(worked, DayClosing) == []
        await press(pilot, "c", "1")
        await signed(pilot, app, HEAD)  # no badge the question takes: it signs in as always
        assert rows(worked, DayClosing) == []
        await signed(pilot, app, CLERK)
    assert [(one.day, one.gaps) for one in rows(worked, DayClosing)] == [(MON, 2)]
    assert app.said[-1].headline == "2026-11-23 is closed."


async def test_all_days_up_to_the_cursor_are_closed_in_one_go(app, worked):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await press(pilot, "8", "home", "a", "1")
        await signed(pilot, app, CLERK)
        assert [one[2] for one in cells(app)] == ["runs", "closed", "closed"]
    assert [one.day for one in rows(worked, DayClosing)] == [MON, TUE]


@pytest.mark.usefixtures("worked")
async def test_what_is_missing_and_who_closed_are_not_cut_at_80_columns(app):
    use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await press(pilot, "8")
        seen = [picture(app)]
        await press(pilot, "end", "enter")
        seen.append(picture(app))
    assert "Gaps  By" in seen[0]
    assert "nothing is known of the day" in seen[1]


async def test_a_later_day_alone_is_refused_and_the_question_stays(app, worked):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await press(pilot, "8", "down", "enter", "c", "1")
        await signed(pilot, app, CLERK)
        wrong = str(app.screen.query_one("#dialog-wrong", Static).content)
    assert "2026-11-23 is still open (1 before this one)" in wrong
    assert rows(worked, DayClosing) == []


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_books_are_whole_at_both_sizes(app, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app)
        await press(pilot, "8")
        assert [one[0] for one in cells(app)][-1] == "2026-11-23"
        seen = picture(app)
    assert {"en": "2 workdays open", "zh_CN": "2 个工作日未日结"}[language] in seen
    assert "2026-11-23" in seen


async def test_clause_130_a_month_is_published_objected_to_answered_and_final(
    app, worked, people, desk_clock
):
    use("en")
    close_all(worked, people["9001"], TUE)
    desk_clock.advance(days=10)  # the fifth of December
    close_all(worked, people["9001"], date(2026, 12, 4))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await press(pilot, "8", "m")
        assert isinstance(app.screen, MonthsOfBooks)
        await press(pilot, "end", "p")
        await signed(pilot, app, CLERK)
        assert cells(app)[-1][:4] == ("2026-11", "published", "", "12-12")
        number = months.enter_objection(worked, proof(worked, people["1001"]), MON, "我来过")
        await press(pilot, "escape", "o")
        await signed(pilot, app, CLERK)
        assert isinstance(app.screen, Objections)
        assert cells(app)[0][:4] == (number, "张伟", "11-23", "我来过")
        await press(pilot, "enter", "2", *"no", "enter")
        await signed(pilot, app, CLERK)
        assert cells(app) == []
        desk_clock.advance(days=8)
        await press(pilot, "escape", "m", "end", "f")
        await signed(pilot, app, CLERK)
        assert cells(app)[-1][:2] == ("2026-11", "final")
    (month,) = rows(worked, MonthClosing)
    (objection,) = rows(worked, Objection)
    assert month.closed_at is not None
    assert (objection.accepted, objection.answered_by_id) == (False, people["9001"].id)
    assert "我来过" not in objection.words


@pytest.mark.parametrize("size", SIZES)
async def test_clause_130_an_accepted_objection_leads_to_the_remark_that_mends_the_day(
    app, worked, people, desk_clock, size
):
    use("en")
    close_all(worked, people["9001"], TUE)
    desk_clock.advance(days=10)
    close_all(worked, people["9001"], date(2026, 12, 4))
    months.publish(worked, proof(worked, people["9001"]), date(2026, 11, 1))
    months.enter_objection(worked, proof(worked, people["3001"]), TUE, "I was here")
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app)
        await press(pilot, "8", "o")
        await signed(pilot, app, CLERK)
        await press(pilot, "enter", "1", *"right", "enter")
        await signed(pilot, app, CLERK)
        await press(pilot, "5")  # nothing is known of the day
        assert isinstance(app.screen, RemarkForm)
        await press(pilot, *"reader broken", "enter", *"0825", "enter", *"1735", "enter")
        await signed(pilot, app, LI_NA)
        assert isinstance(app.screen, Objections)
    (remark,) = rows(worked, Remark)
    assert (remark.person_id, remark.day, remark.about) == (people["3001"].id, TUE, About.NO_TAP)
