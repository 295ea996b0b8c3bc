"""Ahead of time: a thing reserved, overtime asked for (clauses 86, 90)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, Approval, Loan, Thing
from kiosk.desk.numbers import next_number
from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.keys import rules
from kiosk.keys.asking import found_thing
from kiosk.keys.models import (
    OVERTIME,
    OVERTIMES_BY,
    RESERVATION,
    RESERVATIONS_BY,
    Booked,
    Reservation,
)
from kiosk.keys.service import LONGEST_NOTE

_CLASHING = (
    select(Reservation, Person)
    .join(Person, col(Person.id) == col(Reservation.person_id))
    .where(
        col(Reservation.thing_id) == bindparam("thing"),
        col(Reservation.state) == Booked.OPEN,
        col(Reservation.from_at) < bindparam("until"),
        col(Reservation.until_at) > bindparam("since"),
        col(Person.active),
    )
    .limit(1)
)


def reserve(
    desk: Desk, thing_id: str, person: Person, by: str, from_at: datetime, until_at: datetime,
    approver: Proof | None = None,
) -> Reservation:  # fmt: skip
    """Keep a thing for somebody; it does not go out before its time by this (ask 10).

    With ``approver``, a manager's word is given with it; where two managers are asked, one word
    now would count for nothing then. Raises ``Refused``: ``keys.times_wrong``, ``keys.time_over``,
    ``keys.reserved`` (see ``rules.reserved``), ``keys.two_at_hand_out``, those of
    ``rules.check_lendable``, ``rules.check_approver`` and ``rules.check_borrower``.
    """
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        _check_times(from_at, until_at, tx.now)
        _check_may_have(thing, person)
        clash = tx.one(_CLASHING, thing=thing.id, since=from_at, until=until_at)
        if clash is not None:
            raise rules.reserved(thing, *clash, desk.zone)
        if approver is not None:
            _check_word(thing, person, approver)
        made = tx.put(Reservation(
            number=f"R{next_number(tx, 'reservation')}", thing_id=thing.id, person_id=person.id,
            from_at=from_at, until_at=until_at,
            approver_id=approver.person.id if approver else None,
        ))  # fmt: skip
        tx.record(
            "loan.reserved", number=made.number, thing=thing.label, holder=person.staff_no,
            approver=approver.person.staff_no if approver else "", **_when(desk, from_at, until_at),
        )  # fmt: skip
    return made


def _check_may_have(thing: Thing, person: Person) -> None:
    rules.check_lendable(thing)
    rules.check_borrower(thing, person, ())


def _check_word(thing: Thing, person: Person, approver: Proof) -> None:
    if two_must_agree(thing):
        raise Refused("keys.two_at_hand_out", thing=thing.label)
    rules.check_approver(thing.approval, person, approver.person)


def two_must_agree(thing: Thing) -> bool:
    """Say whether two managers are asked: then both say yes when it goes out, none before."""
    return thing.approval is Approval.TWO


def out_then(desk: Desk, thing_id: str, from_at: datetime) -> tuple[Loan, Person | None] | None:
    """Return the loan by which the thing is not back before ``from_at`` (aware), and its holder.

    What is due later, or held for good, must be called back for whoever reserved it; what is
    called back already need not be.
    """
    with desk.read() as book:
        found = book.one(OPEN_LOAN_OF, thing=thing_id)
    if found is None or found[0].recalled_at is not None:
        return None
    due = found[0].due_at
    return found if due is None or due > from_at else None


def cancel(desk: Desk, reservation_id: str, by: str) -> None:
    """Take a reservation back. Raises ``Refused("keys.booking_over")`` for one that is over."""
    with desk.write(by=by) as tx:
        one = tx.one(RESERVATION, id=reservation_id)
        if one is None or one.state is not Booked.OPEN:
            raise Refused("keys.booking_over")
        _cancel(tx, one, person_by_id(tx, one.person_id))


def ask_overtime(
    desk: Desk, person: Person, by: str, from_at: datetime, until_at: datetime, rooms: str,
    approver: Proof, thing_ids: Sequence[str] = (),
) -> Overtime:  # fmt: skip
    """Record an overtime request that a manager signs (clause 90); keys are due at its end.

    It is the word for the things of ``thing_ids`` and for no other, and none in vain: raises
    ``Refused`` as ``reserve`` does for each of them, but for ``keys.reserved``. Besides
    ``keys.times_wrong``, ``keys.time_over``, ``keys.overtime_late`` for one that began before this
    minute, and those of ``rules.check_approver``.
    """
    with desk.write(by=by) as tx:
        _check_times(from_at, until_at, tx.now)
        check_in_advance(from_at, tx.now)
        rules.check_approver(Approval.MANAGER, person, approver.person)
        things = [found_thing(tx, one) for one in dict.fromkeys(thing_ids)]
        for one in things:
            _check_may_have(one, person)
            _check_word(one, person, approver)
        made = tx.put(Overtime(
            number=f"O{next_number(tx, 'overtime')}", person_id=person.id,
            day=desk.local(from_at).date(), from_at=from_at, until_at=until_at,
            rooms=clean(rooms, LONGEST_NOTE), approver_id=approver.person.id, means=approver.means,
            asked_by=by,
            things=" ".join(one.id for one in things),
        ))  # fmt: skip
        tx.record(
            "overtime.approved", number=made.number, person=person.staff_no,
            approver=approver.person.staff_no, means=approver.means.value,
            things=[one.label for one in things], **_when(desk, from_at, until_at),
        )  # fmt: skip
    return made


def check_overtime(
    desk: Desk, person: Person, from_at: datetime, until_at: datetime, thing_ids: Sequence[str]
) -> None:
    """Refuse, before a manager is fetched, what ``ask_overtime`` would refuse whoever signs."""
    _check_times(from_at, until_at, desk.clock())
    with desk.read() as book:
        for thing_id in dict.fromkeys(thing_ids):
            thing = found_thing(book, thing_id)
            _check_may_have(thing, person)
            if two_must_agree(thing):
                raise Refused("keys.two_at_hand_out", thing=thing.label)


def cancel_overtime(desk: Desk, overtime_id: str, by: str) -> None:
    """Take an overtime request back. Raises ``Refused("keys.booking_over")``."""
    with desk.write(by=by) as tx:
        one = tx.one(OVERTIME, id=overtime_id)
        if one is None or one.state not in {Spell.OPEN, Spell.ASKED}:
            raise Refused("keys.booking_over")
        _cancel_overtime(tx, one)


def cancel_all_of(tx: Transaction, person: Person) -> None:
    """Take back what is booked for somebody who leaves: nothing is kept for who is not here."""
    for reservation in tx.all(RESERVATIONS_BY, person=person.id):
        _cancel(tx, reservation, person)
    for spell in tx.all(OVERTIMES_BY, person=person.id):
        _cancel_overtime(tx, spell)


def _cancel(tx: Transaction, one: Reservation, person: Person) -> None:
    one.state = Booked.CANCELLED
    tx.put(one)
    tx.record("loan.reservation_cancelled", number=one.number, holder=person.staff_no)


def _cancel_overtime(tx: Transaction, one: Overtime) -> None:
    one.state = Spell.CANCELLED
    tx.put(one)
    tx.record("overtime.cancelled", number=one.number)


def check_in_advance(from_at: datetime, now: datetime) -> None:
    """Refuse overtime that began before this minute: ``keys.overtime_late`` (clause 90)."""
    if from_at < now - timedelta(seconds=now.second, microseconds=now.microsecond):
        raise Refused("keys.overtime_late")


def _check_times(from_at: datetime, until_at: datetime, now: datetime) -> None:
    if until_at <= from_at:
        raise Refused("keys.times_wrong")
    if until_at <= now:
        raise Refused("keys.time_over")


def _when(desk: Desk, from_at: datetime, until_at: datetime) -> dict[str, str]:
    return {
        "from_at": desk.local(from_at).isoformat(timespec="minutes"),
        "until_at": desk.local(until_at).isoformat(timespec="minutes"),
    }
