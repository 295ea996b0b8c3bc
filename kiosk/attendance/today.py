"""Who has tapped today, newest first: what the attendance screen shows."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance.days import PersonDay, person_day
from kiosk.attendance.models import PEOPLE, TAPS_BETWEEN, Tap
from kiosk.attendance.reports import times_of
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person


@dataclass(frozen=True, slots=True)
class TodaysPerson:
    """One person's day so far; ``last_at`` (UTC) is the newest tap, ``last_tap`` its id."""

    person: Person
    section: str
    day: PersonDay
    last_at: datetime
    last_tap: str


Directory = dict[str, tuple[Person, str]]
"""Person and section by the person's id: read once a screen, not at every tap of a rush."""


def todays_people(desk: Desk, directory: Directory) -> list[TodaysPerson]:
    """Return everybody who has tapped on the site's day of this moment, the newest tap first.

    ``directory`` is filled when somebody has tapped whom it does not know yet.
    """
    taps: dict[str, list[Tap]] = {}
    today = desk.work_day(desk.clock())
    with desk.read() as book:
        for tap in book.all(TAPS_BETWEEN, first=today, last=today):
            taps.setdefault(tap.person_id, []).append(tap)
        if taps.keys() - directory.keys():
            for person, section in book.all(PEOPLE):
                directory[person.id] = person, section or ""
    found = [_todays(desk, *directory[person_id], taps[person_id]) for person_id in taps]
    return sorted(found, key=lambda one: one.last_at, reverse=True)


def _todays(desk: Desk, person: Person, section: str, taps: list[Tap]) -> TodaysPerson:
    times = times_of(desk, person, desk.work_day(desk.clock()))
    day = person_day(taps, times, desk.rules, closed=False)
    last = day.taps[-1].tap
    return TodaysPerson(person, section, day, last.at, last.id)
