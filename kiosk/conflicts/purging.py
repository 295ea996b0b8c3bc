"""Why somebody decided so is kept for some days, then deleted; who and when stays."""

from kiosk.conflicts.models import EVERY_DECISION, ConflictDecision
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book

WORDS = KeptWords(
    kind="conflicts",
    due=due_keys(ConflictDecision, ConflictDecision.subject, ConflictDecision.at),
    days=lambda rules: rules.conflict_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the decisions in whose reason the name was typed."""
    rows = ((one.number, (one.reason,)) for one in book.all(EVERY_DECISION))
    return numbers_naming(book, name, rows)
