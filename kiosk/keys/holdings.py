"""What one person holds: confirmed once a year, and complete before somebody leaves (clause 76)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.loans import HELD_BY, OWED_LOANS, Approved, Loan, Thing, place_name
from kiosk.desk.outstanding import Wording
from kiosk.desk.people import BADGES_OF, Badge, BadgeState, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys import rules
from kiosk.keys.models import LOSSES_TO_DECIDE

PERMANENT = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id))
    .where(col(Loan.returned_at).is_(None), col(Loan.due_at).is_(None))
    .order_by(col(Person.staff_no), col(Loan.out_at))
)


_THING = "{thing}"  # a label is nobody's to translate
_OWED = N_("{thing}: {holder}, tap owed")
_TAPS = N_("{name} taps badge and PIN here")
_BACK = N_("give it back")
_BACK_TO = N_("give it back, place {place}")
_LOST = N_("{thing}: lost, undecided")
_DECIDE = N_("Ask the office: change the lock, a new copy, or nothing")


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything one person holds at this moment: things lent, and badges that still open."""

    person: Person
    loans: tuple[tuple[Loan, Thing], ...]
    badges: tuple[Badge, ...]


def holdings(book: Book, person: Person) -> Holdings:
    """Return everything the person holds."""
    badges = tuple(
        badge for badge in book.all(BADGES_OF, person=person.id) if badge.state is BadgeState.ACTIVE
    )
    return Holdings(person, tuple(book.all(HELD_BY, person=person.id)), badges)


def held_for_leaver(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return what keeps the person from leaving: things lent, words owed, losses undecided.

    The word of who manages no more is any manager's to give, and keeps nobody.
    """
    del desk
    lent = [
        Holding(
            "loan.out", loan.id, loan.number, Wording(_THING, {"thing": thing.label}), loan.out_at,
            Wording(_BACK_TO, {"place": thing.place}) if thing.place else Wording(_BACK),
        )
        for loan, thing in book.all(HELD_BY, person=person.id)
    ]  # fmt: skip
    owed = [
        Holding(
            "loan.word_owed", loan.id, word_number(loan),
            Wording(_OWED, {
                "thing": thing.label, "holder": holder.name if holder else place_name(loan),
            }),
            loan.out_at, Wording(_TAPS, {"name": person.name}),
        )
        for loan, thing, holder in book.all(OWED_LOANS)
        if person.id in owing(loan) and rules.manages(person)
    ]  # fmt: skip
    lost = [
        Holding(
            "thing.lost", loss.id, loss.number, Wording(_LOST, {"thing": thing.label}),
            loss.reported_at, Wording(_DECIDE),
        )
        for loss, thing in book.all(LOSSES_TO_DECIDE)
        if loss.holder_id == person.id
    ]  # fmt: skip
    return lent + owed + lost


def owing(loan: Loan) -> tuple[str, ...]:
    """Return the ids of who said yes by telephone and has not tapped; the first owes first."""
    if not loan.owed or loan.approved is not Approved.PHONE:
        return ()
    said = (loan.approver_id, loan.second_approver_id if loan.second_owed else None)
    return tuple(one for one in said if one)


def word_number(loan: Loan) -> str:
    """Return the number of the word owed for a loan: W5 for K5, which may be open beside it."""
    return f"W{loan.number[1:]}"


def confirm(desk: Desk, proof: Proof) -> tuple[str, ...]:
    """Record that the holder still has everything held; return the labels (ask 15).

    Raises ``Refused("keys.holds_nothing")``.
    """
    person = proof.person
    with desk.write(by=person.staff_no) as tx:
        held = tx.all(HELD_BY, person=person.id)
        if not held:
            raise Refused("keys.holds_nothing", name=person.name)
        for loan, _ in held:
            loan.confirmed_at = tx.now
            tx.put(loan)
        labels = tuple(thing.label for _, thing in held)
        tx.record(
            "loan.confirmed", holder=person.staff_no, things=list(labels), means=proof.means.value
        )
    return labels


def to_confirm(desk: Desk, book: Book) -> list[tuple[Person, datetime]]:
    """Return who has not confirmed a permanent holding for ``rules.loan_confirm_days``.

    One that was never signed for is to be confirmed at once. With each person comes since
    when (UTC) the oldest of it is unconfirmed.
    """
    before = desk.clock() - timedelta(days=desk.rules.loan_confirm_days)
    late: dict[str, tuple[Person, datetime]] = {}
    for loan, _, person in book.all(PERMANENT):
        since = loan.confirmed_at or loan.out_at
        if loan.confirmed_at is None or since <= before:
            known = late.get(person.id)
            late[person.id] = (person, min(since, known[1]) if known else since)
    return list(late.values())
