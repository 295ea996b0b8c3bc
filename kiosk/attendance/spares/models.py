"""The pool of temporary badges, and to whom each was lent."""

from datetime import date, datetime

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class SpareBadge(Row, table=True):
    """One card of the pool: ``label`` is the number on it, ``uid`` the card's, upper-case hex."""

    __tablename__ = "spare_badge"

    label: str = Field(unique=True)
    uid: str = Field(unique=True)


class SpareLending(Row, table=True):
    """A temporary badge in somebody's hands, for one ``day`` of the site. Moments are UTC.

    While ``ended_at`` is empty the card is a badge of the person; at the end of the day, or when it
    is back, it opens nothing any more. It stays open until ``returned_at``.
    """

    __tablename__ = "spare_lending"
    __table_args__ = (
        # Never to two people at once, and nobody has two: the book itself refuses it.
        Index(
            "ix_spare_lending_open", "spare_id", unique=True,
            sqlite_where=text("returned_at IS NULL"),
        ),
        Index(
            "ix_spare_lending_of", "person_id", unique=True,
            sqlite_where=text("returned_at IS NULL"),
        ),
    )  # fmt: skip

    number: str = Field(unique=True)
    spare_id: str = Field(foreign_key="spare_badge.id")
    person_id: str = Field(foreign_key="person.id")
    day: date = day(index=True)
    lent_at: datetime = moment()
    lent_by: str
    means: Means = choice(Means)
    ended_at: datetime | None = moment(optional=True)
    returned_at: datetime | None = moment(optional=True)
    returned_by: str = ""


SPARES = select(SpareBadge).order_by(col(SpareBadge.label))
SPARE_BY_UID = select(SpareBadge).where(col(SpareBadge.uid) == bindparam("uid"))
SPARE_BY_LABEL = select(SpareBadge).where(col(SpareBadge.label) == bindparam("label"))
SPARE = select(SpareBadge).where(col(SpareBadge.id) == bindparam("id"))
LENT = (
    select(SpareLending, SpareBadge, Person)
    .join(SpareBadge, col(SpareBadge.id) == col(SpareLending.spare_id))
    .join(Person, col(Person.id) == col(SpareLending.person_id))
    .where(col(SpareLending.returned_at).is_(None))
    .order_by(col(SpareLending.lent_at), col(SpareLending.id))
)
LENT_OF_SPARE = (
    select(SpareLending, Person)
    .join(Person, col(Person.id) == col(SpareLending.person_id))
    .where(
        col(SpareLending.spare_id) == bindparam("spare"), col(SpareLending.returned_at).is_(None)
    )
)
LENT_TO = (
    select(SpareLending, SpareBadge)
    .join(SpareBadge, col(SpareBadge.id) == col(SpareLending.spare_id))
    .where(
        col(SpareLending.person_id) == bindparam("person"), col(SpareLending.returned_at).is_(None)
    )
)
LENT_BETWEEN = (
    select(SpareLending, SpareBadge, Person)
    .join(SpareBadge, col(SpareBadge.id) == col(SpareLending.spare_id))
    .join(Person, col(Person.id) == col(SpareLending.person_id))
    .where(col(SpareLending.day) >= bindparam("first"), col(SpareLending.day) <= bindparam("last"))
    .order_by(col(SpareLending.lent_at), col(SpareLending.id))
)
