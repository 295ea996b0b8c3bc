"""From whom a parcel was is kept for some days after it left, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.parcels.models import EVERY_PARCEL, Parcel

WORDS = KeptWords(
    kind="parcels",
    due=due_keys(Parcel, Parcel.subject, Parcel.closed_at),
    days=lambda rules: rules.caller_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the parcels in whose words the name was typed."""
    rows = ((one.number, (one.sender, one.shelf, one.reason)) for one in book.all(EVERY_PARCEL))
    return numbers_naming(book, name, rows)
