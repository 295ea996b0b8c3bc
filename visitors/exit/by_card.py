"""The visitor card at the exit: its tap closes the visit as a scan does, and the card is back."""

from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Ended, Loan, Thing, ThingKind, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import rules
from visitors.departures import Departure, close
from visitors.exit.lending import end, lent_to_person
from visitors.exit.parting import Parted, one_leaves
from visitors.gates.gave_way import standing_for
from visitors.models import LeftHow
from visitors.rules import Step
from visitors.service import visit_of


@dataclass(frozen=True, slots=True)
class CardBack:
    """A visitor card that is back.

    ``gone`` is the departure it closed: None where the visit had been closed before, and where the
    others of the group still have the cards ``out``. ``parted`` says how many they are, where each
    of them has a card.
    """

    label: str
    number: str
    gone: Departure | None
    out: tuple[str, ...] = ()
    parted: Parted | None = None


def is_for_the_exit(book: Book, thing: Thing) -> bool:
    """Say whether this tag is a visitor card that the exit answers.

    A lost or blocked card, and one that a member of staff has, is the ledger's to answer.
    """
    if thing.kind is not ThingKind.VISITOR_CARD or thing.state is not ThingState.IN_SERVICE:
        return False
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    return found is None or bool(found[0].visit_id)


def is_card_of_another(book: Book, thing: Thing, visit_id: str) -> bool:
    """Say whether it is the visitor card of another visit than this: its tap lets that one out."""
    loan = _loan_of(book, thing) if is_for_the_exit(book, thing) else None
    return loan is not None and loan.visit_id != visit_id


def leave_by_card(desk: Desk, by: str, thing_id: str) -> CardBack:
    """Take a tapped visitor card back; the last one of a visit closes it.

    While others of the group have cards, they are inside: one person leaves. The return slip is
    still asked for: it stays missing until it is scanned or settled. Raises
    ``Refused("visit.card_of_nobody")`` for a card that no visitor has.
    """
    with desk.write(by=by) as tx:
        thing = tx.one(THING, id=thing_id)
        loan = _loan_of(tx, thing)
        if thing is None or loan is None:
            raise Refused("visit.card_of_nobody", card=thing.label if thing else "")
        end(tx, loan, thing, Ended.TAG)
        visit, _ = standing_for(tx, visit_of(tx, loan.visit_id))
        number = rules.listed(visit.day, visit.number, desk.today())
        if not rules.may(visit.state, Step.LEAVE):
            return CardBack(thing.label, number, None)
        out = _cards_out(tx, visit.id)
        if out and rules.may(visit.state, Step.PART_LEAVES):
            parted = one_leaves(tx, desk, visit) if visit.remaining > len(out) else None
            return CardBack(thing.label, number, None, out, parted)
        return CardBack(
            thing.label, number, close(tx, desk, visit.id, LeftHow.CARD, signed=False)
        )  # fmt: skip


def _cards_out(book: Book, visit_id: str) -> tuple[str, ...]:
    lent = lent_to_person(book, visit_id)
    return tuple(one.label for one in lent if one.kind is ThingKind.VISITOR_CARD)


def _loan_of(book: Book, thing: Thing | None) -> Loan | None:
    found = book.one(OPEN_LOAN_OF, thing=thing.id) if thing is not None else None
    return found[0] if found is not None and found[0].visit_id else None
