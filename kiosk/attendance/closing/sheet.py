"""The month sheet: everybody's days with their signs, and what they add up to (clauses 14, 132).

Nobody is left out: a leader's days stand on the same sheet as all others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.attendance.closing import wording
from kiosk.attendance.closing.models import CLOSINGS_BETWEEN, MONTH
from kiosk.attendance.closing.outcome import NOTHING, Outcome, outcome_of, read
from kiosk.attendance.days.derived import PersonDay, Standing
from kiosk.attendance.days.reading import Days, days_between
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENTS, Person
from kiosk.desk.transaction import Book

_HALVES = (Half.MORNING, Half.AFTERNOON)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day of one person: what it comes to now, and what it came to when it was closed.

    ``leaves`` are the kinds of leave of its two halves, None for a half without leave. ``was`` is
    None for a day that is not closed. ``begun`` is false for a day still to come.
    """

    day: PersonDay
    leaves: tuple[LeaveKind | None, LeaveKind | None]
    was: Outcome | None
    begun: bool

    @property
    def differs(self) -> bool:
        """Say whether the day comes to something else now than when it was closed."""
        return self.was is not None and self.was != outcome_of(self.day)

    def sign(self, *, kinds: bool, short: bool = False) -> str:
        """Return the day's sign in the grid; ``kinds`` shows what a leave is taken as.

        A day of two different halves has two signs; a ``short`` one leaves out that of a half at
        work, or of the afternoon.
        """
        if not self.begun or (not self.day.over and not self.day.taps and not any(self.leaves)):
            return "" if not self._rests else wording.OFF
        if self._rests:
            return wording.PRESENT if self.day.came is not None else wording.OFF
        late = wording.late_sign() if self.day.late_counts else ""
        early = wording.early_sign() if self.day.early_counts else ""
        standings = (self.day.morning, self.day.afternoon)
        halves = [
            wording.half_sign(standing, self._leave_sign(kind, kinds=kinds))
            for standing, kind in zip(standings, self.leaves, strict=True)
        ]
        if late and self.day.morning is Standing.PRESENT:
            halves[0] = late
        if early and self.day.afternoon is Standing.PRESENT:
            halves[1] = early
        if set(halves) == {wording.PRESENT, late} or set(halves) == {wording.PRESENT, early}:
            return late or early
        if halves[0] == halves[1]:
            return halves[0]
        if short:
            return halves[1] if halves[0] == wording.PRESENT else halves[0]
        return "".join(halves)

    @property
    def _rests(self) -> bool:
        return self.day.morning is self.day.afternoon is Standing.OFF

    def _leave_sign(self, kind: LeaveKind | None, *, kinds: bool) -> str:
        return wording.leave_sign(kind) if kinds and kind else wording.any_leave_sign()


@dataclass(frozen=True, slots=True)
class Totals:
    """What a person's month adds up to; ``_halves`` count half days, ``_min`` whole minutes.

    Late and early are those that count; ``excused`` are marks that a remark or a weather signal
    excuses, ``excused_halves`` halves in which nobody was there and a remark says why.
    """

    due_halves: int
    present_halves: int
    late: int
    late_min: int
    early: int
    early_min: int
    excused: int
    excused_halves: int
    outing_halves: int
    absent_halves: int
    open_halves: int
    leave_halves: Mapping[LeaveKind, int]
    worked_min: int


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's days of a month, first to last."""

    person: Person
    section: str
    days: Sequence[SheetDay]

    def totals(self) -> Totals:
        """Return what the days add up to."""
        ended = [one.day for one in self.days if one.begun]
        halves = Counter(half for day in ended for half in (day.morning, day.afternoon))
        leaves = Counter(
            kind for one in self.days if one.begun for kind in one.leaves if kind is not None
        )
        late = [day.late_min for day in ended if day.late_counts]
        early = [day.early_min for day in ended if day.early_counts]
        marked = sum(bool(day.late_min) + bool(day.early_min) for day in ended)
        return Totals(
            due_halves=halves.total() - halves[Standing.OFF],
            present_halves=halves[Standing.PRESENT], late=len(late), late_min=sum(late),
            early=len(early), early_min=sum(early), excused=marked - len(late) - len(early),
            excused_halves=halves[Standing.EXCUSED],
            outing_halves=halves[Standing.OUTING], absent_halves=halves[Standing.ABSENT],
            open_halves=halves[Standing.NOT_SIGNED], leave_halves=leaves,
            worked_min=sum(day.worked_min for day in ended),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """The sheet of one month; ``kinds`` says whether leave kinds are shown on it."""

    first: date
    last: date
    people: Sequence[PersonMonth]
    kinds: bool


def month_sheet(
    desk: Desk, book: Book, first: date, last: date, *, only: Person | None = None,
    department_id: str | None = None, kinds: bool = False,
) -> MonthSheet:  # fmt: skip
    """Read and derive the days of a month, of everybody, one section's, or one person's."""
    days = days_between(desk, book, first, last, only)
    month = book.one(MONTH, first=first.replace(day=1))
    final = month.closed_at if month is not None else None
    newest = {  # what is closed once more after the month was final is a change, not the month
        one.day: one.outcome
        for one in book.all(CLOSINGS_BETWEEN, first=first, last=last)
        if final is None or one.closed_at <= final
    }
    closed = {day: read(outcome) for day, outcome in newest.items()}
    sections = {one.id: one.name for one in book.all(DEPARTMENTS)}
    people = [
        PersonMonth(
            one, sections.get(one.department_id or "", ""), _sheet_days(desk, days, closed, one)
        )
        for one in days.people
        if department_id is None or one.department_id == department_id
    ]
    people.sort(key=lambda one: (one.section, one.person.staff_no))
    return MonthSheet(first, last, people, kinds)


def _sheet_days(
    desk: Desk, days: Days, closed: Mapping[date, Mapping[str, Outcome]], person: Person
) -> list[SheetDay]:
    today = desk.work_day(desk.clock())
    return [
        SheetDay(
            days.of(person, day),
            _leaves(days, person, day),
            closed[day].get(person.id, NOTHING) if day in closed else None,
            begun=day <= today,
        )
        for day in days.each_day()
    ]


def _leaves(days: Days, person: Person, day: date) -> tuple[LeaveKind | None, LeaveKind | None]:
    if person.id not in days.leaves:
        return _NO_LEAVE
    facts = days.facts(person, day)
    morning, afternoon = (
        (one.kind if (one := facts.on_leave(half)) is not None and facts.times.half(half) else None)
        for half in _HALVES
    )
    return morning, afternoon


_NO_LEAVE: tuple[LeaveKind | None, LeaveKind | None] = (None, None)
