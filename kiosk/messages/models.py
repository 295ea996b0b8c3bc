"""A telephone message as a row, from the call until the addressee has it (clause 65).

Who called, the number to call back, what was said and every reason are sealed under the message's
own subject. For whom it is, and who took it, are members of the house and stand in the open.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Ending(StrEnum):
    """How a message was closed."""

    RECEIVED = "received"  # 已收
    VOIDED = "voided"  # 作废


class Message(Row, table=True):
    """One message. Moments are UTC; ``taken_by`` and ``closed_by`` are staff numbers at the desk.

    ``caller``, ``phone``, ``words`` and ``reason`` (of a voided one) are sealed under ``subject``.
    ``receiver_id`` is who received it, the addressee or his stand-in (clause 65), ``means`` how he
    proved who he is.
    """

    __tablename__ = "message"
    __table_args__ = (
        # Every tap and every list asks what is open: all that was closed before costs them nothing.
        Index("ix_message_open", "for_id", sqlite_where=text("closed_at IS NULL")),
        Index("ix_message_open_since", "taken_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    for_id: str = Field(foreign_key="person.id")
    subject: str
    caller: str
    phone: str = ""
    words: str
    urgent: bool = False
    taken_at: datetime = moment(index=True)
    taken_by: str
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    ending: Ending | None = choice(Ending, optional=True)
    means: Means | None = choice(Means, optional=True)
    receiver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    reason: str = ""


_WITH_PERSON = select(Message, Person).join(Person, col(Person.id) == col(Message.for_id))

EVERY_MESSAGE = select(Message).order_by(col(Message.taken_at))
MESSAGE = _WITH_PERSON.where(col(Message.id) == bindparam("id"))
OPEN = _WITH_PERSON.where(col(Message.closed_at).is_(None)).order_by(col(Message.taken_at))
OPEN_FOR = (
    select(Message)
    .where(col(Message.for_id) == bindparam("person"), col(Message.closed_at).is_(None))
    .order_by(col(Message.taken_at))
)
URGENT_FOR = select(col(Message.urgent)).where(
    col(Message.for_id) == bindparam("person"), col(Message.closed_at).is_(None)
)
BETWEEN = _WITH_PERSON.where(
    col(Message.taken_at) >= bindparam("first"), col(Message.taken_at) < bindparam("after")
).order_by(col(Message.taken_at))
