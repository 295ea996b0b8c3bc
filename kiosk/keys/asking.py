"""What is asked before a thing goes out: may this person have it, and by whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk import custody
from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    HELD_BY,
    OPEN_LOAN_OF,
    THING,
    Approval,
    Condition,
    Loan,
    Thing,
    place_name,
)
from kiosk.desk.outstanding import Wording
from kiosk.desk.overtime import Overtime
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys import rules
from kiosk.keys.models import OVERTIMES_NOW, RESERVATIONS_OF, Loss, Reservation

_RESERVED_SOON = N_("Reserved for {name} from {since}: bring it back before.")
_LOST_BEFORE = N_("{name} lost {thing} on {day}.")
_DAMAGED_BEFORE = N_("{name} brought {thing} back damaged on {day}.")
_HOLDS_LATE = N_("{name} still has {thing}, which is overdue.")
_HOLDS_CALLED = N_("{name} still has {thing}, which is called back.")
_LOST_BY = (
    select(Loss, Thing)
    .join(Thing, col(Thing.id) == col(Loss.thing_id))
    .where(col(Loss.holder_id) == bindparam("person"), col(Loss.reported_at) >= bindparam("since"))
    .order_by(col(Loss.reported_at).desc())
    .limit(1)
)
_DAMAGED_BY = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(
        col(Loan.holder_id) == bindparam("person"),
        or_(col(Loan.condition) == Condition.BENT, col(Loan.condition) == Condition.DAMAGED),
        col(Loan.returned_at) >= bindparam("since"),
    )
    .order_by(col(Loan.returned_at).desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Prior:
    """A manager's word given before: the reservation or overtime request it stands in."""

    approver: Person
    until_at: datetime
    reservation: Reservation | None = None
    overtime: Overtime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one thing needs before it goes out to one borrower.

    ``approval`` is what is still missing, ``prior`` a word given before, ``warnings`` what the
    person at the desk should know; ``back_before`` (UTC) is somebody else's reservation,
    ``reserved`` the borrower's own, which this hand-out uses up.
    """

    thing: Thing
    approval: Approval
    prior: Prior | None
    warnings: tuple[Wording, ...]
    back_before: datetime | None
    reserved: Reservation | None = None

    @property
    def due_by_word(self) -> datetime | None:
        """Return the end (UTC) of the borrower's reservation, else of the word given before."""
        if self.reserved is not None:
            return self.reserved.until_at
        return self.prior.until_at if self.prior is not None else None


@dataclass(frozen=True, slots=True)
class Taking:
    """How a thing goes out: ``by`` is the staff number of who works at the desk.

    Who works there needs a manager's word for whatever he takes himself. ``for_good`` is a
    permanent holding (clause 85): no word for an evening or a day serves for it.
    """

    by: str = ""
    for_good: bool = False


def ask(
    desk: Desk, thing_ids: Sequence[str], borrower: Person, by: str = "", *, for_good: bool = False
) -> tuple[Asked, ...]:
    """Return what each thing needs; nothing is written. Raises ``Refused`` as ``lend`` would.

    ``by`` is the staff number of who works at the desk; ``for_good`` asks for a permanent holding.
    """
    with desk.read() as book:
        return tuple(
            ask_in(desk, book, found_thing(book, one), borrower, desk.clock(), Taking(by, for_good))
            for one in thing_ids
        )


def ask_in(
    desk: Desk, book: Book, thing: Thing, borrower: Person, now: datetime,
    taking: Taking | None = None,
) -> Asked:  # fmt: skip
    """Return what ``thing``, which hangs on the board, needs at ``now``, seen in ``book``.

    Raises ``Refused``: those of ``rules.check_lendable``, ``keys.out_already``, those of
    ``rules.check_borrower``, ``rules.check_reserved`` and ``rules.check_permanent``.
    """
    refuse_when_out(book, thing)
    return _needs(desk, book, thing, borrower, now, taking or Taking())


def ask_receiver(desk: Desk, thing_id: str, receiver: Person, by: str = "") -> Asked:
    """Return what a thing somebody has needs before it is passed on to ``receiver``.

    What is held for good is passed on for good.

    Raises ``Refused`` as ``ask`` does, but for ``keys.out_already``.
    """
    with desk.read() as book:
        thing = found_thing(book, thing_id)
        found = book.one(OPEN_LOAN_OF, thing=thing.id)
        taking = Taking(by, for_good=found is not None and found[0].due_at is None)
        return _needs(desk, book, thing, receiver, desk.clock(), taking)


def in_emergency(book: Book, thing: Thing) -> Asked:
    """Return what a thing needs when the house burns: only that it is here to be given.

    Raises ``Refused``: those of ``rules.check_lendable``, ``keys.out_already``.
    """
    rules.check_lendable(thing)
    refuse_when_out(book, thing)
    return Asked(thing, Approval.NONE, None, (), None)


def _needs(
    desk: Desk, book: Book, thing: Thing, borrower: Person, now: datetime, taking: Taking
) -> Asked:
    rules.check_lendable(thing)
    held = book.all(HELD_BY, person=borrower.id)
    rules.check_borrower(thing, borrower, held)
    booked = book.all(RESERVATIONS_OF, thing=thing.id, now=now)
    if taking.for_good:
        rules.check_permanent(thing, borrower, held)
        rules.check_reserved_for_good(thing, borrower, booked, desk.zone)
    else:
        rules.check_reserved(thing, borrower, booked, now, desk.rules, desk.zone)
    reserved = _reserved(desk, borrower, booked, now)
    prior = None if taking.for_good else _prior(desk, book, thing, borrower, reserved, now)
    case = rules.Case(
        day_off=not desk.calendar.is_workday(desk.local(now).date()),
        own_desk=borrower.staff_no == taking.by,
        for_good=taking.for_good,
    )
    back_before, reserved_soon = next_reservation(desk, borrower, booked, now)
    return Asked(
        thing,
        rules.approval_missing(
            rules.approval_asked(thing, case), borrower, prior.approver if prior else None
        ),
        prior,
        (*reserved_soon, *_warnings(desk, book, borrower, held, now)),
        back_before,
        reserved,
    )


def next_reservation(
    desk: Desk, borrower: Person | None, booked: Sequence[tuple[Reservation, Person]],
    now: datetime,
) -> tuple[datetime | None, tuple[Wording, ...]]:  # fmt: skip
    """Return when (UTC) it must be back for somebody else's reservation, and the warning of it.

    ``booked`` are the reservations of the thing; a place borrows without a person.
    """
    soon = rules.reserved_soon(borrower, booked, now, desk.rules)
    if soon is None:
        return None, ()
    reservation, person = soon
    lead = timedelta(minutes=desk.rules.reservation_block_min)
    since = desk.local(reservation.from_at).strftime("%m-%d %H:%M")
    warning = Wording(_RESERVED_SOON, {"name": person.name, "since": since})
    return max(now, reservation.from_at - lead), (warning,)


def _reserved(
    desk: Desk, borrower: Person, booked: Sequence[tuple[Reservation, Person]], now: datetime
) -> Reservation | None:
    """Return the borrower's own reservation whose time has come, signed or not."""
    lead = timedelta(minutes=desk.rules.reservation_block_min)
    mine = (one for one, person in booked if person.id == borrower.id)
    return next((one for one in mine if one.from_at - lead <= now), None)


def _prior(
    desk: Desk, book: Book, thing: Thing, borrower: Person, reserved: Reservation | None,
    now: datetime,
) -> Prior | None:  # fmt: skip
    lead = timedelta(minutes=desk.rules.reservation_block_min)
    if reserved is not None and reserved.approver_id:
        approver = person_by_id(book, reserved.approver_id)
        return Prior(approver, reserved.until_at, reservation=reserved)
    spells = book.all(OVERTIMES_NOW, person=borrower.id, now=now, soon=now + lead)
    spell = next((one for one in spells if thing.id in one.things.split()), None)
    if spell is None or spell.approver_id is None:
        return None
    return Prior(person_by_id(book, spell.approver_id), spell.until_at, overtime=spell)


def _warnings(
    desk: Desk, book: Book, borrower: Person, held: Sequence[rules.Held], now: datetime
) -> list[Wording]:
    said: list[Wording] = []
    late = next((t for loan, t in held if loan.due_at is not None and loan.due_at <= now), None)
    if late is not None:
        said.append(Wording(_HOLDS_LATE, {"name": borrower.name, "thing": late.label}))
    called = next((thing for loan, thing in held if rules.called_back(loan, now)), None)
    if called is not None:
        said.append(Wording(_HOLDS_CALLED, {"name": borrower.name, "thing": called.label}))
    since_when = now - timedelta(days=desk.rules.loan_warn_days)
    lost = book.one(_LOST_BY, person=borrower.id, since=since_when)
    if lost is not None:
        said.append(_before(desk, _LOST_BEFORE, borrower, lost[1], lost[0].reported_at))
    damaged = book.one(_DAMAGED_BY, person=borrower.id, since=since_when)
    if damaged is not None and damaged[0].returned_at is not None:
        said.append(_before(desk, _DAMAGED_BEFORE, borrower, damaged[1], damaged[0].returned_at))
    return said


def _before(desk: Desk, template: str, person: Person, thing: Thing, at: datetime) -> Wording:
    day = desk.local(at).strftime("%Y-%m-%d")
    return Wording(template, {"name": person.name, "thing": thing.label, "day": day})


def found_thing(book: Book, thing_id: str) -> Thing:
    """Return the thing; raise ``Refused("keys.gone")`` when there is none."""
    thing = book.one(THING, id=thing_id)
    if thing is None:
        raise Refused("keys.gone")
    return thing


def refuse_when_out(book: Book, thing: Thing) -> None:
    """Refuse a thing that somebody has: ``keys.out_already`` (with ``holder``).

    One that another desk has taken in is on a board, but nobody's to lend: ``keys.unconfirmed``.
    """
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None:
        custody.refuse_unsettled(book, thing)
        raise Refused("keys.out_already", thing=thing.label, holder=holder_name(*found))


def holder_name(loan: Loan, holder: Person | None) -> str:
    """Return the name of who has it: a person, a place, or "visitor 017"."""
    return holder.name if holder is not None else place_name(loan)
