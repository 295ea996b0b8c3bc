"""Why somebody worked overtime is kept for some days after the spell, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.overtime import WITH_WORDS, Overtime
from kiosk.desk.transaction import Book

WORDS = KeptWords(
    kind="overtime",
    due=due_keys(Overtime, Overtime.subject, Overtime.until_at),
    days=lambda rules: rules.overtime_words_days,
)
"""The reasons of spells that were over long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the spells in whose reason the name was typed."""
    return numbers_naming(book, name, ((one.number, (one.why,)) for one in book.all(WITH_WORDS)))
