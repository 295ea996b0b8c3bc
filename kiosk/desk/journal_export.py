"""The journal as a file that proves itself: ``deploy/verify_export.py`` reads it, alone.

JSON lines in UTF-8, each with a line feed at its end: a header, the entries oldest first without a
gap, and a last line with the SHA-256 of all bytes before it. An entry's line carries the very text
that was hashed, ``hash = SHA-256(prev + entry)``: a check need not know how a value is written.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.desk import journal
from kiosk.desk.journal import GENESIS, Entry, canonical

FORMAT = "gatehouse-journal-export"
VERSION = 1
"""A change that an older ``verify_export.py`` would read wrongly makes it one more."""

_IN_DAYS = (
    "SELECT min(seq), max(seq) FROM journal INDEXED BY ix_journal_at"
    ' WHERE gate = :gate AND "at" >= :since AND "at" < :until'
)
_HASH = "SELECT hash FROM journal WHERE gate = ? AND seq = ?"
_LAST = "SELECT max(seq) FROM journal WHERE gate = ?"


@dataclass(frozen=True, slots=True)
class Part:
    """Which entries of the book a file has, ``first`` to ``last``; 0 and 0 where there are none.

    ``before`` is the hash of the entry before the first, ``head`` that of the last. ``newest`` says
    whether the book had no later entry when it was written.
    """

    first: int
    last: int
    before: str
    head: str
    newest: bool

    @property
    def entries(self) -> int:
        """Return how many there are."""
        return self.last - self.first + 1 if self.first else 0


def part_of(connection: sqlite3.Connection, gate: str, since: str = "", until: str = "~") -> Part:
    """Return the entries from the first to the last one written in ``since`` <= at < ``until``.

    Both are UTC text as the journal writes it. What lies between them is always taken whole: a
    clock that was set back leaves no gap in the chain.
    """
    first, last = connection.execute(
        _IN_DAYS, {"gate": gate, "since": since, "until": until}
    ).fetchone()
    (newest,) = connection.execute(_LAST, (gate,)).fetchone()
    if first is None:
        return Part(0, 0, GENESIS, GENESIS, newest=newest is None)
    before = _hash(connection, gate, first - 1) if first > 1 else GENESIS
    return Part(first, last, before, _hash(connection, gate, last), newest=last == newest)


def _hash(connection: sqlite3.Connection, gate: str, seq: int) -> str:
    found = connection.execute(_HASH, (gate, seq)).fetchone()
    return str(found[0]) if found else GENESIS


def lines(
    connection: sqlite3.Connection, gate: str, site: str, made_at: str, part: Part
) -> Iterator[bytes]:
    """Yield the file line by line; ``made_at`` is UTC text. It never holds more than one entry."""
    whole = hashlib.sha256()
    for line in _before_the_end(connection, gate, site, made_at, part):
        whole.update(line)
        yield line
    yield _line({"end": FORMAT, "entries": part.entries, "sha256": whole.hexdigest()})


def _before_the_end(
    connection: sqlite3.Connection, gate: str, site: str, made_at: str, part: Part
) -> Iterator[bytes]:
    yield _line(
        {
            "format": FORMAT, "version": VERSION, "site": site, "gate": gate, "made_at": made_at,
            "first": part.first, "last": part.last, "entries": part.entries,
            "before": part.before, "head": part.head, "newest": part.newest,
        }
    )  # fmt: skip
    if part.entries:
        for entry in journal.entries(connection, gate, part.first - 1):
            if entry.seq > part.last:
                break
            yield _entry_line(entry)


def _entry_line(entry: Entry) -> bytes:
    said = f'{{"prev":"{entry.prev}","hash":"{entry.hash}","entry":{journal.hashed_text(entry)}}}\n'
    return said.encode()


def _line(said: dict[str, object]) -> bytes:
    return f"{canonical(said)}\n".encode()
