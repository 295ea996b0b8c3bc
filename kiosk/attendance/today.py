"""Who has tapped today, newest first: what the attendance screen shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.attendance.days.derived import PersonDay
from kiosk.attendance.days.reading import Days, days_between
from kiosk.attendance.honest.models import CLOCK_DOUBTS
from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.models import PEOPLE
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person


@dataclass(frozen=True, slots=True)
class TodaysPerson:
    """One person's day so far; ``last_at`` (UTC) is the newest tap, ``last_tap`` its id.

    ``on_outing`` says that the person is out on an outing that runs, so that nobody takes it for
    having left.
    """

    person: Person
    section: str
    day: PersonDay
    last_at: datetime
    last_tap: str
    on_outing: bool


Directory = dict[str, tuple[Person, str]]
"""Person and section by the person's id: read once a screen, not at every tap of a rush."""


def todays_people(desk: Desk, directory: Directory) -> list[TodaysPerson]:
    """Return everybody who has tapped on the site's day of this moment, the newest tap first.

    ``directory`` is filled when somebody has tapped whom it does not know yet.
    """
    today = desk.work_day(desk.clock())
    first = today - timedelta(days=1) if desk.settings.work_shifts else today
    with desk.read() as book:
        days = days_between(desk, book, first, today)
        tapped = _tapped(desk, days, today)
        if tapped.keys() - directory.keys():
            for person, section in book.all(PEOPLE):
                directory[person.id] = person, section or ""
    found = [_todays(days, day, *directory[who]) for who, day in tapped.items()]
    return _newest_first(days, found)


def _newest_first(days: Days, found: Sequence[TodaysPerson]) -> list[TodaysPerson]:
    """Return them by when the newest tap was written, whatever a computer's clock did."""
    doubted = {tap for tap, why in days.doubts.items() if why & CLOCK_DOUBTS}
    taps = in_order_written([one.day.taps[-1].tap for one in found], doubted)
    place = {tap.id: at for at, tap in enumerate(taps)}
    return sorted(found, key=lambda one: place[one.last_tap], reverse=True)


def _tapped(desk: Desk, days: Days, today: date) -> dict[str, date]:
    """Return who tapped today, with the day it counts for: a night's is that before."""
    return {
        person_id: day
        for (person_id, day), taps in sorted(days.taps.items())
        if day == today or any(desk.work_day(tap.at) == today for tap in taps)
    }


def _todays(days: Days, of_day: date, person: Person, section: str) -> TodaysPerson:
    day = days.of(person, of_day)
    last = day.taps[-1].tap
    gone_out = any(
        one.ended_at is None and one.started_at <= days.now
        for one in days.outings.get((person.id, of_day), ())
    )
    return TodaysPerson(
        person, section, day, last.at, last.id, on_outing=gone_out and not day.inside,
    )  # fmt: skip
