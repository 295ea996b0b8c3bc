"""A stock-take (清点): tap every tag on the board; what is missing, unknown or double is told."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_
from sqlmodel import col, select

from kiosk.desk import posts
from kiosk.desk.bearer import ThingTag, whose
from kiosk.desk.custody import RECEIPTS_OF, kept, take_in
from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, Ended, Loan, Thing, ThingState, place_name
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.stock import OPEN_TAKE, TAKE, Seen, StockLine, StockTake
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys.asking import found_thing
from kiosk.keys.stock_standing import PUT_RIGHT, Standing, is_right, missing_now, standing

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
_TAPPED = select(func.count(col(StockLine.id))).where(col(StockLine.take_id) == bindparam("take"))
_TO_SETTLE = (
    select(StockLine, Thing, Loan)
    .join(Thing, col(Thing.id) == col(StockLine.thing_id))
    .join(
        Loan,
        (col(Loan.thing_id) == col(StockLine.thing_id)) & col(Loan.returned_at).is_(None),
        isouter=True,
    )
    .where(
        col(StockLine.take_id) == bindparam("take"),
        or_(*(col(StockLine.seen) == one for one in sorted(PUT_RIGHT))),
    )
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A stock-take that runs; ``abandoned`` is the number of the one it replaces, "" for none."""

    take_id: str
    number: str
    abandoned: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """What one tag turned out to be; ``label`` is "" for an unknown one."""

    seen: Seen
    label: str
    holder: str = ""


def begin(desk: Desk, by: str) -> Begun:
    """Begin a stock-take, or go on with the one that was begun in this duty and not finished.

    One that was begun before the present duty is abandoned with all its taps: what one guard saw
    days ago is no count of the next one's (``stock.abandoned``).
    """
    with desk.write(by=by) as tx:
        take = tx.one(OPEN_TAKE, gate=tx.gate)
        if take is not None and not _is_before_duty(tx, tx.gate, take):
            return Begun(take.id, take.number)
        abandoned = _abandon(tx, take) if take is not None else ""
        take = tx.put(StockTake(
            gate=tx.gate, number=f"T{next_number(tx, 'stock_take')}", by=by, began_at=tx.now,
        ))  # fmt: skip
        tx.record("stock.begun", number=take.number)
        return Begun(take.id, take.number, abandoned)


def is_old(book: Book, gate: str, take: StockTake) -> bool:
    """Say whether nobody can go on with the stock-take: an earlier duty began it."""
    return take.abandoned_at is not None or _is_before_duty(book, gate, take)


def _is_before_duty(book: Book, gate: str, take: StockTake) -> bool:
    """Say whether the stock-take was begun before whoever is on the post now came onto it."""
    held = posts.on_duty(book, gate)
    return held is not None and take.began_at < held[0].since


def _abandon(tx: Transaction, take: StockTake) -> str:
    take.abandoned_at = tx.now
    tx.put(take)
    tapped = tx.one(_TAPPED, take=take.id)
    tx.record("stock.abandoned", number=take.number, begun_by=take.by, tapped=tapped)
    return take.number


def tap(desk: Desk, take_id: str, by: str, uid: str) -> Tapped:
    """Take one tag. A tag tapped before writes nothing and is told as double.

    Raises ``Refused``: ``keys.take_over`` for a stock-take that is finished, ``keys.take_old`` for
    one that was begun in an earlier duty.
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
        if thing is not None:
            _hangs_here(tx, thing, seen, Ended.TAG)
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
    return Seen.YET_OUT, holder.name if holder else place_name(loan)


def by_hand(desk: Desk, take_id: str, by: str, thing_id: str) -> Tapped:
    """Take a thing the guard saw where its tag could not be read; it is recorded as such.

    Raises ``Refused``: ``keys.take_over``, ``keys.take_old``, ``keys.gone``.
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
        _hangs_here(tx, thing, seen, Ended.BY_HAND)
    return Tapped(seen, thing.label, holder)


def _hangs_here(tx: Transaction, thing: Thing, seen: Seen, how: Ended) -> None:
    """Take in what another desk lends and nobody has: it was carried over, and hangs here now."""
    if seen not in {Seen.PRESENT, Seen.BLOCKED} or tx.one(RECEIPTS_OF, thing=thing.id) is not None:
        return
    if kept(tx, thing, tx.gate).gate != tx.gate:
        take_in(tx, thing, None, how)


def unsee(desk: Desk, take_id: str, by: str) -> str:
    """Take the newest tick by hand back; return the thing's label.

    Raises ``Refused``: ``keys.take_over``, ``keys.take_old``, ``keys.no_tick``.
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


def finish(desk: Desk, take_id: str, by: str) -> Standing:
    """Finish: what was not tapped is missing, and the counts stand from now on.

    Raises ``Refused``: ``keys.take_over``, ``keys.take_old``.
    """
    with desk.write(by=by) as tx:
        take = _open_take(tx, take_id)
        _settle(tx, take)
        now, missing = standing(tx, take), missing_now(tx, take)
        for thing_id, _label, tag in missing:
            tx.put(StockLine(take_id=take.id, thing_id=thing_id, tag=tag or ""))
        take.expected, take.present, take.missing = now.expected, now.present, now.missing
        take.unknown = sum(one.seen is Seen.UNKNOWN for one in now.differing)
        take.differing = len(now.differing) - take.unknown
        take.finished_at, take.by = tx.now, by
        tx.put(take)
        tx.record(
            "stock.taken", number=take.number, expected=take.expected, present=take.present,
            missing=[label for _id, label, _tag in missing], unknown=take.unknown,
            differing=take.differing,
        )  # fmt: skip
        return now


def _settle(tx: Transaction, take: StockTake) -> None:
    """Write what has been put right during the stock-take as present, or blocked."""
    for line, thing, loan in tx.all(_TO_SETTLE, take=take.id):
        if is_right(thing, loan):
            in_service = thing.state is ThingState.IN_SERVICE
            line.seen = Seen.PRESENT if in_service else Seen.BLOCKED
            tx.put(line)


def _open_take(tx: Transaction, take_id: str) -> StockTake:
    take = tx.one(TAKE, id=take_id)
    if take is None or take.finished_at is not None:
        raise Refused("keys.take_over")
    if is_old(tx, tx.gate, take):
        raise Refused("keys.take_old", number=take.number)
    return take
