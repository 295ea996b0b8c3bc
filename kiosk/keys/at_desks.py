"""How many keys and things are out, by the desk that dealt with each last."""

from collections import Counter

from sqlmodel import col, select

from kiosk.desk.at_desks import AtDesk, What
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan
from kiosk.desk.transaction import Book
from kiosk.desk.versions import gate_of

_OUT = select(Loan.stamp).where(col(Loan.returned_at).is_(None), col(Loan.due_at).is_not(None))


def at_desks(desk: Desk, book: Book) -> list[AtDesk]:
    """Return how many loans are out, those for good apart, by the desk that wrote them last."""
    del desk
    found = Counter(gate_of(stamp) for stamp in book.all(_OUT))
    return [AtDesk(gate, What.OUT, n) for gate, n in found.items()]
