"""Things go out in the borrower's name and come back; one thing has one holder, the last signer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.desk import custody
from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    LOAN,
    OPEN_LOAN_OF,
    Approval,
    Approved,
    Condition,
    Ended,
    Loan,
    Reason,
    Thing,
)
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, sealed_for
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import asking, rules
from kiosk.keys.asking import Asked, Taking, found_thing, holder_name
from kiosk.keys.models import Booked
from kiosk.keys.reasons import reason_out, work_ends

LONGEST_NOTE = 80
_OWED = frozenset({Approved.PHONE, Approved.EMERGENCY})


@dataclass(frozen=True, slots=True)
class Given:
    """Whose word a loan has, and how it came: by telephone his own tap is still owed.

    ``present`` are those who tapped here while the ``approvers`` said yes by telephone.
    """

    how: Approved = Approved.NOT_ASKED
    approvers: tuple[Person, ...] = ()
    present: tuple[Person, ...] = ()

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Return everybody who said yes; whose own tap is owed first."""
        return self.approvers + self.present


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms something goes out.

    ``means`` is how the borrower signed; None in an emergency, when the desk only named him.
    """

    means: Means | None = Means.BADGE
    reason: Reason = Reason.WORK
    given: Given = field(default_factory=Given)
    permanent: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A thing that went out or came back. ``number`` is the loan's; the moments are UTC.

    ``waits_for`` is the gate whose word makes the return good, "" where it is good already.
    """

    label: str
    number: str
    holder: str
    out_at: datetime
    due_at: datetime | None
    returned_at: datetime | None = None
    loan_id: str = ""
    thing_id: str = ""
    owed: bool = False
    waits_for: str = ""

    @property
    def late(self) -> bool:
        """Say whether it came back after it was due."""
        return None not in {self.returned_at, self.due_at} and self.returned_at > self.due_at  # type: ignore[operator] # neither is None here


def lend(
    desk: Desk, thing_id: str, borrower: Person, by: str, terms: Terms | None = None
) -> Handed:
    """Hand one thing out to ``borrower``; see ``lend_all``."""
    return lend_all(desk, (thing_id,), borrower, by, terms)[0]


def lend_all(
    desk: Desk, thing_ids: Sequence[str], borrower: Person, by: str, terms: Terms | None = None
) -> tuple[Handed, ...]:
    """Hand several things out on one signature: all of them, or none.

    ``by`` is the staff number of who works at the desk. Raises ``Refused``: those of
    ``asking.ask_in`` and ``rules.check_approvers``.
    """
    wanted = terms or Terms()
    with desk.write(by=by) as tx:
        return tuple(
            _hand_out(desk, tx, found_thing(tx, one), borrower, wanted)
            for one in dict.fromkeys(thing_ids)
        )


def _hand_out(desk: Desk, tx: Transaction, thing: Thing, borrower: Person, terms: Terms) -> Handed:
    asked = _asked(desk, tx, thing, borrower, terms)
    given = _word(asked, borrower, terms)
    _use_reservation(tx, asked)
    due_at = None if _for_good(terms) else due_of(desk, tx.now, asked)
    loan = put_loan(tx, thing, Loan(
        number=f"K{next_number(tx, 'loan')}", thing_id=thing.id, holder_id=borrower.id,
        clerk=tx.by, out_at=tx.now, due_at=due_at,
        reason=reason_out(
            desk, tx.now, borrower, asked, given.how, terms.reason, for_good=due_at is None
        ),
        note=sealed_for(tx, borrower, clean(terms.note, LONGEST_NOTE)),
        confirmed_at=None if due_at else tx.now,
    ), given)  # fmt: skip
    tx.record(
        "loan.out",
        **facts_out(desk, thing, loan, borrower.staff_no, given),
        means=terms.means.value if terms.means else "",
    )
    return handed(thing, loan, borrower)


def _asked(desk: Desk, tx: Transaction, thing: Thing, borrower: Person, terms: Terms) -> Asked:
    if terms.given.how is Approved.EMERGENCY:
        return asking.in_emergency(tx, thing)
    return asking.ask_in(desk, tx, thing, borrower, tx.now, Taking(tx.by, _for_good(terms)))


def _for_good(terms: Terms) -> bool:
    """Say whether it is held for good: what goes out in an emergency comes back."""
    return terms.permanent and terms.given.how is not Approved.EMERGENCY


def _use_reservation(tx: Transaction, asked: Asked) -> None:
    """End the borrower's own reservation: who has the thing needs it kept no longer."""
    if asked.reserved is not None:
        asked.reserved.state = Booked.USED
        tx.put(asked.reserved)


def put_loan(tx: Transaction, thing: Thing, loan: Loan, given: Given) -> Loan:
    """Write a new loan with the word it was given, by the right of this desk to lend the thing.

    Raises ``Refused`` as ``custody.check_here``: this is the one place where a loan begins.
    """
    loan.fence = custody.check_here(tx, thing, tx.gate)
    loan.approved, loan.owed = given.how, given.how in _OWED
    loan.second_owed = loan.owed and len(given.approvers) > 1
    ids = [one.id for one in given.everybody] + [None, None]
    loan.approver_id, loan.second_approver_id = ids[0], ids[1]
    return tx.put(loan)


def _word(asked: Asked, borrower: Person, terms: Terms) -> Given:
    """Return whose word the loan has. In an emergency the thing goes out and the word is owed.

    Of several things on one signature only those have the word that ask for it: nobody owes a tap
    for the others.
    """
    if terms.given.how is Approved.EMERGENCY:
        return Given(Approved.EMERGENCY)
    rules.check_approvers(asked.approval, borrower, terms.given.everybody)
    if asked.approval is not Approval.NONE:
        return terms.given
    return Given(Approved.BEFORE, (asked.prior.approver,)) if asked.prior is not None else Given()


def due_of(desk: Desk, now: datetime, asked: Asked) -> datetime:
    """Return when a thing that goes out ``now`` is due, aware local time."""
    local = desk.local(now)
    spell_end = desk.local(asked.due_by_word) if asked.due_by_word is not None else None
    due = rules.due_at(local, work_ends(desk, now), desk.rules, asked.thing, spell_end)
    return min(due, asked.back_before) if asked.back_before is not None else due


def facts_out(desk: Desk, thing: Thing, loan: Loan, holder: str, given: Given) -> dict[str, Any]:
    """Return what the journal keeps of a loan that begins; ``holder`` is a number or a place."""
    due = desk.local(loan.due_at).isoformat(timespec="minutes") if loan.due_at else ""
    facts: dict[str, Any] = {
        "number": loan.number, "thing": thing.label, "holder": holder, "due_at": due,
    }  # fmt: skip
    if loan.reason is not Reason.WORK:
        facts["reason"] = loan.reason.value
    if given.how is not Approved.NOT_ASKED:
        facts["approved"] = given.how.value
        facts["approvers"] = [one.staff_no for one in given.everybody]
    return facts


def handed(thing: Thing, loan: Loan, holder: Person | None) -> Handed:
    """Return what is told of a loan."""
    return Handed(
        thing.label, loan.number, holder_name(loan, holder), loan.out_at, loan.due_at,
        loan.returned_at, loan.id, thing.id, loan.owed,
    )  # fmt: skip


def end_loan(tx: Transaction, loan: Loan, how: Ended, condition: Condition | None) -> None:
    """End a loan now, in the hands of who writes; what was lost nobody has received."""
    loan.returned_at, loan.ended, loan.condition = tx.now, how, condition
    loan.received_by = "" if how is Ended.LOST else tx.by
    tx.put(loan)
    custody.end_those_aside(tx, loan)


def sealed_reason(tx: Transaction, holder: Person | None, reason: str) -> str:
    """Seal why a thing is called back: under its holder or, for a place, a subject of its own."""
    if holder is not None:
        return sealed_for(tx, holder, reason)
    return tx.seal(tx.new_subject(), reason) if reason else ""


def pass_on(
    desk: Desk, thing_id: str, giver: Person, receiver: Person, by: str, terms: Terms | None = None
) -> Handed:
    """Pass a thing on: both tapped, the old loan ends and the next begins (clause 87).

    It stays due when it was, and called back; the reason of ``terms`` is why, where a word was
    asked for, else it is for what it was. Raises ``Refused``: ``keys.in_already``,
    ``keys.not_the_holder`` (with ``holder``), ``keys.passed_to_self``, and those of ``lend_all``
    for the receiver.
    """
    wanted = terms or Terms()
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        found = tx.one(OPEN_LOAN_OF, thing=thing.id)
        if found is None:
            raise Refused("keys.in_already", thing=thing.label)
        old, holder = found
        if old.holder_id != giver.id:
            raise Refused("keys.not_the_holder", thing=thing.label, holder=holder_name(old, holder))
        if giver.id == receiver.id:
            raise Refused("keys.passed_to_self", name=giver.name)
        end_loan(tx, old, Ended.PASSED_ON, None)
        taking = Taking(tx.by, for_good=old.due_at is None)
        asked = asking.ask_in(desk, tx, thing, receiver, tx.now, taking)
        given = _word(asked, receiver, wanted)
        told = old.reason if asked.approval is Approval.NONE else wanted.reason
        _use_reservation(tx, asked)
        loan = put_loan(tx, thing, Loan(
            number=f"K{next_number(tx, 'loan')}", thing_id=thing.id, holder_id=receiver.id,
            clerk=tx.by, out_at=tx.now, due_at=old.due_at,
            reason=reason_out(
                desk, tx.now, receiver, asked, given.how, told, for_good=taking.for_good
            ),
            confirmed_at=None if old.due_at else tx.now, recalled_at=old.recalled_at,
            recall_reason=sealed_reason(tx, receiver, tx.read_sealed(old.recall_reason, erased="")),
        ), given)  # fmt: skip
        facts = facts_out(desk, thing, loan, receiver.staff_no, given)
        tx.record("loan.passed_on", **facts, giver=giver.staff_no, was=old.number)
    return handed(thing, loan, receiver)


def open_or_past_loan(book: Book, loan_id: str) -> tuple[Loan, Thing, Person | None]:
    """Return a loan with its thing and holder; a missing one is a bug (``LookupError``)."""
    found = book.one(LOAN, id=loan_id)
    if found is None:
        raise LookupError(f"no loan {loan_id}")
    return found
