"""Where somebody went, why and with whom is kept for some days, then deleted."""

from sqlmodel import col, select

from kiosk.desk.absence import Outing
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book

EVERY_OUTING = select(Outing).order_by(col(Outing.started_at))

WORDS = KeptWords(
    kind="outings",
    due=due_keys(Outing, Outing.subject, Outing.ended_at),
    days=lambda rules: rules.outing_words_days,
)
"""The words of outings that ended long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the outings in whose words the name was typed."""
    words = (
        (one.number, (one.place, one.why, one.companions, one.phone, one.safe_place))
        for one in book.all(EVERY_OUTING)
    )
    return numbers_naming(book, name, words)
