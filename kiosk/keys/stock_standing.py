"""How a stock-take stands, counted by the database: ten thousand things cost one page.

Expected here is every thing of this desk that is neither out nor lost nor retired: a blocked one is
not lent, but it has to hang here like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, or_
from sqlmodel import col, select

from kiosk.desk.custody import KEPT_HERE
from kiosk.desk.loans import Loan, Thing, ThingState
from kiosk.desk.people import Person
from kiosk.desk.stock import Seen, StockLine, StockTake
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys.asking import holder_name

PUT_RIGHT = frozenset({Seen.YET_OUT, Seen.LOST_YET_HERE})
"""What may be put right while the stock-take runs: the thing is taken back, or found again."""
DIFFERS = PUT_RIGHT | {Seen.UNKNOWN}
"""What a tapped tag may be that the ledger did not expect here."""

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
    col(Thing.state) != ThingState.LOST,
    col(Thing.state) != ThingState.RETIRED,
    ~exists().where(col(Loan.thing_id) == col(Thing.id), col(Loan.returned_at).is_(None)),
    KEPT_HERE,
)
_NOT_SEEN = ~exists().where(
    col(StockLine.take_id) == bindparam("take"),
    col(StockLine.thing_id) == col(Thing.id),
    col(StockLine.seen).is_not(None),
)
_EXPECTED = select(func.count(col(Thing.id))).where(*_SHOULD_BE_HERE)
_MISSING_NOW = _EXPECTED.where(_NOT_SEEN)
_MISSING = (
    select(col(Thing.id), col(Thing.label), col(Thing.tag))
    .where(*_SHOULD_BE_HERE, _NOT_SEEN)
    .order_by(col(Thing.place), col(Thing.label))
)
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
    select(StockLine, Thing, Loan, Person)
    .join(Thing, col(Thing.id) == col(StockLine.thing_id), isouter=True)
    .join(
        Loan,
        (col(Loan.thing_id) == col(StockLine.thing_id)) & col(Loan.returned_at).is_(None),
        isouter=True,
    )
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
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
        Difference(line.seen, line.tag, thing, holder_name(loan, holder) if loan else "")
        for line, thing, loan, holder in book.all(_DIFFERING, take=take.id)
        if line.seen is not None and (take.finished_at or not is_right(thing, loan))
    )
    by_hand = book.one(_BY_HAND, take=take.id) or 0
    if take.finished_at is not None:
        return Standing(take, take.expected, take.missing, by_hand, differing)
    expected = book.one(_EXPECTED, gate=take.gate) or 0
    missing = book.one(_MISSING_NOW, take=take.id, gate=take.gate) or 0
    return Standing(take, expected, missing, by_hand, differing)


def is_right(thing: Thing | None, loan: Loan | None) -> bool:
    """Say whether a thing that differed when it was tapped has been put right since.

    ``loan`` is its open one.
    """
    return thing is not None and thing.state is not ThingState.LOST and loan is None


def missing_page(book: Book, take: StockTake, offset: int, limit: int) -> list[Thing]:
    """Return some of the things that were not seen, in the board's order."""
    query = _MISSED_PAGE if take.finished_at is not None else _MISSING_PAGE
    return book.all(query, take=take.id, skip=offset, most=limit, gate=take.gate)


def missing_now(book: Book, take: StockTake) -> list[tuple[str, str, str | None]]:
    """Return id, label and tag of all that a running stock-take misses, in the board's order."""
    return book.all(_MISSING, take=take.id, gate=take.gate)
