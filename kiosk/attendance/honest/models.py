"""What is written beside a raw tap, never in it: the PIN it was asked for, and doubts about it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, literal_column, text
from sqlmodel import Field, col, select

from kiosk.attendance.models import Tap, TapVoid
from kiosk.desk.columns import choice, day, moment, stamped_between
from kiosk.desk.people import Person
from kiosk.desk.row import Merge, Row, Stored


class TapProof(Row, table=True):
    """A tap that was asked for its PIN (clause 22); unproven until ``proved_at``. Moments are UTC.

    The row is written with the tap: power lost before the PIN leaves an unproven tap, no proof.
    """

    __tablename__ = "tap_proof"
    merged = Merge.NEWEST
    __table_args__ = (Index("ix_tap_proof_open", "day", sqlite_where=text("proved_at IS NULL")),)

    tap_id: str = Field(foreign_key="tap.id", unique=True)
    day: date = day()
    asked_at: datetime = moment()
    proved_at: datetime | None = moment(optional=True)

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return 1 for one that was proved: what was given at one desk is given."""
        return int(stored["proved_at"] is not None)


class Doubt(StrEnum):
    """Why a tap that counts is marked all the same."""

    CLOCK_BACK = "clock_back"  # before the newest tap: the computer's clock was set back
    CLOCK_AHEAD = "clock_ahead"  # long after it: the clock was set ahead
    AFTER_CLOSING = "after_closing"  # of a day that the office had closed
    COPY = "copy"  # of a badge that proves itself, and this card did not


CLOCK_DOUBTS = frozenset({Doubt.CLOCK_BACK, Doubt.CLOCK_AHEAD})
"""Doubts about when a tap was made."""


class TapDoubt(Row, table=True):
    """A mark on one tap; ``newest_at`` (UTC) is the newest time seen before a clock in doubt."""

    __tablename__ = "tap_doubt"

    tap_id: str = Field(foreign_key="tap.id", index=True)
    day: date = day(index=True)
    why: Doubt = choice(Doubt)
    newest_at: datetime | None = moment(optional=True)


class ClockCheck(Row, table=True):
    """Somebody at the desk says that the clock is right: ``at`` (UTC) is the time from then on."""

    __tablename__ = "clock_check"
    merged = Merge.OWN  # about this computer's clock alone

    at: datetime = moment()
    by: str


PROOF_OPEN_AT = (
    select(TapProof)
    .join(Tap, col(Tap.id) == col(TapProof.tap_id))
    .join(
        TapDoubt,
        (col(TapDoubt.tap_id) == col(Tap.id)) & (col(TapDoubt.why) == Doubt.COPY),
        isouter=True,
    )
    .where(
        col(TapProof.proved_at).is_(None),
        col(TapProof.day) == bindparam("day"),
        col(Tap.person_id) == bindparam("person"),
        col(Tap.at) == bindparam("at"),
        col(TapDoubt.id).is_(None),
    )
)
"""The unproven tap of a moment, unless a copy made it."""
PROOF_OF = select(TapProof).where(col(TapProof.tap_id) == bindparam("tap"))
UNPROVEN_BETWEEN = (
    select(TapProof, Tap, Person)
    .join(Tap, col(Tap.id) == col(TapProof.tap_id))
    .join(Person, col(Person.id) == col(Tap.person_id))
    .join(TapVoid, col(TapVoid.tap_id) == col(Tap.id), isouter=True)
    .where(
        col(TapProof.proved_at).is_(None),
        col(TapProof.day) >= bindparam("first"),
        col(TapProof.day) <= bindparam("last"),
        col(TapVoid.id).is_(None),
    )
    .order_by(col(TapProof.asked_at), col(TapProof.id))
)
OPEN_PROOFS_BETWEEN = select(TapProof).where(
    col(TapProof.proved_at).is_(None),
    col(TapProof.day) >= bindparam("first"),
    col(TapProof.day) <= bindparam("last"),
)
DOUBTS_BETWEEN = select(TapDoubt).where(
    col(TapDoubt.day) >= bindparam("first"), col(TapDoubt.day) <= bindparam("last")
)
DOUBTED_BETWEEN = (
    select(TapDoubt, Tap, Person)
    .join(Tap, col(Tap.id) == col(TapDoubt.tap_id))
    .join(Person, col(Person.id) == col(Tap.person_id))
    .where(col(TapDoubt.day) >= bindparam("first"), col(TapDoubt.day) <= bindparam("last"))
    .order_by(col(TapDoubt.day), col(TapDoubt.id))
)
VOIDED_BETWEEN = (
    select(TapVoid, Tap, Person)
    .join(Tap, col(Tap.id) == col(TapVoid.tap_id))
    .join(Person, col(Person.id) == col(Tap.person_id))
    .where(col(TapVoid.day) >= bindparam("first"), col(TapVoid.day) <= bindparam("last"))
    .order_by(col(TapVoid.day), col(TapVoid.id))
)
DOUBTS_OF = select(TapDoubt).where(col(TapDoubt.tap_id) == bindparam("tap"))
VOID_OF = select(TapVoid).where(col(TapVoid.tap_id) == bindparam("tap"))
# Of this desk's own: another's clock says nothing of this one, and its taps may come days later.
# The order in which rows were written, not that of their ids: an id begins with the clock's time.
# A correction has no mark of its own: the tap that it corrects says what is to be thought of it.
NEWEST_SURE = (
    select(Tap.at, Tap.stamp)
    .join(
        TapDoubt,
        (col(TapDoubt.tap_id) == col(Tap.id)) & (col(TapDoubt.newest_at).is_not(None)),
        isouter=True,
    )
    .where(col(TapDoubt.id).is_(None), col(Tap.corrects) == "", stamped_between(Tap.stamp))
    .order_by(literal_column("tap.rowid").desc())
    .limit(1)
)
NEWEST_CHECK = (
    select(ClockCheck.at, ClockCheck.stamp)
    .order_by(literal_column("clock_check.rowid").desc())
    .limit(1)
)
