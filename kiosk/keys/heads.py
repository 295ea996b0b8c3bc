"""Who is told when a thing is very late: the holder's head of section."""

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan
from kiosk.desk.people import Person, Rank
from kiosk.desk.transaction import Book
from kiosk.keys import rules

_HEADS_OF = (
    select(Person)
    .where(
        col(Person.department_id) == bindparam("department"),
        col(Person.active),
        or_(col(Person.rank) == Rank.HEAD_OF_STATION, col(Person.rank) == Rank.DEPARTMENT_MANAGER),
    )
    .order_by(col(Person.staff_no))
)


def head_is_due(desk: Desk, loan: Loan) -> bool:
    """Say whether the loan is so late that the head is told, and was not told yet."""
    wanted = rules.wanted_at(loan)
    if wanted is None or loan.head_told_at is not None:
        return False
    return rules.manager_is_told(wanted, desk.clock(), desk.rules)


def head_of(book: Book, holder: Person | None) -> Person | None:
    """Return the head of the holder's section; None for a place, or where nobody else heads it.

    One with an extension stands first: he can be called.
    """
    if holder is None or holder.department_id is None:
        return None
    heads = [
        one for one in book.all(_HEADS_OF, department=holder.department_id) if one.id != holder.id
    ]
    return next((one for one in heads if one.extension), heads[0] if heads else None)
