"""A leave and all that belongs to it, for services and screens; ``rules`` say who sees what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.attendance.leave import rules
from kiosk.attendance.leave.calendar import back_by, guessed, works_of
from kiosk.attendance.leave.halves import (
    HalfDay,
    Span,
    by_month,
    half_days,
    in_a_row,
    span_of,
)
from kiosk.attendance.leave.models import (
    APPROVALS,
    BETWEEN,
    LEAVE,
    LEAVES_OF,
    ON_LEAVE,
    OPEN,
    PERSONAL,
    RECENT,
    STAND_INS,
    Granter,
    LeaveApproval,
)
from kiosk.attendance.leave.rules import Signers
from kiosk.desk.absence import Leave, LeaveState, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person, department_name, person_by_id
from kiosk.desk.transaction import Book

_AROUND = timedelta(days=31)
_RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the gate may see of a leave: who, from when to when, how far it has come.

    ``back_by`` (aware) is when who is on leave must have reported back, ``overdue`` that nobody
    has. ``doubled`` says that another leave of the person covers some of it: it counts once.
    """

    leave: Leave
    person: Person
    section: str
    back_by: datetime
    overdue: bool
    doubled: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, and which rung it is."""

    approval: LeaveApproval
    person: Person


@dataclass(frozen=True, slots=True)
class Whole:
    """A leave with what is only for the person, his head and the leaders: "" where not allowed.

    ``personal_halves`` counts the personal leave of the person's months that it touches.
    """

    seen: Seen
    may_read: bool
    reason: str
    contact: str
    matters: str
    signatures: Sequence[Signature]
    waits_for: Signers | None
    stand_ins: Sequence[tuple[StandIn, Person]]
    personal_halves: int


def leave_by_id(book: Book, leave_id: str) -> Leave:
    """Return a leave; a missing one is a bug (``LookupError``)."""
    found = book.one(LEAVE, id=leave_id)
    if found is None:
        raise LookupError(f"no leave {leave_id}")
    return found


def is_overdue(desk: Desk, leave: Leave, now: datetime) -> bool:
    """Say whether nobody reported back by the start of the next workday (逾期未归, clause 18)."""
    if leave.state is not LeaveState.APPROVED or leave.closed_at is not None:
        return False
    return leave.last_day < desk.work_day(now) and now > back_by(desk, span_of(leave))


def listed(desk: Desk, book: Book) -> list[Seen]:
    """Return the leave that is open, then what was closed these last days.

    Overdue ones come first, then those that wait, then by their first day.
    """
    now = desk.clock()
    shown = _seen(desk, book, book.all(OPEN), now)
    shown.sort(key=lambda one: (not one.overdue, one.leave.state is not LeaveState.ASKED))
    return shown + _seen(desk, book, book.all(RECENT, since=now - _RECENT), now)


def _seen(
    desk: Desk, book: Book, rows: Iterable[tuple[Leave, Person]], now: datetime
) -> list[Seen]:
    found = list(rows)
    doubled = _doubled([leave for leave, _person in found])
    return [
        Seen(
            leave, person, department_name(book, person), back_by(desk, span_of(leave)),
            is_overdue(desk, leave, now), leave.id in doubled,
        )
        for leave, person in found
    ]  # fmt: skip


def _doubled(leaves: Sequence[Leave]) -> set[str]:
    """Return the ids of leaves that share a half day with another one of the same person."""
    by_person: dict[str, list[Leave]] = {}
    for one in leaves:
        if one.state is not LeaveState.REFUSED and one.state is not LeaveState.WITHDRAWN:
            by_person.setdefault(one.person_id, []).append(one)
    return {
        one.id
        for theirs in by_person.values()
        for one in theirs
        for other in theirs
        if one is not other and span_of(one).meets(span_of(other))
    }


def between(desk: Desk, book: Book, first: date, last: date) -> list[Seen]:
    """Return every leave that touches some days of the site, whatever became of it."""
    return _seen(desk, book, book.all(BETWEEN, first=first, last=last), desk.clock())


def whole(desk: Desk, book: Book, leave_id: str, reader: Person) -> Whole:
    """Return a leave as ``reader`` may see it."""
    leave = leave_by_id(book, leave_id)
    person = person_by_id(book, leave.person_id)
    seen = _seen(desk, book, [(leave, person)], desk.clock())[0]
    allowed = rules.may_read(reader, person)
    signed = [Signature(*one) for one in book.all(APPROVALS, leave=leave.id)]
    reason, contact, matters = (book.read_sealed(one) if allowed else "" for one in _sealed(leave))
    return Whole(
        seen, allowed, reason, contact, matters, signed, waits_for(desk, book, leave, person),
        book.all(STAND_INS, leave=leave.id), personal_used(desk, book, person, span_of(leave)),
    )  # fmt: skip


def _sealed(leave: Leave) -> tuple[str, str, str]:
    return leave.reason, leave.contact, leave.note


def standing(book: Book, person: Person) -> list[Leave]:
    """Return the person's leave that was neither refused nor withdrawn."""
    return book.all(LEAVES_OF, person=person.id)


def person_halves(
    desk: Desk, book: Book, person: Person, span: Span, *, personal: bool = False
) -> set[HalfDay]:
    """Return the half workdays of the person's leave in the months of ``span``, each once."""
    first = span.first_day.replace(day=1)
    last = (span.last_day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    works = works_of(desk, book, person, first, last)
    return {
        half
        for leave in standing(book, person)
        if not personal or leave.kind is PERSONAL
        for half in half_days(span_of(leave), works)
        if first <= half[0] <= last
    }


def personal_used(desk: Desk, book: Book, person: Person, span: Span) -> int:
    """Count the half days of personal leave in the months that ``span`` touches (clause 19)."""
    return len(person_halves(desk, book, person, span, personal=True))


def personal_by_month(
    desk: Desk, book: Book, person: Person, span: Span
) -> dict[tuple[int, int], int]:
    """Count the same by year and month."""
    return by_month(person_halves(desk, book, person, span, personal=True))


def halves_in_row(desk: Desk, book: Book, person: Person, leave: Leave | None, span: Span) -> int:
    """Count the half workdays of a leave and all others in a row with it (clause 17)."""
    others = [span_of(one) for one in standing(book, person) if leave is None or one.id != leave.id]
    days = [day for one in (span, *others) for day in (one.first_day, one.last_day)]
    works = works_of(desk, book, person, min(days) - _AROUND, max(days) + _AROUND)
    row = in_a_row(span, others, works)
    return len({half for one in row for half in half_days(one, works)})


def waits_for(desk: Desk, book: Book, leave: Leave, person: Person) -> Signers | None:
    """Return who signs next, None when nobody needs to any more."""
    if leave.state is not LeaveState.ASKED:
        return None
    signed = {one.step for one, _person in book.all(APPROVALS, leave=leave.id) if one.yes}
    needed = rules.rungs(
        person.rank, halves_in_row(desk, book, person, leave, span_of(leave)),
        desk.settings.leave_ladder, desk.rules,
    )  # fmt: skip
    missing = [one for step, one in enumerate(needed, 1) if step not in signed]
    if not missing:
        return None
    return rules.signers(missing[0], person, book.all(EVERYONE), away_now(desk, book))


def away_now(desk: Desk, book: Book) -> frozenset[str]:
    """Return the ids of who is on granted leave today."""
    today = desk.work_day(desk.clock())
    return frozenset(one.person_id for one in book.all(ON_LEAVE, day=today))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a leave would come to, told before it is sent.

    ``halves`` are half workdays, ``guessed`` of them in a year without a calendar;
    ``personal_halves`` is the personal leave its months have already.
    """

    halves: int
    guessed: int
    personal_halves: int
    needed: Sequence[Granter]


def preview(desk: Desk, book: Book, person: Person, span: Span) -> Preview:
    """Return what a leave of the person over ``span`` would come to."""
    works = works_of(desk, book, person, span.first_day, span.last_day)
    halves = list(half_days(span, works))
    row = halves_in_row(desk, book, person, None, span)
    needed = rules.rungs(person.rank, row, desk.settings.leave_ladder, desk.rules)
    return Preview(
        len(halves), guessed(desk, halves), personal_used(desk, book, person, span), needed
    )  # fmt: skip
