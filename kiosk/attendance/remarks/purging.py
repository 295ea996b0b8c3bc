"""Why somebody was late is kept for some days, then deleted; that a remark was signed stays."""

from kiosk.attendance.remarks.models import EVERY_REMARK, Remark
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book

WORDS = KeptWords(
    kind="remarks",
    # One that nobody ever signs is never closed, and its words must go all the same.
    due=due_keys(Remark, Remark.subject, Remark.written_at),
    days=lambda rules: rules.remark_words_days,
)
"""The words of remarks that were written long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the remarks in which the name was typed."""
    rows = ((one.number, (one.cause, one.called_by, one.why)) for one in book.all(EVERY_REMARK))
    return numbers_naming(book, name, rows)
