"""Who called and what was said is kept for some days after the message was closed, then deleted."""

from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.messages.models import EVERY_MESSAGE, Message

WORDS = KeptWords(
    kind="messages",
    due=due_keys(Message, Message.subject, Message.closed_at),
    days=lambda rules: rules.caller_words_days,
)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the messages in which the name was typed."""
    rows = ((one.number, (one.caller, one.words, one.reason)) for one in book.all(EVERY_MESSAGE))
    return numbers_naming(book, name, rows)
