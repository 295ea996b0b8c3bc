"""A line from one desk to another, or to all; and at each desk that gets it, when it was read.

What was said is sealed under the line's own subject. A line is never changed: that it came and was
read is a row of the reading desk's own, so no two desks ever write the same row.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, bindparam, case, func
from sqlmodel import col, or_, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.row import Merge, Row

EVERY_DESK = ""
"""``to_gate`` of a line to all the others."""


class Reply(StrEnum):
    """What the reading desk said with one key."""

    READ = "read"  # 知道了
    COMING = "coming"  # 马上来
    CANNOT = "cannot"  # 走不开


class DeskLine(Row, table=True):
    """One line. ``sent_at`` is UTC, ``sent_by`` a staff number; ``answers`` is the line before."""

    __tablename__ = "desk_line"
    merged: ClassVar[Merge] = Merge.NEWEST

    from_gate: str
    to_gate: str = EVERY_DESK
    subject: str
    words: str
    sent_at: datetime = moment(index=True)
    sent_by: str
    answers: str = ""


class DeskLineRead(Row, table=True):
    """That a line came to the desk ``gate`` and who read it there; moments are UTC."""

    __tablename__ = "desk_line_read"
    __table_args__ = (Index("ix_desk_line_read_line", "line_id", "gate"),)
    merged: ClassVar[Merge] = Merge.NEWEST

    line_id: str
    gate: str
    came_at: datetime = moment()
    read_at: datetime | None = moment(optional=True)
    read_by: str = ""
    reply: Reply | None = choice(Reply, optional=True)


_DONE_HERE = (
    select(DeskLineRead.id)
    .where(
        col(DeskLineRead.line_id) == col(DeskLine.id),
        col(DeskLineRead.gate) == bindparam("gate"),
        or_(
            col(DeskLineRead.read_at).is_not(None), col(DeskLineRead.came_at) <= bindparam("since")
        ),
    )
    .exists()
)
_READ_AT = (
    select(func.count())
    .where(col(DeskLineRead.line_id) == col(DeskLine.id), col(DeskLineRead.read_at).is_not(None))
    .scalar_subquery()
)
LINE = select(DeskLine).where(col(DeskLine.id) == bindparam("id"))
READING = select(DeskLineRead).where(
    col(DeskLineRead.line_id) == bindparam("line"), col(DeskLineRead.gate) == bindparam("gate")
)
READINGS = select(DeskLineRead).where(col(DeskLineRead.line_id) == bindparam("line"))
TO_HERE = (
    select(DeskLine)
    .where(
        col(DeskLine.sent_at) > bindparam("oldest"),
        col(DeskLine.from_gate) != bindparam("gate"),
        or_(col(DeskLine.to_gate) == bindparam("gate"), col(DeskLine.to_gate) == EVERY_DESK),
        ~_DONE_HERE,
    )
    .order_by(col(DeskLine.sent_at))
)
"""Whose coming is not written down yet, or came after ``since`` and is unread."""
FROM_HERE = (
    select(DeskLine)
    .where(
        col(DeskLine.sent_at) > bindparam("oldest"),
        col(DeskLine.from_gate) == bindparam("gate"),
        case((col(DeskLine.to_gate) == EVERY_DESK, bindparam("others")), else_=1) > _READ_AT,
    )
    .order_by(col(DeskLine.sent_at))
)
"""Those that are unread at one of the desks they were for."""
SAID_SINCE = (
    select(DeskLine)
    .where(
        col(DeskLine.sent_at) > bindparam("oldest"),
        or_(col(DeskLine.sent_at) > bindparam("since"), _READ_AT == 0),
    )
    .order_by(col(DeskLine.sent_at).desc())
)
"""The newest, and older ones that nobody has read."""
EVERY_LINE = select(DeskLine).order_by(col(DeskLine.sent_at))
