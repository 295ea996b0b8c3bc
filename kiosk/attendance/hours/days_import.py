"""The site's own days from a file, over the State's calendar: whole or not at all (clause 14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.attendance.hours.import_rows import DAY_COLUMNS, DAY_KINDS, checked, day_of, twice
from kiosk.desk import table_plan
from kiosk.desk.people import DEPARTMENTS
from kiosk.desk.refusal import Refused
from kiosk.desk.site_days import SITE_DAYS, DayKind, SiteDay
from kiosk.desk.table_cells import BadRow, Wrong, needed
from kiosk.desk.table_file import FileRow
from kiosk.desk.transaction import Book, Transaction


@dataclass(frozen=True, slots=True)
class WantedDay:
    """What a row asks for, checked; ``kind`` None takes the day off the calendar."""

    line: int
    day: date
    section: str
    kind: DayKind | None
    name: str


Plan = table_plan.Plan[WantedDay]


def check(book: Book, rows: Iterable[FileRow]) -> Plan:
    """Check every row against its columns, the sections and the calendar; nothing is written."""
    sections = {one.name for one in book.all(DEPARTMENTS)}
    wanted: list[WantedDay] = []
    bad: list[BadRow] = []
    for row in rows:
        faults = checked(row, DAY_COLUMNS)
        day = faults.read(day_of, row.cells)
        kind = faults.read(_kind, row.cells)
        section = faults.read(_section, row.cells, sections)
        bad += faults.rows()
        if day is not None and section is not None and not faults:
            wanted.append(WantedDay(row.line, day, section, kind, row.cells.get("name", "")))
    bad += twice([(one.line, one.section, one.day) for one in wanted], DAY_COLUMNS)
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    return _compared(_known(book), wanted)


def _kind(cells: Mapping[str, str]) -> DayKind | None:
    typed = needed(cells, "kind")
    if typed.lower() not in DAY_KINDS:
        raise Wrong("kind", "unknown_word", typed, ", ".join(DAY_KINDS))
    return DAY_KINDS[typed.lower()]


def _section(cells: Mapping[str, str], sections: set[str]) -> str:
    section = cells.get("section", "")
    if section and section not in sections:
        raise Wrong("section", "unknown_section", section)
    return section


def _known(book: Book) -> dict[tuple[date, str], SiteDay]:
    return {(one.day, one.section): one for one in book.all(SITE_DAYS)}


def _compared(known: Mapping[tuple[date, str], SiteDay], wanted: Iterable[WantedDay]) -> Plan:
    new, changed, same = [], [], 0
    for one in wanted:
        row = known.get((one.day, one.section))
        if (row is None and one.kind is None) or (
            row is not None and (row.kind, row.name) == (one.kind, one.name)
        ):
            same += 1
        elif row is None:
            new.append(one)
        else:
            changed.append(one)
    return Plan(tuple(new), tuple(changed), same)


def apply(tx: Transaction, plan: Plan) -> None:
    """Take every day of ``plan``, with ``calendar.imported``; what fails leaves nothing behind.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``calendar.changed_meanwhile``.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    known = _known(tx)
    if _compared(known, (*plan.new, *plan.changed)) != Plan(plan.new, plan.changed):
        raise Refused("calendar.changed_meanwhile")
    for one in (*plan.new, *plan.changed):
        row = known.get((one.day, one.section))
        if row is not None and one.kind is None:
            tx.drop(row)
            continue
        row = row or SiteDay(day=one.day, section=one.section, kind=DayKind.WORKDAY)
        row.kind, row.name = one.kind or row.kind, one.name
        tx.put(row)
    if plan.new or plan.changed:
        tx.record("calendar.imported", new=len(plan.new), changed=len(plan.changed), same=plan.same)
