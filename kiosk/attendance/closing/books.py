"""Which days of the books are open, and what each still lacks (clause 130)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.closing.models import CLOSED_DAYS, CLOSERS, FIRST_TAP_DAY
from kiosk.attendance.closing.outcome import Outcome, outcome_of
from kiosk.attendance.closing.rules import Gap, gaps_of, missing_halves
from kiosk.attendance.days.derived import PersonDay
from kiosk.attendance.days.reading import Days, days_between
from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN
from kiosk.attendance.rules import keeps_office_hours
from kiosk.desk.absence import Leave, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book

_ONE_DAY = timedelta(days=1)
_OVERDUE = (
    select(Leave.person_id)
    .where(
        col(Leave.closed_at).is_(None),
        col(Leave.state) == LeaveState.APPROVED,
        col(Leave.last_day) < bindparam("day"),
    )
    .order_by(col(Leave.person_id))
)


@dataclass(frozen=True, slots=True)
class PersonGap:
    """One thing that a day lacks; ``person`` is None for what concerns the whole house."""

    gap: Gap
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class DayBook:
    """One day before it is closed: what it lacks, and what it would come to.

    ``absent`` counts the persons who become absent for a half of the day or for all of it.
    """

    day: date
    gaps: Sequence[PersonGap]
    absent: int
    no_taps: bool
    outcomes: dict[str, Outcome]


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """The newest closing of a day, without its outcome. ``closed_at`` is UTC."""

    closed_at: datetime
    closed_by_id: str
    gaps: int
    no_taps: bool


@dataclass(frozen=True, slots=True)
class BookDay:
    """One day in the list of the books; ``closing`` is its newest one, None while it is open.

    ``due`` is true for a day that is over and on which somebody was to work: a workday, or a day
    off on which the roster has a shift.
    """

    day: date
    due: bool
    over: bool
    closing: ClosedDay | None


def day_book(desk: Desk, book: Book, day: date) -> DayBook:
    """Derive a day of everybody as it stands, and as closing it would make it."""
    days = days_between(desk, book, day, day)
    # What closes is read as if it were open: who has mended something is no longer a gap.
    opened = replace(days, closed=days.closed - {day})
    derived = [(person, opened.of(person, day)) for person in days.people]
    no_taps = not days.taps and any(one.times.start is not None for _, one in derived)
    overdue = frozenset(book.all(_OVERDUE, day=day))
    gaps = [PersonGap(Gap.NO_TAPS_AT_ALL)] if no_taps else []
    gaps += [
        PersonGap(gap, person)
        for person, one in derived
        for gap in gaps_of(
            one, overdue=person.id in overdue, no_shift=_has_no_shift(days, person, one)
        )
        if not (no_taps and gap is Gap.NO_TAP)
    ]
    shut = opened if no_taps else replace(days, closed=days.closed | {day})
    return DayBook(
        day, gaps,
        absent=0 if no_taps else sum(bool(missing_halves(one)) for _, one in derived),
        no_taps=no_taps,
        outcomes={person.id: outcome_of(shut.of(person, day)) for person in days.people},
    )  # fmt: skip


def _has_no_shift(days: Days, person: Person, one: PersonDay) -> bool:
    """Say whether somebody tapped on a day of the roster on which nobody gave a shift."""
    if not days.shifts or not one.taps or one.times.start is not None:
        return False
    return (
        not keeps_office_hours(days.before.on(person, one.day))
        and (person.id, one.day) not in days.shifts
    )


def books(desk: Desk, book: Book) -> list[BookDay]:
    """Return the days that can be closed and today, the newest first.

    They reach back to the first tap, at most ``rules.closing_back_days``.
    """
    today = desk.work_day(desk.clock())
    first = begins(desk, book, today)
    between = {"first": first, "last": today}
    no_taps = dict(book.all(CLOSED_DAYS, **between))
    closings = {  # the newest closing of a day counts
        day: ClosedDay(at, by, gaps, no_taps[day])
        for day, at, by, gaps in book.all(CLOSERS, **between)
    }
    rostered = {one.day for one in book.all(SHIFT_DAYS_BETWEEN, **between) if one.shift}
    found, day = [], today
    while day >= first:
        over = day < today
        due = over and (desk.calendar.is_workday(day) or day in rostered)
        found.append(BookDay(day, due, over, closings.get(day)))
        day -= _ONE_DAY
    return found


def begins(desk: Desk, book: Book, today: date) -> date:
    """Return the first day that the books know; today when nobody has ever tapped."""
    first_tap = first_tap_day(book)
    back = today - timedelta(days=desk.rules.closing_back_days)
    return max(back, min(first_tap, today)) if first_tap is not None else today


def first_tap_day(book: Book) -> date | None:
    """Return the site's day of the very first tap, None for none."""
    return first_of(book.one(FIRST_TAP_DAY))


def first_of(found: date | str | None) -> date | None:
    """Return a day that an aggregate gave: the driver gives it as its stored text or as a day."""
    return date.fromisoformat(found) if isinstance(found, str) else found


def open_workdays(desk: Desk, book: Book, until: date) -> list[date]:
    """Return the days up to ``until``, included, that are due and not closed, oldest first."""
    return [
        one.day for one in reversed(books(desk, book))
        if one.due and one.closing is None and one.day <= until
    ]  # fmt: skip
