"""Who comes after a whole half missed it: absent for that half, and late for the next one only."""

from datetime import UTC, datetime

import pytest

from kiosk.attendance import service
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.remarks.asking import abouts
from kiosk.attendance.remarks.models import About
from kiosk.desk.absence import Half
from tests.attendance.hours.test_derived_day import (
    at,
    derive,
    hours,
    leave,
    outing,
    remark,
    taps,
)

ABSENT, PRESENT, EXCUSED = Standing.ABSENT, Standing.PRESENT, Standing.EXCUSED


@pytest.mark.parametrize(
    ("came", "late", "morning", "afternoon"),
    [
        (at(11, 59), 209, PRESENT, PRESENT),  # the last minute of the morning: late, and no more
        (at(12, 0), 0, ABSENT, PRESENT),
        (at(13, 0), 0, ABSENT, PRESENT),
        (at(14, 0), 60, ABSENT, PRESENT),
        (at(17, 40), 0, ABSENT, ABSENT),
    ],
)
def test_clause_15_and_21_a_half_that_was_missed_is_absence_and_no_lateness_beside_it(
    came, late, morning, afternoon
):
    day = derive(*taps(came, at(17, 50)), books_closed=True)
    assert (day.late_min, day.late_counts) == (late, bool(late))
    assert (day.morning, day.afternoon, day.out_of_window) == (morning, afternoon, True)


@pytest.mark.parametrize(
    ("went", "early", "morning", "afternoon"),
    [
        (at(13, 1), 269, PRESENT, PRESENT),  # a minute of the afternoon: early, and no more
        (at(13, 0), 0, PRESENT, ABSENT),
        (at(11, 0), 60, PRESENT, ABSENT),
        (at(8, 20), 0, ABSENT, ABSENT),
    ],
)
def test_clause_15_and_21_a_half_missed_after_going_is_absence_and_no_leaving_early_beside_it(
    went, early, morning, afternoon
):
    day = derive(*taps(at(8, 10), went), books_closed=True)
    assert (day.early_min, day.early_counts) == (early, bool(early))
    assert (day.morning, day.afternoon, day.late_min) == (morning, afternoon, 0)


@pytest.mark.parametrize(("went", "minutes"), [(at(12, 5), 0), (at(11, 0), 60)])
def test_clause_24_who_went_for_good_before_the_afternoon_is_asked_for_one_remark(went, minutes):
    asks = derive(*taps(at(8, 20), went), books_closed=True)
    assert list(abouts(asks)) == [(About.EARLY, minutes)]
    signed = derive(*taps(at(8, 20), went), remarks=[remark(About.EARLY)], books_closed=True)
    assert (signed.afternoon, signed.early_counts, list(abouts(signed))) == (EXCUSED, False, [])


def test_the_minutes_do_not_change_when_the_books_are_closed():
    one, other = (derive(*taps(at(14), at(17, 40)), books_closed=shut) for shut in (False, True))
    assert (one.late_min, one.morning) == (60, Standing.NOT_SIGNED)
    assert (other.late_min, other.morning) == (60, ABSENT)


def test_the_grace_counts_from_the_start_of_the_half_that_was_left():
    late = [derive(*taps(at(13, minute)), times=hours(grace=10)).late_min for minute in (10, 11)]
    assert late == [0, 11]


def test_a_morning_that_an_outing_covers_was_not_missed():
    day = derive(*taps(at(14), at(17, 40)), outings=[outing(at(8), at(10))])
    assert (day.morning, day.late_min) == (Standing.OUTING, 240)


def test_who_looks_in_during_leave_and_misses_what_was_due_is_absent_and_not_late():
    seen = taps(at(9), at(9, 30), at(17, 40))
    day = derive(*seen, leaves=[leave(last=Half.MORNING)], books_closed=True)
    assert (day.morning, day.afternoon, day.late_min) == (Standing.LEAVE, ABSENT, 0)


@pytest.mark.parametrize(
    ("came", "about", "minutes"), [(at(13), About.OUT_OF_WINDOW, 0), (at(14), About.LATE, 60)]
)
def test_clause_24_the_one_remark_that_is_asked_for_explains_the_morning_as_well(
    came, about, minutes
):
    asks = derive(*taps(came, at(17, 40)), books_closed=True)
    assert list(abouts(asks)) == [(about, minutes)]
    signed = derive(*taps(came, at(17, 40)), remarks=[remark(about)], books_closed=True)
    assert (signed.morning, signed.late_counts, list(abouts(signed))) == (EXCUSED, False, [])


@pytest.mark.parametrize(
    ("utc", "late"), [((3, 59), 209), ((4, 0), 0), ((5, 7), 7), ((9, 40), 0)]
)  # fmt: skip
def test_clause_23_the_tap_says_the_same_minutes_as_the_day(desk, people, desk_clock, utc, late):
    person = people["1001"]
    with desk.read() as book:
        today = desk.today()
        noon = days_between(desk, book, today, today).of(person, today).times.noon
    assert noon == (at(12).replace(tzinfo=desk.zone), at(13).replace(tzinfo=desk.zone))
    desk_clock.now = datetime(2026, 11, 23, *utc, tzinfo=UTC)
    marks = service.tap(desk, person, "door").marks
    with desk.read() as book:
        day = days_between(desk, book, today, today).of(person, today)
    assert (marks.late_min, marks.out_of_window) == (late, True)
    assert (day.late_min, day.out_of_window) == (late, True)
