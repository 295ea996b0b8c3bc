"""The month at F7, 9 and 0: who may read whose, an objection, and that it closes by itself."""

from dataclasses import replace
from datetime import date

import november
import pytest
from month_of_work import close_all, proof, tapped
from on_screen import picture, press, rows, settle
from sqlmodel import select
from textual.widgets import Static

from kiosk.attendance.closing import months
from kiosk.attendance.closing.models import Objection
from kiosk.attendance.closing.screens_own import OwnMonth
from kiosk.attendance.closing.screens_person import PersonDays
from kiosk.attendance.closing.screens_sheet import SheetOfMonth
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk.people import BY_ID, Department
from kiosk.desk.words import use
from kiosk.ui import palette
from kiosk.ui.row_list import RowList

ZHANG, GUARD, LI_NA, CLERK = (f"04A1B2C3D4E50{n}" for n in (1, 2, 4, 5))
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def book(desk, people, desk_clock):
    november.written(desk, people, desk_clock)
    return desk


async def proved(pilot, app, digit: str, uid: str) -> None:
    """Open a job of F7 that asks for badge and PIN."""
    app.push_screen(AttendanceScreen())
    await settle(pilot)
    await press(pilot, digit)
    await app.tap(uid)
    await press(pilot, *"2580", "enter")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("size", SIZES)
async def test_the_office_reads_everybodys_sheet_in_pages_of_days(app, size):
    use("zh_CN")
    async with app.run_test(size=size) as pilot:
        await proved(pilot, app, "9", CLERK)
        assert isinstance(app.screen, SheetOfMonth)
        await press(pilot, "p")
        assert [one[0] for one in rows(app)] == ["张伟", "李建国", "王磊", "李娜", "陈静"]
        assert list(rows(app)[0][1:7]) == ["○", "√", "迟", "√", "退", "×"]
        assert "2026-11 考勤月报表" in picture(app)
        assert rows(app)[0][11] == "病"
        bars = [row.bar for row in app.screen.query_one(RowList).rows]
        assert bars == [palette.RED, "", "", palette.RED, ""]
        assert len(rows(app)[0]) == {80: 17, 120: 17}[size[0]]
        await press(pilot, "right")
        assert rows(app)[3][-1] == "—"
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, PersonDays)
        assert not isinstance(app.screen, OwnMonth)
        await press(pilot, "down", "down")
        assert "09:00 签到 17:40 签退" in picture(app)
        assert "出勤 迟到 30 分钟" in picture(app)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("uid", [GUARD, LI_NA])
async def test_clause_132_the_gate_and_who_heads_nothing_read_no_sheet(app, uid):
    use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(AttendanceScreen())
        await settle(pilot)
        await press(pilot, "9", *("2001" if uid == GUARD else "3001"), "enter")
        await press(pilot, *"2580", "enter")
        assert not isinstance(app.screen, SheetOfMonth)
        wrong = str(app.screen.query_one("#dialog-wrong", Static).content)
    assert "reads no month sheet here" in wrong


async def test_a_head_reads_the_own_section_alone(app, book, people):
    with book.write() as tx:
        other = tx.put(Department(name="财政所"))
        one = tx.one(BY_ID, id=people["3001"].id)
        one.department_id = other.id
        tx.put(one)
        tx.record("person.changed", person="3001")
    async with app.run_test(size=(80, 24)) as pilot:
        await proved(pilot, app, "9", ZHANG)
        names = [one[0] for one in rows(app)]
    assert "张伟" in names
    assert "李娜" not in names


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("size", SIZES)
async def test_the_own_month_shows_own_days_and_nothing_of_others(app, size):
    use("zh_CN")
    async with app.run_test(size=size) as pilot:
        await proved(pilot, app, "0", ZHANG)
        assert isinstance(app.screen, OwnMonth)
        await press(pilot, "p")
        shown = picture(app)
        assert rows(app)[2][:5] == ("11-03", "迟", "09:00", "17:40", "30")
        assert rows(app)[3][6] == "已签 1"
        assert "事假 2" in shown
        assert "病假 0.5" in shown
        assert "李娜" not in shown
        await press(pilot, "escape")
        assert not isinstance(app.screen, OwnMonth)


async def test_clause_130_the_person_objects_to_a_day_while_the_month_is_published(
    app, book, people
):
    use("en")
    close_all(book, people["9001"], november.LAST)
    async with app.run_test(size=(80, 24)) as pilot:
        await proved(pilot, app, "0", ZHANG)
        await press(pilot, "p", "end", "o")
        assert app.said[-1].headline == "No objection to 2026-11 can be made now: ask the office."
        await press(pilot, "escape")
        months.publish(book, proof(book, people["9001"]), november.FIRST)
        await proved(pilot, app, "0", ZHANG)
        await press(pilot, "p", "home", *["down"] * 5, "o", *"here", "enter")
        assert app.said[-1].headline == "Objection OB1 is with the office."
    with book.read() as view:
        (one,) = view.all(select(Objection))
        assert (one.day, one.person_id) == (date(2026, 11, 6), people["1001"].id)
        assert view.unseal(one.words) == "here"


@pytest.mark.usefixtures("book")
async def test_the_own_month_closes_when_nobody_touches_it(app, desk):
    desk.rules = replace(desk.rules, own_month_s=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await proved(pilot, app, "0", ZHANG)
        assert isinstance(app.screen, OwnMonth)
        for _ in range(50):
            await pilot.pause(0.1)
            if not isinstance(app.screen, OwnMonth):
                break
        assert not isinstance(app.screen, OwnMonth)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "late, week 2/2"), ("zh_CN", "本周迟到早退 2/2")]
)
async def test_clause_15_the_own_month_says_how_far_the_counters_have_come(
    app, desk, people, desk_clock, language, told
):
    use(language)
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        tapped(desk, people["1001"], day, "09:10", "17:40")
    desk_clock.advance(days=2)
    close_all(desk, people["9001"], date(2026, 11, 24))
    async with app.run_test(size=(80, 24)) as pilot:
        await proved(pilot, app, "0", ZHANG)
        shown = picture(app)
        assert told in shown
        (line,) = [one for one in shown.splitlines() if told in one]
        assert line.rstrip().endswith("0/30")  # the whole line fits
        await press(pilot, "p")
        assert told not in picture(app)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("size", SIZES)
async def test_the_month_that_runs_begins_at_today(app, size):
    use("en")
    async with app.run_test(size=size) as pilot:
        await proved(pilot, app, "0", ZHANG)
        assert isinstance(app.screen, OwnMonth)
        days = app.screen.query_one(RowList)
        assert days.current.cells[0] == "11-23"
        assert "11-23" in picture(app)
        await press(pilot, "up")
        assert days.current.cells[0] == "11-22"
