"""How a running stock-take stands, counted by the database: ten thousand things cost one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, or_
from sqlmodel import col, select

from kiosk.desk.loans import OPEN_LOAN_OF, Loan, Thing, ThingState
from kiosk.desk.stock import Seen, StockLine, StockTake
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys.asking import holder_name
from kiosk.keys.stock_take import DIFFERS, is_right_now

SEEN_NAMES: Mapping[Seen, str] = {
    Seen.PRESENT: N_("here"),
    Seen.YET_OUT: N_("here, yet out"),
    Seen.LOST_YET_HERE: N_("here, yet lost"),
    Seen.BLOCKED: N_("here, blocked"),
    Seen.UNKNOWN: N_("unknown tag"),
    Seen.DOUBLE: N_("tapped already"),
}
"""What a tapped tag turned out to be, to be translated when shown."""

_SHOULD_BE_HERE = (
    col(Thing.state) == ThingState.IN_SERVICE,
    ~exists().where(col(Loan.thing_id) == col(Thing.id), col(Loan.returned_at).is_(None)),
)
_NOT_SEEN = ~exists().where(
    col(StockLine.take_id) == bindparam("take"),
    col(StockLine.thing_id) == col(Thing.id),
    col(StockLine.seen).is_not(None),
)
_EXPECTED = select(func.count(col(Thing.id))).where(*_SHOULD_BE_HERE)
_MISSING_NOW = _EXPECTED.where(_NOT_SEEN)
_MISSING_PAGE = (
    select(Thing)
    .where(*_SHOULD_BE_HERE, _NOT_SEEN)
    .order_by(col(Thing.place), col(Thing.label))
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_MISSED_PAGE = (
    select(Thing)
    .join(StockLine, col(StockLine.thing_id) == col(Thing.id))
    .where(col(StockLine.take_id) == bindparam("take"), col(StockLine.seen).is_(None))
    .order_by(col(Thing.place), col(Thing.label))
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_DIFFERING = (
    select(StockLine, Thing)
    .join(Thing, col(Thing.id) == col(StockLine.thing_id), isouter=True)
    .where(
        col(StockLine.take_id) == bindparam("take"),
        or_(*(col(StockLine.seen) == one for one in sorted(DIFFERS))),
    )
    .order_by(col(StockLine.id).desc())
)
_BY_HAND = select(func.count(col(StockLine.id))).where(
    col(StockLine.take_id) == bindparam("take"), col(StockLine.by_hand)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A tag that was tapped and should not hang here; ``thing`` is None for an unknown tag."""

    seen: Seen
    tag: str
    thing: Thing | None
    holder: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many things should be here and how many are missing still; what differs, newest first."""

    take: StockTake
    expected: int
    missing: int
    by_hand: int
    differing: tuple[Difference, ...]

    @property
    def present(self) -> int:
        """Return how many of the expected things were seen."""
        return self.take.present if self.take.finished_at else self.expected - self.missing

    @property
    def agrees(self) -> bool:
        """Say whether everything that should be here is, and nothing else."""
        return not self.missing and not self.differing


def standing(book: Book, take: StockTake) -> Standing:
    """Return how ``take`` stands now, or how it ended."""
    differing = tuple(
        Difference(line.seen, line.tag, thing, _holder(book, thing))
        for line, thing in book.all(_DIFFERING, take=take.id)
        if line.seen is not None and (take.finished_at or not is_right_now(book, thing))
    )
    by_hand = book.one(_BY_HAND, take=take.id) or 0
    if take.finished_at is not None:
        return Standing(take, take.expected, take.missing, by_hand, differing)
    expected = book.one(_EXPECTED) or 0
    missing = book.one(_MISSING_NOW, take=take.id) or 0
    return Standing(take, expected, missing, by_hand, differing)


def _holder(book: Book, thing: Thing | None) -> str:
    found = book.one(OPEN_LOAN_OF, thing=thing.id) if thing is not None else None
    return holder_name(*found) if found else ""


def missing_page(book: Book, take: StockTake, offset: int, limit: int) -> list[Thing]:
    """Return some of the things that were not seen, in the board's order."""
    query = _MISSED_PAGE if take.finished_at is not None else _MISSING_PAGE
    return book.all(query, take=take.id, skip=offset, most=limit)
