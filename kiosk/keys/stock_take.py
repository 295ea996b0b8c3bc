"""A stock-take (清点): tap every tag on the board; what is missing, unknown or double is told."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists
from sqlmodel import col, select

from kiosk.desk.bearer import ThingTag, whose
from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, Loan, Thing, ThingState
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.stock import LINES_OF, OPEN_TAKE, TAKE, Seen, StockLine, StockTake
from kiosk.desk.transaction import Book, Transaction

_EXPECTED = (
    select(Thing)
    .where(
        col(Thing.state) == ThingState.IN_SERVICE,
        ~exists().where(col(Loan.thing_id) == col(Thing.id), col(Loan.returned_at).is_(None)),
    )
    .order_by(col(Thing.place), col(Thing.label))
)
_BY_TAG = select(StockLine).where(
    col(StockLine.take_id) == bindparam("take"), col(StockLine.tag) == bindparam("tag")
)


@dataclass(frozen=True, slots=True)
class Tapped:
    """What one tag turned out to be; ``label`` is "" for an unknown one."""

    seen: Seen
    label: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stock-take is. ``missing`` are the things not tapped yet, in the board's order."""

    take_id: str
    number: str
    expected: int
    present: tuple[str, ...]
    missing: tuple[Thing, ...]
    differing: tuple[tuple[Seen, str], ...]
    finished: bool

    @property
    def agrees(self) -> bool:
        """Say whether everything that should be here is, and nothing else."""
        return not self.missing and not self.differing


def begin(desk: Desk, by: str) -> Progress:
    """Begin a stock-take, or go on with the one that was begun and not finished."""
    with desk.write(by=by) as tx:
        take = tx.one(OPEN_TAKE)
        if take is None:
            take = tx.put(StockTake(
                number=f"S{next_number(tx, 'stock_take')}", by=by, began_at=tx.now,
            ))  # fmt: skip
            tx.record("stock.begun", number=take.number)
        return progress(tx, take)


def tap(desk: Desk, take_id: str, by: str, uid: str) -> Tapped:
    """Take one tag. A tag tapped before writes nothing and is told as double.

    Raises ``Refused("keys.take_over")`` for a stock-take that is finished.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        bearer = whose(tx, uid)
        thing = bearer.thing if isinstance(bearer, ThingTag) else None
        label = thing.label if thing else ""
        if tx.one(_BY_TAG, take=take.id, tag=uid) is not None:
            return Tapped(Seen.DOUBLE, label)
        seen, holder = (Seen.UNKNOWN, "") if thing is None else _seen(tx, thing)
        tx.put(StockLine(
            take_id=take.id, thing_id=thing.id if thing else None, tag=uid, seen=seen,
            seen_at=tx.now,
        ))  # fmt: skip
        tx.record("stock.seen", number=take.number, thing=label, seen=seen.value)
    return Tapped(seen, label, holder)


def _seen(tx: Transaction, thing: Thing) -> tuple[Seen, str]:
    if thing.state is ThingState.LOST:
        return Seen.LOST_YET_HERE, ""
    if thing.state is ThingState.BLOCKED:
        return Seen.BLOCKED, ""
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is None:
        return Seen.PRESENT, ""
    loan, holder = found
    return Seen.YET_OUT, holder.name if holder else loan.place


def finish(desk: Desk, take_id: str, by: str) -> Progress:
    """Finish: what was not tapped is missing, and the counts stand from now on.

    Raises ``Refused("keys.take_over")``.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        now = progress(tx, take)
        for thing in now.missing:
            tx.put(StockLine(take_id=take.id, thing_id=thing.id, tag=thing.tag or ""))
        take.finished_at, take.by = tx.now, by
        take.expected, take.present = now.expected, len(now.present)
        take.missing = len(now.missing)
        take.unknown = sum(seen is Seen.UNKNOWN for seen, _ in now.differing)
        take.differing = len(now.differing) - take.unknown
        tx.put(take)
        tx.record(
            "stock.taken", number=take.number, expected=take.expected, present=take.present,
            missing=[thing.label for thing in now.missing], unknown=take.unknown,
            differing=take.differing,
        )  # fmt: skip
        return progress(tx, take)


def progress(book: Book, take: StockTake) -> Progress:
    """Return how far a stock-take is, or how it ended."""
    lines = book.all(LINES_OF, take=take.id)
    seen = {line.thing_id for line, _ in lines if line.seen is not None}
    present = tuple(
        thing.label for line, thing in lines if line.seen is Seen.PRESENT and thing is not None
    )
    differing = tuple(
        (line.seen, thing.label if thing else "")
        for line, thing in lines
        if line.seen not in {None, Seen.PRESENT, Seen.BLOCKED}
    )
    if take.finished_at is not None:
        missing = tuple(thing for line, thing in lines if line.seen is None and thing is not None)
        return Progress(
            take.id, take.number, take.expected, present, missing, differing, finished=True
        )
    expected = book.all(_EXPECTED)
    missing = tuple(thing for thing in expected if thing.id not in seen)
    return Progress(
        take.id, take.number, len(expected), present, missing, differing, finished=False
    )


def _open_take(tx: Transaction, take_id: str) -> StockTake:
    take = tx.one(TAKE, id=take_id)
    if take is None or take.finished_at is not None:
        raise Refused("keys.take_over")
    return take
