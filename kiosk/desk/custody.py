"""One desk alone may lend a thing; what comes back at another one waits for its word.

Nothing here waits for the network: the desk that has the custody writes it down, and its entry
carries it to the others.
"""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, or_
from sqlmodel import col, select

from kiosk.desk.custody_rows import CUSTODY, Custody, Receipt, Received
from kiosk.desk.forks import rows_aside
from kiosk.desk.loans import OPEN_LOAN_OF, Condition, Ended, Loan, Thing, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import name_told
from kiosk.desk.transaction import Book, Transaction

IS_OPEN = or_(col(Received.state) == Receipt.WAITING, col(Received.state) == Receipt.DISPUTED)
"""A receipt that nobody has settled, in the very words of its index."""
IS_OPEN_OF_THING = and_(col(Received.thing_id) == col(Thing.id), IS_OPEN)
OPEN_RECEIPTS = (
    select(Received, Thing)
    .join(Thing, col(Thing.id) == col(Received.thing_id))
    .where(IS_OPEN)
    .order_by(col(Received.received_at))
)
RECEIPTS_OF = (
    select(Received)
    .where(IS_OPEN, col(Received.thing_id) == bindparam("thing"))
    .order_by(col(Received.received_at))
)
_RIGHT = (
    select(Custody, Received)
    .select_from(Thing)
    .join(Custody, col(Custody.id) == col(Thing.id), isouter=True)
    .join(Received, IS_OPEN_OF_THING, isouter=True)
    .where(col(Thing.id) == bindparam("thing"))
    .limit(1)
)
KEPT_HERE = func.coalesce(
    select(Custody.gate).where(col(Custody.id) == col(Thing.id)).scalar_subquery(),
    func.nullif(col(Thing.home), ""),
    bindparam("gate"),
) == bindparam("gate")
"""The desk ``gate`` lends the thing: by its custody, else its home, else as the only desk."""
RECEIPT = select(Received).where(col(Received.id) == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Kept:
    """Which desk may lend a thing, and the fence of that right."""

    gate: str
    fence: int


def kept(book: Book, thing: Thing, own: str) -> Kept:
    """Return who may lend ``thing``: its custody, else its home, else the only desk, ``own``."""
    return _kept(book.one(CUSTODY, thing=thing.id), thing, own)


def _kept(row: Custody | None, thing: Thing, own: str) -> Kept:
    if row is not None:
        return Kept(row.gate, row.fence)
    return Kept(thing.home or own, 0)


def check_here(book: Book, thing: Thing, own: str) -> int:
    """Return the fence by which the desk ``own`` may lend ``thing``.

    Raises ``Refused``: ``keys.unconfirmed`` for what was taken in and is not settled,
    ``keys.elsewhere`` where another desk lends it (both with ``gate``).
    """
    row, receipt = book.one(_RIGHT, thing=thing.id) or (None, None)
    found = _kept(row, thing, own)
    if receipt is not None:
        raise unconfirmed(book, thing, receipt, found)
    if found.gate != own:
        raise Refused("keys.elsewhere", thing=thing.label, gate=name_told(book, found.gate))
    return found.fence


def refuse_unsettled(book: Book, thing: Thing) -> None:
    """Refuse what was taken in at a desk and is not settled: see ``check_here``."""
    receipt = book.one(RECEIPTS_OF, thing=thing.id)
    if receipt is not None:
        raise unconfirmed(book, thing, receipt, kept(book, thing, receipt.gate))


def unconfirmed(book: Book, thing: Thing, receipt: Received, found: Kept) -> Refused:
    """Return the refusal of what was taken in at a desk and waits for another's word."""
    if receipt.state is Receipt.DISPUTED:
        return Refused("keys.disputed", thing=thing.label)
    at, gate = name_told(book, receipt.gate), name_told(book, found.gate)
    return Refused("keys.unconfirmed", thing=thing.label, at=at, gate=gate)


def give(tx: Transaction, thing: Thing, to: str) -> int:
    """Give the custody to the desk ``to``; return the new fence. Only who has it may."""
    row = tx.one(CUSTODY, thing=thing.id) or Custody(
        id=thing.id, gate=thing.home or tx.gate, fence=0
    )
    if row.gate != tx.gate:
        raise LookupError(f"the custody of {thing.id} is at {row.gate}, not at {tx.gate}")
    row.gate, row.fence = to, row.fence + 1
    tx.put(row)
    tx.record("thing.custody_given", thing=thing.label, to=to, fence=row.fence)
    return row.fence


def stay(tx: Transaction, thing: Thing) -> None:
    """Keep the custody where it is though the thing's home is about to change; no entry yet."""
    if tx.one(CUSTODY, thing=thing.id) is None:
        tx.put(Custody(id=thing.id, gate=thing.home or tx.gate, fence=0))


def take_in(
    tx: Transaction, thing: Thing, loan: Loan | None, how: Ended,
    condition: Condition = Condition.GOOD,
) -> Received:  # fmt: skip
    """Write that a thing lies here though another desk lends it: nobody may until that one agrees.

    Raises ``Refused``: ``keys.unconfirmed``, ``keys.disputed`` when it was taken in already.
    """
    found = kept(tx, thing, tx.gate)
    refuse_unsettled(tx, thing)
    receipt = tx.put(Received(
        thing_id=thing.id, loan_id=loan.id if loan else "", gate=tx.gate, fence=found.fence,
        received_at=tx.now, received_by=tx.by, how=how.value, condition=condition.value,
    ))  # fmt: skip
    tx.record(
        "thing.received", thing=thing.label, number=loan.number if loan else "", of=found.gate,
        how=how.value, **({} if condition is Condition.GOOD else {"condition": condition.value}),
    )  # fmt: skip
    return receipt


def confirm(tx: Transaction, thing: Thing, receipt: Received) -> bool:
    """Say, as the desk that lends ``thing``, whether it may hang where it was taken in.

    Its loan ends at the moment and in the hands that took it in, and the custody goes there. Where
    this desk has taken it back or lent it again meanwhile, the receipt is disputed: False.
    """
    why = _otherwise(tx, thing, receipt)
    receipt.settled_at = tx.now
    if why:
        receipt.state, receipt.why = Receipt.DISPUTED, why
        tx.put(receipt)
        tx.record("thing.disputed", thing=thing.label, at=receipt.gate, why=why)
        return False
    _end_its_loan(tx, thing, receipt)
    receipt.state = Receipt.CONFIRMED
    tx.put(receipt)
    tx.record("thing.receipt_confirmed", thing=thing.label, at=receipt.gate)
    if receipt.gate != tx.gate:
        give(tx, thing, receipt.gate)
    return True


def end_those_aside(tx: Transaction, loan: Loan) -> None:
    """End with ``loan`` every other loan of its thing that stood aside for it, by an older fence.

    The thing is on a board now, so they are over too; else one of them would be the open one next.
    """
    for other in rows_aside(tx, Loan):
        if other.thing_id == loan.thing_id and other.returned_at is None:
            other.returned_at, other.ended = loan.returned_at, loan.ended
            other.received_by, other.condition = loan.received_by, loan.condition
            tx.decide(other)


def _otherwise(book: Transaction, thing: Thing, receipt: Received) -> str:
    """Return the code of what this desk did otherwise, "" when it agrees."""
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None and found[0].id != receipt.loan_id:
        return "lent_again"
    if found is None and receipt.loan_id:
        return "back_here"
    if kept(book, thing, book.gate).fence != receipt.fence:
        return "moved"
    return ""


def _end_its_loan(tx: Transaction, thing: Thing, receipt: Received) -> None:
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None:
        loan, holder = found
        loan.returned_at, loan.received_by = receipt.received_at, receipt.received_by
        loan.ended, loan.condition = Ended(receipt.how), Condition(receipt.condition)
        tx.put(loan)
        end_those_aside(tx, loan)
        tx.record(
            "loan.returned", number=loan.number, thing=thing.label, how=receipt.how,
            holder=holder.staff_no if holder else loan.place, at=receipt.gate,
        )  # fmt: skip
    condition = Condition(receipt.condition)
    if condition is not Condition.GOOD and thing.state is ThingState.IN_SERVICE:
        thing.state, thing.condition, thing.state_since = ThingState.BLOCKED, condition, tx.now
        tx.put(thing)
