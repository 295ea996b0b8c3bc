"""The database file: WAL with FULL sync, one writing connection in the machine, the rest read-only.

WAL/FULL is the fastest mode in which no acknowledged record is lost on a power cut. SQLite below
3.51.3 can lose commits when two connections write or checkpoint at once (the WAL-reset bug), so
exactly one connection here may do either, and a second process is refused by a lock on a file.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from kiosk.desk.refusal import Refused

NEWEST_REVISION = "0001"
# In KiB; else each connection keeps 2 MB of pages. A tap needs 20 of them, the kernel has them all.
_SMALL_CACHE = "PRAGMA cache_size = -512"
BUSY_TIMEOUT = "PRAGMA busy_timeout = 2000"
_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 0",  # the desk checkpoints in its idle time, never inside a tap
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE slips past the journal's guard
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # what is sorted are words, which no file may keep
    "PRAGMA trusted_schema = OFF",
    BUSY_TIMEOUT,
    _SMALL_CACHE,
)


def lock(database: Path) -> IO[str]:
    """Take the desk's lock, freed by the kernel even on ``kill -9``.

    Raises ``Refused``: ``desk.in_use`` when another process holds it, ``database.unreachable`` when
    the folder is missing or not ours to write in.
    """
    try:
        held = Path(f"{database}.lock").open("a+", encoding="ascii")  # noqa: SIM115 - held for the process's life
    except OSError as error:
        raise Refused("database.unreachable", database=str(database), why=error.strerror) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        pid = held.read(20).strip()
        held.close()
        raise Refused("desk.in_use", database=str(database), pid=pid) from None
    held.truncate(0)
    held.write(f"{os.getpid()}\n")
    held.flush()
    return held


def open_writer(database: Path) -> sqlite3.Connection:
    """Open the one writing connection and bring the schema up to date.

    Raises ``Refused`` with ``database.newer``, ``database.damaged``, ``database.not_ours`` or
    ``database.unreachable``.
    """
    with refusing(database):
        make_private(database)
        connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    try:
        with refusing(database):
            for pragma in _WRITER_PRAGMAS:
                connection.execute(pragma)
            migrate(connection, database)
    except BaseException:
        connection.close()
        raise
    return connection


def make_private(file: Path) -> None:
    """Make an empty file that the world cannot read; SQLite gives its own files the same rights."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o640))
    except OSError:
        return  # it is there already, or what is wrong shows when it is opened


@contextmanager
def refusing(database: Path) -> Iterator[None]:
    """Turn what SQLite says of a file it cannot use into a refusal."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Refused("database.unreachable", database=str(database), why=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise Refused("database.damaged", database=str(database), why=str(error)) from error


def open_reader(database: Path) -> sqlite3.Connection:
    """Open a connection that can neither write nor checkpoint."""
    uri = f"{database.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute(BUSY_TIMEOUT)
    # It looks at the file, and a damaged one is told by who reads it, not here.
    with suppress(sqlite3.DatabaseError):
        connection.execute(_SMALL_CACHE)
    return connection


def revision(connection: sqlite3.Connection) -> str | None:
    """Return the schema revision of the file, None for an empty file."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None


def check_revision(connection: sqlite3.Connection, database: Path) -> None:
    """Refuse a file that a newer kiosk has written, with ``database.newer``."""
    found = revision(connection)
    if found is not None and found > NEWEST_REVISION:
        raise Refused("database.newer", database=str(database), found=found, newest=NEWEST_REVISION)


def migrate(connection: sqlite3.Connection, database: Path) -> None:
    """Run the migrations that the file lacks; Alembic is imported only when there are some."""
    check_revision(connection, database)
    found = revision(connection)
    if found == NEWEST_REVISION:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if found is None and tables:
        raise Refused("database.not_ours", database=str(database))
    from kiosk.desk.migrations.upgrade import upgrade  # noqa: PLC0415 - 150 ms that a normal start saves

    upgrade(connection)


def check_readable(database: Path) -> None:
    """Refuse a file that a reading command cannot read, before it starts.

    Raises ``Refused`` with ``database.missing``, ``database.newer``, ``database.older`` (only the
    kiosk itself brings it up to date), ``database.not_ours``, ``database.damaged`` or
    ``database.unreachable``.
    """
    if not database.exists():
        raise Refused("database.missing", database=str(database))
    with refusing(database), closing(open_reader(database)) as connection:
        check_revision(connection, database)
        found = revision(connection)
    if found is None:
        raise Refused("database.not_ours", database=str(database))
    if found < NEWEST_REVISION:
        raise Refused("database.older", database=str(database))
