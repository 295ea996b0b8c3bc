"""A line that a guard wrote into the duty log, and the queries for it."""

from datetime import datetime

from sqlalchemy import Index, bindparam, func
from sqlmodel import Field, col, select

from kiosk.desk.columns import moment
from kiosk.desk.people import Person
from kiosk.desk.posts import Duty
from kiosk.desk.row import Row


class DutyLine(Row, table=True):
    """One line, never changed: what was wrong is put right by a line that names it (``corrects``).

    ``words`` are sealed under ``subject``; ``written_at`` is UTC, ``written_by`` a staff number.
    """

    __tablename__ = "duty_line"
    __table_args__ = (Index("ix_duty_line_at", "post", "written_at"),)

    number: str = Field(unique=True)
    post: str
    subject: str
    words: str
    written_at: datetime = moment()
    written_by: str
    corrects: str = Field(default="", index=True)


LINE = select(DutyLine).where(col(DutyLine.number) == bindparam("number"))
CORRECTION_OF = select(DutyLine).where(col(DutyLine.corrects) == bindparam("number"))
EVERY_LINE = select(DutyLine).order_by(col(DutyLine.written_at))
LINES_BETWEEN = (
    select(DutyLine)
    .where(
        col(DutyLine.post) == bindparam("post"),
        col(DutyLine.written_at) >= bindparam("first"),
        col(DutyLine.written_at) < bindparam("after"),
    )
    .order_by(col(DutyLine.written_at), col(DutyLine.id))
)
COUNT_SINCE = select(func.count(col(DutyLine.id))).where(
    col(DutyLine.post) == bindparam("post"), col(DutyLine.written_at) >= bindparam("first")
)
SHIFTS = (
    select(Duty, Person)
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(col(Duty.post) == bindparam("post"))
    .order_by(col(Duty.since).desc())
    .limit(200)
)
"""The last two hundred shifts of a post, the newest first."""
