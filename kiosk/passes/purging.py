"""What a pass was for, who carried it and what stayed are kept for some days, then deleted."""

from collections.abc import Mapping
from itertools import chain

from kiosk.desk.desk import Desk
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.purge import Purged
from kiosk.desk.transaction import Book
from kiosk.passes.models import EVERY_KEPT, EVERY_PASS, GoodsKept, GoodsPass
from kiosk.passes.reading import items_of

_PASSES = KeptWords(
    kind="passes",
    due=due_keys(GoodsPass, GoodsPass.subject, GoodsPass.closed_at),
    days=lambda rules: rules.pass_words_days,
)
_KEPT = KeptWords(
    kind="goods_kept",
    due=due_keys(GoodsKept, GoodsKept.subject, GoodsKept.kept_at),
    days=lambda rules: rules.pass_words_days,
)


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete one bite of the words of passes that ended, and of goods that stayed, long ago."""
    return Purged.of([_PASSES.purge(desk, account), _KEPT.purge(desk, account)])


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count what is to be deleted, a bite of each at most."""
    return {**_PASSES.overdue(desk, book), **_KEPT.overdue(desk, book)}


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the passes, and of goods that stayed, in which the name was typed."""
    passes = ((one.number, _words(book, one)) for one in book.all(EVERY_PASS))
    kept = ((one.number, (one.what, one.who)) for one in book.all(EVERY_KEPT))
    return numbers_naming(book, name, chain(passes, kept))


def _words(book: Book, one: GoodsPass) -> tuple[str, ...]:
    lines = (word for item in items_of(book, one) for word in (item.what, item.serial))
    return (one.carrier, one.purpose, one.reason, *lines)
