"""A visit that gave way to another of the same person, and which one stands for it now."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.columns import moment
from kiosk.desk.people import Person
from kiosk.desk.row import Merge, Row
from kiosk.desk.transaction import Book, Transaction
from visitors.models import VISIT, State, Visit

_MAY_LEAVE = frozenset({State.ADMITTED, State.ASSUMED_LEFT, State.UNKNOWN})


class GaveWay(Row, table=True):
    """A visit that was made void because ``right_id`` is the same person's; its id is the visit's.

    ``decided_at`` is UTC. It is gone again once the visit stands after all (``reinstating``).
    """

    __tablename__ = "visit_gave_way"
    merged: ClassVar[Merge] = Merge.NEWEST

    right_id: str
    decided_at: datetime = moment()
    decided_by: str


GAVE_WAY = select(GaveWay).where(col(GaveWay.id) == bindparam("id"))
_GAVE_WAY_TO = select(GaveWay).where(col(GaveWay.right_id) == bindparam("right"))

GAVE_WAY_BY_NUMBER = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .join(GaveWay, col(GaveWay.id) == col(Visit.id))
    .where(col(Visit.number) == bindparam("number"), col(Visit.state) == State.VOIDED)
    .order_by(col(Visit.day))
)


def standing_for(book: Book, found: tuple[Visit, Person]) -> tuple[Visit, Person]:
    """Return the visit by which the same person is still inside; ``found`` where there is none.

    Whoever was written down twice may hold the slip, or say the number, of the void one.
    """
    seen, here = set[str](), found
    while here[0].state is State.VOIDED and here[0].id not in seen:
        seen.add(here[0].id)
        gave_way = book.one(GAVE_WAY, id=here[0].id)
        right = book.one(VISIT, id=gave_way.right_id) if gave_way is not None else None
        if right is None:
            break
        here = right
    return here if here[0].state in _MAY_LEAVE else found


def forget_who_gave_way_to(tx: Transaction, visit_id: str) -> None:
    """Let a visit that is made void, because nobody is inside by it, stand for nobody any more.

    Nor does any that gave way to it, of three or more. What still gave way to a void visit
    afterwards was decided by a desk that had not heard of it.
    """
    for one in all_of_person(tx, visit_id):
        for gave_way in tx.all(_GAVE_WAY_TO, right=one):
            tx.drop(gave_way)


def all_of_person(book: Book, visit_id: str) -> list[str]:
    """Return the ids of a visit and of those that gave way to it: what was lent may hang there."""
    ids = [visit_id]
    for one in ids:
        gave_way = (row.id for row in book.all(_GAVE_WAY_TO, right=one))
        ids += [found for found in gave_way if found not in ids]
    return ids
