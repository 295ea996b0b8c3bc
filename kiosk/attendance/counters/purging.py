"""What was done about a case is kept for some days, then deleted; numbers and days stay."""

from kiosk.attendance.counters.models import CLOSED_CASES, AttendanceCase
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book

WORDS = KeptWords(
    kind="attendance_cases",
    due=due_keys(AttendanceCase, AttendanceCase.subject, AttendanceCase.closed_at),
    days=lambda rules: rules.case_words_days,
)
"""What was done about cases that were closed long enough ago."""


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the cards in whose words the name was typed."""
    return numbers_naming(book, name, ((one.number, (one.done,)) for one in book.all(CLOSED_CASES)))
