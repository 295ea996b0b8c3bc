"""Stored values of any table in words: times of the site, names for ids, sealed words opened."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Boolean, Column, bindparam
from sqlmodel import col, select

from kiosk.conflicts import rules
from kiosk.desk.columns import Choice, Utc
from kiosk.desk.desk import Desk
from kiosk.desk.journal import SYSTEM
from kiosk.desk.loans import Thing
from kiosk.desk.people import BY_ID, BY_STAFF_NO, Department
from kiosk.desk.row import Stored, journalled
from kiosk.desk.row_words import column_word, reason_word, value_word
from kiosk.desk.secrets import is_sealed
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext

_DEPARTMENT = select(Department).where(col(Department.id) == bindparam("id"))
_THING = select(Thing).where(col(Thing.id) == bindparam("id"))
_NAMED_BY = (
    "label", "name", "thing_id", "person_id", "holder_id", "for_id", "absent_id", "asker_id",
    "number", "staff_no", "code", "day",
)  # fmt: skip
_GATES = frozenset({"gate", "left_gate", "home"})
_SPOKEN_DIGITS = 3
_NOBODY = ("", None)


class Reader:
    """Says the values of one table's rows."""

    def __init__(self, desk: Desk, book: Book, table: str) -> None:
        self._desk, self._book, self.table = desk, book, table
        kind = journalled()[table]
        self._columns: dict[str, Column[object]] = {
            column.name: column for column in kind.__table__.columns
        }

    def is_told(self, column: str) -> bool:
        """Say whether a column is shown: some say nothing to people, some are nobody's business."""
        if self.table == "pin":
            return False
        return bool(column_word(self.table, column))

    def value(self, column: str, value: Stored) -> str:
        """Return one value in words; "-" for none."""
        if value in _NOBODY or (column == "number" and value == 0):
            return "-"
        kind, text = self._columns[column].type, str(value)
        if isinstance(kind, Utc):
            at = self._desk.local(datetime.fromisoformat(text))
            return f"{at:%m-%d %H:%M:%S}"
        if isinstance(kind, Boolean):
            return value_word("yes" if value else "no")
        if isinstance(kind, Choice):
            return value_word(text)
        if is_sealed(text):
            return self._sealed(text)
        return self._named(column, text)

    def _is_sealed_away(self, text: str) -> bool:
        return is_sealed(text) and self.table in rules.SEALED_AWAY

    def _sealed(self, text: str) -> str:
        if self.table in rules.SEALED_AWAY:
            return _("not shown here")
        return self._book.read_sealed(text, erased=_("deleted"))

    def _named(self, column: str, text: str) -> str:
        """Return the name behind an id or a staff number; a thing of another kind by its id."""
        if column in _GATES:
            return gate_name(self._desk, self._book, text)
        if column.endswith("_by") or column in {"clerk", "by"}:
            return self.staff_name(text)
        return self._behind(text) if column.endswith("_id") else _said(column, text)

    def _behind(self, text: str) -> str:
        """Return the name of the person, thing or department with this id."""
        person = self._book.one(BY_ID, id=text)
        if person is not None:
            return person.name
        thing = self._book.one(_THING, id=text)
        if thing is not None:
            return thing.label
        department = self._book.one(_DEPARTMENT, id=text)
        return department.name if department is not None else text[-8:]

    def staff_name(self, staff_no: str) -> str:
        """Return whose staff number it is; the kiosk's own work has a word of its own."""
        if staff_no == SYSTEM:
            return pgettext("who did it", "the kiosk")
        person = self._book.one(BY_STAFF_NO, staff_no=staff_no)
        return person.name if person is not None else staff_no

    def title(self, stored: Mapping[str, Stored]) -> str:
        """Return what a row is about, in two words; "" where the gate sees no name."""
        if self.table in rules.UNNAMED:
            return ""
        told: list[str] = []
        for name in _NAMED_BY:
            value = stored.get(name)
            if value in _NOBODY or value == 0 or self._is_sealed_away(str(value)):
                continue
            told.append(self.value(name, value))
            if len(told) == 2:  # noqa: PLR2004 - two of them say which one it is
                break
        return " ".join(told)


def _said(column: str, text: str) -> str:
    """Return what is no id as people say it: a reason in words, a number as slips have it."""
    if column.endswith("_code"):
        return reason_word(text)
    return text.zfill(_SPOKEN_DIGITS) if column == "number" else text
