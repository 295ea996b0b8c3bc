"""Why somebody was on leave is kept for some days after the leave is over, then deleted."""

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from kiosk.attendance.leave.models import EVERY_LEAVE, EVERY_NOTE
from kiosk.desk.absence import Leave
from kiosk.desk.kept_words import KeptWords
from kiosk.desk.naming import numbers_naming
from kiosk.desk.purge import BITE
from kiosk.desk.transaction import Book, SubjectKey

# One that nobody signs or reports back from is never closed, and its words must go all the same:
# both columns are ISO text, which sorts a day before the moments of it.
_DUE = (
    select(SubjectKey)
    .join(Leave, col(Leave.subject) == col(SubjectKey.id))
    .where(func.coalesce(Leave.closed_at, Leave.last_day) < bindparam("before"))
    .limit(BITE)
)
WORDS = KeptWords(
    kind="leaves",
    due=_DUE,
    days=lambda rules: rules.leave_words_days,
)
"""The words of leave that was closed, or should have been, long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the leave in which, or in a signature under which, it was typed."""
    rows = [(one.number, (one.reason, one.contact, one.note)) for one in book.all(EVERY_LEAVE)]
    notes = [(leave.number, (signed.note,)) for signed, leave in book.all(EVERY_NOTE)]
    return numbers_naming(book, name, [*rows, *notes])
