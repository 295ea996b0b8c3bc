"""What is done about an open loan: remind the holder, call it in, give the word still owed."""

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approval, Approved, Loan, Thing
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.keys import rules
from kiosk.keys.heads import head_of
from kiosk.keys.holdings import owing
from kiosk.keys.service import LONGEST_NOTE, Handed, handed, open_or_past_loan, sealed_reason


def remind(desk: Desk, loan_id: str, by: str) -> Handed:
    """Note that the holder was reminded. Raises ``Refused("keys.in_already")`` when it is back."""
    with desk.write(by=by) as tx:
        loan, thing, holder = _still_open(tx, loan_id)
        loan.reminders, loan.reminded_at = loan.reminders + 1, tx.now
        tx.put(loan)
        tx.record(
            "loan.reminded", number=loan.number, thing=thing.label, times=loan.reminders,
            holder=holder.staff_no if holder else loan.place,
        )  # fmt: skip
    return handed(thing, loan, holder)


def tell_head(desk: Desk, loan_id: str, by: str) -> Handed:
    """Note that the holder's head of section was told; for a place, or a head himself, the office.

    Raises ``Refused("keys.in_already")`` when it is back.
    """
    with desk.write(by=by) as tx:
        loan, thing, holder = _still_open(tx, loan_id)
        head = head_of(tx, holder)
        loan.head_told_at = tx.now
        tx.put(loan)
        tx.record(
            "loan.head_told", number=loan.number, thing=thing.label,
            head=head.staff_no if head else "", holder=holder.staff_no if holder else loan.place,
        )  # fmt: skip
    return handed(thing, loan, holder)


def recall(desk: Desk, loan_id: str, by: str, reason: str) -> Handed:
    """Ask for a thing back before it is due, or held for good, and say why: it is wanted now.

    Who brings it before its due time is not late: that time stays what it was.

    Raises ``Refused``: ``keys.reason_missing``, ``keys.in_already``; ``keys.called_already`` (with
    ``at``, the site's time) for what is called back: the first moment and reason stay.
    """
    words = clean(reason, LONGEST_NOTE)
    if not words:
        raise Refused("keys.reason_missing")
    with desk.write(by=by) as tx:
        loan, thing, holder = _still_open(tx, loan_id)
        if loan.recalled_at is not None:
            at = desk.local(loan.recalled_at).strftime("%m-%d %H:%M")
            raise Refused("keys.called_already", thing=thing.label, at=at)
        loan.recalled_at = tx.now
        loan.recall_reason = sealed_reason(tx, holder, words)
        tx.put(loan)
        tx.record(
            "loan.recalled", number=loan.number, thing=thing.label,
            holder=holder.staff_no if holder else loan.place,
        )  # fmt: skip
    return handed(thing, loan, holder)


def _still_open(tx: Transaction, loan_id: str) -> tuple[Loan, Thing, Person | None]:
    loan, thing, holder = open_or_past_loan(tx, loan_id)
    if loan.returned_at is not None:
        raise Refused("keys.in_already", thing=thing.label)
    return loan, thing, holder


def give_word(desk: Desk, loan_id: str, approver: Proof, by: str) -> Handed:
    """Record the manager's own tap that was owed for a loan (clause 86).

    Who said yes by telephone gives it himself, whatever the thing has come to ask for since; any
    manager who does for the thing may for one who has left or manages no more, and after an
    emergency. Raises ``Refused``: ``keys.word_given``, ``keys.other_approver`` (with ``name``),
    ``keys.two_needed``, and those of ``rules.check_approver``.
    """
    with desk.write(by=by) as tx:
        loan, thing, holder = open_or_past_loan(tx, loan_id)
        if not loan.owed:
            raise Refused("keys.word_given", number=loan.number)
        whose = _whose(tx, loan, approver.person)
        asked = Approval.MANAGER if approver.person.id in owing(loan) else thing.approval
        rules.check_approver(asked, holder, approver.person)
        _settle(loan, whose, approver.person)
        tx.put(loan)
        tx.record(
            "loan.approved", by=approver.person.staff_no, number=loan.number, thing=thing.label,
            approver=approver.person.staff_no, means=approver.means.value,
            holder=holder.staff_no if holder else loan.place,
        )  # fmt: skip
        return handed(thing, loan, holder)


def _whose(tx: Transaction, loan: Loan, approver: Person) -> str:
    """Return the id of whose word ``approver`` gives: his own, or that of one who manages no more.

    Raises ``Refused``: ``keys.other_approver``, ``keys.two_needed``.
    """
    if loan.approved is not Approved.PHONE:
        return approver.id
    owed = owing(loan)
    if approver.id in owed:
        return approver.id
    said = [person_by_id(tx, one) for one in owed]
    gone = next((one for one in said if not rules.manages(one)), None)
    if gone is None:
        raise Refused("keys.other_approver", name=said[0].name if said else "")
    if approver.id == loan.second_approver_id:
        raise Refused("keys.two_needed")  # he gave his own: one manager is not two
    return gone.id


def _settle(loan: Loan, whose: str, approver: Person) -> None:
    """Note one tap that was owed; of two, the other one's is still owed and stands first."""
    if not loan.second_owed:
        loan.owed, loan.approver_id = False, approver.id
        return
    if whose == loan.approver_id:
        loan.approver_id = loan.second_approver_id
    loan.second_approver_id, loan.second_owed = approver.id, False
