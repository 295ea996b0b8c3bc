"""Nobody is late or absent before he came into the house, or after he left it (clauses 14, 76)."""

from datetime import date, timedelta

import pytest

from kiosk import features
from kiosk.attendance import service
from kiosk.attendance.closing import service as closing
from kiosk.attendance.closing.books import day_book
from kiosk.attendance.closing.sheet import month_sheet
from kiosk.attendance.counters.marking import mark_day
from kiosk.attendance.counters.models import MARKS_OF_DAY
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.desk import leaving, people_import
from kiosk.desk.people import EVERYONE, person_by_staff_no
from kiosk.desk.people_file import read_people
from kiosk.desk.signing import Means, Proof

MONDAY = date(2026, 11, 23)
WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in (2, 3, 4))


def takes_in(desk, *lines):
    table = read_people("staff.csv", "\n".join(("姓名,工号", *lines)).encode("utf-8-sig"))
    with desk.read() as book:
        plan = people_import.check(book, table.rows, lambda number: number)
    with desk.write() as tx:
        people_import.apply(tx, plan)


def lets_go(desk, people, staff_no):
    proof = Proof(people["9001"], Means.BADGE, desk.clock())
    leaving.leave(desk, proof, staff_no, lambda *_: [], features.end_for_leaver)


def closes(desk, people, day):
    with desk.read() as book:
        absent = day_book(desk, book, day).absent
    closing.close_day(desk, Proof(people["9001"], Means.BADGE, desk.clock()), day, absent)


def halves(desk, staff_no, first=MONDAY, last=FRIDAY):
    with desk.read() as book:
        sheet = month_sheet(desk, book, first, last)
    found = next(one for one in sheet.people if one.person.staff_no == staff_no)
    return [(one.day.morning, one.day.afternoon) for one in found.days]


@pytest.fixture
def closed_days(desk, people, desk_clock):
    """Monday and Tuesday are closed; it is Wednesday morning."""
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        closes(desk, people, day)


@pytest.mark.usefixtures("closed_days")
def test_who_is_new_is_absent_on_no_day_before(desk, people, desk_clock):
    takes_in(desk, "赵敏,4001")
    with desk.write() as tx:
        mark_day(desk, tx, MONDAY)
        new = person_by_staff_no(tx, "4001")
        assert new.id not in {one.person_id for one in tx.all(MARKS_OF_DAY, day=MONDAY)}
        tx.record("attendance.counted", day=MONDAY.isoformat(), people=0, cases=0)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    closes(desk, people, WEDNESDAY)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=1)
    closes(desk, people, THURSDAY)
    off, absent = (Standing.OFF,) * 2, (Standing.ABSENT,) * 2
    found = halves(desk, "4001", last=THURSDAY)
    assert found == [off, off, off, absent]  # nobody says at what hour of the third day he came
    assert halves(desk, "3001", last=THURSDAY) == [absent] * 4  # who was there all along


@pytest.mark.parametrize(
    ("hour", "last_day"),
    [
        (10, (Standing.PRESENT, Standing.OFF)),
        (14, (Standing.PRESENT, Standing.PRESENT)),
        (18, (Standing.PRESENT, Standing.PRESENT)),
    ],
)
def test_who_leaves_is_due_until_then_and_no_longer(desk, people, desk_clock, hour, last_day):
    service.tap(desk, people["3001"], "door")
    desk_clock.advance(hours=hour - 8, minutes=-20)
    service.tap(desk, people["3001"], "door")
    lets_go(desk, people, "3001")
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        desk_clock.advance(days=1)
        service.tap(desk, people["1001"], "door")
        closes(desk, people, day)
    with desk.read() as book:
        days = days_between(desk, book, MONDAY, MONDAY)
        gone = next(one for one in days.people if one.staff_no == "3001")
        assert days.of(gone, MONDAY).early_min == 0
    assert halves(desk, "3001", last=MONDAY + timedelta(days=1)) == [
        last_day, (Standing.OFF, Standing.OFF)
    ]  # fmt: skip


def test_who_comes_back_into_the_house_is_due_again(desk, people, desk_clock):
    service.tap(desk, people["3001"], "door")
    desk_clock.advance(hours=10)
    lets_go(desk, people, "3001")
    desk_clock.advance(days=2)
    takes_in(desk, "李娜,3001")
    with desk.read() as book:
        days = days_between(desk, book, MONDAY, FRIDAY)
        back = next(one for one in book.all(EVERYONE) if one.staff_no == "3001")
        due = [days.times(back, day).start is not None for day in days.each_day()]
    assert due == [True, False, False, True, True]


def test_a_clock_set_back_between_in_and_out_gives_no_minutes_below_nothing(
    desk, people, desk_clock
):
    desk_clock.advance(hours=4)
    service.tap(desk, people["3001"], "door")
    desk_clock.advance(hours=-3)
    service.tap(desk, people["3001"], "door")
    with desk.read() as book:
        day = days_between(desk, book, MONDAY, MONDAY).of(people["3001"], MONDAY)
    assert (len(day.taps), day.inside) == (2, False)
    assert (day.worked_min, day.in_hours_min) == (0, 0)
