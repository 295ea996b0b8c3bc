"""What is not as it came in: written down by the guard, never a reason to keep somebody inside."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.cards import VisitCard, card
from visitors.erasing import OVER
from visitors.exit.ending import end_difference
from visitors.exit.lending import Lent, lent_to_person
from visitors.exit.models import (
    DIFFERENCE,
    DIFFERENCES_OF,
    Differs,
    Settled,
    VisitDifference,
)
from visitors.lanes.helmets import numbers, out_again, take_back
from visitors.models import State, Visit
from visitors.service import is_erased, reason_text, refuse_erased, visit_of


@dataclass(frozen=True, slots=True)
class Found:
    """One open difference with its words opened. ``found_at`` is UTC."""

    id: str
    number: str
    field: Differs
    words: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """What came in, beside what is known to be gone, missing or still out."""

    visit: VisitCard
    plate: str
    helmet: str
    out: tuple[Lent, ...]
    found: tuple[Found, ...]

    def missing(self, field: Differs) -> Found | None:
        """Return the open difference of this field, None when it agrees."""
        return next((one for one in self.found if one.field is field), None)


def compared(desk: Desk, visit_id: str) -> Compared:
    """Return what is compared at the exit for one visit; raise ``Refused("visit.unknown")``."""
    with desk.read() as book:
        visit, host = visit_of(book, visit_id)
        return Compared(
            card(desk, book, visit, host), book.read_sealed(visit.plate, erased=""),
            " ".join(numbers(visit.helmet)), lent_to_person(book, visit.id),
            tuple(_open_of(book, visit)),
        )  # fmt: skip


def _open_of(book: Book, visit: Visit) -> list[Found]:
    return [
        Found(one.id, one.number, one.field, book.read_sealed(one.words, erased=""), one.found_at)
        for one in book.all(DIFFERENCES_OF, visit=visit.id)
        if one.settled_at is None
    ]


def differs(desk: Desk, by: str, visit_id: str, field: Differs, words: str = "") -> str:
    """Write down what differs, as an open thing; return its number (``E4``).

    Goods need words: what is missing, or what goes out that did not come in. Raises ``Refused``:
    ``visit.reason_missing``, ``visit.erased``, ``visit.differs_not_gone`` while nobody has left,
    ``visit.differs_already`` when the same is open.
    """
    said = reason_text(words) if field is Differs.GOODS else ""
    with desk.write(by=by) as tx:
        visit, _ = visit_of(tx, visit_id)
        refuse_erased(tx, visit)
        _check(desk, tx, visit, field)
        row = tx.put(VisitDifference(
            number=f"E{next_number(tx, 'visit_difference')}", visit_id=visit.id, field=field,
            found_at=tx.now, found_by=by, words=tx.seal(visit.subject, said),
        ))  # fmt: skip
        if field is Differs.HELMET:
            out_again(tx, visit, visit.helmet_back_at)  # nobody else is given what is missing
            tx.put(visit)
        tx.record(
            "visit.differs", visit=visit.id, number=rules.spoken(visit.number),
            difference=row.number, field=field.value,
        )  # fmt: skip
        return row.number


def _check(desk: Desk, tx: Transaction, visit: Visit, field: Differs) -> None:
    number = rules.listed(visit.day, visit.number, desk.today())
    somebody_went = visit.state in OVER or visit.gone > 0
    if not somebody_went or visit.admitted_at is None or visit.state is State.VOIDED:
        raise Refused("visit.differs_not_gone", number=number)
    for one in _open_of(tx, visit):
        if one.field is field:
            raise Refused("visit.differs_already", number=number, difference=one.number)


def settle(desk: Desk, by: str, difference_id: str, how: Settled, words: str = "") -> None:
    """Say how a difference ended; ``words`` may say more.

    Raises ``Refused``: ``visit.differs_settled`` when it was settled meanwhile.
    """
    with desk.write(by=by) as tx:
        row, visit, _ = difference(tx, difference_id)
        if row.settled_at is not None:
            raise Refused("visit.differs_settled", number=row.number)
        if row.field is Differs.HELMET and visit.state is not State.ADMITTED:
            take_back(visit, tx.now)
            tx.put(visit)
        said = reason_text(words) if words else ""
        sealed = "" if is_erased(tx, visit) else tx.seal(visit.subject, said)
        end_difference(tx, visit, row, how, sealed)


def difference(book: Book, difference_id: str) -> tuple[VisitDifference, Visit, Person]:
    """Return one difference with its visit and host; raise ``Refused("visit.unknown")``."""
    found = book.one(DIFFERENCE, id=difference_id)
    if found is None:
        raise Refused("visit.unknown")
    return found
