"""Closed books as rows: a day, a month put up for objections, and an objection (clause 130)."""

from datetime import date, datetime

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, func, select

from kiosk.attendance.models import Tap
from kiosk.desk.columns import choice, day, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class DayClosing(Row, table=True):
    """One closing of one day of the site. ``closed_at`` is UTC.

    ``gaps`` counts what was open at that moment. ``outcome`` is what was derived then for each
    person, as JSON without any name: when the rules change later, the day is derived again and
    both are shown. ``no_taps`` is true when the desk took no tap on a workday: nobody is absent
    because of a machine. A day that is closed once more has one more row; the newest counts.
    """

    __tablename__ = "day_closing"

    day: date = day(index=True)
    closed_at: datetime = moment()
    closed_by_id: str = Field(foreign_key="person.id")
    gaps: int = whole()
    outcome: str
    no_taps: bool = False


class MonthClosing(Row, table=True):
    """One calendar month, from its publication for objections until it is final.

    ``first`` is its first day, ``until`` the last day on which an objection is taken. Moments are
    UTC.
    """

    __tablename__ = "month_closing"
    __table_args__ = (Index("ix_month_closing_first", "first", unique=True),)

    first: date = day()
    published_at: datetime = moment()
    published_by_id: str = Field(foreign_key="person.id")
    until: date = day()
    closed_at: datetime | None = moment(optional=True)
    closed_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


class Objection(Row, table=True):
    """What a person says is wrong with one day of his own published month.

    ``words`` and ``answer`` are sealed under ``subject``. ``accepted`` counts once ``answered_at``
    is set. Moments are UTC.
    """

    __tablename__ = "objection"
    __table_args__ = (
        Index("ix_objection_open", "entered_at", sqlite_where=text("answered_at IS NULL")),
    )

    number: str = Field(unique=True)
    subject: str
    person_id: str = Field(foreign_key="person.id", index=True)
    day: date = day(index=True)
    words: str
    entered_at: datetime = moment()
    entered_means: Means = choice(Means)
    answer: str = ""
    accepted: bool = False
    answered_at: datetime | None = moment(optional=True)
    answered_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


CLOSINGS_BETWEEN = (
    select(DayClosing)
    .where(col(DayClosing.day) >= bindparam("first"), col(DayClosing.day) <= bindparam("last"))
    .order_by(col(DayClosing.day), col(DayClosing.closed_at), col(DayClosing.id))
)
CLOSED_DAYS = (
    select(col(DayClosing.day), col(DayClosing.no_taps))
    .where(col(DayClosing.day) >= bindparam("first"), col(DayClosing.day) <= bindparam("last"))
    .order_by(col(DayClosing.day), col(DayClosing.closed_at), col(DayClosing.id))
)
"""Every closing of some days without its long outcome: the newest of a day is last."""
CLOSERS = (
    select(
        col(DayClosing.day),
        col(DayClosing.closed_at),
        col(DayClosing.closed_by_id),
        col(DayClosing.gaps),
    )
    .where(col(DayClosing.day) >= bindparam("first"), col(DayClosing.day) <= bindparam("last"))
    .order_by(col(DayClosing.day), col(DayClosing.closed_at), col(DayClosing.id))
)
"""Who closed some days, when and with how many gaps; the newest of a day is last."""
LAST_CLOSED = select(func.max(DayClosing.day))
FIRST_TAP_DAY = select(func.min(Tap.day))
MONTH = select(MonthClosing).where(col(MonthClosing.first) == bindparam("first"))
EVERY_MONTH = select(MonthClosing).order_by(col(MonthClosing.first).desc())
OBJECTION = select(Objection).where(col(Objection.id) == bindparam("id"))
OPEN_OBJECTIONS = (
    select(Objection, Person)
    .join(Person, col(Person.id) == col(Objection.person_id))
    .where(col(Objection.answered_at).is_(None))
    .order_by(col(Objection.entered_at), col(Objection.id))
)
OBJECTIONS_BETWEEN = (
    select(Objection)
    .where(col(Objection.day) >= bindparam("first"), col(Objection.day) <= bindparam("last"))
    .order_by(col(Objection.day), col(Objection.entered_at), col(Objection.id))
)
EVERY_OBJECTION = select(Objection).order_by(col(Objection.entered_at), col(Objection.id))
