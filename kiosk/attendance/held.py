"""What who taps still has of the house, as far as the tap says so."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.transaction import Book

_HELD = (
    select(Thing.label, Loan.due_at, Loan.recalled_at)
    .join(Loan, col(Loan.thing_id) == col(Thing.id))
    .where(
        col(Loan.holder_id) == bindparam("person"),
        col(Loan.returned_at).is_(None),
        # A permanent holding goes home with its holder, unless it is called back.
        or_(col(Loan.due_at).is_not(None), col(Loan.recalled_at).is_not(None)),
    )
    .order_by(col(Loan.due_at))
)


class Held(NamedTuple):
    """Labels of what somebody holds, and of what is called back; whether one is overdue."""

    labels: tuple[str, ...] = ()
    called_back: tuple[str, ...] = ()
    overdue: bool = False


NOTHING_HELD = Held()


def held_by(desk: Desk, book: Book, person: Person, kind: Whereabouts) -> Held:
    """Return what who leaves still holds and who comes holds overdue, and what is called back."""
    now = desk.clock()
    found = book.all(_HELD, person=person.id)
    leaves, stops = kind is Whereabouts.OUT, now - timedelta(minutes=desk.rules.loan_late_min)
    due = [(label, due_at) for label, due_at, _ in found if due_at is not None]
    called = tuple(
        label for label, due_at, recalled_at in found
        if recalled_at is not None and (due_at is None or due_at > now)
    )  # fmt: skip
    shown = (label for label, due_at in due if leaves or due_at <= now)
    late = any(due_at <= stops for _, due_at in due)
    return Held(tuple(label for label in shown if label not in called), called, late)
