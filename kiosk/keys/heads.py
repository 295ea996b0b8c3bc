"""Who is told when a thing is very late: the holder's head of section."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan
from kiosk.desk.people import Person, Rank
from kiosk.desk.transaction import Book
from kiosk.keys import rules

_HEADS = (
    select(Person)
    .where(
        col(Person.active),
        or_(col(Person.rank) == Rank.HEAD_OF_STATION, col(Person.rank) == Rank.DEPARTMENT_MANAGER),
    )
    .order_by(col(Person.staff_no))
)
_HEADS_OF = _HEADS.where(col(Person.department_id) == bindparam("department"))

Heads = Mapping[str, Sequence[Person]]
"""Who heads each section, by the section's id, in order of staff number."""


def head_is_due(desk: Desk, loan: Loan) -> bool:
    """Say whether the loan is so late that the head is told, and was not told yet."""
    wanted = rules.wanted_at(loan)
    if wanted is None or loan.head_told_at is not None:
        return False
    return rules.manager_is_told(wanted, desk.clock(), desk.rules)


def heads_of_all(book: Book) -> Heads:
    """Return the heads of every section, read at once for a list of many loans."""
    heads: dict[str, list[Person]] = {}
    for one in book.all(_HEADS):
        if one.department_id is not None:
            heads.setdefault(one.department_id, []).append(one)
    return heads


def head_of(book: Book, holder: Person | None, heads: Heads | None = None) -> Person | None:
    """Return the head of the holder's section; None for a place, or where nobody else heads it.

    One with an extension stands first: he can be called. ``heads``, once read, spares a list the
    question to the book for each of its lines.
    """
    if holder is None or holder.department_id is None:
        return None
    section = holder.department_id
    known = book.all(_HEADS_OF, department=section) if heads is None else heads.get(section, ())
    others = [one for one in known if one.id != holder.id]
    return next((one for one in others if one.extension), others[0] if others else None)
