"""What a tap is marked with at once: leave and weather as the day will see them (16, 23, 95)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.attendance import rules
from kiosk.attendance.days.derived import due_halves, late_for_rest
from kiosk.attendance.days.facts import Facts
from kiosk.attendance.hours.at_tap import TapDay
from kiosk.attendance.rules import UNMARKED, Marks
from kiosk.attendance.weather.models import SIGNALS_BETWEEN
from kiosk.attendance.weather.rules import excusing
from kiosk.desk.absence import COUNTING, Leave
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.transaction import Transaction

_LEAVE_ON = select(Leave).where(
    col(Leave.person_id) == bindparam("person"),
    col(Leave.first_day) <= bindparam("day"),
    col(Leave.last_day) >= bindparam("day"),
    or_(*(col(Leave.state) == state for state in COUNTING)),
)


class Marked(NamedTuple):
    """The marks of a tap, and when the person's work ends (aware), None when none is due."""

    marks: Marks
    ends_at: datetime | None


def marked(
    desk: Desk, tx: Transaction, person: Person, on: TapDay, kind: Whereabouts, *, first: bool
) -> Marked:
    """Return what a tap now is marked with; ``first`` says that it is the first of its day.

    Who is neither late nor early by the hours alone costs the book no query.
    """
    found = _by_hours(desk, on, kind, tx.now, first=first)
    if found.marks == UNMARKED:
        return found
    leaves = tx.all(_LEAVE_ON, person=person.id, day=on.day)
    halves = due_halves(Facts(on.day, on.times, leaves=leaves))
    if leaves:
        if not halves:
            return Marked(UNMARKED, None)
        start, end = halves[0][0], halves[-1][1]
        found = _by_hours(desk, _due(on, start, end), kind, tx.now, first=first)
        if start != on.times.start and tx.now < start:  # before what is due nobody is waited for
            found = found._replace(marks=replace(found.marks, out_of_window=False))
        on = _due(on, start, end)
    if not found.marks.late_min:
        return found
    if _signal_at_start(desk, tx, on):
        return found._replace(marks=UNMARKED)
    late = late_for_rest(halves, tx.now, on.times.grace_min, desk.rules)
    return found._replace(marks=replace(found.marks, late_min=late))


def _due(on: TapDay, start: datetime, end: datetime) -> TapDay:
    return replace(on, times=replace(on.times, start=start, end=end))


def _by_hours(desk: Desk, on: TapDay, kind: Whereabouts, now: datetime, *, first: bool) -> Marked:
    times = on.times
    if kind is Whereabouts.OUT:
        return Marked(rules.marks_out(now, times.end), times.end)
    if not first:
        return Marked(UNMARKED, times.end)
    return Marked(rules.marks_in(now, times.start, times.grace_min, desk.rules), times.end)


def _signal_at_start(desk: Desk, tx: Transaction, on: TapDay) -> bool:
    start = on.times.start
    if start is None:
        return False
    known = tx.all(SIGNALS_BETWEEN, first=start, after=start + timedelta(microseconds=1))
    return bool(excusing(desk.settings, known))
