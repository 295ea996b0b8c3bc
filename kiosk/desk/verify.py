"""Is the book intact? Walk the chain, replay it, and compare every table with the replay."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from kiosk.desk import journal
from kiosk.desk.journal import Entry, Head, Image
from kiosk.desk.row import Stored, journalled, shape_of
from kiosk.desk.secrets import SiteKey
from kiosk.desk.subject_keys import Place, first_damaged, heard

_MODULUS = 1 << 128


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the book found; ``problem`` is None when it is intact.

    Problems: ``entry_changed``, ``chain_broken``, ``entry_missing``, ``lineage_broken`` (all with
    ``seq``), ``row_changed``, ``row_missing``, ``row_unrecorded`` (with ``table`` and ``row``, and
    in ``seq`` the entry that wrote it last), ``key_damaged`` (with ``table`` and ``row`` of the
    words that do not open), ``file_damaged`` (``why`` is what SQLite says).
    ``keys_checked`` says whether the site key was at hand to open the sealed words.
    """

    head: Head
    entries: int
    problem: str | None = None
    seq: int | None = None
    table: str | None = None
    row: str | None = None
    why: str = ""
    keys_checked: bool = False

    @property
    def intact(self) -> bool:
        """True when nothing was found."""
        return self.problem is None


@dataclass(slots=True)
class Replay:
    """The tables as the journal alone says they are, and which entry wrote each row last."""

    rows: dict[str, dict[str, dict[str, Stored]]] = field(default_factory=dict)
    written: dict[tuple[str, str], int] = field(default_factory=dict)
    told: dict[str, Place] = field(default_factory=dict)
    """One sealed value of each subject that the entries themselves tell."""

    def hear(self, entry: Entry) -> None:
        """Remember the sealed values among the facts of an entry."""
        for subject, sealed in heard(entry.facts):
            self.told.setdefault(subject, ("journal", str(entry.seq), sealed))

    def apply(self, seq: int, image: Image) -> bool:
        """Apply one image; False when it does not continue the row it claims to continue."""
        table = self.rows.setdefault(image.table, {})
        before = table.get(image.id)
        if image.was != (before["stamp"] if before else ""):
            return False
        self.written[image.table, image.id] = seq
        if image.row is None:
            table.pop(image.id, None)
        else:
            table[image.id] = image.row
        return True


def verify(
    connection: sqlite3.Connection, gate: str, site_key: SiteKey | None = None
) -> Verdict:  # fmt: skip
    """Check the whole book on a read-only connection, inside one snapshot.

    The chain needs no key. The keys of the subjects stand beside it, so that they can be erased;
    with ``site_key`` each is unwrapped and opens one sealed value of its subject.

    Raises ``LookupError`` when a feature whose rows the journal has was not imported.
    """
    with _one_view(connection):
        try:
            found = _verify(connection, gate, site_key)
            return _file_sound(connection, found) if found.intact else found
        except sqlite3.DatabaseError as error:
            return _damaged(error)


def verify_code(
    connection: sqlite3.Connection, gate: str, digits: str
) -> tuple[Entry | None, Verdict]:
    """Return the entry with this 校验码 (sixteen hex digits, lower case) and what it vouches for.

    The verdict is on the chain up to that entry, which is all that a printed code can speak of;
    without an entry it is on an empty book. What the entry says counts only when it is intact.
    """
    with _one_view(connection):
        try:
            entry = journal.entry_of_code(connection, gate, digits)
            return entry, _chain(connection, gate, Replay(), entry.seq if entry else 0)
        except sqlite3.DatabaseError as error:
            return None, _damaged(error)


@contextmanager
def _one_view(connection: sqlite3.Connection) -> Iterator[None]:
    before = connection.text_factory
    # A byte changed by hand may be no UTF-8 any more: it must be named, not end the check.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.text_factory = before


def _damaged(error: sqlite3.DatabaseError) -> Verdict:
    return Verdict(Head(0, journal.GENESIS), 0, "file_damaged", why=str(error))


def _file_sound(connection: sqlite3.Connection, found: Verdict) -> Verdict:
    """Let SQLite look at what no row shows: an index with a changed byte finds no badge."""
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return found if said == "ok" else replace(found, problem="file_damaged", why=str(said))


def _verify(connection: sqlite3.Connection, gate: str, site_key: SiteKey | None) -> Verdict:
    replay = Replay()
    found = _chain(connection, gate, replay)
    if found.intact:
        found = _tables_equal(connection, found.head, replay)
    if not found.intact or site_key is None:
        return found
    found = replace(found, keys_checked=True)
    damaged = first_damaged(connection, replay.rows, replay.told, site_key)
    if damaged is None:
        return found
    table, row = damaged
    return replace(
        found, problem="key_damaged", seq=replay.written.get(damaged), table=table, row=row
    )  # fmt: skip


def _chain(
    connection: sqlite3.Connection, gate: str, replay: Replay, last: int | None = None
) -> Verdict:
    """Walk the chain up to entry ``last`` (None: to its end) and replay it."""
    head = Head(0, journal.GENESIS)
    for entry in journal.entries(connection, gate):
        if last is not None and entry.seq > last:
            break
        problem = _problem_of(entry, head, replay)
        if problem:
            return Verdict(head, head.seq, problem, seq=head.seq + 1)
        head = Head(entry.seq, entry.hash)
    return Verdict(head, head.seq)


def _problem_of(entry: Entry, head: Head, replay: Replay) -> str | None:
    if entry.seq != head.seq + 1:
        return "entry_missing"
    if not journal.fits(entry):
        return "entry_changed"
    if entry.prev != head.hash:
        return "chain_broken"
    replay.hear(entry)
    if not all([replay.apply(entry.seq, image) for image in entry.images_made()]):  # noqa: C419 - apply all
        return "lineage_broken"
    return None


def _tables_equal(connection: sqlite3.Connection, head: Head, replay: Replay) -> Verdict:
    known = journalled()
    if strange := replay.rows.keys() - known.keys():
        raise LookupError(f"nobody imported the feature of {sorted(strange)}")
    for table, row_class in sorted(known.items()):
        shape = shape_of(row_class)
        names = tuple(shape.columns)
        listed = ", ".join(f'"{name}"' for name in names)
        stored = connection.execute(f'SELECT {listed} FROM "{table}"')  # noqa: S608 - our own names
        actual = {str(row[0]): dict(zip(names, row, strict=True)) for row in stored}
        said = replay.rows.get(table, {})
        if digest(actual) != digest(_completed(said, names, row_class)):
            return _first_difference(head, table, actual, said, replay)
    return Verdict(head, head.seq)


def _completed(
    said: dict[str, dict[str, Stored]], names: tuple[str, ...], row_class: type
) -> dict[str, dict[str, Stored]]:
    """Give images older than a column that column's default, as the migration did to the table."""
    defaults = {
        name: column.server_default.arg if column.server_default is not None else None  # type: ignore[attr-defined] # DefaultClause has it
        for name, column in shape_of(row_class).columns.items()
    }
    return {
        row_id: {name: row.get(name, defaults[name]) for name in names}
        for row_id, row in said.items()
    }


def digest(rows: dict[str, dict[str, Stored]]) -> tuple[int, int]:
    """Return count and sum of the rows' hashes: equal for equal tables in any order."""
    total = 0
    for row in rows.values():
        hashed = hashlib.sha256(journal.canonical(row).encode()).digest()
        total += int.from_bytes(hashed[:16], "big")
    return len(rows), total % _MODULUS


def _first_difference(
    head: Head,
    table: str,
    actual: dict[str, dict[str, Stored]],
    said: dict[str, dict[str, Stored]],
    replay: Replay,
) -> Verdict:
    def verdict(problem: str, row: str) -> Verdict:
        seq = replay.written.get((table, row))
        return Verdict(head, head.seq, problem, seq=seq, table=table, row=row)

    for row_id in sorted(actual.keys() | said.keys()):
        if row_id not in said:
            return verdict("row_unrecorded", row_id)
        if row_id not in actual:
            return verdict("row_missing", row_id)
        if any(actual[row_id].get(name) != value for name, value in said[row_id].items()):
            return verdict("row_changed", row_id)
    return Verdict(head, head.seq, "row_changed", table=table)
