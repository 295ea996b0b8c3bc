"""Which keys and things are out at this moment and must come back, with who has them."""

from kiosk.desk.desk import Desk
from kiosk.desk.inside import Inside, Sort
from kiosk.desk.loans import DUE_LOANS
from kiosk.desk.transaction import Book
from kiosk.keys.asking import holder_name


def inside(desk: Desk, book: Book) -> list[Inside]:
    """Return every thing that is out until a due time; what is held for good stays out of it."""
    del desk
    return [
        Inside(
            Sort.THING, loan.id, thing.label, host=holder_name(loan, holder), number=loan.number,
            since=loan.out_at,
        )
        for loan, thing, holder in book.all(DUE_LOANS)
    ]  # fmt: skip
