"""Which days a leave takes: the hours of its person, and years nobody has published yet."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN
from kiosk.attendance.hours.rostered import shift_on
from kiosk.attendance.hours.times import times_of
from kiosk.attendance.leave.halves import ONE_DAY, HalfDay, Span, Works
from kiosk.attendance.rules import keeps_office_hours
from kiosk.desk.absence import Half
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book

_SATURDAY = 5
_NOON = time(12)


def works_of(desk: Desk, book: Book, person: Person, first: date, last: date) -> Works:
    """Return what says whether the person works on a day from ``first`` to ``last``.

    A guard's days are those of the roster; without any planned there, the house's calendar counts.
    """
    house = _by_house(desk)
    if keeps_office_hours(person):
        return house
    planned = {
        one.day: one
        for one in book.all(SHIFT_DAYS_BETWEEN, first=first, last=last)
        if one.person_id == person.id
    }
    if not planned:
        return house
    shifts = {(person.id, day): one for day, one in planned.items()}
    return lambda day: (
        times_of(desk, person, day, shifts).start is not None
        or bool(planned.get(day) and planned[day].shift)
    )


def _by_house(desk: Desk) -> Works:
    return lambda day: is_worked(desk, day)


def is_worked(desk: Desk, day: date) -> bool:
    """Say whether the house works on a day; by the weekday alone in a year nobody knows yet."""
    if is_known(desk.calendar, day.year):
        return desk.calendar.is_workday(day)
    return day.weekday() < _SATURDAY


@lru_cache(maxsize=32)
def is_known(calendar: WorkCalendar, year: int) -> bool:
    """Say whether the calendar of a year is published: it has a make-up workday at a weekend.

    The State's notice comes in November; every year since 1999 moves some workday to a weekend.
    """
    day, last = date(year, 1, 1), date(year, 12, 31)
    while day <= last:
        if day.weekday() >= _SATURDAY and calendar.is_workday(day):
            return True
        day += ONE_DAY
    return False


def guessed(desk: Desk, halves: Iterable[HalfDay]) -> int:
    """Count the half days in years whose calendar is not known yet."""
    return sum(not is_known(desk.calendar, day.year) for day, _half in halves)


def half_now(desk: Desk, book: Book, person: Person, now: datetime) -> HalfDay:
    """Return the half day of this moment, of the person's shift where the roster has one.

    A shift that runs over midnight is of the day it began on, until its end.
    """
    here = desk.local(now)
    today = desk.work_day(now)
    for day in (today - ONE_DAY, today):
        shift = shift_on(desk, book, person, day)
        second = shift.half(Half.AFTERNOON) if shift is not None else None
        if second is not None and (day == today or now < second[1]):
            return day, int(now >= second[0])
    return today, int(here.date() > today or here.time() >= _NOON)


def back_by(desk: Desk, span: Span) -> datetime:
    """Return when who was on leave must have reported back: the start of the next workday (18)."""
    day = span.last_day + ONE_DAY
    while not is_worked(desk, day) and day < span.last_day + timedelta(days=60):
        day += ONE_DAY
    return datetime.combine(day, desk.settings.hours.start, desk.zone)
