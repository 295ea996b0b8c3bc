"""Leave ends: taken back, reported back from, overdue, or its person leaves the house."""

from dataclasses import dataclass

from kiosk.attendance.leave import reading, rules
from kiosk.attendance.leave.calendar import half_now, works_of
from kiosk.attendance.leave.halves import HALVES, before, half_days, span_of
from kiosk.attendance.leave.models import OPEN, OPEN_OF
from kiosk.attendance.stand_ins.rules import leave_span
from kiosk.desk.absence import Leave, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stand_in import end_stand_ins
from kiosk.desk.transaction import Transaction


def withdraw(desk: Desk, by: str, leave_id: str, proof: Proof) -> str:
    """Take back a leave that has not begun, by who asked for it; return its number.

    Raises ``Refused``: ``leave.not_your_own``, ``leave.is_over``, ``leave.begun``.
    """
    with desk.write(by=by) as tx:
        leave = reading.leave_by_id(tx, leave_id)
        if leave.person_id != proof.person.id:
            raise Refused("leave.not_your_own", name=proof.person.name)
        if leave.closed_at is not None:
            raise Refused("leave.is_over", number=leave.number)
        begins, _ends = leave_span(desk, tx, proof.person, leave)
        begun = half_now(desk, tx, proof.person, tx.now) >= span_of(leave).first
        begun = begun and tx.now >= begins  # a night has not begun in its day's morning
        if leave.state is LeaveState.APPROVED and begun:
            raise Refused("leave.begun", number=leave.number)
        close(tx, leave, LeaveState.WITHDRAWN)
        tx.record("leave.withdrawn", number=leave.number, person=proof.person.staff_no)
    return leave.number


@dataclass(frozen=True, slots=True)
class Returned:
    """A leave that was reported back from; ``given_back`` counts the half workdays not taken."""

    leave: Leave
    person: Person
    given_back: int
    late: bool


def report_back(desk: Desk, by: str, person: Person, means: Means) -> Returned:
    """Close the leave of who is back (销假, clause 18): one tap; ``means`` is how it was made.

    Who comes early gives back what is left, from this half day on. Raises
    ``Refused("leave.none_to_report")`` for who is on no granted leave that has begun.
    """
    with desk.write(by=by) as tx:
        now = half_now(desk, tx, person, tx.now)
        begun = [
            one for one in tx.all(OPEN_OF, person=person.id)
            if one.state is LeaveState.APPROVED and span_of(one).first <= now
        ]  # fmt: skip
        if not begun:
            raise Refused("leave.none_to_report", name=person.name)
        leave = begun[0]
        late = reading.is_overdue(desk, leave, tx.now)
        given_back = _shorten(desk, tx, leave, person)
        leave.returned_at, leave.returned_means = tx.now, means
        close(tx, leave, LeaveState.RETURNED if leave.halves else LeaveState.WITHDRAWN)
        tx.record(
            "leave.returned", number=leave.number, person=person.staff_no, means=means.value,
            given_back=given_back, late=late,
        )  # fmt: skip
    return Returned(leave, person, given_back, late)


def _shorten(desk: Desk, tx: Transaction, leave: Leave, person: Person) -> int:
    """Let the leave end before this half day; return how many half workdays that gives back."""
    whole = span_of(leave)
    works = works_of(desk, tx, person, whole.first_day, whole.last_day)
    planned = sum(1 for _half in half_days(whole, works))
    taken = before(whole, half_now(desk, tx, person, tx.now))
    if taken is None:
        leave.halves = 0
        return planned
    leave.last_day, leave.last_half = taken.last_day, HALVES[taken.last[1]]
    leave.halves = sum(1 for _half in half_days(taken, works))
    return planned - leave.halves


def close(tx: Transaction, leave: Leave, state: LeaveState) -> None:
    """End a leave, and with ``standin.ended`` whoever stands in or was asked to meanwhile (7).

    The leave itself belongs to the entry recorded next.
    """
    leave.state, leave.closed_at, leave.waits_at = state, tx.now, ""
    tx.put(leave)
    end_stand_ins(tx, leave.person_id, leave.id)


def papers_in(desk: Desk, leave_id: str, proof: Proof) -> str:
    """Note that the papers of a telephoned leave have come; return its number.

    Raises ``Refused``: ``leave.not_office``, ``leave.no_papers_owed``.
    """
    clerk = proof.person
    if clerk.role not in rules.NOTES_CALLS:
        raise Refused("leave.not_office", name=clerk.name)
    with desk.write(by=clerk.staff_no) as tx:
        leave = reading.leave_by_id(tx, leave_id)
        if not leave.papers_owed:
            raise Refused("leave.no_papers_owed", number=leave.number)
        leave.papers_owed = False
        tx.put(leave)
        tx.record("leave.papers_in", number=leave.number)
    return leave.number


def note_overdue(desk: Desk) -> int:
    """Record who has not reported back in time; return how many. Twice does no more than once."""
    with desk.read() as book:
        if not _newly_overdue(desk, book.all(OPEN)):
            return 0
    with desk.write() as tx:
        found = _newly_overdue(desk, tx.all(OPEN))
        for leave in found:
            leave.overdue_at = tx.now
            tx.put(leave)
            person = person_by_id(tx, leave.person_id)
            tx.record("leave.overdue", number=leave.number, person=person.staff_no)
    return len(found)


def _newly_overdue(desk: Desk, rows: list[tuple[Leave, Person]]) -> list[Leave]:
    now = desk.clock()
    return [
        one for one, _person in rows
        if one.overdue_at is None and desk.wrote(one) and reading.is_overdue(desk, one, now)
    ]  # fmt: skip


def end_for_leaver(tx: Transaction, person: Person) -> None:
    """End the open leave of who leaves the house: what is asked is withdrawn, what runs is over."""
    for leave in tx.all(OPEN_OF, person=person.id):
        asked = leave.state is LeaveState.ASKED
        close(tx, leave, LeaveState.WITHDRAWN if asked else LeaveState.RETURNED)
        tx.record("leave.ended", number=leave.number, person=person.staff_no)
