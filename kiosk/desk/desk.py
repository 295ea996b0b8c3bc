"""The desk: a gate, a clock, and a book to write in. It is what every rule is given."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from kiosk.desk import database, journal
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.clauses import Rules
from kiosk.desk.clock import Clock, system_clock
from kiosk.desk.hub_state import ALONE, HubState
from kiosk.desk.journal import SYSTEM, Head
from kiosk.desk.merging import Merging
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.settings_hub import NumberRange
from kiosk.desk.site_days import SITE_DAYS, Known
from kiosk.desk.transaction import SOME_SUBJECT_KEYS, Book, Transaction


class Desk:
    """One PC's book. ``write`` is for one thread at a time (the pen), ``read`` for any thread."""

    def __init__(self, settings: Settings, clock: Clock, site_key: SiteKey | None = None) -> None:
        self.settings, self.clock, self._site_key = settings, clock, site_key
        self.gate = settings.site.gate
        self.zone = ZoneInfo(settings.site.timezone)
        self.rules: Rules = settings.rules
        self._numbers = NumberRange(settings.hub.desk_number, settings.rules.number_block)
        self.calendar = WorkCalendar(settings, self._site_days)
        self._own_days: tuple[int, Known] | None = None
        self._path: Path = settings.desk.database
        self._lock: IO[str] | None = None
        self._writer: sqlite3.Connection | None = None
        self._merging: Merging | None = None
        self._writing = threading.Lock()
        self._readers: list[sqlite3.Connection] = []
        self.head = Head(0, journal.GENESIS)
        self.entries_since_rest = 0
        self.worked_at: datetime | None = None
        """When a person last pressed a key here, UTC; None since the start."""
        self._versions = Counter[str]()
        self.hub_state: Callable[[], HubState] = lambda: ALONE
        """How the line to the hub is at this moment; the uplink says it."""
        self.committed: Callable[[], None] = lambda: None
        """Called after this desk's own entries, on the thread that made them: it only wakes."""

    @classmethod
    def open(
        cls, settings: Settings, clock: Clock = system_clock, lock: IO[str] | None = None
    ) -> "Desk":
        """Open the book for writing; ``lock`` is the desk's lock when it is held already.

        Raises ``Refused``: ``desk.in_use``, ``site_key.another``, those of ``database.open_writer``
        and of the site key file.
        """
        desk = cls(settings, clock, SiteKey.load(settings.desk.site_key))
        desk._lock = lock or database.lock(desk._path)
        try:
            desk._writer = database.open_writer(desk._path)
            if not settings.hub.alone:
                # Another desk's row may refer to one that stands aside until somebody decides.
                desk._writer.execute("PRAGMA foreign_keys = OFF")
            desk.head = journal.head_of(desk._writer, desk.gate)
            desk._merging = Merging(desk._writer)
            desk.check_site_key()
        except BaseException:
            desk.close()
            raise
        return desk

    def check_site_key(self) -> None:
        """Refuse a key that is not this book's: what it seals could never be read with the rest.

        One subject key that opens shows that it is; others may be damaged, which stops nobody.
        Raises ``Refused``: ``site_key.another`` and those of the site key file.
        """
        key = self.site_key
        with self.read() as book:
            subjects = book.all(SOME_SUBJECT_KEYS)
        if subjects and not any(key.unwraps(subject.wrapped) for subject in subjects):
            file = str(self.settings.desk.site_key)
            raise Refused("site_key.another", file=file, database=str(self._path))

    @property
    def site_key(self) -> SiteKey:
        """The site key, read from its file when it is first needed; raises ``Refused`` as that."""
        if self._site_key is None:
            self._site_key = SiteKey.load(self.settings.desk.site_key)
        return self._site_key

    def _key(self) -> SiteKey:
        return self.site_key

    @classmethod
    def open_to_read(cls, settings: Settings, clock: Clock = system_clock) -> "Desk":
        """Open the book for a reading command, beside a running kiosk or without one.

        The site key is read when the first sealed field is: the chain is checked without it.
        Raises ``Refused``: those of ``database.check_readable``.
        """
        desk = cls(settings, clock)
        database.check_readable(desk._path)
        with desk.read() as book:
            desk.head = journal.head_of(book.connection, desk.gate)
        return desk

    @contextmanager
    def made_in_one_go(self) -> Iterator[None]:
        """Write without waiting for the disk, for a new book that can be made once more.

        A power cut meanwhile may damage the file. After the block every commit waits again.
        """
        if self._writer is None:
            raise RuntimeError("this desk was opened to read")
        self._writer.execute("PRAGMA synchronous = OFF")
        try:
            yield
        finally:
            self._writer.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def write(self, by: str = SYSTEM, account: str = "") -> Iterator[Transaction]:
        """One use case in the name of ``by`` (a staff number, or ``system``).

        ``account`` is the operating system's account for what is done from a shell, else "".

        Leaving the block commits to disk; any exception leaves nothing behind. Raises
        ``Unrecorded`` for a change that was not recorded.
        """
        with self._transaction(by, account) as tx:
            yield tx
            tx.check()

    @contextmanager
    def absorbing(self) -> Iterator[tuple[Transaction, Merging]]:
        """One bite of the other desks' work: it records nothing of this desk's own."""
        with self._transaction(SYSTEM, "") as tx:
            if self._merging is None or tx.entries:
                raise RuntimeError("a bite has no entries of its own")
            self._merging.take_changed()
            yield tx, self._merging

    @contextmanager
    def _transaction(self, by: str, account: str) -> Iterator[Transaction]:
        if self._writer is None or self._merging is None:
            raise RuntimeError("this desk was opened to read")
        with self._writing:
            writer = self._writer
            if self._merging.is_dirty:  # the disk failed as well when the last one was taken back
                self._merging.reload()
            writer.execute("BEGIN IMMEDIATE")
            try:
                tx = Transaction(
                    writer, self._key, self.gate, self.head, self.clock(), by, self._merging,
                    account,
                )  # fmt: skip
                tx.numbers = self._numbers
                yield tx
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                if self._merging.is_dirty:
                    self._merging.reload()
                raise
            self._merging.is_dirty = False
            self.head = tx.head
            self._versions.update(tx.touched)
            # The others' entries are no entries of this transaction, but fill the log as well.
            self.entries_since_rest += len(tx.entries) or bool(tx.touched)
        if tx.entries:
            self.committed()

    @contextmanager
    def read(self) -> Iterator[Book]:
        """One consistent view of the book, on a connection that cannot write."""
        try:
            connection = self._readers.pop()
        except IndexError:  # another thread took the last one: one more costs 0.1 ms
            connection = database.open_reader(self._path)
        try:
            connection.execute("BEGIN")
            yield Book(connection, self._key)
        finally:
            connection.execute("ROLLBACK")
            self._readers.append(connection)

    def version_of(self, *tables: str) -> int:
        """Return a number that grows with every change of these tables since the desk was opened.

        This desk alone writes, so what was read at one number is true until the next.
        """
        return sum(self._versions[table] for table in tables)

    def _site_days(self) -> Known:
        """Return the site's imported days; they are read again only after an import."""
        version = self.version_of("site_day")
        kept = self._own_days
        if kept is None or kept[0] != version:
            with self.read() as book:
                days = {(one.day, one.section): one for one in book.all(SITE_DAYS)}
            self._own_days = kept = version, days
        return kept[1]

    def rest(self) -> None:
        """Checkpoint the write-ahead log: for idle moments, never inside a tap (0.4 to 1.6 ms)."""
        if self._writer is None:
            return
        with self._writing:
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
            self.entries_since_rest = 0

    def empty_log(self) -> bool:
        """Write the write-ahead log into the book and empty it: it keeps what was deleted.

        False when somebody was just reading; nobody is waited for. Never inside a tap.
        """
        if self._writer is None:
            return False
        with self._writing:
            self._writer.execute("PRAGMA busy_timeout = 0")
            try:
                busy, *_pages = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._writer.execute(database.BUSY_TIMEOUT)
            return not busy

    def wrote(self, row: Row) -> bool:
        """Say whether the newest version of ``row`` is this desk's: then its time is ours to end.

        What time alone ends is ended by the desk that wrote last, so that no two do it.
        """
        return row.stamp.startswith(f"{self.gate}/")

    @property
    def own_stamps(self) -> dict[str, str]:
        """Return between which stamps this desk's rows are, for ``columns.stamped_between``."""
        return {"stamp_from": f"{self.gate}/", "stamp_before": f"{self.gate}0"}  # "0" follows "/"

    @property
    def grace_for_others(self) -> timedelta:
        """Return how long another desk may be late with what the keeper then does for it."""
        return timedelta(hours=self.rules.hub_stale_h)

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` in the site's time zone."""
        return moment.astimezone(self.zone)

    def day_and_hour(self, moment: datetime) -> str:
        """Return the site's hour of ``moment``, with the day where that is not today."""
        local = self.local(moment)
        return local.strftime("%H:%M" if local.date() == self.today() else "%m-%d %H:%M")

    def today(self) -> date:
        """Return the site's calendar day."""
        return self.local(self.clock()).date()

    def work_day(self, moment: datetime) -> date:
        """Return the day that a tap at ``moment`` belongs to (``rules.day_begins_hour``)."""
        return (self.local(moment) - timedelta(hours=self.rules.day_begins_hour)).date()

    def close(self) -> None:
        """Checkpoint, close every connection and free the lock."""
        while self._readers:
            self._readers.pop().close()
        if self._writer is not None:
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.close()
            self._writer = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None
