"""How many visitors are inside, waiting and expected, by the gate they came in at or come to."""

from sqlalchemy import bindparam
from sqlmodel import and_, col, func, or_, select

from kiosk.desk.at_desks import AtDesk, What
from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from visitors.models import IS_HERE, State, Visit

_BY_GATE = (
    select(col(Visit.gate), col(Visit.state), func.sum(col(Visit.people) - col(Visit.gone)))
    .where(
        or_(
            IS_HERE,
            and_(col(Visit.day) == bindparam("day"), col(Visit.state) == State.EXPECTED),
        )
    )
    .group_by(col(Visit.gate), col(Visit.state))
)
_WHAT = {State.ADMITTED: What.INSIDE, State.EXPECTED: What.EXPECTED}


def at_desks(desk: Desk, book: Book) -> list[AtDesk]:
    """Return how many people are inside, waiting and still expected today, by gate."""
    return [
        AtDesk(gate, _WHAT.get(state, What.WAITING), people)
        for gate, state, people in book.all(_BY_GATE, day=desk.today())
    ]
