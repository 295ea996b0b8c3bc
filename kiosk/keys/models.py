"""What stands beside the ledger: who booked a thing, who asked for overtime, what was lost."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, or_
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import Person
from kiosk.desk.row import Row


class Booked(StrEnum):
    """What became of a reservation; one whose time is over is over."""

    OPEN = "open"
    USED = "used"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """What the office decided about a lost thing (clause 87)."""

    CHANGE_LOCK = "change_lock"
    NEW_COPY = "new_copy"
    NO_ACTION = "no_action"
    FOUND = "found"  # it was here again before anybody had decided


class Reservation(Row, table=True):
    """A thing kept for somebody from ``from_at`` until ``until_at`` (UTC).

    With ``approver_id`` it is also the manager's word given before (clause 86).
    """

    __tablename__ = "reservation"

    number: str = Field(index=True)
    thing_id: str = Field(foreign_key="thing.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    from_at: datetime = moment()
    until_at: datetime = moment(index=True)
    state: Booked = choice(Booked, default=Booked.OPEN)
    approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


class Loss(Row, table=True):
    """A lost thing (clause 87). ``where_last`` is sealed under ``subject``; moments are UTC.

    It stays an open thing until ``decision`` is recorded, on every handover. ``was_blocked``: the
    thing was out of service already when it was lost.
    """

    __tablename__ = "loss"

    number: str = Field(index=True)
    thing_id: str = Field(foreign_key="thing.id", index=True)
    holder_id: str | None = Field(default=None, foreign_key="person.id", index=True, nullable=True)
    reported_by: str
    reported_at: datetime = moment()
    noticed_at: datetime = moment()
    subject: str
    where_last: str = ""
    decision: Decision | None = choice(Decision, optional=True, index=True)
    decided_by: str = ""
    decided_at: datetime | None = moment(optional=True)
    found_at: datetime | None = moment(optional=True)
    was_blocked: bool = False


RESERVATIONS_OF = (
    select(Reservation, Person)
    .join(Person, col(Person.id) == col(Reservation.person_id))
    .where(
        col(Reservation.thing_id) == bindparam("thing"),
        col(Reservation.state) == Booked.OPEN,
        col(Reservation.until_at) > bindparam("now"),
        col(Person.active),
    )
    .order_by(col(Reservation.from_at))
)
RESERVATIONS_BY = select(Reservation).where(
    col(Reservation.person_id) == bindparam("person"), col(Reservation.state) == Booked.OPEN
)
RESERVATIONS = (
    select(Reservation, Thing, Person)
    .join(Thing, col(Thing.id) == col(Reservation.thing_id))
    .join(Person, col(Person.id) == col(Reservation.person_id))
    .where(
        col(Reservation.state) == Booked.OPEN,
        col(Reservation.until_at) > bindparam("now"),
        col(Person.active),
    )
    .order_by(col(Reservation.from_at))
)
KEPT_AND_RESERVED = (
    select(Loan, Thing, Person)
    .join(Reservation, col(Reservation.thing_id) == col(Loan.thing_id))
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id))
    .where(
        col(Reservation.state) == Booked.OPEN,
        col(Reservation.until_at) > bindparam("now"),
        col(Loan.returned_at).is_(None),
        col(Loan.due_at).is_(None),
        col(Loan.recalled_at).is_(None),
    )
    .group_by(col(Loan.id))
    .order_by(col(Loan.out_at))
)
"""What is held for good, not called back, and reserved by anybody."""
RESERVATION = select(Reservation).where(col(Reservation.id) == bindparam("id"))
OVERTIMES_NOW = (
    select(Overtime)
    .where(
        col(Overtime.person_id) == bindparam("person"),
        col(Overtime.state) == Spell.OPEN,
        col(Overtime.from_at) <= bindparam("soon"),
        col(Overtime.until_at) > bindparam("now"),
    )
    .order_by(col(Overtime.until_at).desc())
)
OVERTIME_BETWEEN = (
    select(Overtime, Person)
    .join(Person, col(Person.id) == col(Overtime.person_id))
    .where(
        col(Overtime.day) >= bindparam("first"),
        col(Overtime.day) <= bindparam("last"),
        col(Overtime.state) == Spell.OPEN,
        col(Person.active),
    )
    .order_by(col(Overtime.from_at))
)
OVERTIMES_BY = select(Overtime).where(
    col(Overtime.person_id) == bindparam("person"),
    or_(col(Overtime.state) == Spell.OPEN, col(Overtime.state) == Spell.ASKED),
)
OVERTIME = select(Overtime).where(col(Overtime.id) == bindparam("id"))
OPEN_LOSS_OF = select(Loss).where(
    col(Loss.thing_id) == bindparam("thing"), col(Loss.found_at).is_(None)
)
LOSSES_TO_DECIDE = (
    select(Loss, Thing)
    .join(Thing, col(Thing.id) == col(Loss.thing_id))
    .where(col(Loss.decision).is_(None))
    .order_by(col(Loss.reported_at))
)
LOSS = (
    select(Loss, Thing)
    .join(Thing, col(Thing.id) == col(Loss.thing_id))
    .where(col(Loss.id) == bindparam("id"))
)
