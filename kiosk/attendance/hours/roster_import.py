"""Who works which shift, from a file: whole or not at all (clause 14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kiosk.attendance.hours.import_rows import (
    DAY_OFF_WORDS,
    NO_ROSTER_WORDS,
    ROSTER_COLUMNS,
    checked,
    day_of,
    twice,
)
from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN, ShiftDay
from kiosk.desk import table_plan
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.table_cells import BadRow, Wrong, needed
from kiosk.desk.table_file import FileRow
from kiosk.desk.transaction import Book, Transaction


@dataclass(frozen=True, slots=True)
class WantedShift:
    """What a row asks for, checked; ``shift`` "" is a day off, None no place on the roster."""

    line: int
    person_id: str
    staff_no: str
    day: date
    shift: str | None


Plan = table_plan.Plan[WantedShift]
_Rows = Mapping[tuple[str, date], ShiftDay]


def check(book: Book, rows: Iterable[FileRow], shifts: Sequence[str]) -> Plan:
    """Check every row against its columns, the people and the ``shifts`` that ``kiosk.toml`` names.

    Nothing is written.
    """
    people = {person.staff_no: person for person in book.all(EVERYONE)}
    wanted: list[WantedShift] = []
    bad: list[BadRow] = []
    for row in rows:
        faults = checked(row, ROSTER_COLUMNS)
        person = faults.read(_person, row.cells, people)
        day = faults.read(day_of, row.cells)
        shift = faults.read(_shift, row.cells, shifts)
        bad += faults.rows()
        if person is not None and day is not None and not faults:
            wanted.append(WantedShift(row.line, person.id, person.staff_no, day, shift))
    bad += twice([(one.line, one.staff_no, one.day) for one in wanted], ROSTER_COLUMNS)
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    return _compared(_known(book, wanted), wanted)


def _person(cells: Mapping[str, str], people: Mapping[str, Person]) -> Person:
    staff_no = needed(cells, "staff_no")
    if staff_no not in people:
        raise Wrong("staff_no", "unknown_person", staff_no)
    return people[staff_no]


def _shift(cells: Mapping[str, str], shifts: Sequence[str]) -> str | None:
    """Return the shift's name, "" for a day off, None for no place on the roster."""
    typed = needed(cells, "shift")
    if typed in shifts:
        return typed
    if typed.lower() in DAY_OFF_WORDS:
        return ""
    if typed.lower() in NO_ROSTER_WORDS:
        return None
    allowed = (*shifts, *sorted(DAY_OFF_WORDS | NO_ROSTER_WORDS))
    raise Wrong("shift", "unknown_word", typed, ", ".join(allowed))


def _known(book: Book, wanted: Sequence[WantedShift]) -> _Rows:
    if not wanted:
        return {}
    days = [one.day for one in wanted]
    found = book.all(SHIFT_DAYS_BETWEEN, first=min(days), last=max(days))
    return {(one.person_id, one.day): one for one in found}


def _compared(known: _Rows, wanted: Iterable[WantedShift]) -> Plan:
    new, changed, same = [], [], 0
    for one in wanted:
        row = known.get((one.person_id, one.day))
        if (row.shift if row is not None else None) == one.shift:
            same += 1
        elif row is None:
            new.append(one)
        else:
            changed.append(one)
    return Plan(tuple(new), tuple(changed), same)


def apply(tx: Transaction, plan: Plan) -> None:
    """Take the whole plan: ``roster.changed`` for each person, then ``roster.imported``.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``calendar.changed_meanwhile``.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    taken = sorted((*plan.new, *plan.changed), key=lambda one: (one.staff_no, one.day))
    known = _known(tx, taken)
    if _compared(known, (*plan.new, *plan.changed)) != Plan(plan.new, plan.changed):
        raise Refused("calendar.changed_meanwhile")
    for staff_no, theirs in groupby(taken, key=lambda one: one.staff_no):
        days = [_take(tx, known, one) for one in theirs]
        tx.record(
            "roster.changed", person=staff_no, days=len(days), first=min(days).isoformat(),
            last=max(days).isoformat(),
        )  # fmt: skip
    if taken:
        tx.record("roster.imported", new=len(plan.new), changed=len(plan.changed), same=plan.same)


def _take(tx: Transaction, known: _Rows, one: WantedShift) -> date:
    row = known.get((one.person_id, one.day))
    if one.shift is None:
        if row is not None:
            tx.drop(row)
        return one.day
    row = row or ShiftDay(person_id=one.person_id, day=one.day, shift=one.shift)
    row.shift = one.shift
    tx.put(row)
    return one.day
