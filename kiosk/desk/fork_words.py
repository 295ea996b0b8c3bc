"""How a feature says a conflict about a row of its own: the one open thing has its words.

Where it says nothing the conflict has the words that fit any row.
"""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.desk.desk import Desk
from kiosk.desk.forks import Fork
from kiosk.desk.outstanding import Wording
from kiosk.desk.transaction import Book


class ForkTold(NamedTuple):
    """What is the matter and what to do about it; ``owner`` is the staff number of whom to ask."""

    what: Wording
    next_step: Wording
    owner: str = ""


ForkWords = Callable[[Desk, Book, Fork], ForkTold | None]
"""Given a conflict about a row of the table; None where the usual words say it as well."""

_by_table: dict[str, ForkWords] = {}


def name_fork_words(table: str, words: ForkWords) -> None:
    """Let a feature say its conflicts; raises ``ValueError`` when another has said it already."""
    if _by_table.setdefault(table, words) is not words:
        raise ValueError(f"{table} has its words already")


def told(desk: Desk, book: Book, fork: Fork) -> ForkTold | None:
    """Return what the feature of the row says of a conflict, None for nothing."""
    words = _by_table.get(fork.table)
    return words(desk, book, fork) if words is not None else None
