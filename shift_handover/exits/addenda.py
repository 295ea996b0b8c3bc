"""Words added after both signed: what came later is marked so (clause 150)."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from shift_handover.exits.models import ADDENDA_OF, Addendum
from shift_handover.frozen import is_damaged, opened, row_of
from shift_handover.models import Handover, HandoverState
from shift_handover.papers.signed import signed_of
from shift_handover.slips import handover_slip

SEALED = frozenset(
    {
        HandoverState.ACCEPTED,
        HandoverState.ACCEPTED_WITH_EXCEPTIONS,
        HandoverState.TAKEN_OVER_ALONE,
        HandoverState.ENDED_WITHOUT_SUCCESSOR,
    }
)
"""A handover in one of these states ended a duty: words may still be added, nothing changed."""
_LONG = 120


@dataclass(frozen=True, slots=True)
class Added:
    """One addendum as it is read: who added what, and when (UTC)."""

    name: str
    at: datetime
    words: str


def add(desk: Desk, staff_no: str, handover_id: str, text: str) -> None:
    """Add words to a signed handover in the name of whose badge was tapped; print it again.

    The new copy of the sheet says that it is a reprint and marks the words as added. Records
    ``handover.addendum`` and ``slip.reprinted``. Raises ``Refused``: ``handover.words_missing``,
    ``handover.not_signed``, ``handover.words_gone``.
    """
    words = clean(text, _LONG)
    if not words:
        raise Refused("handover.words_missing")
    with desk.write(by=staff_no) as tx:
        person, row = person_by_staff_no(tx, staff_no), row_of(tx, handover_id)
        if row.state not in SEALED:
            raise Refused("handover.not_signed", number=row.number)
        if is_damaged(tx, row):
            raise Refused("handover.words_gone", number=row.number)
        tx.put(
            Addendum(
                handover_id=row.id, person_id=person.id, at=tx.now,
                words=tx.seal(row.subject, words),
            )
        )  # fmt: skip
        tx.record("handover.addendum", number=row.number, person=person.staff_no)
        _print(tx, desk, row)


def _print(tx: Transaction, desk: Desk, row: Handover) -> None:
    frozen = opened(tx, row)
    slip = handover_slip(frozen.document, signed_of(tx, row, frozen, desk), desk)
    job = tx.print(slip, row.subject)
    tx.record("slip.reprinted", slip=job.slip, number=job.number, copy=job.copy_no)


def added_to(book: Book, handover_id: str) -> list[Added]:
    """Return what was added to a handover, oldest first."""
    return [_added(book, *one) for one in book.all(ADDENDA_OF, handover=handover_id)]


def _added(book: Book, row: Addendum, person: Person) -> Added:
    return Added(person.name, row.at, book.read_sealed(row.words))
