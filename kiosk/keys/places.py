"""A place has a thing and signs nothing: a room, a site, the fire brigade; never a person."""

from collections.abc import Sequence
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approval, Approved, Loan, Reason, Thing
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import asking, rules
from kiosk.keys.asking import Asked, found_thing
from kiosk.keys.meant import named
from kiosk.keys.models import RESERVATIONS_OF
from kiosk.keys.reasons import reason_now
from kiosk.keys.service import (
    LONGEST_NOTE,
    Given,
    Handed,
    due_of,
    facts_out,
    handed,
    put_loan,
)


def ask_for_place(desk: Desk, thing_ids: Sequence[str], place: str) -> tuple[Asked, ...]:
    """Return what should be known before the things go to ``place``; nothing is written.

    Raises ``Refused`` as ``lend_all_to_place`` would outside an emergency.
    """
    with desk.read() as book:
        name = _place(book, place)
        now = desk.clock()
        return tuple(_asked(desk, book, found_thing(book, one), name, now) for one in thing_ids)


def lend_to_place(
    desk: Desk, thing_id: str, place: str, by: str, reason: Reason, means: Approved
) -> Handed:
    """Hand a thing out to a place: due as others are, and before somebody's next reservation.

    ``means`` is ``NOT_ASKED``, or ``EMERGENCY`` when nobody could be asked and the word is owed.
    Raises ``Refused``: ``keys.no_place``; ``keys.place_is_person`` and ``keys.place_has_left`` for
    the number or the whole name of somebody, who is the holder then, in an emergency too; those of
    ``rules.check_lendable``, ``keys.out_already``; outside an emergency ``keys.reserved``,
    ``keys.other_section`` for a thing of one section, and ``keys.approval_needed`` for one that
    needs somebody's word, on a day off too (clause 90).
    """
    return lend_all_to_place(desk, (thing_id,), place, by, reason, means)[0]


def lend_all_to_place(
    desk: Desk, thing_ids: Sequence[str], place: str, by: str, reason: Reason = Reason.WORK,
    means: Approved = Approved.NOT_ASKED,
) -> tuple[Handed, ...]:  # fmt: skip
    """Hand several things out to one place, all of them or none; see ``lend_to_place``."""
    with desk.write(by=by) as tx:
        name = _place(tx, place)
        things = [found_thing(tx, one) for one in dict.fromkeys(thing_ids)]
        return tuple(_hand_out(desk, tx, one, name, (reason, means)) for one in things)


def _place(book: Book, typed: str) -> str:
    name = clean(typed, LONGEST_NOTE)
    if not name:
        raise Refused("keys.no_place")
    people = named(book, name)
    if people:
        raise is_person(people[0])
    return name


def is_person(person: Person) -> Refused:
    """Return the refusal ``keys.place_is_person``: a person signs for what he has."""
    return Refused("keys.place_is_person", name=person.name, staff_no=person.staff_no)


def _asked(desk: Desk, book: Book, thing: Thing, place: str, now: datetime) -> Asked:
    rules.check_lendable(thing)
    asking.refuse_when_out(book, thing)
    booked = book.all(RESERVATIONS_OF, thing=thing.id, now=now)
    rules.check_reserved(thing, None, booked, now, desk.rules, desk.zone)
    rules.check_place(thing, place, day_off=not desk.calendar.is_workday(desk.local(now).date()))
    back_before, warnings = asking.next_reservation(desk, None, booked, now)
    return Asked(thing, Approval.NONE, None, warnings, back_before)


def _hand_out(
    desk: Desk, tx: Transaction, thing: Thing, place: str, why: tuple[Reason, Approved]
) -> Handed:
    reason, means = why
    if means is Approved.EMERGENCY:
        asked = asking.in_emergency(tx, thing)
    else:
        asked = _asked(desk, tx, thing, place, tx.now)
    loan = put_loan(tx, thing, Loan(
        number=f"K{next_number(tx, 'loan')}", thing_id=thing.id, place=place, clerk=tx.by,
        out_at=tx.now, due_at=due_of(desk, tx.now, asked),
        reason=reason_now(desk, tx.now, None, reason),
    ), Given(means))  # fmt: skip
    tx.record("loan.out", **facts_out(desk, thing, loan, place, Given(means)))
    return handed(thing, loan, None)
