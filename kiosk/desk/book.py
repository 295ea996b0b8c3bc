"""Reading the book: constant queries in, typed rows out, sealed words opened."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, TypeVarTuple, overload

from sqlalchemy import bindparam
from sqlmodel import select
from sqlmodel.sql.expression import Select, SelectOfScalar

from kiosk.desk import secrets
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused
from kiosk.desk.row import SideRow, StrictRow
from kiosk.desk.secrets import SiteKey
from kiosk.desk.words import _

One = TypeVar("One")
Many = TypeVarTuple("Many")


class Erased(LookupError):  # noqa: N818 - says what happened to the words
    """The subject's key is gone: these words were deleted on purpose and stay deleted."""


class SubjectKey(SideRow, table=True):
    """The key that seals one person's fields, wrapped by the site key; deleting it erases them."""

    __tablename__ = "subject_key"

    wrapped: str


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
