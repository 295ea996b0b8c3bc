"""The tables as the journal alone says they are, from the chains of all desks in the book.

It needs no order between the chains: a row's heads are the versions that nothing continues. Of a
row it keeps 26 bytes, so that the check of a book of years has room in a small PC; what is needed
whole, the versions of a fork, is read from the journal again.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from struct import Struct

from kiosk.desk import journal
from kiosk.desk.journal import Entry, Image
from kiosk.desk.row import Merge, Row, Stored, journalled, shape_of
from kiosk.desk.subject_keys import heard
from kiosk.desk.versions import Key, Version, default_of, gate_of, winner

Mark = bytes
"""A version of a row: its desk, the number of its entry and the row's digest; without a digest
that entry dropped the row."""

_STAMP = Struct(">HQ")
"""The desk by its place in ``Replay.gates``, and the entry's number."""
_DIGEST_BYTES = 16


def digest(values: Iterable[Stored]) -> bytes:
    """Return what stands for a row's values in the order of its columns."""
    return hashlib.sha256(repr(tuple(values)).encode()).digest()[:_DIGEST_BYTES]


@dataclass(slots=True)
class Branches:
    """The versions of a row that more than one line of entries wrote."""

    heads: dict[str, Mark] = field(default_factory=dict)
    """By stamp."""
    awaited: dict[str, str] = field(default_factory=dict)
    """What a version continues and nobody wrote yet, and which version says so."""
    writer: str = ""
    """The desk that wrote them all."""
    several_wrote: bool = False
    circle: str = ""
    """A version that continues what continues it, "" for none."""
    was_carried: bool = False
    """An old copy of the desk wrote one of them beside the others, and it was carried over."""

    def add(self, stamp: str, mark: Mark, was: str) -> None:
        """Add a version; those it continues are heads no more, whenever they come."""
        self._wrote(stamp)
        for continued in filter(None, was.split(",")):
            self._wrote(continued)
            if self.heads.pop(continued, None) is None:
                self.awaited[continued] = stamp
        if self.awaited.pop(stamp, None) is None:
            self.heads[stamp] = mark
        elif not self.heads:
            self.circle = stamp

    def _wrote(self, stamp: str) -> None:
        gate = gate_of(stamp)
        self.several_wrote |= self.writer not in {"", gate}
        self.writer = gate


@dataclass(slots=True)
class Replay:
    """The digests of the replayed rows, and which entry wrote each last."""

    rows: dict[str, dict[str, Mark | Branches]] = field(default_factory=dict)
    """By table and id; after ``settle`` all are marks, those of dropped rows too."""
    told: dict[str, str] = field(default_factory=dict)
    """Of each subject with sealed words among an entry's facts, the first such entry's stamp."""
    forks: dict[Key, list[Version]] = field(default_factory=dict)
    """The versions that stand against each other, of every row that has several."""
    gates: list[str] = field(default_factory=list)
    _carried: set[str] = field(default_factory=set)
    _known: dict[str, type[Row]] = field(default_factory=journalled)

    def hear(self, entry: Entry, *, theirs: bool = False) -> None:
        """Replay one entry; ``theirs`` when another desk than the book's own wrote it."""
        stamp = f"{entry.gate}/{entry.seq}"
        for subject, _sealed in heard(entry.facts):
            self.told.setdefault(subject, stamp)
        if "written_as" in entry.facts and "written_as" in entry.facts_made():
            self._carried.add(stamp)
        if entry.gate not in self.gates:
            self.gates.append(entry.gate)
        packed = _STAMP.pack(self.gates.index(entry.gate), entry.seq)
        for image in entry.images_made():
            kind = self._known.get(image.table)
            if not (theirs and kind is not None and kind.merged is Merge.OWN):
                self._apply(image, stamp, packed + _digest_of(image.row, kind))

    def _apply(self, image: Image, stamp: str, mark: Mark) -> None:
        table = self.rows.setdefault(image.table, {})
        before = table.get(image.id)
        if isinstance(before, Branches):
            before.add(stamp, mark, image.was)
            before.was_carried |= stamp in self._carried
        elif image.was == (was := self.stamp(before)):
            table[image.id] = mark
        else:
            branches = table[image.id] = Branches()
            if before is not None:
                branches.add(was, before, "")
            branches.add(stamp, mark, image.was)
            branches.was_carried = not self._carried.isdisjoint({was, stamp})

    def stamp(self, mark: Mark | None) -> str:
        """Return the stamp of a version, "" for none."""
        if mark is None:
            return ""
        gate, seq = _STAMP.unpack_from(mark)
        return f"{self.gates[gate]}/{seq}"

    def first_broken(self, connection: sqlite3.Connection) -> str | None:
        """Return the stamp of a version that continues what nobody wrote, None when all do.

        Two heads of a row that only one desk ever wrote are a break as well, but for what an old
        copy of that desk wrote and was carried over.
        """
        # It was continued before the row had branches, or it never was.
        awaited = {
            (key, stamp): said_by
            for key, branches in self._branched() for stamp, said_by in branches.awaited.items()
        }  # fmt: skip
        for key, version in _versions(connection, awaited):
            del awaited[key, version.stamp]
        for said_by in awaited.values():
            return said_by
        for _key, branches in self._branched():
            if branches.circle:
                return branches.circle
            forked = not branches.several_wrote and len(branches.heads) > 1
            if forked and not branches.was_carried:
                return max(branches.heads, key=_seq)
        return None

    def _branched(self) -> Iterator[tuple[Key, Branches]]:
        for table, rows in self.rows.items():
            for row_id, standing in rows.items():
                if isinstance(standing, Branches):
                    yield (table, row_id), standing

    def settle(self, connection: sqlite3.Connection, known: Mapping[str, type[Row]]) -> None:
        """Leave of each row the version that its table shows; ends the replay."""
        apart = [
            (key, stamp)
            for key, branches in self._branched() if len(branches.heads) > 1
            for stamp in branches.heads
        ]  # fmt: skip
        for key, version in _versions(connection, apart):
            self.forks.setdefault(key, []).append(version)
        for (table, row_id), branches in list(self._branched()):
            versions = self.forks.get((table, row_id))
            shown = winner(known[table], versions).stamp if versions else next(iter(branches.heads))
            self.rows[table][row_id] = branches.heads[shown]

    def standing(self, table: str, row_id: str) -> bytes | None:
        """Return the digest of a settled row, None when it is dropped or never was."""
        mark = self.rows.get(table, {}).get(row_id)
        return mark[_STAMP.size :] or None if isinstance(mark, bytes) else None

    def ids(self, table: str) -> Iterator[str]:
        """Yield the ids of a table's settled rows that are not dropped."""
        for row_id, mark in self.rows.get(table, {}).items():
            if isinstance(mark, bytes) and len(mark) > _STAMP.size:
                yield row_id

    def dropped(self) -> Iterator[tuple[Key, str]]:
        """Yield the settled rows that are not there any more, with the stamp of what dropped it."""
        for table, rows in self.rows.items():
            for row_id, mark in rows.items():
                if isinstance(mark, bytes) and len(mark) == _STAMP.size:
                    yield (table, row_id), self.stamp(mark)

    def written(self, table: str, row_id: str) -> tuple[str, int] | None:
        """Return desk and number of the entry that wrote a settled row last, None for none."""
        mark = self.rows.get(table, {}).get(row_id)
        if not isinstance(mark, bytes):
            return None
        gate, seq = _STAMP.unpack_from(mark)
        return self.gates[gate], seq


def _digest_of(row: Mapping[str, Stored] | None, kind: type[Row] | None) -> bytes:
    """Return the digest of a row as its table has it; nothing for a dropped row.

    An image older than a column gets that column's default, as the migration did to the table.
    """
    if row is None:
        return b""
    if kind is None:
        return digest(row.values())
    values_of, defaults = _columns(kind)
    try:
        return digest(values_of(row))
    except KeyError:
        return digest(values_of({**defaults, **row}))


@cache
def _columns(
    kind: type[Row],
) -> tuple[Callable[[Mapping[str, Stored]], Iterable[Stored]], Mapping[str, Stored]]:
    columns = shape_of(kind).columns
    return itemgetter(*columns), {name: default_of(one) for name, one in columns.items()}


def _seq(stamp: str) -> int:
    return int(stamp.rpartition("/")[2])


def entry_of(connection: sqlite3.Connection, stamp: str) -> Entry | None:
    """Return the entry of a stamp, None when nobody wrote it."""
    gate, _, seq = stamp.rpartition("/")
    entry = next(journal.entries(connection, gate, int(seq) - 1), None)
    return entry if entry is not None and entry.seq == int(seq) else None


def _versions(
    connection: sqlite3.Connection, wanted: Iterable[tuple[Key, str]]
) -> Iterator[tuple[Key, Version]]:
    """Yield those of the versions, by row and stamp, that somebody wrote.

    Each entry is read once: a whole directory may be forked by two.
    """
    keys: dict[str, set[Key]] = {}
    for key, stamp in wanted:
        keys.setdefault(stamp, set()).add(key)
    for stamp, of_entry in keys.items():
        entry = entry_of(connection, stamp)
        if entry is None:
            continue
        for image in entry.images_made():
            if (key := (image.table, image.id)) in of_entry:
                of_entry.remove(key)
                yield key, Version.of(entry, image.row)
