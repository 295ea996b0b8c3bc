"""Things lent with a visit: a visitor card, a helmet, a locker, a key; the ledger has one holder.

The loan is the ledger's own (``kiosk.desk.loans``) with the visit for a holder, so no thing can be
in two hands, and the keys' board shows "visitor 017". It is due when the visit ends.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk import custody
from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    LENT_TO_VISIT,
    LENT_TO_VISITORS,
    OPEN_LOAN_OF,
    THING,
    THINGS,
    Approval,
    Condition,
    Ended,
    Loan,
    Thing,
    ThingKind,
    ThingState,
    place_name,
)
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.gates.gave_way import all_of_person
from visitors.models import State, Visit
from visitors.service import visit_of

_LONGEST_LABEL = 40
_OPEN_DOORS = frozenset(
    {ThingKind.DOOR_CARD, ThingKind.OFFICE_KEY, ThingKind.DESK_KEY, ThingKind.CABINET_KEY}
)
_STATES = {
    ThingState.LOST: "visit.lent_lost",
    ThingState.BLOCKED: "visit.lent_blocked",
    ThingState.RETIRED: "visit.lent_unknown",
}


@dataclass(frozen=True, slots=True)
class Lent:
    """One thing a visitor has, or had until now. ``out_at`` is UTC; ``number`` is the loan's."""

    loan_id: str
    thing_id: str
    number: str
    label: str
    kind: ThingKind
    out_at: datetime


def lent_to(book: Book, visit_id: str) -> tuple[Lent, ...]:
    """Return what the visitor has at this moment, the first lent first."""
    return tuple(_lent(loan, thing) for loan, thing in book.all(LENT_TO_VISIT, visit=visit_id))


def lent_to_person(book: Book, visit_id: str) -> tuple[Lent, ...]:
    """Return what the visitor has, also on a visit of the same person that gave way to this one."""
    return tuple(lent for one in all_of_person(book, visit_id) for lent in lent_to(book, one))


def _lent(loan: Loan, thing: Thing) -> Lent:
    return Lent(loan.id, thing.id, loan.number, thing.label, thing.kind, loan.out_at)


def lend(desk: Desk, by: str, visit_id: str, thing_id: str) -> Lent:
    """Lend one thing to a visitor who is inside; due at the end of the visit (clauses 84, 145).

    Raises ``Refused``: ``visit.lent_not_inside``, ``visit.lent_unknown``, ``visit.lent_lost``,
    ``visit.lent_blocked``, ``visit.lent_out`` (with ``holder``), ``visit.lent_needs_word`` for what
    asks for somebody's word (a visitor has none: his host borrows it), ``visit.lent_section``,
    and those of ``custody.check_here``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        thing = tx.one(THING, id=thing_id)
        if thing is None:
            raise Refused("visit.lent_unknown")
        return _hand_out(desk, tx, visit, host, thing)


def lend_called(desk: Desk, by: str, visit_id: str, typed: str) -> Lent:
    """Lend the thing whose label was typed, or letters that fit one thing only.

    Raises ``Refused``: ``visit.lent_unknown``, ``visit.lent_unclear`` (with ``which``), those of
    ``lend``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        return _hand_out(desk, tx, visit, host, thing_called(tx, typed))


def thing_called(book: Book, typed: str) -> Thing:
    """Return the one thing that is meant by a label or a part of it; see ``lend_called``."""
    asked = clean(typed, _LONGEST_LABEL).casefold().strip()
    things = [one for one in book.all(THINGS) if asked and asked in one.label.casefold()]
    exact = [one for one in things if one.label.casefold() == asked]
    fitting = exact or things
    if not fitting:
        raise Refused("visit.lent_unknown", field="text")
    if len(fitting) > 1:
        which = ", ".join(one.label for one in fitting[:3])
        raise Refused("visit.lent_unclear", field="text", which=which)
    return fitting[0]


def _hand_out(desk: Desk, tx: Transaction, visit: Visit, host: Person, thing: Thing) -> Lent:
    _check_visit(desk, visit)
    _check_thing(desk, tx, host, thing)
    fence = custody.check_here(tx, thing, tx.gate)
    loan = tx.put(Loan(
        number=f"K{next_number(tx, 'loan')}", thing_id=thing.id, visit_id=visit.id,
        place=rules.readable(visit.day, visit.number), clerk=tx.by, out_at=tx.now,
        due_at=max(visit.until_at, tx.now), fence=fence,
    ))  # fmt: skip
    due = desk.local(loan.due_at or tx.now).isoformat(timespec="minutes")
    tx.record(
        "loan.out",
        number=loan.number, thing=thing.label, holder=loan.place, due_at=due, visit=visit.id,
    )  # fmt: skip
    return _lent(loan, thing)


def _check_visit(desk: Desk, visit: Visit) -> None:
    if visit.state is not State.ADMITTED:
        number = rules.listed(visit.day, visit.number, desk.today())
        raise Refused("visit.lent_not_inside", number=number)


def _check_thing(desk: Desk, tx: Transaction, host: Person, thing: Thing) -> None:
    if thing.state in _STATES:
        raise Refused(_STATES[thing.state], thing=thing.label)
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None:
        loan, holder = found
        name = holder.name if holder is not None else place_name(loan)
        raise Refused("visit.lent_out", thing=thing.label, holder=name)
    if needs_a_word(thing, day_off=not desk.calendar.is_workday(desk.local(tx.now).date())):
        raise Refused("visit.lent_needs_word", thing=thing.label, host=host.name)
    if thing.section_id and thing.section_id != host.department_id:
        raise Refused("visit.lent_section", thing=thing.label)


def due_with(tx: Transaction, visit: Visit) -> None:
    """Move when the visitor's things are due to the visit's end; the next entry records it."""
    for loan, _thing in tx.all(LENT_TO_VISIT, visit=visit.id):
        loan.due_at = max(visit.until_at, loan.out_at)
        tx.put(loan)


def needs_a_word(thing: Thing, *, day_off: bool) -> bool:
    """Say whether somebody must approve it: a seal always, on a day off keys (clause 90)."""
    opens = day_off and thing.kind in _OPEN_DOORS
    return thing.approval is not Approval.NONE or thing.kind is ThingKind.SEAL or opens


def give_back(desk: Desk, by: str, loan_id: str, how: Ended = Ended.BY_HAND) -> Lent:
    """Take back what a visitor has, also after the visit was closed.

    Raises ``Refused("visit.lent_back_already")`` for what is back, or was never lent to a visitor.
    """
    with desk.write(by=by) as tx:
        found = next((one for one in _open_loans(tx) if one[0].id == loan_id), None)
        if found is None:
            raise Refused("visit.lent_back_already")
        return end(tx, *found, how)


def _open_loans(book: Book) -> list[tuple[Loan, Thing]]:
    return book.all(LENT_TO_VISITORS)


def end(tx: Transaction, loan: Loan, thing: Thing, how: Ended) -> Lent:
    """End a visitor's loan with its entry, in the hands of who writes.

    What another desk lends is taken in here, and its loan ends when that desk has heard of it: who
    leaves is never kept for it. Raises ``Refused``: ``keys.unconfirmed`` for what was taken in.
    """
    if custody.kept(tx, thing, tx.gate).gate != tx.gate:
        custody.take_in(tx, thing, loan, how)
        return _lent(loan, thing)
    loan.returned_at, loan.ended, loan.condition = tx.now, how, Condition.GOOD
    loan.received_by = tx.by
    tx.put(loan)
    custody.end_those_aside(tx, loan)
    tx.record(
        "loan.returned",
        number=loan.number, thing=thing.label, how=how.value, holder=loan.place,
        visit=loan.visit_id,
    )  # fmt: skip
    return _lent(loan, thing)
