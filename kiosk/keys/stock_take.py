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
from kiosk.keys.asking import found_thing

_EXPECTED = (
    select(Thing)
    .where(
        col(Thing.state) == ThingState.IN_SERVICE,
        ~exists().where(col(Loan.thing_id) == col(Thing.id), col(Loan.returned_at).is_(None)),
    )
    .order_by(col(Thing.place), col(Thing.label))
)
_PUT_RIGHT = frozenset({Seen.YET_OUT, Seen.LOST_YET_HERE})
DIFFERS = _PUT_RIGHT | {Seen.UNKNOWN}
"""What a tapped tag may be that the ledger did not expect here."""
_BY_TAG = select(StockLine).where(
    col(StockLine.take_id) == bindparam("take"), col(StockLine.tag) == bindparam("tag")
)


_BY_THING = select(StockLine).where(
    col(StockLine.take_id) == bindparam("take"), col(StockLine.thing_id) == bindparam("thing")
)
_LAST_BY_HAND = (
    select(StockLine, Thing)
    .join(Thing, col(Thing.id) == col(StockLine.thing_id))
    .where(col(StockLine.take_id) == bindparam("take"), col(StockLine.by_hand))
    .order_by(col(StockLine.id).desc())
    .limit(1)
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
                number=f"T{next_number(tx, 'stock_take')}", by=by, began_at=tx.now,
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


def by_hand(desk: Desk, take_id: str, by: str, thing_id: str) -> Tapped:
    """Take a thing the guard saw where its tag could not be read; it is recorded as such.

    Raises ``Refused``: ``keys.take_over``, ``keys.gone``.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        thing = found_thing(tx, thing_id)
        if tx.one(_BY_THING, take=take.id, thing=thing.id) is not None:
            return Tapped(Seen.DOUBLE, thing.label)
        seen, holder = _seen(tx, thing)
        tx.put(StockLine(
            take_id=take.id, thing_id=thing.id, tag=thing.tag or "", seen=seen, seen_at=tx.now,
            by_hand=True,
        ))  # fmt: skip
        tx.record(
            "stock.seen", number=take.number, thing=thing.label, seen=seen.value, by_hand=True
        )
    return Tapped(seen, thing.label, holder)


def unsee(desk: Desk, take_id: str, by: str) -> str:
    """Take the newest tick by hand back; return the thing's label.

    Raises ``Refused``: ``keys.take_over``, ``keys.no_tick``.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        found = tx.one(_LAST_BY_HAND, take=take.id)
        if found is None:
            raise Refused("keys.no_tick")
        line, thing = found
        tx.drop(line)
        tx.record("stock.unseen", number=take.number, thing=thing.label)
    return thing.label


def finish(desk: Desk, take_id: str, by: str) -> Progress:
    """Finish: what was not tapped is missing, and the counts stand from now on.

    Raises ``Refused("keys.take_over")``.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        now = progress(tx, take)
        _settle(tx, take)
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
    """Return how far a stock-take is, or how it ended.

    What was tapped and should be here is present: a thing that was tapped while the ledger had it
    out, and taken back since, differs no more.
    """
    lines = book.all(LINES_OF, take=take.id)
    differing = tuple(
        (line.seen, thing.label if thing else "")
        for line, thing in lines
        if line.seen in DIFFERS and (take.finished_at or not is_right_now(book, thing))
    )
    if take.finished_at is not None:
        present = tuple(t.label for line, t in lines if line.seen is Seen.PRESENT and t is not None)
        missing = tuple(thing for line, thing in lines if line.seen is None and thing is not None)
        return Progress(
            take.id, take.number, take.expected, present, missing, differing, finished=True
        )
    seen = {line.thing_id for line, _ in lines if line.seen is not None}
    expected = book.all(_EXPECTED)
    present = tuple(thing.label for thing in expected if thing.id in seen)
    missing = tuple(thing for thing in expected if thing.id not in seen)
    return Progress(
        take.id, take.number, len(expected), present, missing, differing, finished=False
    )


def is_right_now(book: Book, thing: Thing | None) -> bool:
    """Say whether a thing that differed when it was tapped has been put right since."""
    if thing is None or thing.state is ThingState.LOST:
        return False
    return book.one(OPEN_LOAN_OF, thing=thing.id) is None


def _settle(tx: Transaction, take: StockTake) -> None:
    """Write what has been put right during the stock-take as present, or blocked."""
    for line, thing in tx.all(LINES_OF, take=take.id):
        if line.seen in _PUT_RIGHT and thing is not None and is_right_now(tx, thing):
            in_service = thing.state is ThingState.IN_SERVICE
            line.seen = Seen.PRESENT if in_service else Seen.BLOCKED
            tx.put(line)


def _open_take(tx: Transaction, take_id: str) -> StockTake:
    take = tx.one(TAKE, id=take_id)
    if take is None or take.finished_at is not None:
        raise Refused("keys.take_over")
    return take
