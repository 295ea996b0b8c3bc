"""What the exit holds about one visitor: what he was lent, and what differed when he left."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.loans import EVER_LENT_TO_VISIT
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors.exit.models import DIFFERENCES_OF
from visitors.exit.reports import ended, said
from visitors.models import Visit
from visitors.wording import day_and_hour


def rows_of(book: Book, visit: Visit) -> frozenset[str]:
    """Return the ids of the rows under which the visitor stands among the open things."""
    loans = (loan.id for loan, _thing in book.all(EVER_LENT_TO_VISIT, visit=visit.id))
    differences = (one.id for one in book.all(DIFFERENCES_OF, visit=visit.id))
    return frozenset((visit.id, *loans, *differences))


def at_the_exit(desk: Desk, book: Book, visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield every thing lent with the visit and every difference, with all words kept of it."""
    for loan, thing in book.all(EVER_LENT_TO_VISIT, visit=visit.id):
        back = _("back {at}").format(at=day_and_hour(desk, loan.returned_at))
        stands = back if loan.returned_at is not None else _("still out")
        yield loan.number, f"{thing.label}, {stands}"
    for row in book.all(DIFFERENCES_OF, visit=visit.id):
        more = book.read_sealed(row.settled_words, erased="")
        parts = (said(book, row), ended(desk, row), more)
        yield row.number, ", ".join(part for part in parts if part)
