"""Appointments that come again (周期预约): each day is an appointment of its own, of one series.

So one of them can be changed, cancelled or missed without touching the others, and every list reads
one kind of row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.row import new_id
from visitors.appointments import announced, save_expected
from visitors.lanes.rules import checked
from visitors.models import How
from visitors.rules import Details
from visitors.service import Times, host_by_staff_no

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Repeat:
    """On which days an appointment comes again, and until which day (of the site, included).

    ``weekdays`` are 0 for Monday to 6; empty means every workday of the house.
    """

    last: date
    weekdays: frozenset[int] = frozenset()


def furthest(desk: Desk, first: date) -> date:
    """Return the last day that a series beginning on ``first`` may have."""
    return first + timedelta(weeks=desk.rules.visit_series_weeks)


def days_of(desk: Desk, first: date, repeat: Repeat) -> list[date]:
    """Return the days of a series from ``first`` on.

    Raises ``Refused``: ``visit.series_too_long`` (with ``last``, the furthest day allowed),
    ``visit.series_empty`` when no day fits.
    """
    last = furthest(desk, first)
    if repeat.last > last:
        raise Refused("visit.series_too_long", field="last_day", last=last.isoformat())
    days = [first + timedelta(days=n) for n in range((repeat.last - first).days + 1)]
    fitting = [day for day in days if _fits(desk.calendar, day, repeat)]
    if not fitting:
        raise Refused("visit.series_empty", field="last_day")
    return fitting


def _fits(calendar: WorkCalendar, day: date, repeat: Repeat) -> bool:
    """Say whether the series has this day: a holiday falls out, a weekend that is asked for not."""
    if not repeat.weekdays:
        return calendar.is_workday(day)
    asked_weekend = day.weekday() >= _SATURDAY
    return day.weekday() in repeat.weekdays and (asked_weekend or calendar.is_workday(day))


def moved(desk: Desk, times: Times, day: date) -> Times:
    """Return the same hours of the site's clock on another day."""
    start, end = desk.local(times.start), desk.local(times.end)
    later = (end.date() - start.date()).days
    return Times(
        datetime.combine(day, start.time(), desk.zone),
        datetime.combine(day + timedelta(days=later), end.time(), desk.zone),
    )


def expect_series(
    desk: Desk, by: str, details: Details, host: str, times: Times, repeat: Repeat,
    confirmed: How | None = None, despite: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """Enter every appointment of a series, all or none; return the visits' ids.

    ``times`` are those of the first day. What has been said (``confirmed``) counts for each. Raises
    ``Refused``: those of ``days_of`` and of ``appointments.expect``.
    """
    said, first = checked(desk, details), desk.local(times.start).date()
    days = days_of(desk, first, repeat)
    with desk.write(by=by) as tx:
        person, series = host_by_staff_no(tx, host), new_id()
        made = []
        for day in days:
            visit = announced(tx, desk, said, person, moved(desk, times, day), confirmed)
            visit.series = series
            save_expected(tx, visit, person, despite)
            made.append(visit.id)
        return made
