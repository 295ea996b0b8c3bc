"""The names on a roll call are kept as long as the visitors' own words, then deleted."""

from collections.abc import Collection
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Mention
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from kiosk.roll_call.models import MARK_OF, ROLLS_BETWEEN, TYPED_NAMES, RollCall

WORDS = KeptWords(
    kind="roll_calls",
    due=due_keys(RollCall, RollCall.subject, RollCall.ended_at),
    days=lambda rules: rules.visitor_words_days,
)


def mentions(
    desk: Desk, book: Book, refs: Collection[str], first: datetime, last: datetime
) -> list[Mention]:
    """Return the roll calls begun between two moments on whose list one of the rows stands."""
    del desk
    kept = _("{sheet}: lists you; your name goes with your other words")
    rolls = book.all(ROLLS_BETWEEN, first=first, end=last + timedelta(microseconds=1))
    return [
        (_("Roll call"), kept.format(sheet=roll.number))
        for roll in rolls
        if any(book.one(MARK_OF, roll=roll.id, ref=ref) is not None for ref in refs)
    ]


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the roll calls into which the name was typed by hand."""
    rows = ((roll.number, (mark.words,)) for roll, mark in book.all(TYPED_NAMES))
    return numbers_naming(book, name, rows)
