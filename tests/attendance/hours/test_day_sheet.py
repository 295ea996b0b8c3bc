"""The day sheet, and what F7 shows of a late arrival and of a tap without a shift."""

from dataclasses import replace
from datetime import date, time

import pytest

from kiosk.attendance import service
from kiosk.attendance.days.reports import day
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk import words
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState
from kiosk.desk.report import Period
from kiosk.desk.settings_hours import WorkShift
from kiosk.ui import palette
from kiosk.ui.row_list import RowList

MONDAY = date(2026, 11, 23)


def sheet(desk, first=MONDAY, last=MONDAY, who=""):
    with desk.read() as book:
        return day(desk, book, Period(first, last, who=who))


def on_leave(desk, person, last_half):
    with desk.write() as tx:
        subject = tx.new_subject()
        tx.put(
            Leave(
                number="L1", subject=subject, person_id=person.id, kind=LeaveKind.SICK,
                first_day=MONDAY, first_half=Half.MORNING, last_day=MONDAY, last_half=last_half,
                halves=2, reason=tx.seal(subject, "胃病"), state=LeaveState.APPROVED,
                asked_at=tx.now, asked_by="2001",
            )
        )  # fmt: skip
        tx.record("leave.requested", number="L1", person=person.staff_no)


def test_clause_14_the_day_sheet_has_a_line_for_everybody_who_was_due(desk, people, desk_clock):
    on_leave(desk, people["3001"], Half.MORNING)
    desk_clock.advance(minutes=22)  # 08:42
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=8, minutes=18)  # 17:00
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    table = sheet(desk)
    assert [row[1] for row in table.rows] == ["1001", "3001", "9001"]
    assert table.rows[0][3:] == (
        "办公室", "08:30-17:30", "08:42", "17:00", "12", "30", "at work", "438/480", "",
    )  # fmt: skip
    assert table.rows[1][9:] == ("on leave / not signed in", "0/270", "no tap")
    assert table.foot == ("1 late without excuse.",)


def test_no_reason_of_a_leave_stands_on_the_day_sheet(desk, people):
    on_leave(desk, people["3001"], Half.AFTERNOON)
    row = sheet(desk, who="3001").rows[0]
    assert row[9] == "on leave"
    assert not any("sick" in cell or "胃病" in cell for cell in row)


def test_the_sheet_of_one_person_over_some_days_leaves_days_off_out(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=7)
    days = [row[0] for row in sheet(desk, MONDAY, date(2026, 11, 29), "1001").rows]
    assert days == [f"2026-11-{day}" for day in range(23, 28)]


def test_a_year_whose_make_up_days_nobody_knows_is_said_under_the_sheet(desk, people):  # noqa: ARG001 - somebody is due
    table = sheet(desk, date(2031, 1, 2), date(2031, 1, 3))
    assert table.foot[-1].startswith("The make-up workdays of 2031 are not published here yet")


@pytest.mark.usefixtures("words_zh")
def test_the_day_sheet_is_chinese_when_chinese_is_spoken(desk, people):
    service.tap(desk, people["1001"], "door")
    table = sheet(desk)
    assert table.columns[4] == "应到时间"
    assert [row[9] for row in table.rows] == ["在岗", "未签到", "未签到"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_f7_marks_who_is_late_and_whose_shift_nobody_knows_in_colour(
    app, desk, people, desk_clock, size
):
    night = WorkShift(name="夜班", start=time(22), end=time(6))
    desk.settings = replace(desk.settings, work_shifts=(night,))
    service.tap(desk, people["9001"], "door")
    desk_clock.advance(minutes=20)
    service.tap(desk, people["1001"], "door")
    service.tap(desk, people["2002"], "door")
    async with app.run_test(size=size) as pilot:
        app.push_screen(AttendanceScreen())
        await pilot.pause()
        await pilot.pause()
        rows = {row.key: row for row in app.screen.query_one("#taps", RowList).rows}
        told = {no: rows[people[no].id] for no in ("9001", "1001", "2002")}
    assert told["1001"].cells[4] == "late 10 min"
    assert told["2002"].cells[4] == "no shift known"
    assert [told[no].colour for no in ("9001", "1001", "2002")] == [
        palette.TEXT, palette.AMBER, palette.AMBER,
    ]  # fmt: skip
    words.use("en")
