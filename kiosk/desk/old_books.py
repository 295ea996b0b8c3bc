"""The books that a rejoin has put away beside the live one: who is erased is erased in them too.

An old book still has the keys that it had when it was put away, and the site key opens them all. So
whatever the live book erases is erased there as well, and nothing else in it is touched.
"""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kiosk.desk.database import BUSY_TIMEOUT
from kiosk.desk.desk import Desk

log = logging.getLogger("kiosk")

BEFORE = ".before-"
"""Stands between the name of the book and the moment (UTC) at which it was put away."""
_NEWEST = "SELECT max(rowid) FROM erased_subject"
_ERASED = "SELECT id FROM erased_subject"
_KEYS = "SELECT id FROM subject_key"
_ERASE = "DELETE FROM subject_key WHERE id = ?"
_SIDE_FILES = ("-wal", "-shm", "-journal", ".lock")
_one_at_a_time = threading.Lock()


def old_books(database: Path) -> Sequence[Path]:
    """Return the books that were put away beside ``database``, oldest first.

    A rejoin that was killed can leave a second name of the live book: that one is none.
    """
    found = sorted(database.parent.glob(f"{database.name}{BEFORE}*"))
    return [one for one in found if not _is_part_of(one, database)]


def _is_part_of(file: Path, database: Path) -> bool:
    return file.name.endswith(_SIDE_FILES) or file.samefile(database)


def erase_in_old_books(desk: Desk) -> Sequence[Path]:
    """Erase in every old book the keys that are erased in the live one; return where it failed.

    A file that is locked, damaged or not ours to write is told in the log too. Takes a second for
    100 000 subjects, on no thread that a tap waits for.
    """
    with _one_at_a_time:
        files = old_books(desk.settings.desk.database)
        if not files:
            return []
        with desk.read() as book:
            erased = {one for (one,) in book.connection.execute(_ERASED)}
        return [file for file in files if not _is_erased_in(file, erased)]


def _is_erased_in(file: Path, erased: set[str]) -> bool:
    try:
        _erase_in(file, erased)
    except sqlite3.Error as error:
        log.warning("what was erased may still open in the old book %s: %s", file.name, error)
        return False
    return True


def _erase_in(file: Path, erased: set[str]) -> None:
    uri = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute(BUSY_TIMEOUT)
        connection.execute("PRAGMA secure_delete = ON")
        gone = [(one,) for (one,) in connection.execute(_KEYS) if one in erased]
        if gone:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_ERASE, gone)
            connection.execute("COMMIT")
        # The old page is overwritten only when the new one is carried over: maybe one of last time.
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("somebody reads it")


class OldBooks:
    """Keeps the old books of a desk at work up with what it erases. For one thread.

    They are looked for once: a rejoin makes them while the kiosk is closed. A file that could not
    be written is tried again after the next erasure, and at the next start.
    """

    def __init__(self, desk: Desk) -> None:
        """Begin with a look at everything that was ever erased."""
        self._desk = desk
        self._are_there = bool(old_books(desk.settings.desk.database))
        self._seen: int | None = None

    def look(self) -> None:
        """Erase what was erased since the last look; one short query when nothing was."""
        if not self._are_there:
            return
        with self._desk.read() as book:
            [newest] = book.connection.execute(_NEWEST).fetchone()
        if newest != self._seen:
            erase_in_old_books(self._desk)
            self._seen = newest
