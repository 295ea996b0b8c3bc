"""Taking the other desks' entries into this book: checked, in order, and each exactly once."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column

from kiosk.desk import journal
from kiosk.desk.columns import Choice
from kiosk.desk.desk import Desk
from kiosk.desk.journal import GENESIS, Entry, Head
from kiosk.desk.merging import Merging
from kiosk.desk.purge import erase_heard, erased_of
from kiosk.desk.row import Merge, Row, Stored, journalled, shape_of
from kiosk.desk.transaction import SubjectKey, Transaction

log = logging.getLogger(__name__)

_SENSELESS = (
    ValueError, TypeError, LookupError, AttributeError, OverflowError, sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
)  # fmt: skip
"""What comes of content that is none; a full or broken disk is no fault of an entry."""

Hook = Callable[[Transaction, Sequence[Row], Sequence[tuple[str, str]]], None]
"""Keeps what stands beside the journal right: given the rows as they are now, and what is gone.

What is gone is table and id: of a row, or ``subject_key`` and the subject that was erased.
"""


class BrokenFeed(Exception):  # noqa: N818 - says what the feed is
    """An entry does not continue its desk's chain or says nothing; no part of the bite was taken.

    ``problem`` is ``gap``, ``fork``, ``forged`` or ``unreadable``; ``gate`` and ``seq`` say which
    entry.
    """

    def __init__(self, gate: str, seq: int, problem: str) -> None:
        super().__init__(f"{gate}/{seq}: {problem}")
        self.gate, self.seq, self.problem = gate, seq, problem


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What a bite did: how many entries were taken, and in which tables rows changed.

    ``held`` names the desks of which an entry waits, and why: ``earlier`` (it continues an entry of
    a third desk that is not here yet) or ``newer`` (it has a table or column of a newer program).
    """

    taken: int = 0
    tables: frozenset[str] = frozenset()
    held: Mapping[str, str] = field(default_factory=dict)


def heads_of(desk: Desk) -> dict[str, Head]:
    """Return the newest entry of every desk that this book knows, its own as well."""
    with desk.read() as book:
        return journal.heads(book.connection)


def absorb(
    desk: Desk, entries: Iterable[Entry], keys: Mapping[str, str], hooks: Sequence[Hook] = ()
) -> Absorbed:
    """Apply entries in one transaction, on the pen; ``keys`` are wrapped keys by subject.

    Entries that are here already are passed over. An entry of this desk's own is taken only where
    it follows what the book has: so a book is rebuilt. Raises ``BrokenFeed``.
    """
    with desk.absorbing() as (tx, merging):
        bite = _Bite(desk, tx, merging)
        for entry in entries:
            bite.take(entry)
        for subject, wrapped in keys.items():
            tx.keep_foreign_key(SubjectKey(id=subject, wrapped=wrapped))
        tell(hooks, tx, merging, bite.erased)
        tx.touched |= bite.tables
    return Absorbed(bite.taken, frozenset(bite.tables), bite.held)


class _Bite:
    def __init__(self, desk: Desk, tx: Transaction, merging: Merging) -> None:
        self._desk, self._tx, self._merging = desk, tx, merging
        self._known = journalled()
        self._heads = journal.heads(tx.connection)
        self.taken = 0
        self.tables: set[str] = set()
        self.erased: list[str] = []
        self.held: dict[str, str] = {}

    def take(self, entry: Entry) -> None:
        head = self._heads.get(entry.gate, Head(0, GENESIS))
        if entry.gate in self.held:
            return
        if entry.seq <= head.seq:
            self._same(entry)
            return
        if entry.seq != head.seq + 1:
            raise BrokenFeed(entry.gate, entry.seq, "gap")
        if not journal.fits(entry):
            raise BrokenFeed(entry.gate, entry.seq, "forged")
        if entry.prev != head.hash:
            raise BrokenFeed(entry.gate, entry.seq, "fork")
        with _blaming(entry):
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        images = _images_of(entry)
        if why := self._waits_for(entry.gate, images):
            self.held[entry.gate] = why
            return
        self._tx.connection.execute(journal.INSERT, entry)
        erased = erased_of(entry)
        erase_heard(self._tx, erased)
        self.erased += erased
        for image in images:
            if self._known[image.table].merged is not Merge.OWN or entry.gate == self._desk.gate:
                self._merging.apply(entry, image)
                self.tables.add(image.table)
        self._heads[entry.gate] = Head(entry.seq, entry.hash)
        if entry.gate == self._desk.gate:
            self._tx.head = self._heads[entry.gate]
        self.taken += 1

    def _same(self, entry: Entry) -> None:
        if journal.hash_of(self._tx.connection, entry.gate, entry.seq) != entry.hash:
            raise BrokenFeed(entry.gate, entry.seq, "fork")

    def _waits_for(self, gate: str, images: list[journal.Image]) -> str:
        for image in images:
            kind = self._known.get(image.table)
            if kind is None or (image.row and not _is_known(kind, image.row)):
                return "newer"
            for stamp in filter(None, image.was.split(",")):
                writer, _, seq = stamp.rpartition("/")
                if writer != gate and int(seq) > self._heads.get(writer, Head(0, GENESIS)).seq:
                    return "earlier"
        return ""


@contextmanager
def _blaming(entry: Entry) -> Iterator[None]:
    """Say of an entry that breaks this program which one it was: the others go on without it."""
    try:
        yield
    except _SENSELESS as error:
        log.warning("entry %s/%s cannot be read", entry.gate, entry.seq, exc_info=True)
        raise BrokenFeed(entry.gate, entry.seq, "unreadable") from error


def _images_of(entry: Entry) -> list[journal.Image]:
    """Return the images of an entry; raise ``ValueError`` for an entry that is none.

    Facts and moment are read by others later, where one that is none would spoil a whole list.
    """
    images = list(entry.images_made())
    if datetime.fromisoformat(entry.at).tzinfo is None or not isinstance(entry.facts_made(), dict):
        raise ValueError(entry.at)
    for image in images:
        if image.row is not None and image.row["id"] != image.id:
            raise ValueError(image.id)
    return images


def _is_known(kind: type[Row], stored: Mapping[str, Stored]) -> bool:
    """Say whether this program knows every column of a row and every choice that it makes.

    Raises ``ValueError`` for a moment or a day that is none: no newer program writes such a one.
    """
    shape = shape_of(kind)
    if stored.keys() - shape.columns.keys():
        return False
    return all(
        _is_choice_known(shape.columns[name], read, stored[name])
        for name, read in shape.loaders
        if read is not None and stored.get(name) is not None
    )


def _is_choice_known(column: Column[Any], read: Callable[[Any], object], value: Stored) -> bool:
    try:
        read(value)
    except ValueError:
        if isinstance(column.type, Choice):
            return False
        raise
    return True


def tell(
    hooks: Sequence[Hook], tx: Transaction, merging: Merging, erased: Sequence[str] = ()
) -> None:
    """Have ``hooks`` follow the rows that are shown anew, what is gone and who was erased."""
    known = journalled()
    merging.settle()
    rows, gone = list[Row](), [("subject_key", subject) for subject in erased]
    for table, row_id in sorted(merging.take_changed()):
        row = tx.row_of(known[table], row_id)
        if row is None:
            gone.append((table, row_id))
        else:
            rows.append(row)
    for hook in hooks:
        hook(tx, rows, gone)
