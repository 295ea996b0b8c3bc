"""What people do with a card: the office prints it, a leader closes it with what was done."""

from datetime import date

from kiosk.attendance.counters import rules
from kiosk.attendance.counters.models import CASE, VOIDED_TAPS, AttendanceCase
from kiosk.attendance.counters.reading import card_of
from kiosk.attendance.counters.service import count
from kiosk.attendance.counters.slips import case_slip
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.desk.desk import Desk
from kiosk.desk.list_papers import put_on_paper
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction


def check_reader(proof: Proof) -> None:
    """Let in who works with cards; raises ``Refused("case.not_yours")`` for the gate and others."""
    if not rules.works_with_cases(proof.person):
        raise Refused("case.not_yours", name=proof.person.name)


def print_card(desk: Desk, reader: Person, case_id: str) -> str:
    """Put a card on paper for its reader; return its number. Records ``case.on_paper``.

    Raises ``Refused("case.not_yours")`` for who may not see it.
    """
    with desk.write(by=reader.staff_no) as tx:
        case, person = _known(tx, case_id)
        if not rules.may_see(reader, person):
            raise Refused("case.not_yours", name=reader.name)
        put_on_paper(tx, case_slip(desk, card_of(desk, tx, case, person)))
        case.printed_at = tx.now
        tx.put(case)
        tx.record("case.on_paper", number=case.number)
    return case.number


def close_case(desk: Desk, by: str, case_id: str, proof: Proof, words: str) -> str:
    """Close a card with what was done about it, signed by a leader (clause 142); return its number.

    ``by`` keeps the desk. Records ``case.closed``. Raises ``Refused``: ``case.nothing_done``,
    ``case.is_closed``, and those of ``rules.check_closer``.
    """
    said = rules.done_words(words)
    with desk.write(by=by) as tx:
        case, person = _known(tx, case_id)
        if case.closed_at is not None:
            raise Refused("case.is_closed", number=case.number)
        rules.check_closer(proof.person, person)
        case.subject = tx.new_subject()
        case.done = tx.seal(case.subject, said)
        case.closed_at, case.closed_by_id, case.closed_means = tx.now, proof.person.id, proof.means
        tx.put(case)
        tx.record(
            "case.closed", number=case.number, leader=proof.person.staff_no, means=proof.means.value
        )
    return case.number


def name_hand(desk: Desk, by: Person, case_id: str, staff_no: str) -> list[str]:
    """Say who tapped with the badge of the person on a card (clause 22); return the new cards.

    Both sides of a proxy get a card. ``by`` is its reader, and never whom it is about. Records
    ``tap.hand_named``. Raises ``Refused``: ``case.not_yours``, ``case.own_hand``,
    ``case.no_proxy``, ``case.hand_is_holder``, ``case.is_closed`` and ``person.unknown``.
    """
    with desk.write(by=by.staff_no) as tx:
        case, person = _known(tx, case_id)
        if not rules.may_see(by, person):
            raise Refused("case.not_yours", name=by.name)
        if by.id == person.id:
            raise Refused("case.own_hand", name=by.name)
        if case.closed_at is not None:
            raise Refused("case.is_closed", number=case.number)
        hand = person_by_staff_no(tx, staff_no)
        if hand.id == person.id:
            raise Refused("case.hand_is_holder", field="text", name=person.name)
        voids = _unnamed(tx, case, case.first_day)
        if case.counter != "proxy" or not voids:
            raise Refused("case.no_proxy", number=case.number)
        for void in voids:
            void.hand_id = hand.id
            tx.put(void)
        tx.record("tap.hand_named", number=case.number, person=hand.staff_no)
        return count(desk, tx, case.first_day)


def _unnamed(tx: Transaction, case: AttendanceCase, day: date) -> list[TapVoid]:
    return [
        void
        for void, tap in tx.all(VOIDED_TAPS, day=day)
        if void.reason is VoidReason.NOT_HOLDER
        and tap.person_id == case.person_id
        and void.hand_id is None
    ]


def _known(book: Book, case_id: str) -> tuple[AttendanceCase, Person]:
    found = book.one(CASE, id=case_id)
    if found is None:
        raise LookupError(f"no attendance case {case_id}")
    return found
