"""Which desk alone may lend a thing, and what was taken back at a desk that may not lend it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.row import Merge, Row, Stored


class Receipt(StrEnum):
    """What became of a thing that was taken back away from the desk that lends it."""

    WAITING = "waiting"  # the desk that lends it has not said yes yet
    CONFIRMED = "confirmed"  # its loan has ended, and the desk where it is lends it now
    DISPUTED = "disputed"  # the other desk had taken it back, or lent it again, meanwhile
    SETTLED = "settled"  # somebody looked and said where it hangs


class Custody(Row, table=True):
    """The one desk that may lend a thing; its ``id`` is the thing's.

    Without a row it is the thing's home. Only the desk that has it gives it away, and counts
    ``fence`` up: of two versions the higher fence is right, whatever any clock says.
    """

    __tablename__ = "custody"
    merged: ClassVar[Merge] = Merge.NEWEST

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Order by fence, never by a clock."""
        return int(stored["fence"] or 0)

    gate: str
    fence: int = whole()


class Received(Row, table=True):
    """A thing taken in at ``gate`` while another desk has its custody, by the ``fence`` it had.

    ``loan_id`` is the loan it came back from, "" for a thing that was carried over unlent. ``how``
    and ``condition`` are codes of the ledger. ``received_by`` and ``decided_by`` are staff numbers,
    the moments UTC; ``why`` is a code, "" unless it is disputed.
    """

    __tablename__ = "received"
    # SQLite uses these only for the very words a query says.
    __table_args__ = (
        Index(
            "ix_received_open", "thing_id", "gate",
            sqlite_where=text("state = 'waiting' OR state = 'disputed'"),
        ),
        Index("ix_received_loan", "loan_id"),
    )  # fmt: skip

    thing_id: str = Field(foreign_key="thing.id")
    loan_id: str = ""
    gate: str
    fence: int = whole()
    received_at: datetime = moment()
    received_by: str = ""
    how: str
    condition: str
    state: Receipt = choice(Receipt, default=Receipt.WAITING)
    why: str = ""
    decided_by: str = ""
    settled_at: datetime | None = moment(optional=True)


CUSTODY = select(Custody).where(col(Custody.id) == bindparam("thing"))
