"""Which way a tap goes and on which day it counts: by schedule and state, not by toggling."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from kiosk.attendance import service
from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest.models import Doubt, TapDoubt
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.reports import attendance
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period
from kiosk.desk.settings_hours import WorkShift
from kiosk.desk.signing import Means

pytestmark = pytest.mark.usefixtures("people")
IN, OUT = Whereabouts.IN, Whereabouts.OUT
DAY_AND_NIGHT = (
    WorkShift(name="白班", start=time(8), end=time(20)),
    WorkShift(name="夜班", start=time(20), end=time(8)),
)


def taps(desk: Desk) -> list:
    with desk.read() as book:
        return book.all(TAPS_BETWEEN, first=desk.today() - timedelta(days=40), last=desk.today())


def derived(desk: Desk, person, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(person, day)


def put_on_shift(desk: Desk, person, *days) -> None:
    with desk.write() as tx:
        for day in days:
            tx.put(ShiftDay(person_id=person.id, day=day, shift="夜班"))
        tx.record("test.shift")


@pytest.fixture
def night_desk(settings, desk, people, desk_clock):
    """The desk of a site that works in two shifts, one of them over midnight."""
    assert people
    desk.close()
    opened = Desk.open(replace(settings, work_shifts=DAY_AND_NIGHT), desk_clock)
    yield opened
    opened.close()


def test_clause_14_in_out_for_a_break_in_again_and_home(desk, people, desk_clock):
    kinds = []
    for hours in (0, 3.5, 1.25, 4.5):
        desk_clock.advance(hours=hours)
        kinds.append(service.tap(desk, people["1001"], "door").kind)
    assert kinds == [IN, OUT, IN, OUT]
    day = derived(desk, people["1001"], desk.today())
    assert (day.worked_min, day.inside) == (int((3.5 + 4.5) * 60), False)


@pytest.mark.parametrize("days", [1, 3, 30])
def test_clause_14_a_forgotten_out_tap_never_turns_a_later_day_round(
    desk, people, desk_clock, days
):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=days)
    kinds = []
    for _ in range(2):
        kinds.append(service.tap(desk, people["1001"], "door").kind)
        desk_clock.advance(hours=4)
    assert kinds == [IN, OUT]


def test_clause_14_a_shift_over_midnight_is_one_day(night_desk, people, desk_clock):
    person, evening = people["1001"], night_desk.today()
    put_on_shift(night_desk, person, evening, evening + timedelta(days=1))
    desk_clock.now = datetime(2026, 11, 23, 11, 55, tzinfo=UTC)  # 19:55
    assert service.tap(night_desk, person, "door").kind is IN
    desk_clock.advance(hours=9)  # 04:55: out for a break, of the evening's day
    assert service.tap(night_desk, person, "door").kind is OUT
    desk_clock.advance(minutes=20)
    assert service.tap(night_desk, person, "door").kind is IN
    desk_clock.advance(hours=2, minutes=55)  # 08:10
    out = service.tap(night_desk, person, "door")
    assert (out.kind, out.marks.early_min) == (OUT, 0)
    assert {tap.day for tap in taps(night_desk)} == {evening}
    desk_clock.advance(minutes=2)
    again = service.tap(night_desk, person, "door")
    assert (again.shown_again, again.kind) == (True, OUT)
    desk_clock.advance(hours=11, minutes=40)  # 19:52, the next night
    assert service.tap(night_desk, person, "door").kind is IN
    assert taps(night_desk)[-1].day == evening + timedelta(days=1)


def test_clause_14_a_night_shift_that_forgot_to_sign_out_comes_in_the_next_evening(
    night_desk, people, desk_clock
):
    person, evening = people["1001"], night_desk.today()
    put_on_shift(night_desk, person, evening)
    desk_clock.now = datetime(2026, 11, 23, 11, 55, tzinfo=UTC)
    service.tap(night_desk, person, "door")
    desk_clock.now = datetime(2026, 11, 24, 4, 1, tzinfo=UTC)  # 12:01, over four hours after it
    assert service.tap(night_desk, person, "door").kind is IN
    assert taps(night_desk)[-1].day == evening + timedelta(days=1)


def test_a_tap_without_section_on_a_day_off_or_on_leave_is_kept(desk, people, desk_clock):
    person = people["1001"]
    with desk.write() as tx:
        alone = people["2002"]
        alone.department_id = None
        tx.put(alone)
        tx.put(Leave(
            number="Q1", subject=tx.new_subject(), person_id=person.id, kind=LeaveKind.PERSONAL,
            first_day=desk.today(), first_half=Half.MORNING, last_day=desk.today(),
            last_half=Half.AFTERNOON, halves=2, state=LeaveState.APPROVED, asked_at=tx.now,
            asked_by="1001",
        ))  # fmt: skip
        tx.record("test.leave")
    assert service.tap(desk, person, "door").kind is IN
    assert service.tap(desk, alone, "door").section == ""
    desk_clock.advance(days=5)  # Saturday
    assert service.tap(desk, person, "door").marks.late_min == 0
    assert len(taps(desk)) == 3


@pytest.mark.usefixtures("words_en")
def test_clause_130_a_tap_of_a_closed_day_is_kept_and_marked(desk, people):
    with desk.write() as tx:
        tx.put(DayClosing(
            day=desk.today(), closed_at=tx.now, closed_by_id=people["9001"].id, gaps=0,
            outcome="{}",
        ))  # fmt: skip
        tx.record("test.closed")
    result = service.tap(desk, people["1001"], "door")
    assert (result.kind, result.after_closing) == (IN, True)
    with desk.read() as book:
        [row] = [
            one for one in attendance(desk, book, Period(desk.today(), desk.today())).rows
            if one[1] == "1001"
        ]  # fmt: skip
    assert row[-1] == "08:20 in (after closing)"
    assert marks_of(desk) == [(Doubt.AFTER_CLOSING, None)]


def marks_of(desk: Desk) -> list:
    with desk.read() as book:
        return [(one.why, one.newest_at) for one in book.all(select(TapDoubt))]


def test_clause_14_summer_time_turns_no_tap_round(settings, desk, people, desk_clock):
    desk.close()
    site = replace(settings.site, timezone="Europe/Berlin")
    opened = Desk.open(replace(settings, site=site), desk_clock)
    person = people["1001"]
    desk_clock.now = datetime(2027, 3, 26, 7, 20, tzinfo=UTC)  # Friday, 08:20 winter time
    results = [service.tap(opened, person, "door", Means.BADGE)]
    for now in (
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),  # a minute before the hour that is left out
        datetime(2027, 3, 28, 1, 10, tzinfo=UTC),
        datetime(2027, 3, 29, 6, 20, tzinfo=UTC),  # Monday, 08:20 summer time
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # 02:30, which comes twice
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ):
        desk_clock.now = now
        results.append(service.tap(opened, person, "door"))
    assert [one.kind for one in results] == [IN, IN, OUT, IN, IN, OUT]
    assert results[3].marks.late_min == 0
    assert [one.doubt for one in results[:4]] == [None] * 4
    opened.close()
