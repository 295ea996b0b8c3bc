"""The raw tap: what was tapped, when, where and how. It is written once and never edited."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, col, exists, select

from kiosk.attendance.hours.models import ShiftDay
from kiosk.desk.columns import choice, day, moment
from kiosk.desk.people import Department, Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Tap(Row, table=True):
    """One tap of one person (clauses 14, 130). ``day`` is the site's, ``at`` is UTC.

    ``confirmed_by`` is the staff number of who saw the person when there was no badge (无卡);
    ``corrects`` is the id of the tap whose ``kind`` this one takes the place of, else "".
    """

    __tablename__ = "tap"

    person_id: str = Field(foreign_key="person.id")
    day: date = day(index=True)
    at: datetime = moment()
    kind: Whereabouts = choice(Whereabouts)
    means: Means = choice(Means)
    device: str = ""
    confirmed_by: str = ""
    corrects: str = ""


class VoidReason(StrEnum):
    """Why a tap does not count."""

    NOT_HOLDER = "not_holder"  # 非本人
    TWICE = "twice"  # 多刷一次
    OTHER = "other"


class TapVoid(Row, table=True):
    """A tap that somebody declared void (clause 22); the tap itself stays as it is.

    Its id is the tap's, so that two desks that void one tap speak of one row. ``at`` is UTC, ``by``
    the staff number of who said so; ``hand_id`` is who held the badge that was another's, where it
    is known: both sides of a proxy are put on a card.
    """

    __tablename__ = "tap_void"

    tap_id: str = Field(foreign_key="tap.id", unique=True)
    day: date = day(index=True)
    at: datetime = moment()
    by: str
    reason: VoidReason = choice(VoidReason)
    hand_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


TAP = (
    select(Tap, Person)
    .join(Person, col(Person.id) == col(Tap.person_id))
    .where(col(Tap.id) == bindparam("id"))
)
TAPS_BETWEEN = (
    select(Tap)
    .where(col(Tap.day) >= bindparam("first"), col(Tap.day) <= bindparam("last"))
    .order_by(col(Tap.day), col(Tap.at), col(Tap.id))
)
TAPS_OF_BETWEEN = (
    select(Tap)
    .where(
        col(Tap.person_id) == bindparam("person"),
        col(Tap.day) >= bindparam("first"),
        col(Tap.day) <= bindparam("last"),
    )
    .order_by(col(Tap.day), col(Tap.at), col(Tap.id))
)
TAPS_OF_ROSTERED = (
    select(Tap)
    .where(
        col(Tap.day) == bindparam("day"),
        exists().where(
            col(ShiftDay.person_id) == col(Tap.person_id),
            col(ShiftDay.day) >= bindparam("first"),
            col(ShiftDay.day) <= bindparam("last"),
        ),
    )
    .order_by(col(Tap.at), col(Tap.id))
)
"""Taps of one day of whoever works a shift on some days."""
VOIDS_BETWEEN = select(TapVoid).where(
    col(TapVoid.day) >= bindparam("first"), col(TapVoid.day) <= bindparam("last")
)
PEOPLE = select(Person, Department.name).join(
    Department, col(Department.id) == col(Person.department_id), isouter=True
)
