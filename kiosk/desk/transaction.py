"""The transaction that is also the journal entry.

Nothing is written without saying who did it: rows changed without ``record``, a loaded row changed
without ``put``, or SQL behind the transaction's back make it roll back with ``Unrecorded``.
"""

import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from kiosk.desk import journal, secrets
from kiosk.desk.book import SOME_SUBJECT_KEYS, SUBJECT_KEY, Book, Erased, SubjectKey
from kiosk.desk.columns import utc_text
from kiosk.desk.erased import ErasedSubject
from kiosk.desk.journal import Entry, Head, Image
from kiosk.desk.merging import Merging
from kiosk.desk.print_job import JOBS_OF, JobState, PrintJob
from kiosk.desk.row import Row, SideRow, Stored, StrictRow, load_row, new_id, shape_of
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings_hub import NumberRange
from kiosk.desk.slip import Slip

__all__ = [
    "SOME_SUBJECT_KEYS", "SUBJECT_KEY", "Book", "Erased", "SubjectKey", "Transaction", "Unrecorded",
]  # fmt: skip

AnyRow = TypeVar("AnyRow", bound=Row)


class Unrecorded(RuntimeError):  # noqa: N818 - says what the change is
    """A use case changed the book without recording it: a bug, and nothing was saved."""


_IS_ERASED = "SELECT 1 FROM erased_subject WHERE id = ?"
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql <> ''"


@dataclass(slots=True)
class Known:
    """A row this transaction has seen, as it was then or when it was last put."""

    row: Row
    values: dict[str, object]


class Transaction(Book):
    """One use case: load, decide, change, ``put``, ``record``. Made by ``Desk.write`` only.

    ``now`` is the moment of the use case, read once, aware UTC; ``numbers`` are the desk's own.
    """

    numbers: NumberRange

    def __init__(
        self, connection: sqlite3.Connection, key: Callable[[], SiteKey], gate: str, head: Head,
        now: datetime, by: str, merging: Merging, account: str = "",
    ) -> None:  # fmt: skip
        super().__init__(connection, key)
        self._merging = merging
        self.gate, self.head, self.now, self.by = gate, head, now, by
        self._shell = {"account": account} if account else {}
        self.entries: list[Entry] = []
        self._at = utc_text(now)
        self.touched: set[str] = set()
        """The tables in which this transaction changed rows."""
        self._known: dict[tuple[type[Row], str], Known] = {}
        self._images: dict[tuple[str, str], Image] = {}
        self._erased: list[str] = []
        self._changes_before = connection.total_changes
        self._changes_booked = 0

    def _keep(self, row: StrictRow) -> StrictRow:
        if not isinstance(row, Row):
            return row
        known = self._known.setdefault((type(row), row.id), Known(row, row.__dict__.copy()))
        return known.row

    def put(self, row: AnyRow) -> AnyRow:
        """Insert or update ``row``, decided by its stamp, and keep its image for the entry."""
        return self.merge(row, ())

    def merge(self, row: AnyRow, stamps: Collection[str]) -> AnyRow:
        """Put ``row`` as what follows other desks' versions of it as well: a conflict is decided.

        ``stamps`` are those of the other heads (see ``forks``).
        """
        shape = shape_of(type(row))
        was, row.stamp = row.stamp, f"{self.gate}/{self.head.seq + 1}"
        stored = shape.bind(row)
        if was:
            # ``id`` is every table's first column and never changes.
            done = self.connection.execute(shape.update, [*stored[1:], row.id, was])
            if done.rowcount != 1:
                raise Unrecorded(f"{shape.table} {row.id}: not at {was} any more")
        else:
            self.connection.execute(shape.insert, stored)
        self._changes_booked += 1
        self._known[type(row), row.id] = Known(row, row.__dict__.copy())
        continued = self._merging.continued(type(row), row.id, was, stamps)
        said = self._merging.wanted(type(row), dict(zip(shape.columns, stored, strict=True)))
        self._image(shape.table, row.id, continued, said)
        return row

    def drop(self, row: Row) -> None:
        """Delete ``row``; its image says it is gone. Raises ``Unrecorded`` when it is not there."""
        shape = shape_of(type(row))
        done = self.connection.execute(f"{shape.delete} AND stamp = ?", (row.id, row.stamp))
        if done.rowcount != 1:
            raise Unrecorded(f"{shape.table} {row.id}: not at {row.stamp} any more")
        self._changes_booked += 1
        self._known.pop((type(row), row.id), None)
        continued = self._merging.continued(type(row), row.id, row.stamp, ())
        self._image(shape.table, row.id, continued, None)

    def decide(self, row: Row, stamps: Collection[str] = (), *, gone: bool = False) -> None:
        """Let ``row`` follow the version of ``row.stamp`` and those of ``stamps``, or drop it.

        For a row that need not be in the table: it may stand aside, or be dropped in the version
        that is shown. What is recorded next makes the table right; without its place it is aside.
        """
        shape, was = shape_of(type(row)), row.stamp
        row.stamp = f"{self.gate}/{self.head.seq + 1}"
        self._known.pop((type(row), row.id), None)
        continued = self._merging.continued(type(row), row.id, was, stamps)
        self._merging.decide((shape.table, row.id))
        stored = None if gone else dict(zip(shape.columns, shape.bind(row), strict=True))
        self._image(shape.table, row.id, continued, stored)

    def _image(self, table: str, row_id: str, was: str, stored: dict[str, Stored] | None) -> None:
        self.touched.add(table)
        earlier = self._images.get((table, row_id))
        origin = earlier.was if earlier else was
        if stored is None and not origin:
            del self._images[table, row_id]
            return
        self._images[table, row_id] = Image(table, row_id, origin, stored)

    def keep(self, row: SideRow) -> None:
        """Write a row that lives beside the journal (an index, a wrapped key)."""
        shape = shape_of(type(row))
        self.connection.execute(shape.replace, shape.bind(row))
        self._changes_booked += 1

    def forget(self, row: SideRow) -> None:
        """Delete a row that lives beside the journal; of a subject's key see ``erase``."""
        if isinstance(row, SubjectKey):
            self.erase(row.id)
        else:
            self._delete(row)

    def _delete(self, row: SideRow) -> None:
        self._subject_keys.pop(row.id, None)
        self._wrapped.pop(row.id, None)
        done = self.connection.execute(shape_of(type(row)).delete, (row.id,))
        self._changes_booked += done.rowcount

    def erase(self, subject: str, *, heard: bool = False) -> None:
        """Destroy the key of a subject for good; the entry recorded next names it.

        ``heard`` says that an entry of another desk does already.
        """
        self._delete(SubjectKey(id=subject, wrapped=""))
        self.keep(ErasedSubject(id=subject))
        if not heard:
            self._erased.append(subject)

    def is_erased(self, subject: str) -> bool:
        """Say whether the subject's key was destroyed, here or at another desk."""
        return self.connection.execute(_IS_ERASED, (subject,)).fetchone() is not None

    def keep_foreign_key(self, row: SubjectKey) -> None:
        """Write a key that another desk made, unless it is here already or was ever destroyed."""
        if self.is_erased(row.id):
            return
        shape = shape_of(SubjectKey)
        sql = shape.insert.replace("INSERT", "INSERT OR IGNORE", 1)
        done = self.connection.execute(sql, shape.bind(row))
        self._changes_booked += done.rowcount

    def row_of(self, kind: type[Row], row_id: str) -> Row | None:
        """Return any row by its table class and id, None when it is not there."""
        shape = shape_of(kind)
        listed = ", ".join(f'"{name}"' for name in shape.columns)
        found = self.connection.execute(
            f'SELECT {listed} FROM "{shape.table}" WHERE id = ?', (row_id,)  # noqa: S608 - our own names
        ).fetchone()  # fmt: skip
        return None if found is None else load_row(kind, found)

    def rewrite(self, kind: type[SideRow]) -> None:
        """Write a table beside the journal anew, row by row the same.

        SQLite wipes what is deleted, but a page it once rebuilt may keep an old copy of a row in
        its gap; an emptied table's pages are wiped whole. Its indexes are made anew from the sorted
        rows, which is ten times as fast as filling them row by row.
        """
        shape = shape_of(kind)
        indexes = self.connection.execute(_INDEXES, (shape.table,)).fetchall()
        rows = self.connection.execute(f'SELECT * FROM "{shape.table}" ORDER BY rowid').fetchall()  # noqa: S608 - our own names
        for name, _made_by in indexes:
            self.connection.execute(f'DROP INDEX "{name}"')
        self.connection.execute(f'DELETE FROM "{shape.table}"')  # noqa: S608 - the same
        marks = ", ".join("?" * len(shape.columns))
        self.connection.executemany(f'INSERT INTO "{shape.table}" VALUES ({marks})', rows)  # noqa: S608 - the same
        for _name, made_by in indexes:
            self.connection.execute(made_by)
        self._changes_booked += 2 * len(rows)

    def new_subject(self, subject: str | None = None) -> str:
        """Make the key for a person whose fields will be sealed; return the subject's id."""
        made = subject or new_id()
        wrapped = self.site_key.wrap(secrets.new_subject_key())
        self.keep(SubjectKey(id=made, wrapped=wrapped))
        return made

    def seal(self, subject: str, text: str) -> str:
        """Seal ``text`` under the subject's key; "" stays ""."""
        return secrets.seal(self._subject_key(subject), subject, text) if text else ""

    def record(self, code: str, *, by: str | None = None, **facts: object) -> None:
        """Write the entry for every row put since the last one: ``code`` is what happened.

        ``facts`` are codes, numbers and ids; a personal value goes in sealed. ``by`` names another
        person than the transaction's where one act is two people's. What was done from a shell
        also names the account that did it, and what erases subjects names these: the other desks
        read it there.
        """
        erased = {"subjects": self._erased} if self._erased else {}
        told = journal.canonical(facts | erased | self._shell)
        self._erased = []
        images = journal.canonical([image.plain() for image in self._images.values()])
        entry = journal.seal(self.gate, self.head, self._at, by or self.by, code, told, images)
        self.connection.execute(journal.INSERT, entry)
        self._changes_booked += 1 + self._merging.noted(entry, self._images.values())
        self._images.clear()
        self.entries.append(entry)
        self.head = Head(entry.seq, entry.hash)

    def print(self, slip: Slip, subject: str, about: str = "") -> PrintJob:
        """Queue ``slip`` for the printer; its text is sealed under ``subject``.

        The copy number is counted here: the second copy of a slip is a reprint and says so. One of
        the same kind and number ``about`` other ids is another slip, and its first copy.
        """
        earlier = self.all(JOBS_OF, slip=slip.kind, number=slip.number)
        copy = next((one.copy_no + 1 for one in earlier if one.about == about), 1)
        document = self.seal(subject, replace(slip, copy=copy).to_json())
        job = PrintJob(
            gate=self.gate, slip=slip.kind, number=slip.number, about=about, copy_no=copy,
            state=JobState.QUEUED, queued_at=self.now, subject=subject, document=document,
        )  # fmt: skip
        return self.put(job)

    def check(self) -> None:
        """Raise ``Unrecorded`` unless every change is put, imaged and recorded."""
        if self._images:
            raise Unrecorded(f"rows put without a record: {sorted(self._images)}")
        if self._erased:
            raise Unrecorded(f"erased without a record: {self._erased}")
        for known in self._known.values():
            if known.row.__dict__ != known.values:
                raise Unrecorded(f"changed but not put: {known.row!r}")
        written = self.connection.total_changes - self._changes_before
        if written != self._changes_booked:
            raise Unrecorded(f"{written} rows written, {self._changes_booked} booked")
        if written and not self.entries:
            raise Unrecorded("rows beside the journal written without a record")
