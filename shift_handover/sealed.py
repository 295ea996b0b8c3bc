"""Sealed words for the eye: opened, or a dash where their subject was erased."""

from kiosk.desk.transaction import Book, Erased

GONE = "-"
"""What stands where words were erased."""


def opened_words(book: Book, sealed: str) -> str:
    """Return the words; "" stays "", and erased ones are a dash: the rest of the row is kept."""
    try:
        return book.unseal(sealed)
    except Erased:
        return GONE
