"""What the ledger says and what was really there: counts of everything lent, and stock-takes.

A stock-take (清点) is done by tapping the tags on the board, at relief or whenever somebody wants
to know. What is missing, unknown, or there although it is out is a difference that stays on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, func
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.custody import KEPT_HERE
from kiosk.desk.loans import Loan, Thing, ThingState
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

COUNT_DUE = "stock.due"
"""The kind of open thing that leads to a stock-take, whichever feature shows it."""

_COUNT_NOW = N_("Count the keys and things now")


class Seen(StrEnum):
    """What one tapped tag turned out to be."""

    PRESENT = "present"
    YET_OUT = "yet_out"  # it hangs here, but the ledger says somebody has it
    LOST_YET_HERE = "lost_yet_here"
    BLOCKED = "blocked"  # not lent, but it has to be here
    UNKNOWN = "unknown"  # a tag of no thing
    DOUBLE = "double"  # tapped before in this stock-take: nothing new is written


class StockTake(Row, table=True):
    """One stock-take of the board at ``gate``; its counts stand once it is finished. UTC.

    ``abandoned_at`` says that its duty ended before it did: it counts for nothing, its taps stay.
    """

    __tablename__ = "stock_take"

    gate: str
    number: str = Field(index=True)
    by: str
    began_at: datetime = moment()
    finished_at: datetime | None = moment(optional=True, index=True)
    abandoned_at: datetime | None = moment(optional=True)
    expected: int = whole(default=0)
    present: int = whole(default=0)
    missing: int = whole(default=0)
    unknown: int = whole(default=0)
    differing: int = whole(default=0)


class StockLine(Row, table=True):
    """A tag that was tapped, or a thing that was not: then ``seen_at`` is empty.

    ``by_hand`` marks a thing the guard saw where no reader could read its tag.
    """

    __tablename__ = "stock_line"
    __table_args__ = (Index("ix_stock_line_take_thing", "take_id", "thing_id"),)

    take_id: str = Field(foreign_key="stock_take.id")
    thing_id: str | None = Field(default=None, foreign_key="thing.id", nullable=True)
    tag: str = ""
    seen: Seen | None = choice(Seen, optional=True)
    seen_at: datetime | None = moment(optional=True)
    by_hand: bool = False


OPEN_TAKE = (
    select(StockTake)
    .where(
        col(StockTake.finished_at).is_(None),
        col(StockTake.abandoned_at).is_(None),
        col(StockTake.gate) == bindparam("gate"),
    )
    .limit(1)
)
TAKE = select(StockTake).where(col(StockTake.id) == bindparam("id"))
LAST_TAKE = (
    select(StockTake)
    .where(col(StockTake.finished_at).is_not(None), col(StockTake.gate) == bindparam("gate"))
    .order_by(col(StockTake.finished_at).desc())
    .limit(1)
)
LINES_OF = (
    select(StockLine, Thing)
    .join(Thing, col(Thing.id) == col(StockLine.thing_id), isouter=True)
    .where(col(StockLine.take_id) == bindparam("take"))
    .order_by(col(StockLine.id))
)
MISSING_OF = (
    select(Thing.label)
    .join(StockLine, col(StockLine.thing_id) == col(Thing.id))
    .where(col(StockLine.take_id) == bindparam("take"), col(StockLine.seen).is_(None))
    .order_by(col(Thing.label))
)
_STATES = select(col(Thing.state), func.count(col(Thing.id))).group_by(col(Thing.state))
_OUT = select(func.count(col(Loan.id))).where(col(Loan.returned_at).is_(None))
_PERMANENT = _OUT.where(col(Loan.due_at).is_(None))
_STATES_HERE = _STATES.where(KEPT_HERE)
_OUT_HERE = _OUT.join(Thing, col(Thing.id) == col(Loan.thing_id)).where(KEPT_HERE)
_PERMANENT_HERE = _OUT_HERE.where(col(Loan.due_at).is_(None))


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How many things are where. ``on_board + out + lost + blocked`` is all of them."""

    on_board: int
    out: int
    permanent: int
    lost: int
    blocked: int

    @property
    def all(self) -> int:
        """Return how many things the ledger has, the retired ones apart."""
        return self.on_board + self.out + self.lost + self.blocked


def ledger_count(book: Book) -> LedgerCount:
    """Return how many things hang on the board, are out (of them permanently), lost, blocked.

    They are the whole site's, whichever desk lends them.
    """
    return _count(dict(book.all(_STATES)), book.one(_OUT) or 0, book.one(_PERMANENT) or 0)


def ledger_count_at(book: Book, gate: str) -> LedgerCount:
    """Return the same of the things that one desk lends: what hangs on its board, or should."""
    out, permanent = book.one(_OUT_HERE, gate=gate) or 0, book.one(_PERMANENT_HERE, gate=gate) or 0
    return _count(dict(book.all(_STATES_HERE, gate=gate)), out, permanent)


def _count(states: Mapping[ThingState, int], out: int, permanent: int) -> LedgerCount:
    return LedgerCount(
        on_board=states.get(ThingState.IN_SERVICE, 0) - out,
        out=out,
        permanent=permanent,
        lost=states.get(ThingState.LOST, 0),
        blocked=states.get(ThingState.BLOCKED, 0),
    )


def last_take(book: Book, gate: str) -> StockTake | None:
    """Return the last finished stock-take of a desk's board, None when there never was one."""
    return book.one(LAST_TAKE, gate=gate)


def to_count(gate: str, now: datetime) -> OpenThing:
    """Return what leads to a stock-take at this desk, at any moment: at relief both count."""
    return OpenThing(COUNT_DUE, gate, "", Urgency.QUIET, Wording(_COUNT_NOW), now)
