"""Counting a day, and the case cards that come of it. Never in a tap (clauses 15, 21, 22, 137)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from time import perf_counter

from kiosk.attendance.counters import rules
from kiosk.attendance.counters.evidence import evidence_of
from kiosk.attendance.counters.marking import days_to_count, mark_day
from kiosk.attendance.counters.models import CASES_OF, MARKS_OF, AttendanceCase, CountedMark
from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN, ShiftDay
from kiosk.attendance.hours.times import times_of
from kiosk.desk.absence import Half
from kiosk.desk.counting import Count, Counter, tally
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import DEPARTMENTS, Person, person_by_id
from kiosk.desk.people_before import Before
from kiosk.desk.transaction import Book, Transaction

_BITE_S = 0.3
"""Once so long was spent the other days wait for the next hour: taps wait for the pen meanwhile."""
_CALENDAR = "calendar"
_NO_LEAP = 366
Shifts = dict[tuple[str, date], ShiftDay]
Due = Callable[[date, Half], bool]


def count(desk: Desk, tx: Transaction, day: date) -> list[str]:
    """Count ``day`` within ``tx``; return the numbers of the cards that it opened.

    Whoever closes a day calls it after the closing is put. Done twice it does no more than once.
    Records ``attendance.counted``, and ``case.opened`` for each new card.
    """
    marked = mark_day(desk, tx, day)
    shifts = shifts_between(tx, _since(day), day + timedelta(days=_NO_LEAP))
    opened: list[str] = []
    for person_id in sorted(marked):
        opened += _recount(desk, tx, person_by_id(tx, person_id), day, shifts)
    tx.record("attendance.counted", day=day.isoformat(), people=len(marked), cases=len(opened))
    return opened


def lapse(desk: Desk) -> int:
    """Count the days that are over and not counted as they stand; return how many.

    A bite of days at a time, the newest first: what concerns this week waits for no old one. Days
    are counted for the whole site, so the one desk that keeps it does so.
    """
    if not desk.settings.hub.keeper:
        return 0
    with desk.read() as book:
        due = days_to_count(desk, book)
    began, counted = perf_counter(), 0
    for day in reversed(due):
        if perf_counter() - began > _BITE_S:
            break
        with desk.write() as tx:
            count(desk, tx, day)
        counted += 1
    return counted


def counters_of(desk: Desk) -> tuple[Counter, ...]:
    """Return the counters as this site has them."""
    calendar = desk.settings.attendance.absence_days == _CALENDAR
    return rules.counters(desk.rules, days_off=calendar)


def counts_of(desk: Desk, book: Book, person: Person, day: date) -> dict[Counter, list[Count]]:
    """Return what every counter of a person comes to, in the year of ``day`` and the one before."""
    rows = book.all(MARKS_OF, person=person.id, first=_since(day))
    shifts = shifts_between(book, _since(day), day + timedelta(days=_NO_LEAP))
    return _counts(desk, book, person, rows, shifts)


def _since(day: date) -> date:
    """Return the first day that is counted: a row of absence may lie across New Year."""
    return date(day.year - 1, 1, 1)


def shifts_between(book: Book, first: date, last: date) -> Shifts:
    """Return who works which shift on some days."""
    found = book.all(SHIFT_DAYS_BETWEEN, first=first, last=last)
    return {(one.person_id, one.day): one for one in found}


def due_for(desk: Desk, book: Book, person: Person, shifts: Shifts) -> Due:
    """Return what says whether the person, or his section, had to be there in a half of a day."""
    before = Before.of(desk, book, person)
    sections = {one.id: one.name for one in book.all(DEPARTMENTS)}

    def due(day: date, half: Half) -> bool:
        stood = before.on(person, day)
        section = sections.get(stood.department_id or "", "")
        return times_of(desk, stood, day, shifts, section).half(half) is not None

    return due


def _counts(
    desk: Desk, book: Book, person: Person, rows: list[CountedMark], shifts: Shifts
) -> dict[Counter, list[Count]]:
    due = due_for(desk, book, person, shifts)
    return {
        counter: tally(counter, rules.marks_for(counter, rows, due))
        for counter in counters_of(desk)
    }


def _recount(desk: Desk, tx: Transaction, person: Person, day: date, shifts: Shifts) -> list[str]:
    """Bring a person's cards up to what is counted now; return the numbers of new ones."""
    rows = tx.all(MARKS_OF, person=person.id, first=_since(day))
    cases = [one for one in tx.all(CASES_OF, person=person.id) if one.last_day >= _since(day)]
    opened: list[str] = []
    for counter, counts in _counts(desk, tx, person, rows, shifts).items():
        of_it = [one for one in cases if one.counter == counter.id]
        for found, case in rules.matched(counts, of_it):
            if case is not None:
                _follow(tx, counter, found, case)
            elif found is not None:
                opened.append(_open(desk, tx, person, found, rows).number)
    return opened


def _open(
    desk: Desk, tx: Transaction, person: Person, found: Count, rows: Iterable[CountedMark]
) -> AttendanceCase:
    counter = found.counter
    case = tx.put(
        AttendanceCase(
            number=f"KA{next_number(tx, 'attendance_case')}", person_id=person.id,
            counter=counter.id, clause=counter.clause, first_day=found.first, last_day=found.last,
            units=found.units, most=counter.most, days_off=counter.days_off,
            evidence=evidence_of(desk, tx, found, rows), units_now=found.units,
            most_now=counter.most, opened_at=tx.now,
        )
    )  # fmt: skip
    tx.record(
        "case.opened", number=case.number, person=person.staff_no, counter=counter.id,
        clause=counter.clause, first=found.first.isoformat(), last=found.last.isoformat(),
        n=found.units,
    )  # fmt: skip
    return case


def _follow(tx: Transaction, counter: Counter, found: Count | None, case: AttendanceCase) -> None:
    """Write what the counter comes to now beside what the card opened with; a closed one stands."""
    if case.closed_at is not None:
        return
    was = (case.first_day, case.last_day, case.units_now, case.most_now, case.reached)
    first, last = (found.first, found.last) if found else (case.first_day, case.last_day)
    reached = found is not None and found.tripped
    now = (first, last, found.units if found else 0, counter.most, reached)
    if was == now:
        return
    case.first_day, case.last_day, case.units_now, case.most_now, case.reached = now
    case.changed_at = tx.now
    tx.put(case)
    if was[-1] is not reached:
        code = "case.reached_again" if reached else "case.no_longer_reached"
        tx.record(code, number=case.number, n=case.units_now)
