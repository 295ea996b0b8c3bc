"""Reading cards and counters: for who may see them, and for a person's own month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.counters import rules
from kiosk.attendance.counters.evidence import Line, as_it_stands
from kiosk.attendance.counters.models import (
    CASE,
    CASES_BETWEEN,
    MARKED_SINCE,
    MARKS_OF,
    OPEN_CASES,
    OPEN_SINCE,
    AttendanceCase,
)
from kiosk.attendance.counters.service import counters_of, counts_of, due_for, shifts_between
from kiosk.desk.counting import Count, Counter, Over, period_of, tally
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENT, Person, person_by_id
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card in a list."""

    case: AttendanceCase
    person: Person


@dataclass(frozen=True, slots=True)
class Card:
    """A whole card. ``workdays`` and ``calendar`` are the half days of absence, counted both ways.

    ``beyond`` says that an absence has left the band its clause speaks of. ``done`` is what was
    done, "" while it is open.
    """

    case: AttendanceCase
    person: Person
    section: str
    lines: tuple[Line, ...]
    workdays: int
    calendar: int
    beyond: bool
    closed_by: str
    done: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a person's counter has come in the period of a day; units of absence are halves."""

    counter: Counter
    first: date
    last: date
    units: int
    tripped: bool
    warned: bool


def open_count(book: Book) -> int:
    """Return how many cards are open: the gate may know that, and no more."""
    return len(book.all(OPEN_SINCE))


def late_count(desk: Desk, book: Book) -> int:
    """Return how many cards are open for longer than ``case_late_days`` (clause 142)."""
    limit = desk.clock() - timedelta(days=desk.rules.case_late_days)
    return sum(at < limit for at in book.all(OPEN_SINCE))


def is_late(desk: Desk, case: AttendanceCase) -> bool:
    """Say whether a card is open for longer than ``case_late_days`` (clause 142)."""
    limit = desk.clock() - timedelta(days=desk.rules.case_late_days)
    return case.closed_at is None and case.opened_at < limit


def cards_for(
    book: Book, viewer: Person, first: date | None = None, last: date | None = None
) -> list[CardRow]:
    """Return the cards that ``viewer`` may see: the open ones, or all that touch some days."""
    if first is None or last is None:
        found = book.all(OPEN_CASES)
    else:
        found = book.all(CASES_BETWEEN, first=first, last=last)
    return [CardRow(case, about) for case, about in found if rules.may_see(viewer, about)]


def card_by_id(desk: Desk, book: Book, case_id: str) -> Card:
    """Return one card as it stands; an unknown id raises ``LookupError``."""
    found = book.one(CASE, id=case_id)
    if found is None:
        raise LookupError(f"no attendance case {case_id}")
    return card_of(desk, book, *found)


def card_of(desk: Desk, book: Book, case: AttendanceCase, person: Person) -> Card:
    """Return the card of ``case`` as it stands now."""
    counter = next(one for one in counters_of(desk) if one.id == case.counter)
    rows = book.all(MARKS_OF, person=person.id, first=date(case.first_day.year - 1, 1, 1))
    lines = as_it_stands(desk, book, case, rows, counter.kinds)
    counts = _both_ways(desk, book, case, person)
    department = book.one(DEPARTMENT, id=person.department_id or "")
    closer = person_by_id(book, case.closed_by_id).name if case.closed_by_id else ""
    return Card(
        case, person, department.name if department else "", tuple(lines),
        workdays=_units(counts[0]), calendar=_units(counts[1]),
        beyond=counts[0] is not None and counts[0].beyond,
        closed_by=closer, done=book.read_sealed(case.done),
    )  # fmt: skip


def _units(found: Count | None) -> int:
    return found.units if found else 0


def _both_ways(
    desk: Desk, book: Book, case: AttendanceCase, person: Person
) -> tuple[Count | None, Count | None]:
    """Count a card's period in workdays and in calendar days: the text leaves open which."""
    if not rules.in_half_days(case.counter):
        return None, None
    since = date(case.first_day.year - 1, 1, 1)
    rows = book.all(MARKS_OF, person=person.id, first=since)
    due = due_for(
        desk, book, person, shifts_between(book, since, case.last_day + timedelta(days=366))
    )
    found = []
    for days_off in (False, True):
        all_of_them = rules.counters(desk.rules, days_off=days_off)
        counter = next(one for one in all_of_them if one.id == case.counter)
        pairs = rules.matched(tally(counter, rules.marks_for(counter, rows, due)), [case])
        found.append(next((count for count, one in pairs if one is case), None))
    return found[0], found[1]


def standing_of(desk: Desk, book: Book, person: Person, today: date) -> list[Standing]:
    """Return how far each counter of a person has come by ``today``, for the person's own eye.

    Of absence in a row it is the longest row that touches the year of ``today``.
    """
    counts = counts_of(desk, book, person, today)
    return [_standing(counter, found, today) for counter, found in counts.items()]


def _standing(counter: Counter, counts: list[Count], today: date) -> Standing:
    over = Over.YEAR if counter.over in {Over.ROW, Over.DAY} else counter.over
    first, last = period_of(over, today)
    inside = [one for one in counts if one.first <= last and one.last >= first]
    best = max(inside, key=lambda one: one.units, default=None)
    if best is None:
        return Standing(counter, first, last, 0, tripped=False, warned=False)
    return Standing(
        counter, best.first, best.last, best.units, tripped=best.tripped, warned=bool(best.warned)
    )


def warnings(desk: Desk, book: Book, viewer: Person | None = None) -> list[tuple[Person, Standing]]:
    """Return who is close to a limit now, of those whom ``viewer`` may see (None: everybody)."""
    today = desk.work_day(desk.clock())
    since = min(period_of(Over.YEAR, today)[0], period_of(Over.WEEK, today)[0])
    marked = {row.person_id for row in book.all(MARKED_SINCE, first=since)}
    return list(_warned(desk, book, marked, viewer, today))


def _warned(
    desk: Desk, book: Book, marked: set[str], viewer: Person | None, today: date
) -> Iterator[tuple[Person, Standing]]:
    for person_id in sorted(marked):
        person = person_by_id(book, person_id)
        if viewer is None or rules.may_see(viewer, person):
            for one in standing_of(desk, book, person, today):
                if one.warned:
                    yield person, one
