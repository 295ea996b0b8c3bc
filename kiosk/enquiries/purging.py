"""Who enquired about what is kept for some days after the enquiry was closed, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.enquiries.models import EVERY_ENQUIRY, Enquiry

WORDS = KeptWords(
    kind="enquiries",
    due=due_keys(Enquiry, Enquiry.subject, Enquiry.closed_at),
    days=lambda rules: rules.caller_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the enquiries in which the name was typed."""
    rows = (
        (one.number, (one.enquirer, one.unit, one.matter, one.reason))
        for one in book.all(EVERY_ENQUIRY)
    )
    return numbers_naming(book, name, rows)
