"""The visitor card at the exit: its tap closes the visit as a scan does, and the card is back."""

from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Ended, Loan, Thing, ThingKind, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import rules
from visitors.departures import Departure, close
from visitors.exit.lending import end, lent_to
from visitors.exit.parting import Parted, part_in
from visitors.models import LeftHow, State, Visit
from visitors.rules import Step
from visitors.service import visit_of


@dataclass(frozen=True, slots=True)
class CardBack:
    """A visitor card that is back, and what its tap did with the visit.

    ``gone`` closed it; ``parted`` let one of a group out while others still have cards; neither
    where the visit had been closed before.
    """

    label: str
    number: str
    gone: Departure | None = None
    parted: Parted | None = None


def is_for_the_exit(book: Book, thing: Thing) -> bool:
    """Say whether this tag is a visitor card that the exit answers.

    A lost or blocked card, and one that a member of staff has, is the ledger's to answer.
    """
    if thing.kind is not ThingKind.VISITOR_CARD or thing.state is not ThingState.IN_SERVICE:
        return False
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    return found is None or bool(found[0].visit_id)


def leave_by_card(desk: Desk, by: str, thing_id: str) -> CardBack:
    """Close the visit of a tapped visitor card, and take the card back.

    Of a group that has several cards it is one who leaves; the last card closes the visit. The
    return slip is still asked for: it stays missing until it is scanned or settled. Raises
    ``Refused("visit.card_of_nobody")`` for a card that no visitor has.
    """
    with desk.write(by=by) as tx:
        thing = tx.one(THING, id=thing_id)
        loan = _loan_of(tx, thing)
        if thing is None or loan is None:
            raise Refused("visit.card_of_nobody", card=thing.label if thing else "")
        end(tx, loan, thing, Ended.TAG)
        visit, _ = visit_of(tx, loan.visit_id)
        number = rules.listed(visit.day, visit.number, desk.today())
        if not rules.may(visit.state, Step.LEAVE):
            return CardBack(thing.label, number)
        if _others_stay(tx, visit):
            return CardBack(thing.label, number, parted=part_in(tx, desk, visit.id, 1))
        gone = close(tx, desk, visit.id, LeftHow.CARD, signed=False)
        return CardBack(thing.label, number, gone)


def _others_stay(book: Book, visit: Visit) -> bool:
    """Say whether others of the group are inside with visitor cards of their own."""
    cards = [one for one in lent_to(book, visit.id) if one.kind is ThingKind.VISITOR_CARD]
    return bool(cards) and visit.remaining > 1 and visit.state is State.ADMITTED


def _loan_of(book: Book, thing: Thing | None) -> Loan | None:
    found = book.one(OPEN_LOAN_OF, thing=thing.id) if thing is not None else None
    return found[0] if found is not None and found[0].visit_id else None
