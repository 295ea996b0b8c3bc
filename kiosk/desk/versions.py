"""Rows that two desks changed while they could not hear each other, and which version stands.

A row's versions form a tree: each image names the stamps it continues. The versions that nothing
continues are the heads; with more than one the row is forked. Which one the table shows depends on
the heads alone, never on the order in which they came, so every desk shows the same.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kiosk.desk.journal import SYSTEM, Entry
from kiosk.desk.row import Row, SideRow, Stored, shape_of

Key = tuple[str, str]
"""Table and row id."""


@dataclass(frozen=True, slots=True)
class Version:
    """A row as one entry left it; ``stored`` is None when that entry dropped it.

    ``stamp`` is ``gate/seq`` of the entry, ``at`` its UTC text, ``by`` its staff number.
    """

    stamp: str
    at: str
    by: str
    code: str
    stored: Mapping[str, Stored] | None

    @classmethod
    def of(cls, entry: Entry, stored: Mapping[str, Stored] | None) -> "Version":
        """Return the version that ``entry`` made."""
        return cls(f"{entry.gate}/{entry.seq}", entry.at, entry.by, entry.code, stored)

    @property
    def gate(self) -> str:
        """The desk that made it."""
        return gate_of(self.stamp)

    def rank(self, kind: type[Row]) -> tuple[int, bool, str, str, int]:
        """Return what decides between heads: a denial, a person's act, the later one."""
        gate, _, seq = self.stamp.rpartition("/")
        weight = kind.weight(self.stored) if self.stored is not None else 0
        return weight, self.by != SYSTEM, self.at, gate, int(seq)


def gate_of(stamp: str) -> str:
    """Return the desk in whose entry a row was last changed, from its stamp; "" for a new row."""
    return stamp.rpartition("/")[0]


def winner(kind: type[Row], heads: Iterable[Version]) -> Version:
    """Return the head that the table shows."""
    return max(heads, key=lambda one: one.rank(kind))


_HEADS = "SELECT id, table_name, row_id, stamp, at, by, code, stored FROM fork_head"


class ForkHead(SideRow, table=True):
    """One head of a forked row; its id is table, row and stamp."""

    __tablename__ = "fork_head"

    table_name: str
    row_id: str
    stamp: str
    at: str
    by: str
    code: str
    stored: str


class Tombstone(SideRow, table=True):
    """Which entry dropped a row; its id is table and row."""

    __tablename__ = "tombstone"

    stamp: str


class SetAside(SideRow, table=True):
    """A row whose place (a badge's number, a thing's open loan) another row has already."""

    __tablename__ = "set_aside"

    table_name: str
    row_id: str
    stored: str


def version_of(head: ForkHead) -> Version:
    """Return a stored head as a version."""
    stored = json.loads(head.stored) if head.stored else None
    return Version(head.stamp, head.at, head.by, head.code, stored)


def kept_heads(connection: sqlite3.Connection) -> dict[Key, dict[str, Version]]:
    """Return the heads of every forked row, by stamp."""
    forks: dict[Key, dict[str, Version]] = {}
    for row in connection.execute(_HEADS):
        head = ForkHead(**dict(zip(shape_of(ForkHead).columns, row, strict=True)))
        forks.setdefault((head.table_name, head.row_id), {})[head.stamp] = version_of(head)
    return forks


def kept_tombs(connection: sqlite3.Connection) -> dict[Key, str]:
    """Return the stamp of the entry that dropped each row."""
    found = connection.execute("SELECT id, stamp FROM tombstone").fetchall()
    return {_parted(name): stamp for name, stamp in found}


def _parted(name: str) -> Key:
    table, _, row_id = name.partition("/")
    return table, row_id


def are_apart(kind: type[Row], versions: Collection[Version]) -> bool:
    """Say whether people said different things: what only the clock did gives way in silence.

    Two versions with the same content, or none but one made by a person, are no conflict.
    """
    by_people = [one for one in versions if one.by != SYSTEM]
    contents = {_content(one) for one in by_people}
    return len(contents) > 1 and not kind.agree([one.stored for one in by_people])


def _content(version: Version) -> str:
    if version.stored is None:
        return ""
    return json.dumps({k: v for k, v in version.stored.items() if k != "stamp"}, sort_keys=True)


def written(
    connection: sqlite3.Connection, stamp: str, stored: Mapping[str, Stored] | None
) -> Version:
    """Return a version with what its entry says of it; raises ``LookupError`` without the entry."""
    gate, _, seq = stamp.rpartition("/")
    found = connection.execute(
        'SELECT "at", "by", code FROM journal WHERE gate = ? AND seq = ?', (gate, int(seq))
    ).fetchone()
    if found is None:
        raise LookupError(f"no entry {stamp}")
    at, by, code = found
    return Version(stamp, at, by, code, stored)


def default_of(column: object) -> Stored:
    """Return what a row has in a column that is younger than the row's image."""
    default = getattr(column, "server_default", None)
    return None if default is None else default.arg
