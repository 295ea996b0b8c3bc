"""The counter engine: limits, periods, rows, and what an excuse can do to a count."""

from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.counters.models import AttendanceCase, CountedMark, What
from kiosk.attendance.counters.rules import counters, marks_for, matched
from kiosk.desk.absence import Half
from kiosk.desk.clauses import Rules
from kiosk.desk.counting import Counter, Mark, Over, Sign, period_of, tally

MONDAY = date(2026, 11, 23)
BY_ID = {one.id: one for one in counters(Rules())}
MARKS = st.lists(
    st.builds(
        Mark,
        st.dates(date(2026, 11, 1), date(2027, 1, 31)),
        st.integers(0, 1),
        st.sampled_from(list(Sign)),
    ),
    max_size=60,
    unique_by=lambda mark: (mark.day, mark.place),
)
COUNTERS = st.builds(
    Counter, st.just("any"), st.just("15"), st.sampled_from(list(Over)), st.integers(0, 4),
    days_off=st.booleans(),
)  # fmt: skip


def on(*days: int) -> list[Mark]:
    return [Mark(MONDAY + timedelta(days=n), 0) for n in days]


def units(counter, marks) -> list[int]:
    return [one.units for one in tally(counter, marks)]


def test_clause_15_the_third_late_mark_of_a_week_trips_and_the_second_warns():
    week = BY_ID["late_week"]
    assert [(one.tripped, one.warned) for one in tally(week, on(0, 1))] == [(False, 2)]
    assert [(one.tripped, one.warned) for one in tally(week, on(0, 1, 4))] == [(True, 0)]


def test_clause_15_a_week_is_monday_to_sunday_and_a_month_the_calendars():
    assert units(BY_ID["late_week"], on(0, 6, 7)) == [2, 1]
    assert units(BY_ID["late_month"], on(7, 8)) == [1, 1]  # 30 November and 1 December
    assert period_of(Over.MONTH, date(2028, 2, 7)) == (date(2028, 2, 1), date(2028, 2, 29))


def test_clause_15_the_eleventh_of_a_month_trips():
    month = BY_ID["late_month"]
    marks = [Mark(date(2026, 12, n), place) for n in range(1, 8) for place in (0, 1)]
    assert [one.tripped for one in tally(month, marks[:10])] == [False]
    assert [one.tripped for one in tally(month, marks[:11])] == [True]


def rows(first: date, halves: int, what=(What.ABSENT_MORNING, What.ABSENT_AFTERNOON)):
    """Absence from ``first`` on, workdays Monday to Friday only, half by half."""
    day, made = first, []
    while len(made) < halves:
        for one in what:
            if day.weekday() < 5 and len(made) < halves:
                made.append(
                    CountedMark(person_id="p", day=day, what=one, minutes=0, counts=True)
                )  # fmt: skip
        day += timedelta(days=1)
    return made


def due(day: date, half: Half) -> bool:
    del half
    return day.weekday() < 5


def absent(counter: str, halves: int, *, days_off: bool = False):
    one = next(c for c in counters(Rules(), days_off=days_off) if c.id == counter)
    return tally(one, marks_for(one, rows(MONDAY, halves), due))


def test_clause_21_more_than_fifteen_days_in_a_row_and_thirty_in_a_year():
    assert [(one.units, one.tripped) for one in absent("absent_row", 30)] == [(30, False)]
    assert [(one.units, one.tripped) for one in absent("absent_row", 31)] == [(31, True)]
    far = next(c for c in BY_ID.values() if c.id == "absent_year")
    early = marks_for(far, rows(date(2026, 3, 2), 60), due)
    assert [one.tripped for one in tally(far, early)] == [False]
    one_half_more = [*early, Mark(date(2026, 11, 23), 1)]
    assert [one.tripped for one in tally(far, one_half_more)] == [True]


@pytest.mark.parametrize(("halves", "level"), [(19, 0), (20, 20), (30, 30), (31, 0)])
def test_clause_21_warns_at_ten_and_at_fifteen_days(halves, level):
    assert [one.warned for one in absent("absent_row", halves)] == [level]


def test_clause_21_calendar_days_count_the_weekend_within_a_row_and_never_after_it():
    assert [one.units for one in absent("absent_row", 10)] == [10]
    assert [one.units for one in absent("absent_row", 12)] == [12]
    assert [one.units for one in absent("absent_row", 10, days_off=True)] == [10]
    assert [one.units for one in absent("absent_row", 12, days_off=True)] == [16]


def test_clause_137_three_days_are_allowed_half_a_day_more_is_a_case_a_week_is_beyond_it():
    assert [one.tripped for one in absent("absent_short", 6)] == [False]
    assert [(one.tripped, one.beyond) for one in absent("absent_short", 7)] == [(True, False)]
    assert [(one.tripped, one.beyond) for one in absent("absent_short", 12)] == [(True, True)]


def test_a_day_of_work_parts_two_rows_of_absence():
    counter = BY_ID["absent_row"]
    kept = [row for row in rows(MONDAY, 10) if row.day != MONDAY + timedelta(days=2)]
    assert units(counter, marks_for(counter, kept, due)) == [4, 4]


@given(MARKS, COUNTERS, st.randoms(use_true_random=False))
def test_the_order_of_the_marks_changes_nothing(marks, counter, random):
    shuffled = [*marks, *marks[:3]]
    random.shuffle(shuffled)
    assert tally(counter, shuffled) == tally(counter, marks)


@given(MARKS, COUNTERS, st.data())
def test_excusing_a_mark_never_adds_to_any_count(marks, counter, data):
    before = tally(counter, marks)
    counting = [mark for mark in marks if mark.sign is Sign.COUNTS]
    if not counting:
        assert before == []
        return
    excused = data.draw(st.sampled_from(counting))
    ended = [mark._replace(sign=Sign.ENDS) if mark == excused else mark for mark in marks]
    for after in tally(counter, ended):
        around = [one for one in before if one.first <= after.first <= one.last]
        assert any(after.units <= one.units for one in around)
    assert sum(units(counter, ended)) < sum(units(counter, marks))


@given(MARKS, COUNTERS)
def test_every_mark_that_counts_is_counted_once(marks, counter):
    counted = [mark for one in tally(counter, marks) for mark in one.marks]
    assert len(counted) == len(set(counted))
    counting = {mark for mark in marks if mark.sign is Sign.COUNTS}
    assert counting == {mark for mark in counted if mark.sign is Sign.COUNTS}
    assert counter.days_off or counting == set(counted)


def test_a_month_of_a_thousand_people_is_counted_within_a_second():
    month = [MONDAY + timedelta(days=n) for n in range(28)]
    late = [
        CountedMark(person_id="p", day=day, what=What.LATE, minutes=5, counts=True)
        for day in month if day.weekday() < 5
    ]  # fmt: skip
    both = [*late, *rows(MONDAY, 10)]
    began = process_time()
    for _person in range(1000):
        for counter in BY_ID.values():
            tally(counter, marks_for(counter, both, due))
    assert process_time() - began < 1


@given(MARKS, COUNTERS, st.data())
def test_every_trip_has_one_card_however_often_it_is_counted_and_whatever_is_excused(
    marks, counter, data
):
    cases: list[AttendanceCase] = []
    left = list(marks)
    for _again in range(3):
        counts = tally(counter, left)
        before = len(cases)
        opened = [found for found, case in matched(counts, cases) if found and case is None]
        cases += [card(one) for one in opened]
        assert [found for found, case in matched(counts, cases) if found and case is None] == []
        assert len(cases) == before + len(opened)
        for found, case in matched(counts, cases):
            if found and case:
                case.first_day, case.last_day = found.first, found.last
        tripped = [one for one in counts if one.tripped]
        paired = [found for found, case in matched(counts, cases) if case]
        assert all(one in paired for one in tripped)
        if left:
            left.remove(data.draw(st.sampled_from(left)))
    assert len({one.number for one in cases}) == len(cases)


def card(found) -> AttendanceCase:
    return AttendanceCase(
        number=f"KA{found.first}{found.last}{len(found.marks)}", person_id="p",
        counter=found.counter.id, clause="15", first_day=found.first, last_day=found.last,
        units=found.units, most=found.counter.most, days_off=False, evidence="[]",
        units_now=found.units, most_now=found.counter.most,
        opened_at=datetime(2026, 11, 27, tzinfo=UTC),
    )  # fmt: skip
