"""A private errand is refused (clause 155): one key writes it down, only a superior reads it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import MANAGERS, Person, Role, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from shift_handover.away.models import ERRAND, UNSEEN_ERRANDS, RefusedErrand
from shift_handover.away.rules import LONGEST_WORDS


@dataclass(frozen=True, slots=True)
class ErrandShown:
    """A refused errand with its words opened. ``at`` is UTC."""

    id: str
    number: str
    guard: str
    at: datetime
    who: str
    what: str


def refuse(desk: Desk, by: str) -> tuple[str, str]:
    """Write down that an errand was refused at this moment; return its id and number (``Y3``)."""
    with desk.write(by=by) as tx:
        guard = person_by_staff_no(tx, by)
        row = tx.put(
            RefusedErrand(
                number=f"Y{next_number(tx, 'errand')}", post=desk.gate, guard_id=guard.id,
                at=tx.now, subject=tx.new_subject(),
            )
        )  # fmt: skip
        tx.record("errand.refused", number=row.number, post=desk.gate, guard=guard.staff_no)
        return row.id, row.number


def describe(desk: Desk, by: str, errand_id: str, who: str, what: str) -> None:
    """Add who asked and for what; both may stay empty.

    Raises ``Refused``: ``errand.closed`` once it was taken back or a superior has seen it,
    ``errand.not_yours`` for anybody but the guard who refused.
    """
    with desk.write(by=by) as tx:
        row = _own(tx, by, errand_id)
        row.who = tx.seal(row.subject, clean(who, LONGEST_WORDS).strip())
        row.what = tx.seal(row.subject, clean(what, LONGEST_WORDS).strip())
        tx.put(row)
        tx.record("errand.described", number=row.number)


def take_back(desk: Desk, by: str, errand_id: str) -> None:
    """Void an errand whose key was pressed by mistake; its number stays. Raises as ``describe``."""
    with desk.write(by=by) as tx:
        row = _own(tx, by, errand_id)
        row.voided_at = tx.now
        tx.put(row)
        tx.record("errand.voided", number=row.number)


def _own(tx: Transaction, by: str, errand_id: str) -> RefusedErrand:
    row = tx.one(ERRAND, id=errand_id)
    if row is None:
        raise LookupError(f"no errand {errand_id}")
    if row.voided_at is not None or row.seen_at is not None:
        raise Refused("errand.closed", number=row.number)
    if row.guard_id != person_by_staff_no(tx, by).id:
        raise Refused("errand.not_yours", number=row.number)
    return row


def may_see(person: Person) -> bool:
    """Say whether ``person`` may read the superior's list: who leads others, or administers."""
    return person.rank in MANAGERS or person.role is Role.ADMINISTRATOR


def unseen(book: Book) -> list[ErrandShown]:
    """Return the errands no superior has seen yet, oldest first."""
    return [
        ErrandShown(
            row.id, row.number, guard.name, row.at, book.read_sealed(row.who),
            book.read_sealed(row.what),
        )
        for row, guard in book.all(UNSEEN_ERRANDS)
    ]  # fmt: skip


def see(desk: Desk, superior: Person) -> list[ErrandShown]:
    """Return what no superior has seen yet, and record that ``superior`` has seen it now.

    Raises ``Refused("errand.not_a_superior")`` for who does not lead others.
    """
    if not may_see(superior):
        raise Refused("errand.not_a_superior", name=superior.name)
    with desk.write(by=superior.staff_no) as tx:
        found = tx.all(UNSEEN_ERRANDS)
        shown = unseen(tx)
        for row, _guard in found:
            row.seen_at, row.seen_by_id = tx.now, superior.id
            tx.put(row)
        if found:
            tx.record("errand.seen", numbers=[row.number for row, _guard in found])
    return shown
