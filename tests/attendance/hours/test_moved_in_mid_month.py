"""Who moves to another section, or to another work, in mid month: each day as it was then."""

from dataclasses import replace
from datetime import date, time

import pytest

from kiosk.attendance import service
from kiosk.attendance.counters.service import due_for
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.remarks import service as remarks
from kiosk.desk import people_import
from kiosk.desk.absence import Half
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.people import BY_STAFF_NO, Rank
from kiosk.desk.people_before import Before, keep, stands
from kiosk.desk.people_file import read_people
from kiosk.desk.settings_hours import HoursProfile

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
EARLY = HoursProfile(name="财政所", start=time(7, 30), end=time(16), sections=("财政所",))


def take(desk, *lines):
    table = read_people("staff.csv", "\n".join(lines).encode("utf-8-sig"))
    with desk.read() as book:
        plan = people_import.check(book, table.rows, lambda number: number)
    assert not plan.bad
    with desk.write() as tx:
        people_import.apply(tx, plan)


def now(desk, staff_no):
    with desk.read() as book:
        return book.one(BY_STAFF_NO, staff_no=staff_no)


def of(desk, staff_no, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(book.one(BY_STAFF_NO, staff_no=staff_no), day)


def with_early_section(desk):
    desk.settings = replace(desk.settings, hours_profiles=(EARLY,))
    desk.calendar = WorkCalendar(desk.settings, desk._site_days)


def test_clause_14_the_days_before_a_move_keep_the_hours_of_the_old_section(
    desk, people, desk_clock
):
    with_early_section(desk)
    for _day in range(2):  # 08:20 on Monday and Tuesday: in time for the office
        service.tap(desk, people["3001"], "door")
        desk_clock.advance(days=1)
    take(desk, "姓名,工号,科室", "李娜,3001,财政所")  # on Wednesday
    service.tap(desk, now(desk, "3001"), "door")
    assert [of(desk, "3001", day).late_min for day in (MONDAY, TUESDAY)] == [0, 0]
    assert of(desk, "3001", WEDNESDAY).late_min == 50
    assert of(desk, "3001", WEDNESDAY).times.basis == "财政所"


@pytest.mark.usefixtures("people")
def test_clause_14_two_moves_leave_each_stretch_its_own_section(desk, desk_clock):
    with_early_section(desk)
    desk_clock.advance(days=1)
    take(desk, "姓名,工号,科室", "李娜,3001,财政所")  # Tuesday
    desk_clock.advance(days=1)
    take(desk, "姓名,工号,科室", "李娜,3001,民政办")  # Wednesday
    assert [of(desk, "3001", day).times.basis for day in (MONDAY, TUESDAY, WEDNESDAY)] == [
        "", "财政所", "",
    ]  # fmt: skip


@pytest.mark.usefixtures("people")
def test_clause_21_a_guard_who_becomes_a_clerk_was_not_absent_before(desk, desk_clock):
    desk_clock.advance(days=1)
    take(desk, "姓名,工号,角色", "李建国,2001,总务")
    assert of(desk, "2001", MONDAY).morning is Standing.OFF
    assert of(desk, "2001", TUESDAY).times.start is not None
    person = now(desk, "2001")
    with desk.read() as book:
        due = due_for(desk, book, person, {})
    assert (due(MONDAY, Half.MORNING), due(TUESDAY, Half.MORNING)) == (False, True)


def test_clause_24_the_head_of_the_section_of_that_day_signs_for_it(desk, people, desk_clock):
    take(
        desk, "姓名,工号,科室,级别", "张伟,1001,办公室,科室负责人", "李娜,3001,办公室,",
        "王磊,2002,财政所,科室负责人",
    )  # fmt: skip
    desk_clock.advance(days=1)
    take(desk, "姓名,工号,科室", "李娜,3001,财政所")
    person = now(desk, "3001")
    assert person.rank is Rank.ORDINARY
    with desk.read() as book:
        then = remarks.above(desk, book, person, MONDAY)
        today = remarks.above(desk, book, person, TUESDAY)
    assert then.heads == {people["1001"].id}
    assert today.heads == {people["2002"].id}


def test_clause_14_one_move_that_two_desks_wrote_down_was_when_the_first_did(
    desk, people, desk_clock
):
    was = stands(people["3001"])
    with desk.write() as tx:
        moved = tx.one(BY_STAFF_NO, staff_no="3001")
        moved.rank = Rank.TEAM_MEMBER
        tx.put(moved)
        keep(tx, moved, was)
        tx.record("person.changed", person="3001")
    desk_clock.advance(days=2)
    with desk.write() as tx:
        keep(tx, moved, was)
        tx.record("person.changed", person="3001")
    with desk.read() as book:
        before = Before.of(desk, book)
    assert before.on(moved, date(2026, 11, 22)).rank is Rank.ORDINARY
    assert [before.on(moved, day).rank for day in (MONDAY, TUESDAY, WEDNESDAY)] == [
        Rank.TEAM_MEMBER
    ] * 3
