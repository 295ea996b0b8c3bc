"""The words of the duty log are kept as those of a handover, then deleted; the line stays."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from shift_handover.duty_log.models import EVERY_LINE, DutyLine

WORDS = KeptWords(
    kind="duty_lines",
    due=due_keys(DutyLine, DutyLine.subject, DutyLine.written_at),
    days=lambda rules: rules.handover_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the lines in which the name was typed."""
    rows = ((line.number, (line.words,)) for line in book.all(EVERY_LINE))
    return numbers_naming(book, name, rows)
