"""Everything about one thing: who has it, what it opens, who booked it, who had it before."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import LOAN, OPEN_LOAN_OF, Approval, Loan, Thing, ThingState
from kiosk.desk.people import BY_STAFF_NO, DEPARTMENT, Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys.asking import found_thing, holder_name
from kiosk.keys.elsewhere import HERE, Where, where
from kiosk.keys.heads import head_is_due, head_of
from kiosk.keys.models import LOSS, OPEN_LOSS_OF, RESERVATIONS_OF, Decision, Loss, Reservation

APPROVAL_NAMES: Mapping[Approval, str] = {
    Approval.NONE: N_("nobody's word needed"),
    Approval.MANAGER: N_("a manager says yes"),
    Approval.OTHER_SECTION: N_("a manager of another section says yes"),
    Approval.TWO: N_("two managers say yes"),
}
DECISION_NAMES: Mapping[Decision, str] = {
    Decision.CHANGE_LOCK: N_("Change the lock"),
    Decision.NEW_COPY: N_("Have a new copy made"),
    Decision.NO_ACTION: N_("Nothing needs to be done"),
}
LOANS_READ = 60
"""How many loans of the history are read: more than any screen has lines."""
_HISTORY = (
    select(Loan, Person)
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .where(col(Loan.thing_id) == bindparam("thing"))
    .order_by(col(Loan.out_at).desc(), col(Loan.id).desc())
    .limit(LOANS_READ)
)
_HISTORY_BEFORE = _HISTORY.where(
    col(Loan.out_at) <= bindparam("out_at"),
    or_(col(Loan.out_at) < bindparam("out_at"), col(Loan.id) < bindparam("loan")),
)
_SAME_LOCK = (
    select(Thing)
    .where(
        col(Thing.lock) == bindparam("lock"),
        col(Thing.id) != bindparam("thing"),
        col(Thing.state) != ThingState.RETIRED,
    )
    .order_by(col(Thing.label))
)


@dataclass(frozen=True, slots=True)
class Copy:
    """Another thing with the same lock, and who has it ("" on the board)."""

    label: str
    holder: str


@dataclass(frozen=True, slots=True)
class Past:
    """One loan of the thing, the running one too: the names of who had it and who received it.

    ``receiver`` is "" while it is out, when it was lost, and when nobody was at the desk.
    """

    loan: Loan
    holder: str
    receiver: str


@dataclass(frozen=True, slots=True)
class ThingCard:
    """One thing with everything that is asked about it."""

    thing: Thing
    loan: Loan | None
    holder: Person | None
    section: str
    copies: tuple[Copy, ...]
    history: tuple[Past, ...]
    booked: tuple[tuple[Reservation, Person], ...]
    loss: Loss | None
    where_last: str
    head: Person | None
    recall_reason: str
    head_is_due: bool
    """Whether the head of section is to be told now."""
    where: Where = HERE

    @property
    def holder_name(self) -> str:
        """The name of the person or place that has it, "" for none."""
        return holder_name(self.loan, self.holder) if self.loan is not None else ""


def thing_card(desk: Desk, thing_id: str, after: Loan | None = None) -> ThingCard:
    """Return everything about a thing. Raises ``Refused("keys.gone")`` when there is none.

    Its history begins with the newest loan, or with the one that went out before ``after``.
    """
    with desk.read() as book:
        thing = found_thing(book, thing_id)
        loan, holder = book.one(OPEN_LOAN_OF, thing=thing.id) or (None, None)
        loss = book.one(OPEN_LOSS_OF, thing=thing.id)
        section = book.one(DEPARTMENT, id=thing.section_id) if thing.section_id else None
        return ThingCard(
            thing, loan, holder, section.name if section else "", _copies(book, thing),
            tuple(
                Past(past, holder_name(past, person), _receiver(book, past))
                for past, person in _history(book, thing, after)
            ),
            tuple(book.all(RESERVATIONS_OF, thing=thing.id, now=desk.clock())),
            loss, _told(book, loss), head_of(book, holder),
            book.read_sealed(loan.recall_reason, erased="") if loan is not None else "",
            loan is not None and head_is_due(desk, loan), where(desk, book, thing),
        )  # fmt: skip


def _receiver(book: Book, loan: Loan) -> str:
    person = book.one(BY_STAFF_NO, staff_no=loan.received_by) if loan.received_by else None
    return person.name if person is not None else ""


def _history(book: Book, thing: Thing, after: Loan | None) -> list[tuple[Loan, Person | None]]:
    if after is None:
        return book.all(_HISTORY, thing=thing.id)
    return book.all(_HISTORY_BEFORE, thing=thing.id, out_at=after.out_at, loan=after.id)


def _told(book: Book, loss: Loss | None) -> str:
    """Return where a lost thing was last; nothing once the words were erased."""
    return book.read_sealed(loss.where_last, erased="") if loss is not None else ""


def _copies(book: Book, thing: Thing) -> tuple[Copy, ...]:
    if not thing.lock:
        return ()
    return tuple(
        Copy(one.label, holder_name(*found) if found else "")
        for one in book.all(_SAME_LOCK, lock=thing.lock, thing=thing.id)
        for found in (book.one(OPEN_LOAN_OF, thing=one.id),)
    )


def thing_of_loan(desk: Desk, loan_id: str) -> str:
    """Return the id of the thing a loan is about; a missing loan is a bug (``LookupError``)."""
    with desk.read() as book:
        found = book.one(LOAN, id=loan_id)
    if found is None:
        raise LookupError(f"no loan {loan_id}")
    return found[1].id


def loss_told(desk: Desk, loss_id: str) -> tuple[Loss, Thing]:
    """Return a loss and its thing; a missing one is a bug (``LookupError``)."""
    with desk.read() as book:
        found = book.one(LOSS, id=loss_id)
    if found is None:
        raise LookupError(f"no loss {loss_id}")
    return found
