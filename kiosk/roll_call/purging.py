"""The names on a roll call are kept as long as the visitors' own words, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.roll_call.models import TYPED_NAMES, RollCall

WORDS = KeptWords(
    kind="roll_calls",
    due=due_keys(RollCall, RollCall.subject, RollCall.ended_at),
    days=lambda rules: rules.visitor_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the roll calls into which the name was typed by hand."""
    rows = ((roll.number, (mark.words,)) for roll, mark in book.all(TYPED_NAMES))
    return numbers_naming(book, name, rows)
