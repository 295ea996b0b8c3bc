"""Who is where: the one board that host calls, roll calls and relief all read."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Merge, Row
from kiosk.desk.transaction import Book


class Whereabouts(StrEnum):
    """Where a person is, as far as their own taps say."""

    IN = "in"
    OUT = "out"


class Presence(Row, table=True):
    """One row a person; its id is the person's."""

    __tablename__ = "presence"
    merged: ClassVar[Merge] = Merge.NEWEST

    state: Whereabouts = choice(Whereabouts)
    since: datetime = moment()
    day: date = day()
    tapped_at: datetime = moment()
    person_id: str = Field(foreign_key="person.id")


PRESENCE = select(Presence).where(col(Presence.id) == bindparam("person"))
INSIDE = (
    select(Presence, Person)
    .join(Person, col(Person.id) == col(Presence.person_id))
    .where(col(Presence.state) == Whereabouts.IN, col(Presence.day) == bindparam("day"))
    .order_by(col(Person.staff_no))
)


def whereabouts(book: Book, person: Person, today: date) -> Presence | None:
    """Return where the person is today; None when they have not tapped today."""
    here = book.one(PRESENCE, person=person.id)
    return here if here is not None and here.day == today else None
