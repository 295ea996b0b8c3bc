"""The words of instructions and notices are kept for their time after they ended, then deleted."""

from kiosk.desk.kept_words import KeptWords
from kiosk.desk.naming import numbers_naming
from kiosk.desk.purge import BITE
from kiosk.desk.transaction import Book
from shift_handover.instructions.models import EVERY_ONE, OVER_SINCE

WORDS = KeptWords(
    kind="instructions",
    due=OVER_SINCE.limit(BITE),
    days=lambda rules: rules.handover_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the instructions and notices in which the name was typed."""
    rows = ((one.number, (one.words, one.closing)) for one in book.all(EVERY_ONE))
    return numbers_naming(book, name, rows)
