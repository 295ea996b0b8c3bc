"""A parcel as a row, from the carrier's hand to the addressee's (clauses 55, 77-78, 150).

From whom it is, the carrier's number, where it lies and every reason are typed by hand and may name
somebody: they are sealed under the parcel's own subject.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, stamped_between, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Kind(StrEnum):
    """What lies here."""

    PARCEL = "parcel"  # 快递
    REGISTERED = "registered"  # 挂号信
    DOCUMENT = "document"  # 文件


class Ending(StrEnum):
    """How it left the gatehouse."""

    HANDED_OUT = "handed_out"  # 已领
    REFUSED = "refused"  # 拒收
    RETURNED = "returned"  # 退回
    VOIDED = "voided"  # 作废


class Word(StrEnum):
    """How the addressee said that a colleague may take it; ``OWN``: he took it himself.

    ``STAND_IN`` is nobody's word: who stands in for the addressee takes what comes for him.
    """

    OWN = "own"
    PHONE = "phone"
    IN_PERSON = "in_person"
    WRITTEN = "written"
    STAND_IN = "stand_in"  # 顶岗人


class Parcel(Row, table=True):
    """One delivery of ``count`` pieces for one person. Moments are UTC.

    ``taken_by`` and ``closed_by`` are staff numbers at the desk, ``receiver_id`` is who tapped for
    it, ``word`` why that may be a colleague. ``sender``, ``tracking``, ``shelf`` and ``reason``
    are sealed under ``subject``.
    """

    __tablename__ = "parcel"
    __table_args__ = (
        # Every tap and every list asks what is open: all that was closed before costs them nothing.
        Index("ix_parcel_open", "for_id", sqlite_where=text("closed_at IS NULL")),
        Index("ix_parcel_open_since", "arrived_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    for_id: str = Field(foreign_key="person.id")
    subject: str
    kind: Kind = choice(Kind)
    count: int = whole()
    sender: str
    tracking: str = ""
    shelf: str
    arrived_at: datetime = moment(index=True)
    taken_by: str
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    ending: Ending | None = choice(Ending, optional=True)
    receiver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    word: Word | None = choice(Word, optional=True)
    means: Means | None = choice(Means, optional=True)
    reason: str = ""


_WITH_PERSON = select(Parcel, Person).join(Person, col(Person.id) == col(Parcel.for_id))

EVERY_PARCEL = select(Parcel).order_by(col(Parcel.arrived_at))
PARCEL = _WITH_PERSON.where(col(Parcel.id) == bindparam("id"))
OPEN = _WITH_PERSON.where(col(Parcel.closed_at).is_(None)).order_by(col(Parcel.arrived_at))
OPEN_FOR = (
    select(Parcel)
    .where(col(Parcel.for_id) == bindparam("person"), col(Parcel.closed_at).is_(None))
    .order_by(col(Parcel.arrived_at))
)
COUNTS_FOR = select(col(Parcel.count)).where(
    col(Parcel.for_id) == bindparam("person"),
    col(Parcel.closed_at).is_(None),
    stamped_between(Parcel.stamp),
)
"""Of what lies at this window: another desk's parcel lies at that one."""
BETWEEN = _WITH_PERSON.where(
    col(Parcel.arrived_at) >= bindparam("first"), col(Parcel.arrived_at) < bindparam("after")
).order_by(col(Parcel.arrived_at))
