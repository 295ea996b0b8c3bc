"""Reading the book, and the transaction that is also the journal entry.

Nothing is written without saying who did it: rows changed without ``record``, a loaded row changed
without ``put``, or SQL behind the transaction's back make it roll back with ``Unrecorded``.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple, overload

from sqlalchemy import bindparam
from sqlmodel import select
from sqlmodel.sql.expression import Select, SelectOfScalar

from kiosk.desk import journal, secrets
from kiosk.desk.columns import utc_text
from kiosk.desk.journal import Entry, Head, Image
from kiosk.desk.print_job import JOBS_OF, JobState, PrintJob
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row, SideRow, Stored, StrictRow, new_id, shape_of
from kiosk.desk.secrets import SiteKey
from kiosk.desk.slip import Slip
from kiosk.desk.words import _

One = TypeVar("One")
Many = TypeVarTuple("Many")
AnyRow = TypeVar("AnyRow", bound=Row)


class Unrecorded(RuntimeError):  # noqa: N818 - says what the change is
    """A use case changed the book without recording it: a bug, and nothing was saved."""


class Erased(LookupError):  # noqa: N818 - says what happened to the words
    """The subject's key is gone: these words were deleted on purpose and stay deleted."""


class SubjectKey(SideRow, table=True):
    """The key that seals one person's fields, wrapped by the site key; deleting it erases them."""

    __tablename__ = "subject_key"

    wrapped: str


_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql <> ''"
SOME_SUBJECT_KEYS = select(SubjectKey).limit(100)
SUBJECT_KEY = select(SubjectKey).where(SubjectKey.id == bindparam("id"))


class Book:
    """The book as it is now: constant queries in, typed rows out."""

    def __init__(self, connection: sqlite3.Connection, key: Callable[[], SiteKey]) -> None:
        self.connection = connection
        self._key = key
        self._subject_keys: dict[str, bytes] = {}
        self._wrapped: dict[str, str] = {}

    @property
    def site_key(self) -> SiteKey:
        """The key of the site; raises ``Refused`` when its file is needed and is not there."""
        return self._key()

    @overload
    def all(self, query: SelectOfScalar[One], **parameters: object) -> list[One]: ...
    @overload
    def all(self, query: Select[*Many], **parameters: object) -> list[tuple[*Many]]: ...
    def all(self, query: Any, **parameters: object) -> list[Any]:
        """Return every row of ``query``."""
        return list(self._rows(query, parameters))

    @overload
    def one(self, query: SelectOfScalar[One], **parameters: object) -> One | None: ...
    @overload
    def one(self, query: Select[*Many], **parameters: object) -> tuple[*Many] | None: ...
    def one(self, query: Any, **parameters: object) -> Any:
        """Return the first row of ``query``, None when there is none."""
        return next(self._rows(query, parameters), None)

    def _rows(self, query: Any, parameters: dict[str, Any]) -> Iterator[Any]:  # noqa: ANN401 - any select
        return compiled(query).rows(self.connection, parameters, self._keep)

    def _keep(self, row: StrictRow) -> StrictRow:
        return row

    def unseal(self, sealed: str) -> str:
        """Open a sealed field; "" stays "". Raises ``Erased`` when its subject was erased."""
        if not sealed:
            return ""
        subject = secrets.subject_of(sealed)
        return secrets.open_sealed(self._subject_key(subject), subject, sealed)

    def read_sealed(self, sealed: str, erased: str = "-") -> str:
        """Open a sealed field for the eye: one that cannot be read must not hide all the others.

        ``erased`` stands where its subject was erased, a word where field or key are damaged.
        """
        try:
            return self.unseal(sealed)
        except Erased:
            return erased
        except Refused as refused:
            if refused.code != "sealed.damaged":
                raise
            return _("cannot be read")

    def bring_key(self, subject: str, wrapped: str) -> None:
        """Take along a key that a long list selected with its rows: no query for each of them."""
        self._wrapped[subject] = wrapped

    def _subject_key(self, subject: str) -> bytes:
        # One visit has six sealed fields: its key is unwrapped once, and forgotten with this view.
        if subject not in self._subject_keys:
            self._subject_keys[subject] = self.site_key.unwrap(self._wrapped_key(subject))
        return self._subject_keys[subject]

    def _wrapped_key(self, subject: str) -> str:
        if subject in self._wrapped:
            return self._wrapped[subject]
        row = self.one(SUBJECT_KEY, id=subject)
        if row is None:
            raise Erased(subject)
        return row.wrapped


@dataclass(slots=True)
class Known:
    """A row this transaction has seen, as it was then or when it was last put."""

    row: Row
    values: dict[str, object]


class Transaction(Book):
    """One use case: load, decide, change, ``put``, ``record``. Made by ``Desk.write`` only.

    ``now`` is the moment of the use case, read once, aware UTC.
    """

    def __init__(
        self, connection: sqlite3.Connection, key: Callable[[], SiteKey], gate: str, head: Head,
        now: datetime, by: str, account: str = "",
    ) -> None:  # fmt: skip
        super().__init__(connection, key)
        self.gate, self.head, self.now, self.by = gate, head, now, by
        self._shell = {"account": account} if account else {}
        self.entries: list[Entry] = []
        self._at = utc_text(now)
        self.touched: set[str] = set()
        """The tables in which this transaction changed rows."""
        self._known: dict[tuple[type[Row], str], Known] = {}
        self._images: dict[tuple[str, str], Image] = {}
        self._changes_before = connection.total_changes
        self._changes_booked = 0

    def _keep(self, row: StrictRow) -> StrictRow:
        if not isinstance(row, Row):
            return row
        known = self._known.setdefault((type(row), row.id), Known(row, row.__dict__.copy()))
        return known.row

    def put(self, row: AnyRow) -> AnyRow:
        """Insert or update ``row``, decided by its stamp, and keep its image for the entry."""
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
        self._image(shape.table, row.id, was, dict(zip(shape.columns, stored, strict=True)))
        return row

    def drop(self, row: Row) -> None:
        """Delete ``row``; its image says it is gone. Raises ``Unrecorded`` when it is not there."""
        shape = shape_of(type(row))
        done = self.connection.execute(f"{shape.delete} AND stamp = ?", (row.id, row.stamp))
        if done.rowcount != 1:
            raise Unrecorded(f"{shape.table} {row.id}: not at {row.stamp} any more")
        self._changes_booked += 1
        self._known.pop((type(row), row.id), None)
        self._image(shape.table, row.id, row.stamp, None)

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
        """Delete a row that lives beside the journal."""
        self._subject_keys.pop(row.id, None)
        self._wrapped.pop(row.id, None)
        self.connection.execute(shape_of(type(row)).delete, (row.id,))
        self._changes_booked += 1

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
        also names the account that did it.
        """
        told = journal.canonical(facts | self._shell)
        images = journal.canonical([image.plain() for image in self._images.values()])
        entry = journal.seal(self.gate, self.head, self._at, by or self.by, code, told, images)
        self.connection.execute(journal.INSERT, entry)
        self._changes_booked += 1
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
            slip=slip.kind, number=slip.number, about=about, copy_no=copy, state=JobState.QUEUED,
            queued_at=self.now, subject=subject, document=document,
        )  # fmt: skip
        return self.put(job)

    def check(self) -> None:
        """Raise ``Unrecorded`` unless every change is put, imaged and recorded."""
        if self._images:
            raise Unrecorded(f"rows put without a record: {sorted(self._images)}")
        for known in self._known.values():
            if known.row.__dict__ != known.values:
                raise Unrecorded(f"changed but not put: {known.row!r}")
        written = self.connection.total_changes - self._changes_before
        if written != self._changes_booked:
            raise Unrecorded(f"{written} rows written, {self._changes_booked} booked")
        if written and not self.entries:
            raise Unrecorded("rows beside the journal written without a record")
