"""An enquiry as a row: who was asked first, to whom it was led, how it ended (clause 4).

Who enquires, the unit, the number to call, the matter and every reason typed by hand are sealed
under the enquiry's own subject. Who was asked and who handles it are members of the house.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Ending(StrEnum):
    """How an enquiry ended."""

    HANDLED = "handled"  # 首问人办结
    RECEIVED = "received"  # 经办人接手
    LEFT = "left"  # 来人离开


class FirstMeans(StrEnum):
    """How it is known who was asked first."""

    BADGE = "badge"
    OPERATOR = "operator"  # whoever works at this desk was asked


class Enquiry(Row, table=True):
    """One enquiry. Moments are UTC; ``opened_by`` and ``closed_by`` are staff numbers at the desk.

    ``first_id`` is the one person who was asked first and never changes; ``handler_id`` is the same
    until somebody it was led to has received it. ``led_to_id`` is whom it was led to last.
    ``notices`` counts the one-time notices printed. ``reason_code`` or ``reason`` (sealed) says why
    the enquirer left before that.
    """

    __tablename__ = "enquiry"
    __table_args__ = (
        # Every tap and every list asks what is open: all that was closed before costs them nothing.
        Index("ix_enquiry_open", "led_to_id", sqlite_where=text("closed_at IS NULL")),
        Index("ix_enquiry_open_since", "opened_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    first_id: str = Field(foreign_key="person.id")
    first_means: FirstMeans = choice(FirstMeans)
    handler_id: str = Field(foreign_key="person.id")
    subject: str
    enquirer: str = ""
    unit: str = ""
    phone: str = ""
    matter: str
    own_duty: bool
    opened_at: datetime = moment(index=True)
    opened_by: str
    led_to_id: str | None = Field(default=None, foreign_key="person.id")
    led_at: datetime | None = moment(optional=True)
    notice_at: datetime | None = moment(optional=True)
    notices: int = whole()
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    ending: Ending | None = choice(Ending, optional=True)
    means: Means | None = choice(Means, optional=True)
    reason_code: str = ""
    reason: str = ""


_WITH_FIRST = select(Enquiry, Person).join(Person, col(Person.id) == col(Enquiry.first_id))

EVERY_ENQUIRY = select(Enquiry).order_by(col(Enquiry.opened_at))
ENQUIRY = _WITH_FIRST.where(col(Enquiry.id) == bindparam("id"))
OPEN = _WITH_FIRST.where(col(Enquiry.closed_at).is_(None)).order_by(col(Enquiry.opened_at))
OPEN_FOR = (
    select(Enquiry)
    .where(col(Enquiry.led_to_id) == bindparam("person"), col(Enquiry.closed_at).is_(None))
    .order_by(col(Enquiry.led_at))
)
BETWEEN = _WITH_FIRST.where(
    col(Enquiry.opened_at) >= bindparam("first"), col(Enquiry.opened_at) < bindparam("after")
).order_by(col(Enquiry.opened_at))
