"""The month sheet: raw taps, the derived day and corrections side by side."""

from datetime import date

import pytest

from kiosk.attendance import service
from kiosk.attendance.reports import attendance
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table

MONDAY = date(2026, 11, 23)
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))


def sheet(desk: Desk, period: Period = MONTH) -> Table:
    with desk.read() as book:
        return attendance(desk, book, period)


def line(table: Table, staff_no: str, day: date = MONDAY) -> tuple[str, ...]:
    [found] = [row for row in table.rows if row[:2] == (day.isoformat(), staff_no)]
    return found[2:]


def test_an_empty_sheet_says_so(desk):
    table = sheet(desk)
    assert (table.rows, table.empty) == ((), "Nobody has tapped in these days.")


def test_a_day_shows_in_out_late_early_and_every_raw_tap(desk, people, desk_clock):
    desk_clock.advance(minutes=22)  # 08:42
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=4)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=1)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=3, minutes=30)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    assert line(sheet(desk), "1001") == (
        "张伟", "办公室", "08:42", "17:12", "12", "18", "",
        "08:42 in 12:42 out 13:42 in 17:12 out",
    )  # fmt: skip


def test_nobody_is_early_or_missing_before_the_day_is_over(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(minutes=30)
    service.tap(desk, people["1001"], "door")
    assert [row[1] for row in sheet(desk).rows] == ["1001"]
    assert line(sheet(desk), "1001")[5] == ""


def test_a_closed_workday_names_who_did_not_tap_but_no_guard(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    table = sheet(desk)
    assert [row[1] for row in table.rows] == ["1001", "3001", "9001"]
    assert line(table, "3001")[6] == "no tap"
    assert line(table, "1001")[6] == "no sign-out"


def test_a_guards_night_is_no_missing_sign_out(desk, people, desk_clock):
    service.tap(desk, people["2001"], "door")
    desk_clock.advance(days=1)
    assert line(sheet(desk), "2001")[6] == ""


def test_a_day_on_which_the_desk_took_no_tap_says_nothing(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=3)
    assert {row[0] for row in sheet(desk).rows} == {MONDAY.isoformat()}


def test_a_day_off_asks_nobody(desk, people, desk_clock):
    desk_clock.advance(days=5)  # Saturday
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=2)
    assert [row[1] for row in sheet(desk).rows] == ["1001"]


def test_a_correction_stands_beside_the_raw_tap(desk, people):
    made = service.tap(desk, people["1001"], "door")
    service.change(desk, made.tap_id, by="2001")
    assert line(sheet(desk), "1001") == (
        "张伟", "办公室", "", "08:20", "", "", "corrected", "08:20 in (corrected: out)",
    )  # fmt: skip


def test_only_the_days_asked_for_are_shown(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    service.tap(desk, people["1001"], "door")
    assert {row[0] for row in sheet(desk, Period(MONDAY, MONDAY)).rows} == {MONDAY.isoformat()}


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_is_chinese_when_chinese_is_spoken(desk, people):
    service.tap(desk, people["1001"], "door")
    table = sheet(desk)
    assert table.columns[4:6] == ("签到", "签退")
    assert line(table, "1001")[7] == "08:20 签到"
