"""An old copy at work comes back: a new book from the hub, and what was written beside it.

What the copy wrote since it parted is written once more at the end of the true chain, each entry by
its own person and at its own time, with its old number among the facts. Rows that the true chain
changed as well become conflicts: nothing of either is lost.
"""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.desk import database, journal
from kiosk.desk.clock import Clock
from kiosk.desk.columns import utc_text
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import BrokenFeed, Hook, absorb, tell
from kiosk.desk.journal import Entry, Image
from kiosk.desk.old_books import BEFORE
from kiosk.desk.purge import erase_heard, erased_of
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import Settings
from kiosk.desk.transaction import SubjectKey
from kiosk.hub.own_chain import OwnChain, compare, take_back
from kiosk.hub.waits import WAITS
from kiosk.hub.wire import Wire

_BITE = 200


@dataclass(frozen=True, slots=True)
class Rejoined:
    """What was done: how the chain stood, entries taken from the hub, entries written once more.

    ``kept`` is the file of the old copy, which stays, None when the book itself went on.
    """

    stood: OwnChain
    taken: int = 0
    carried: int = 0
    kept: Path | None = None


def rejoin(settings: Settings, clock: Clock, wire: Wire, hooks: Sequence[Hook] = ()) -> Rejoined:
    """Bring the book of a desk that is closed back to the hub's truth.

    Raises ``Refused`` like ``Desk.open`` (``desk.in_use`` beside a running kiosk), ``HubGone``,
    ``Refused("hub.broken_feed")`` (``gate``, ``seq``, ``why``) where what the hub has of a desk
    cannot be true; the book is then as good as before.
    """
    try:
        with closing(Desk.open(settings, clock)) as desk:
            stood = compare(desk, wire)
            if stood is not OwnChain.APART:
                return Rejoined(stood, take_back(desk, wire, _BITE, hooks))
        return _parted(settings, clock, wire, hooks)
    except BrokenFeed as broken:
        facts = {"gate": broken.gate, "seq": broken.seq, "why": broken.problem}
        raise Refused("hub.broken_feed", **facts) from broken


def _parted(settings: Settings, clock: Clock, wire: Wire, hooks: Sequence[Hook]) -> Rejoined:
    old = settings.desk.database
    new = old.with_name(f"{old.name}.rejoining")
    for left in (new, *_beside(new), _lock_of(new)):
        left.unlink(missing_ok=True)
    lock = database.lock(old)
    try:
        made = replace(settings, desk=replace(settings.desk, database=new))
        with (
            closing(database.open_reader(old)) as reader,
            closing(Desk.open(made, clock)) as desk,
        ):
            taken = _fill(desk, reader, wire, hooks)
            carried = _carry_over(desk, reader, wire, hooks)
            with desk.write() as tx:
                tx.record("desk.rejoined", taken=taken, carried=carried)
        kept = _swap(old, new, f"{utc_text(clock()):.19}".replace(":", ""))
    finally:
        lock.close()
    return Rejoined(OwnChain.APART, taken, carried, kept)


def _fill(desk: Desk, reader: sqlite3.Connection, wire: Wire, hooks: Sequence[Hook]) -> int:
    """Fill a new book from the hub and from the old copy; return how many entries the hub gave.

    Each may have what an entry of the other waits for. Raises ``BrokenFeed`` (``earlier``) where
    this desk's own chain waits for what neither has: shorter than at the hub it would be apart.
    """
    taken = take_back(desk, wire, _BITE, hooks)
    while _take_others(desk, reader, hooks):
        taken += take_back(desk, wire, _BITE, hooks)
    if compare(desk, wire) is OwnChain.BEHIND:
        raise BrokenFeed(desk.gate, desk.head.seq + 1, WAITS)
    return taken


def _take_others(desk: Desk, reader: sqlite3.Connection, hooks: Sequence[Hook]) -> int:
    """Take what the old copy had of other desks and the hub has not (any more); return how many."""
    with desk.read() as book:
        known = journal.heads(book.connection)
    taken = 0
    for gate in sorted(journal.heads(reader).keys() - {desk.gate}):
        since = known[gate].seq if gate in known else 0
        taken += absorb(desk, journal.entries(reader, gate, since), {}, hooks).taken
    return taken


def _carry_over(desk: Desk, reader: sqlite3.Connection, wire: Wire, hooks: Sequence[Hook]) -> int:
    """Write once more what the old copy wrote since it parted; return how many entries.

    What an earlier rejoin brought from the same copy is not brought again. Who was erased at either
    of the two stays erased.
    """
    parted = _parted_at(desk, reader)
    wrote = list(journal.entries(reader, desk.gate, parted))
    stamps = _brought_before(desk, parted, wrote)
    found = [entry for entry in wrote if f"{entry.gate}/{entry.seq}" not in stamps]
    keys = dict(reader.execute("SELECT id, wrapped FROM subject_key").fetchall())
    at_hub = wire.keys_of(keys)
    erased_here = {subject for entry in wrote for subject in erased_of(entry)}
    # Of whom it only heard: no entry of its own names them, and a new hub may not know it yet.
    erased_here |= {subject for (subject,) in reader.execute("SELECT id FROM erased_subject")}
    erased_there = {name for name, wrapped in keys.items() if not at_hub.get(name, wrapped)}
    erased = sorted(erased_here | erased_there)
    with desk.absorbing() as (tx, merging):
        for name, wrapped in keys.items():
            if at_hub.get(name, wrapped):  # "": erased meanwhile, and it stays so
                tx.keep_foreign_key(SubjectKey(id=name, wrapped=wrapped))
        for entry in found:
            again = _again(entry, tx.head, stamps)
            tx.connection.execute(journal.INSERT, again)
            for image in again.images_made():
                merging.apply(again, image)
                tx.touched.add(image.table)
            tx.head = journal.Head(again.seq, again.hash)
        erase_heard(tx, erased)
        tell(hooks, tx, merging, erased)
    return len(found)


def _parted_at(desk: Desk, reader: sqlite3.Connection) -> int:
    """Return the number of the newest entry that both books have alike."""
    with desk.read() as book:
        low, high = 0, desk.head.seq
        while low < high:
            middle = (low + high + 1) // 2
            here = journal.hash_of(book.connection, desk.gate, middle)
            if here == journal.hash_of(reader, desk.gate, middle):
                low = middle
            else:
                high = middle - 1
    return low


def _brought_before(desk: Desk, parted: int, wrote: Sequence[Entry]) -> dict[str, str]:
    """Return what the stamps of entries became that an earlier rejoin has brought already."""
    with desk.read() as book:
        there = {
            _said(entry, facts["written_as"]): f"{entry.gate}/{entry.seq}"
            for entry in journal.entries(book.connection, desk.gate, parted)
            if "written_as" in (facts := entry.facts_made())
        }
    saids = {f"{entry.gate}/{entry.seq}": _said(entry, entry.seq) for entry in wrote}
    return {stamp: there[said] for stamp, said in saids.items() if said in there}


def _said(entry: Entry, seq: object) -> tuple[object, ...]:
    """Return what an entry says under whichever number it stands; ``seq`` is its first one."""
    facts = {name: fact for name, fact in entry.facts_made().items() if name != "written_as"}
    rows = [
        (one.table, one.id, None if one.row is None else {**one.row, "stamp": ""})
        for one in entry.images_made()
    ]
    return seq, entry.at, entry.by, entry.code, journal.canonical([facts, rows])


def _again(entry: Entry, head: journal.Head, stamps: dict[str, str]) -> Entry:
    """Return the entry as it follows ``head``; ``stamps`` says what its rows' stamps become."""
    new = f"{entry.gate}/{head.seq + 1}"
    images = []
    for image in entry.images_made():
        was = ",".join(stamps.get(stamp, stamp) for stamp in image.was.split(","))
        row = None if image.row is None else {**image.row, "stamp": new}
        images.append(Image(image.table, image.id, was, row).plain())
    stamps[f"{entry.gate}/{entry.seq}"] = new
    facts = json.loads(entry.facts) | {"written_as": entry.seq}
    return journal.seal(
        entry.gate, head, entry.at, entry.by, entry.code, journal.canonical(facts),
        journal.canonical(images),
    )  # fmt: skip


def _swap(old: Path, new: Path, when: str) -> Path:
    """Put the new book where the old one was; the old one stays beside it under its own name.

    There is a book under its name at every moment: a kill or a power cut leaves the one or the
    other, whole. Raises ``Refused("hub.book_read")`` while another command reads the old one.
    """
    kept = old.with_name(f"{old.name}{BEFORE}{when}")
    with closing(sqlite3.connect(old)) as connection:
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Refused("hub.book_read")
    for left in (*_beside(old), *_beside(new), _lock_of(new)):
        left.unlink(missing_ok=True)
    with suppress(FileExistsError):  # of a swap that was killed in this very second
        os.link(old, kept)
    new.replace(old)
    handle = os.open(old.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return kept


def _beside(file: Path) -> tuple[Path, ...]:
    return tuple(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))


def _lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")
