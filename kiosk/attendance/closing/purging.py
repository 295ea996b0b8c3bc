"""What an objection said and was answered is kept for some days after its answer, then deleted."""

from kiosk.attendance.closing.models import EVERY_OBJECTION, Objection
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book

WORDS = KeptWords(
    kind="objections",
    due=due_keys(Objection, Objection.subject, Objection.answered_at),
    days=lambda rules: rules.objection_words_days,
)
"""The words of objections that were answered long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the objections in whose words the name was typed."""
    every = ((one.number, (one.words, one.answer)) for one in book.all(EVERY_OBJECTION))
    return numbers_naming(book, name, every)
