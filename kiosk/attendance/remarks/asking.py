"""Which days of this month ask for a remark: derived from the taps, never typed (clause 24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.days.derived import PersonDay, Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.remarks.models import OPEN, About, Remark
from kiosk.desk.absence import Half
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENTS, Person

_OF_THE_PAST = (
    "remark", "leave", "outing", "tap_void", "weather_signal", "day_closing", "shift_day", "person",
    "person_before",
)  # fmt: skip
"""The tables that change what a day before today comes to; its taps are all there."""


_UNKNOWN = (Standing.NOT_SIGNED, Standing.ABSENT)


@dataclass(frozen=True, slots=True)
class Asked:
    """One day of one person that asks for a remark; ``minutes`` late or early, else 0."""

    person: Person
    section: str
    day: date
    about: About
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One remark that waits for signatures or for the confirmation of who telephoned."""

    person: Person
    section: str
    remark: Remark


def abouts(day: PersonDay) -> Iterator[tuple[About, int]]:
    """Yield what of a derived day asks for a remark and has none yet, with the minutes.

    A remark that was refused does not count: the day asks again.
    """
    explained = {one.about for one in day.remarks if one.stands}
    for about, minutes in _open(day):
        if about not in explained:
            yield about, minutes


def _open(day: PersonDay) -> Iterator[tuple[About, int]]:
    if day.times.start is None:  # a guard without a shift, a day off
        return
    if day.late_counts:
        yield About.LATE, day.late_min
    elif day.out_of_window and not day.late_min:
        yield About.OUT_OF_WINDOW, 0
    if day.early_counts or _went_before_a_half(day):
        yield About.EARLY, day.early_min
    if day.no_sign_out:
        yield About.NO_SIGN_OUT, 0
    if day.over and day.came is None and _missing(day):
        yield About.NO_TAP, 0


def _went_before_a_half(day: PersonDay) -> bool:
    """Say whether who was there went for good at noon, and nothing is known of the afternoon."""
    afternoon = day.times.half(Half.AFTERNOON)
    if not day.over or day.came is None or day.went is None or afternoon is None:
        return False
    return day.came <= day.went <= afternoon[0] and day.afternoon in _UNKNOWN


def _missing(day: PersonDay) -> bool:
    return day.morning in _UNKNOWN or day.afternoon in _UNKNOWN


class AskedDays:
    """The list of one desk; what days before today ask is derived again only when it changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._past: list[Asked] = []
        self._known: tuple[date, int] | None = None

    def read(self) -> list[Asked]:
        """Return what the days of this month ask for, today's first."""
        today = self._desk.work_day(self._desk.clock())
        known = (today, self._desk.version_of(*_OF_THE_PAST))
        if known != self._known:
            first, yesterday = today.replace(day=1), today - timedelta(days=1)
            self._past = self._between(first, yesterday) if first <= yesterday else []
            self._known = known
        return [*self._between(today, today), *self._past]

    def _between(self, first: date, last: date) -> list[Asked]:
        with self._desk.read() as book:
            days = days_between(self._desk, book, first, last)
        taken = {day for _, day in days.taps}  # on other days this desk took no taps at all
        return [
            Asked(person, days.section(person, day), day, about, minutes)
            for day in sorted(taken, reverse=True)
            for person in days.people
            if person.active
            for about, minutes in abouts(days.of(person, day))
        ]


def waiting(desk: Desk) -> list[Waiting]:
    """Return the remarks that wait (待签), the oldest day first."""
    with desk.read() as book:
        sections = {one.id: one.name for one in book.all(DEPARTMENTS)}
        return [
            Waiting(person, sections.get(person.department_id or "", ""), row)
            for row, person in book.all(OPEN)
        ]
