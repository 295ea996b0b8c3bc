"""Cards that are neither badge nor thing: what hangs at a place is never given away."""

from collections.abc import Callable

from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book

Hangs = Callable[[Book, str], str]
"""Returns where the card with this number hangs, in the language spoken now, "" for nowhere."""
_asked: dict[str, Hangs] = {}


def name_tags(feature: str, hangs: Hangs) -> None:
    """Have a feature asked about every card that is to become a badge or a thing's tag."""
    _asked[feature] = hangs


def refuse_hanging(book: Book, uid: str) -> None:
    """Raise ``Refused("badge.hangs")`` (with ``place``) for a card that hangs somewhere."""
    for hangs in _asked.values():
        place = hangs(book, uid)
        if place:
            raise Refused("badge.hangs", place=place)
