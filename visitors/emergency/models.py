"""What an emergency admission still owes, beside its visit: which fields, and until when.

It is a record of its own: no host's yes is pretended (clause 103). Who was told of it is sealed
under the visit's subject, as every other word about the visit.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book
from visitors.models import Origin, Visit


class Kind(StrEnum):
    """Who is let in without waiting for anybody."""

    AMBULANCE = "ambulance"  # 救护车
    FIRE = "fire"  # 消防
    POLICE = "police"  # 公安
    REPAIR = "repair"  # 抢修


OWED = ("name", "unit", "people", "matter", "told", "host")
"""What is owed after an emergency admission, in the order in which the form asks for it."""


class EmergencyEntry(Row, table=True):
    """One emergency admission; its id is the visit's. Moments are UTC.

    ``owed`` names the fields still owed (``OWED``), with blanks between them; ``told`` says who was
    told, sealed under the visit's subject. ``paid_at`` is empty while anything is owed.
    """

    __tablename__ = "emergency_entry"
    __table_args__ = (
        # The list of open things asks after every tap: what was paid before costs it nothing.
        Index("ix_emergency_entry_open", "due_at", sqlite_where=text("paid_at IS NULL")),
    )

    kind: Kind = choice(Kind)
    owed: str
    told: str = ""
    due_at: datetime = moment()
    paid_at: datetime | None = moment(optional=True)
    paid_by: str = Field(default="")

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields still owed."""
        return tuple(self.owed.split())


ENTRY = select(EmergencyEntry).where(col(EmergencyEntry.id) == bindparam("visit"))
DEBTS = (
    select(EmergencyEntry, Visit, Person)
    .join(Visit, col(Visit.id) == col(EmergencyEntry.id))
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(EmergencyEntry.paid_at).is_(None))
    .order_by(col(EmergencyEntry.due_at))
)


def owed_by(book: Book, visit: Visit) -> tuple[str, ...]:
    """Return the fields (``OWED``) that a visit still owes; only an emergency asks the book."""
    entry = book.one(ENTRY, visit=visit.id) if visit.origin is Origin.EMERGENCY else None
    return entry.missing if entry is not None else ()
