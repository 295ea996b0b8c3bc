"""Is the book intact? Walk the chain, replay it, and compare every table with the replay."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from kiosk.desk import journal, kept_beside, unique_places
from kiosk.desk.journal import Entry, Head
from kiosk.desk.kept_beside import Aside
from kiosk.desk.replay import Replay, digest, entry_of
from kiosk.desk.row import Row, Stored, journalled, shape_of
from kiosk.desk.secrets import SiteKey
from kiosk.desk.subject_keys import KeyCheck, heard
from kiosk.desk.versions import Key


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the book found; ``problem`` is None when it is intact.

    Problems: ``entry_changed``, ``chain_broken``, ``entry_missing``, ``lineage_broken`` (all with
    ``seq``), ``row_changed``, ``row_missing``, ``row_unrecorded`` (with ``table`` and ``row``, and
    in ``seq`` the entry that wrote it last), ``key_damaged`` (with ``table`` and ``row`` of the
    words that do not open), ``file_damaged`` (``why`` is what SQLite says).
    ``gate`` names the desk whose entry ``seq`` is, "" where it is this desk's own.
    ``keys_checked`` says whether the site key was at hand to open the sealed words.
    """

    head: Head
    entries: int
    problem: str | None = None
    seq: int | None = None
    table: str | None = None
    row: str | None = None
    why: str = ""
    gate: str = ""
    keys_checked: bool = False

    @property
    def intact(self) -> bool:
        """True when nothing was found."""
        return self.problem is None


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
            return entry, _chain(connection, gate, None, entry.seq if entry else 0)
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
    for other in sorted(journal.heads(connection).keys() - {gate}):
        if found.intact:
            theirs = _chain(connection, other, replay, own=gate)
            found = found if theirs.intact else replace(theirs, gate=other)
    if found.intact:
        found = _lineage_whole(connection, found, replay)
    if found.intact:
        found = _tables_equal(connection, found, replay)
    if found.intact and site_key is not None:
        found = replace(found, keys_checked=True)
        if damaged := _first_damaged(connection, replay, site_key):
            found = _named(found, "key_damaged", damaged, replay)
    return replace(found, gate="") if found.gate == gate else found


def _chain(
    connection: sqlite3.Connection, gate: str, replay: Replay | None, last: int | None = None,
    own: str = "",
) -> Verdict:  # fmt: skip
    """Walk a desk's chain up to entry ``last`` (None: to its end), and let ``replay`` hear it.

    ``own`` is the gate of the book where it is another's: what is that desk's own affair is not
    in these tables.
    """
    head = Head(0, journal.GENESIS)
    for entry in journal.entries(connection, gate):
        if last is not None and entry.seq > last:
            break
        if entry.seq != head.seq + 1:
            problem = "entry_missing"
        elif not journal.fits(entry):
            problem = "entry_changed"
        elif entry.prev != head.hash:
            problem = "chain_broken"
        else:
            if replay is not None:
                replay.hear(entry, theirs=bool(own))
            head = Head(entry.seq, entry.hash)
            continue
        return Verdict(head, head.seq, problem, seq=head.seq + 1)
    return Verdict(head, head.seq)


def _lineage_whole(connection: sqlite3.Connection, found: Verdict, replay: Replay) -> Verdict:
    """Name the version that continues what nobody wrote, or forks what one desk alone wrote."""
    broken = replay.first_broken(connection)
    if broken is None:
        return found
    writer, _, seq = broken.rpartition("/")
    return replace(found, problem="lineage_broken", seq=int(seq), gate=writer)


def _tables_equal(connection: sqlite3.Connection, found: Verdict, replay: Replay) -> Verdict:
    known = journalled()
    if strange := replay.rows.keys() - known.keys():
        raise LookupError(f"nobody imported the feature of {sorted(strange)}")
    replay.settle(connection, known)
    if wrong := kept_beside.first_wrong(connection, replay):
        return _named(found, "row_changed", wrong, replay)
    for table, kind in sorted(known.items()):
        aside = kept_beside.set_aside(connection, table)
        for row_id in kept_beside.wrongly_aside(connection, kind, table, aside):
            return _named(found, "row_changed", (table, row_id), replay)
        differing = min(_differences(connection, kind, table, aside, replay), default=None)
        if differing:
            row_id, problem = differing
            return _named(found, problem, (table, row_id), replay)
    return found


def _named(found: Verdict, problem: str, row: Key, replay: Replay) -> Verdict:
    table, row_id = row
    gate, seq = replay.written(table, row_id) or ("", None)
    return replace(found, problem=problem, seq=seq, gate=gate, table=table, row=row_id)


def _differences(
    connection: sqlite3.Connection, kind: type[Row], table: str, aside: Aside, replay: Replay
) -> Iterator[tuple[str, str]]:
    """Yield the id of every row that is not what the journal says, and what is wrong with it."""
    names, right = tuple(shape_of(kind).columns), 0
    for row_id, values in _rows(connection, kind, table):
        if row_id in aside:
            shown = unique_places.under_another_name(kind, aside[row_id])
            if not kind.lends_name or tuple(shown[name] for name in names) != values:
                yield row_id, "row_changed"
            continue
        right += 1
        if problem := _problem(values, replay.standing(table, row_id)):
            yield row_id, problem
    for row_id, stored in aside.items():
        right += 1
        if problem := _problem([stored[name] for name in names], replay.standing(table, row_id)):
            yield row_id, problem
    if sum(1 for _ in replay.ids(table)) > right:
        there = {row_id for row_id, _values in _rows(connection, kind, table)} | aside.keys()
        yield from ((row_id, "row_missing") for row_id in replay.ids(table) if row_id not in there)


def _problem(values: Iterable[Stored], said: bytes | None) -> str:
    if said is None:
        return "row_unrecorded"
    return "" if digest(values) == said else "row_changed"


def _rows(
    connection: sqlite3.Connection, kind: type[Row], table: str
) -> Iterator[tuple[str, tuple[Stored, ...]]]:
    listed = ", ".join(f'"{name}"' for name in shape_of(kind).columns)
    for values in connection.execute(f'SELECT {listed} FROM "{table}"'):  # noqa: S608 - our own names
        yield str(values[0]), values


def _first_damaged(connection: sqlite3.Connection, replay: Replay, site_key: SiteKey) -> Key | None:
    """Open the words of every subject: in the tables, which were found right, else in entries."""
    check, known = KeyCheck(connection, site_key), journalled()
    for table in replay.rows:
        aside = kept_beside.set_aside(connection, table)
        for row_id, values in _rows(connection, known[table], table):
            if row_id not in aside:  # under another name a row shows what it does not say
                check.read(table, row_id, values)
        for row_id, stored in aside.items():
            check.read(table, row_id, stored.values())
    for subject, stamp in replay.told.items():
        entry = None if check.has_tried(subject) else entry_of(connection, stamp)
        if entry is not None:
            check.read("journal", str(entry.seq), (said for _who, said in heard(entry.facts)))
    return check.first_damaged()
