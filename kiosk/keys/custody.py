"""The desk that lends a thing answers another one: it may have it, or why not."""

from kiosk.desk import custody
from kiosk.desk.custody_rows import Receipt, Received
from kiosk.desk.desk import Desk
from kiosk.desk.hub_line import Answer, Asked, Claim
from kiosk.desk.journal import SYSTEM
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Condition, Ended, Thing
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import rules
from kiosk.keys.asking import found_thing
from kiosk.keys.models import RESERVATIONS_OF
from kiosk.keys.service import end_loan


def answer(desk: Desk, claim: Claim) -> Asked:
    """Answer a question put through the hub, on the pen: give the custody away, or say why not.

    The same question twice has the same answer: what was given is given.
    """
    with desk.write(by=SYSTEM) as tx:
        thing = tx.one(THING, id=claim.thing_id)
        if thing is None:
            return Asked(Answer.REFUSED, claim.fence, desk.gate, "keys.gone")
        found = custody.kept(tx, thing, desk.gate)
        if (found.gate, found.fence) == (claim.gate, claim.fence + 1):
            return Asked(Answer.GIVEN, found.fence, found.gate)
        if (found.gate, found.fence) != (desk.gate, claim.fence):
            return Asked(Answer.HELD, found.fence, found.gate)
        why = _why_not(desk, tx, thing, claim)
        if why:
            return Asked(Answer.REFUSED, claim.fence, desk.gate, why)
        return Asked(Answer.GIVEN, custody.give(tx, thing, claim.gate), claim.gate)


def _why_not(desk: Desk, tx: Transaction, thing: Thing, claim: Claim) -> str:
    """Return the code of what keeps ``thing`` here, "" for nothing.

    What somebody has may go only with the very loan the other desk knows: it is in its hands.
    """
    open_loan = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if (open_loan[0].id if open_loan else "") != claim.loan_ref:
        return "keys.out_already"
    try:
        rules.check_lendable(thing)
        custody.check_here(tx, thing, desk.gate)
        booked = tx.all(RESERVATIONS_OF, thing=thing.id, now=tx.now)
        if open_loan is None:
            rules.check_reserved(thing, None, booked, tx.now, desk.rules, desk.zone)
    except Refused as refused:
        return refused.code
    return ""


def settle(desk: Desk) -> int:
    """Answer, as the desk that lends them, what was taken in elsewhere; return how many.

    On the pen, after other desks' work was applied and at every full hour: twice does no more.
    """
    with desk.read() as book:
        mine = [
            one.id
            for one, thing in book.all(custody.OPEN_RECEIPTS)
            if _is_mine(desk, book, one, thing)
        ]
    for receipt_id in mine:
        _settle(desk, receipt_id)
    return len(mine)


def _is_mine(desk: Desk, book: Book, receipt: Received, thing: Thing) -> bool:
    waits = receipt.state is Receipt.WAITING
    return waits and custody.kept(book, thing, desk.gate).gate == desk.gate


def _settle(desk: Desk, receipt_id: str) -> None:
    with desk.write(by=SYSTEM) as tx:
        receipt = tx.one(custody.RECEIPT, id=receipt_id)
        thing = tx.one(THING, id=receipt.thing_id) if receipt is not None else None
        if receipt is None or thing is None or not _is_mine(desk, tx, receipt, thing):
            return
        custody.confirm(tx, thing, receipt)


def hangs_here(desk: Desk, receipt_id: str, proof: Proof) -> str:
    """Settle a dispute: who signs has the thing before him, on this desk's board.

    Return its label.

    Where another desk lends it, it is taken in anew, and that desk gives it up. Raises ``Refused``:
    ``keys.dispute_over``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        receipt = tx.one(custody.RECEIPT, id=receipt_id)
        if receipt is None or receipt.state is not Receipt.DISPUTED:
            raise Refused("keys.dispute_over")
        thing = found_thing(tx, receipt.thing_id)
        receipt.state, receipt.settled_at = Receipt.SETTLED, tx.now
        receipt.decided_by = proof.person.staff_no
        tx.put(receipt)
        tx.record(
            "thing.dispute_settled", thing=thing.label, at=desk.gate, means=proof.means.value
        )  # fmt: skip
        loan = tx.one(OPEN_LOAN_OF, thing=thing.id)
        if custody.kept(tx, thing, desk.gate).gate != desk.gate:
            custody.take_in(tx, thing, loan[0] if loan else None, Ended.BY_HAND)
        elif loan is not None:
            end_loan(tx, loan[0], Ended.BY_HAND, Condition.GOOD)
            tx.record("loan.returned", number=loan[0].number, thing=thing.label,
                      how=Ended.BY_HAND.value,
                      holder=loan[1].staff_no if loan[1] else loan[0].place)  # fmt: skip
    return thing.label
