"""The working calendar: 2026 as the State Council published it, and the site's own days over it."""

import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk import words
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.settings_hours import Hours
from kiosk.desk.settings_site import SiteDays

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def calendar(settings):
    return WorkCalendar(settings)


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 11, 23), True, "工作日"),
        (date(2026, 11, 22), False, "休息日"),
        (date(2026, 1, 1), False, "元旦"),
        (date(2026, 1, 4), True, "调休上班"),  # a Sunday
        (date(2026, 2, 14), True, "调休上班"),  # a Saturday
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 2, 16), False, "春节"),  # the eve
        (date(2026, 2, 23), False, "休息日"),  # a Monday swapped with a Saturday
        (date(2026, 4, 6), False, "清明节"),  # the Monday in its stead
        (date(2026, 5, 1), False, "劳动节"),
        (date(2026, 6, 19), False, "端午节"),
        (date(2026, 9, 20), True, "调休上班"),
        (date(2026, 9, 25), False, "中秋节"),
        (date(2026, 10, 1), False, "国庆节"),
    ],
)
@pytest.mark.usefixtures("words_zh")
def test_a_day_is_what_the_state_published(calendar, day, works, name):
    assert calendar.is_workday(day) is works
    assert calendar.day_name(day) == name


def test_days_are_named_in_english_too(calendar):
    assert calendar.day_name(date(2026, 10, 1)) == "National Day"
    assert calendar.day_name(date(2026, 11, 23)) == "Workday"
    words.use("en")


@pytest.mark.usefixtures("words_zh")
def test_the_sites_own_days_stand_over_the_states(settings):
    own = SiteDays(
        extra_workdays=frozenset({date(2026, 10, 1), date(2026, 11, 22)}),
        extra_holidays=frozenset({date(2026, 11, 23)}),
    )
    calendar = WorkCalendar(replace(settings, calendar=own))
    assert calendar.is_workday(date(2026, 10, 1))
    assert calendar.day_name(date(2026, 11, 22)) == "调休上班"
    assert not calendar.is_workday(date(2026, 11, 23))
    assert calendar.day_name(date(2026, 11, 23)) == "单位放假"


def test_a_day_in_both_tables_is_worked(settings):
    day = date(2026, 11, 23)
    own = SiteDays(extra_workdays=frozenset({day}), extra_holidays=frozenset({day}))
    assert WorkCalendar(replace(settings, calendar=own)).is_workday(day)


def test_years_nobody_has_published_still_have_an_answer(calendar):
    first = date(2027, 1, 1)
    year = [first + timedelta(days) for days in range(365)]
    assert 240 <= sum(map(calendar.is_workday, year)) <= 255
    assert calendar.is_workday(date(2099, 7, 1)) in {True, False}


def test_work_begins_and_ends_on_the_sites_clock(settings):
    calendar = WorkCalendar(replace(settings, hours=Hours(start=time(9), end=time(18))))
    monday = date(2026, 11, 23)
    assert calendar.start(monday) == datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
    assert calendar.end(monday) == datetime(2026, 11, 23, 18, tzinfo=SHANGHAI)


def test_a_day_off_has_neither_start_nor_end(calendar):
    assert calendar.start(date(2026, 10, 1)) is None
    assert calendar.end(date(2026, 10, 1)) is None


def test_the_library_of_holidays_is_out_of_memory_once_a_year_was_read(calendar):
    assert not calendar.is_workday(date(2031, 1, 1))
    assert calendar.is_workday(date(2031, 1, 3))
    assert [name for name in sys.modules if name.partition(".")[0] == "holidays"] == []
    assert not calendar.is_workday(date(2032, 10, 1))  # another year is read as the first was
