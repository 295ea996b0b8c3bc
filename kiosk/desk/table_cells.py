"""The cells of one row of a file, checked one by one; what is wrong is named by line and column."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kiosk.desk import badges
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT
from kiosk.desk.table_file import Columns, FileRow
from kiosk.desk.words import N_, _, pgettext

ToUid = Callable[[str], str]
"""Makes a card's number in upper-case hex from how the file writes it; or ``ValueError``."""

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")

LONGEST_CELL = 60
_SHOWN = 20

_REASONS: Mapping[str, str] = {
    "missing": N_("is empty"),
    "too_long": N_("is too long"),
    "unreadable": N_("has signs that cannot be read"),
    "bad_staff_no": N_("may have letters, digits and hyphens only, at most 20"),
    "bad_number": N_("is not a telephone number"),
    "unknown_word": N_("is not one of: {allowed}"),
    "bad_badge": N_("is not a card number in the chosen format"),
    "random_badge": N_("is a phone's number, which changes at every tap"),
    "twice": N_("is also on line {other}"),
    "badge_taken": N_("is already the badge of {other}"),
    "badge_is_key": N_("is already the tag of {other}"),
    "badge_blocked": N_("is a blocked badge"),
    "bad_hour": N_("is not an hour from 0 to 23"),
    "bad_minutes": N_("is not a number of minutes"),
    "bad_day": N_("is not a day such as 2026-11-25"),
    "bad_time": N_("is not a time such as 14:30"),
    "bad_people": N_("is not a number of people from 1 to {other}"),
    "more_names": N_("has more names than people come"),
    "no_number": N_("names no number of the papers"),
    "id_at_desk": N_("asks for an identity number, and no file may hold one: enter it at the desk"),
    "bad_name": N_("is not a name that can be written"),
    "bad_gate": N_("is no gate's short name, such as {other}"),
    "backwards": N_("is not after the beginning ({other})"),
    "time_over": N_("is over already"),
    "come_already": N_("cannot be changed: this visitor has come ({other})"),
    "closed_then": N_("is outside working hours"),
    "unknown_section": N_("is no section we know"),
    "unknown_gate": N_("is no desk of this site"),
    "own_stand_in": N_("is the person's own number: nobody stands in for themselves"),
    "bad_notify_url": N_("is not an address for notices such as wecombot://KEY"),
    "unknown_person": N_("is nobody of the staff"),
    "names_door": N_("names {other}, and who finds it knows which door it opens"),
    "retired": N_("is not lent any more; choose another name"),
    "held_by_another": N_("cannot hold it: {other} has it"),
    "not_on_board": N_("cannot hold it: it is lost or blocked"),
    "other_section": N_("is of another section than the thing"),
    "pair_in_hand": N_("may not hold it together with {other}"),
    "only_managers": N_("is no manager, and only managers hold an office key for good"),
    "seal_for_good": N_("cannot hold it for good: a seal always has a due time"),
    "other_kind": N_("is not what it is in the ledger, and a kind never changes"),
    "day_over": N_("is over already"),
    "bad_year": N_("is not a year like 1980"),
    "bad_id": N_("is not an identity number: digits or birthday do not fit"),
    "nobody_known": N_("tells nobody: give a name, unit, plate, ID number or whole phone number"),
    "listed_already": N_("is on the list as {other} in other words: end that entry first"),
    "has_number": N_(
        "is new, but this name has the number {other}, and the taps stay with that one."
        " Keep {other}; for somebody else of the same name leave {other} in the file too"
    ),
    "is_another": N_("is the name of {other}: people and their taps are never swapped by a file"),
    "several_sections": N_("names several sections: {other} counts, the first"),
    "one_office_key": N_("holds {other} already, and each manager has one office key"),
}


class Wrong(Exception):  # noqa: N818 - carries the reason of one row to where its line is known
    """One cell cannot be taken: its column (our name), a reason code, its value and facts."""

    def __init__(self, column: str, code: str, value: str = "", other: str = "") -> None:
        super().__init__(code)
        self.column, self.code, self.value, self.other = column, code, value, other


@dataclass(frozen=True, slots=True)
class BadRow:
    """Why a row cannot be taken: its line, the column (our name), a reason code and its facts.

    ``called`` is what the file's author calls the column.
    """

    line: int
    column: str
    called: str
    code: str
    value: str = ""
    other: str = ""

    def text(self) -> str:
        """Return the reason as a sentence that names line, column and value."""
        allowed = pgettext("between listed things", ", ").join(self.other.split(", "))
        reason = _(_REASONS[self.code]).format(other=self.other, allowed=allowed)
        if not self.value:
            return _("Line {line}, {column} {reason}.").format(
                line=self.line, column=self.called, reason=reason
            )
        return _("Line {line}, {column}: “{value}” {reason}.").format(
            line=self.line, column=self.called, value=self.value, reason=reason
        )


def bad_row(line: int, wrong: Wrong, columns: Columns) -> BadRow:
    """Return what is wrong with the row on ``line``."""
    called = columns.called(wrong.column)
    return BadRow(line, wrong.column, called, wrong.code, wrong.value, wrong.other)


class Faults:
    """What is wrong with one row: the first fault of every column, in the order they were found."""

    def __init__(self, line: int, columns: Columns) -> None:
        self._line, self._columns = line, columns
        self._found: dict[str, Wrong] = {}

    def __bool__(self) -> bool:
        """Say whether anything is wrong."""
        return bool(self._found)

    def read(self, read: Callable[..., Read], *given: object) -> Read | None:
        """Return what ``read`` returns; None, and the fault is kept, when it raises ``Wrong``."""
        try:
            return read(*given)
        except Wrong as wrong:
            self.add(wrong)
            return None

    def add(self, wrong: Wrong) -> None:
        """Keep a fault, unless its column has one."""
        self._found.setdefault(wrong.column, wrong)

    def rows(self) -> list[BadRow]:
        """Return the faults as they are told."""
        return [bad_row(self._line, wrong, self._columns) for wrong in self._found.values()]


def bad_texts(row: FileRow, longest: Mapping[str, int]) -> Iterator[Wrong]:
    """Yield what is wrong with cells that cannot be read or are longer than their column allows."""
    for column, value in row.cells.items():
        if REPLACEMENT in value:
            yield Wrong(column, "unreadable", value)
        elif len(value) > longest.get(column, LONGEST_CELL):
            yield Wrong(column, "too_long", value[:_SHOWN])


def needed(cells: Mapping[str, str], column: str) -> str:
    """Return a cell that must not be empty; raise ``Wrong`` when it is."""
    value = cells.get(column, "")
    if not value:
        raise Wrong(column, "missing")
    return value


def fitting(cells: Mapping[str, str], column: str, shape: re.Pattern[str], code: str) -> str:
    """Return a cell, "" for none; raise ``Wrong`` with ``code`` for one of another shape."""
    value = cells.get(column, "")
    if value and not shape.fullmatch(value):
        raise Wrong(column, code, value)
    return value


def word(cells: Mapping[str, str], column: str, known: Mapping[str, Word]) -> Word | None:
    """Return the word a cell says, None for none; raise ``Wrong`` for one that is not known."""
    value = cells.get(column, "")
    if not value:
        return None
    found = known.get(value.lower().replace(" ", "_"))
    if found is None:
        raise Wrong(column, "unknown_word", value, ", ".join(known))
    return found


def card_number(cells: Mapping[str, str], column: str, to_uid: ToUid) -> str:
    """Return a card's number in upper-case hex, "" for none; raise ``Wrong`` for what is none."""
    value = cells.get(column, "")
    if not value:
        return ""
    try:
        uid = to_uid(value)
        badges.check_number(uid)
    except ValueError:
        raise Wrong(column, "bad_badge", value) from None
    except Refused as refused:
        code = "random_badge" if refused.code == "badge.random_number" else "bad_badge"
        raise Wrong(column, code, value) from None
    return uid
