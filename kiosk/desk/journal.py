"""The journal: what happened, who did it, and every row as it was afterwards, in one hash chain.

``hash = SHA-256(previous hash + canonical JSON of the entry)``. Replaying the images rebuilds every
journalled table, so the tables are the journal's index and never a second truth.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, String, Text
from sqlmodel import Field, SQLModel

from kiosk.desk.row import Stored, TableClass

GENESIS = "0" * 64
SYSTEM = "system"


class JournalRow(SQLModel, metaclass=TableClass, table=True):
    """The journal as a table; a trigger refuses UPDATE and DELETE (see the first migration)."""

    __tablename__ = "journal"
    # A day is read by itself: a book of years costs its log and its export nothing.
    __table_args__ = (Index("ix_journal_at", "gate", "at"),)

    gate: str = Field(sa_column=Column(String(20), primary_key=True))
    seq: int = Field(sa_column=Column(BigInteger, primary_key=True))
    at: str = Field(sa_column=Column(String(27), nullable=False))
    by: str = Field(sa_column=Column(String(40), nullable=False))
    code: str = Field(sa_column=Column(String(60), nullable=False, index=True))
    facts: str = Field(sa_column=Column(Text, nullable=False))
    images: str = Field(sa_column=Column(Text, nullable=False))
    prev: str = Field(sa_column=Column(String(64), nullable=False))
    hash: str = Field(sa_column=Column(String(64), nullable=False))


class Head(NamedTuple):
    """The newest entry of the chain; ``seq`` 0 and the zero hash for an empty book."""

    seq: int
    hash: str

    @property
    def fingerprint(self) -> str:
        """The 校验码 that goes on paper: sixteen hex digits of the head in groups of four.

        Short enough to be read aloud, and 64 bits: two entries of a book of a million share them by
        chance once in some thirty million books. To change the book under a sheet that is printed
        already, about 2^64 hashes must be tried, decades on the fastest single machine of today.
        Two books made to share a code before it is printed take only about 2^32, which a PC does in
        an hour; but that needs a changed program at the desk when both sign, and such a program
        could print any sheet it likes: no number of digits helps against it.
        """
        return grouped(self.hash)


CODE_DIGITS = 16
"""Hex digits of a 校验码."""


def grouped(digest: str) -> str:
    """Return the first sixteen hex digits of ``digest`` as a 校验码: ``7D02 93AF 00C4 B1E6``."""
    digits = digest[:CODE_DIGITS].upper()
    return " ".join(digits[at : at + 4] for at in range(0, CODE_DIGITS, 4))


@dataclass(frozen=True, slots=True)
class Image:
    """A row as an entry left it; ``row`` is None when the entry dropped it."""

    table: str
    id: str
    was: str
    row: dict[str, Stored] | None

    def plain(self) -> list[object]:
        """Return what is written into the journal."""
        return [self.table, self.id, self.was, self.row]


class Entry(NamedTuple):
    """One line of the book, exactly as stored; ``at`` is UTC text, facts and images are JSON."""

    gate: str
    seq: int
    at: str
    by: str
    code: str
    facts: str
    images: str
    prev: str
    hash: str

    def images_made(self) -> Iterator[Image]:
        """Yield the images of the rows this entry changed."""
        for table, row_id, was, row in json.loads(self.images):
            yield Image(table, row_id, was, row)

    def facts_made(self) -> dict[str, Any]:
        """Return the facts as Python values."""
        facts: dict[str, Any] = json.loads(self.facts)
        return facts


INSERT = (
    'INSERT INTO journal (gate, seq, "at", "by", code, facts, images, prev, hash) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = 'SELECT gate, seq, "at", "by", code, facts, images, prev, hash FROM journal'

_HEADS = """
WITH RECURSIVE desk(gate) AS (
  SELECT min(gate) FROM journal
  UNION ALL SELECT (SELECT min(gate) FROM journal WHERE gate > desk.gate) FROM desk WHERE gate <> ''
)
SELECT gate, seq, hash FROM desk JOIN journal USING (gate)
WHERE seq = (SELECT max(seq) FROM journal WHERE journal.gate = desk.gate)
"""
"""From gate to gate by the key: GROUP BY would walk the whole book."""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """Return the one JSON text of ``value``: sorted keys, no spaces, characters as they are."""
    return _encode(value)


def seal(gate: str, head: Head, at: str, by: str, code: str, facts: str, images: str) -> Entry:
    """Return the entry that follows ``head``."""
    seq = head.seq + 1
    digest = _digest(head.hash, gate, seq, at, by, code, facts, images)
    return Entry(gate, seq, at, by, code, facts, images, head.hash, digest)


def _digest(
    prev: str, gate: str, seq: int, at: str, by: str, code: str, facts: str, images: str
) -> str:
    body = _body(gate, seq, at, by, code, facts, images)
    return hashlib.sha256(f"{prev}{body}".encode()).hexdigest()


def _body(gate: str, seq: int, at: str, by: str, code: str, facts: str, images: str) -> str:
    # Composed by hand from texts that are canonical already: encoding them again is 15 % of a tap.
    return (
        f'{{"at":{_encode(at)},"by":{_encode(by)},"code":{_encode(code)},"facts":{facts},'
        f'"gate":{_encode(gate)},"images":{images},"seq":{seq}}}'
    )


def hashed_text(entry: Entry) -> str:
    """Return the canonical JSON text of an entry: behind ``prev`` it is what ``hash`` is of."""
    gate, seq, at, by, code, facts, images = entry[:7]
    return _body(gate, seq, at, by, code, facts, images)


def fits(entry: Entry) -> bool:
    """Say whether the entry's own hash is the hash of its content."""
    content = entry[:7]
    gate, seq, at, by, code, facts, images = content
    return entry.hash == _digest(entry.prev, gate, seq, at, by, code, facts, images)


def head_of(connection: sqlite3.Connection, gate: str) -> Head:
    """Return the newest entry's number and hash."""
    found = connection.execute(
        "SELECT seq, hash FROM journal WHERE gate = ? ORDER BY seq DESC LIMIT 1", (gate,)
    ).fetchone()
    return Head(*found) if found else Head(0, GENESIS)


def hash_of(connection: sqlite3.Connection, gate: str, seq: int) -> str:
    """Return the hash of one entry, "" when it is not in the book."""
    found = connection.execute(
        "SELECT hash FROM journal WHERE gate = ? AND seq = ?", (gate, seq)
    ).fetchone()
    return str(found[0]) if found else ""


def heads(connection: sqlite3.Connection) -> dict[str, Head]:
    """Return the newest entry of every desk in the book, by gate."""
    found = connection.execute(_HEADS).fetchall()
    return {str(gate): Head(seq, digest) for gate, seq, digest in found}


def entry_of_code(connection: sqlite3.Connection, gate: str, digits: str) -> Entry | None:
    """Return the oldest entry whose hash begins with ``digits`` (lower case), None for none."""
    row = connection.execute(
        f"{_SELECT} WHERE gate = ? AND substr(hash, 1, {CODE_DIGITS}) = ? ORDER BY seq LIMIT 1",
        (gate, digits),
    ).fetchone()
    return Entry(*row) if row else None


class Told(NamedTuple):
    """What an entry says, without the rows it changed; ``at`` is UTC text, ``facts`` JSON."""

    at: str
    by: str
    code: str
    facts: str

    def facts_made(self) -> dict[str, Any]:
        """Return the facts as Python values."""
        facts: dict[str, Any] = json.loads(self.facts)
        return facts


TOLD_BETWEEN = (
    'SELECT "at", "by", code, facts FROM journal INDEXED BY ix_journal_at'
    ' WHERE gate = ? AND "at" >= ? AND "at" < ? ORDER BY seq'
)
"""Without being told, SQLite would walk the whole book because its key is in the right order."""


def told_between(
    connection: sqlite3.Connection, gate: str, first: str, after: str
) -> Iterator[Told]:
    """Yield what was written in ``first`` <= at < ``after`` (UTC text), in the book's order."""
    for row in connection.execute(TOLD_BETWEEN, (gate, first, after)):
        yield Told(*row)


def entries(connection: sqlite3.Connection, gate: str, since: int = 0) -> Iterator[Entry]:
    """Yield the entries after number ``since``, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE gate = ? AND seq > ? ORDER BY seq", (gate, since))
    for row in rows:
        yield Entry(*row)
