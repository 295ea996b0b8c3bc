"""What the gates of one site leave open: who is inside twice, by two visits."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.transaction import Book
from visitors.gates import twice


def of_gates(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield them; what two gates wrote of one visit is a conflict (``conflict_words``)."""
    yield from twice.things(desk, book)
