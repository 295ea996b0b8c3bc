"""What the desks said to each other is kept for some days after it was sent, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.desk_line.models import EVERY_LINE, DeskLine

WORDS = KeptWords(
    kind="desk_lines",
    due=due_keys(DeskLine, DeskLine.subject, DeskLine.sent_at),
    days=lambda rules: rules.desk_line_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return when the lines were sent in which the name was typed: a line has no number."""
    rows = (
        (f"{one.sent_at:%Y-%m-%d %H:%M} UTC", (one.words,)) for one in book.all(EVERY_LINE)
    )  # fmt: skip
    return numbers_naming(book, name, rows)
