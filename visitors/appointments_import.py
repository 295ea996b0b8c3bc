"""Appointments from a file: every row is checked first, then all of them are taken or none.

A row is known by its own reference, else by host, visitor and beginning. What the file said last is
kept as a keyed hash: a row that says the same again changes nothing, even where the desk has
changed the appointment meanwhile; a row that says something new is taken as it is. A row that is
no longer in the file cancels nothing, since a file may be a part: 状态 取消 does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_STAFF_NO, EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.table_cells import BadRow, Faults, Wrong, bad_row
from kiosk.desk.table_file import FileRow
from kiosk.desk.transaction import Book, Transaction
from visitors.appointments import announced, cancel_in, save_expected
from visitors.appointments_change import refuse_unless_expected, save_changed, write_change
from visitors.appointments_file import COLUMNS
from visitors.appointments_plan import Plan, Wanted, wanted
from visitors.models import State, Visit
from visitors.service import save, visit_of
from visitors.visit_queries import BY_FILE_REF

CANCELLED_IN_FILE = "file"
"""The reason's code of an appointment that a file has cancelled."""
_COMES_NO_MORE = frozenset({State.VOIDED, State.NO_SHOW})


def check(desk: Desk, book: Book, rows: Iterable[FileRow]) -> Plan:
    """Check every row against its columns, the other rows and the book; nothing is written."""
    staff = {person.staff_no for person in book.all(EVERYONE)}
    good: list[Wanted] = []
    bad: list[BadRow] = []
    new: list[Wanted] = []
    changed: list[Wanted] = []
    for row in rows:
        faults = Faults(row.line, COLUMNS)
        one = wanted(desk, row, faults)
        faults.read(_check_host, row, staff)
        asked = faults.read(_against_book, desk, book, one) if one is not None else None
        bad += faults.rows()
        good += [one] if one is not None else []
        if asked is not None:
            (changed if asked.visit_id else new).append(asked)
    bad += _twice(good)
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    same = len(good) - len(new) - len(changed)
    doubtful = tuple(_out_of_hours(desk, [*new, *changed]))
    return Plan(tuple(new), tuple(changed), same, doubtful=doubtful)


def _check_host(row: FileRow, staff: set[str]) -> None:
    host = row.cells.get("host", "")
    if host and host not in staff:
        raise Wrong("host", "unknown_person", host)


def _against_book(desk: Desk, book: Book, one: Wanted) -> Wanted | None:
    """Return what is to be done for the row, None for nothing; raise ``Wrong`` when it cannot."""
    found = book.one(BY_FILE_REF, ref=one.ref)
    if found is not None and found[0].file_row == one.row:
        return None
    known = found[0] if found is not None else None
    if known is not None and known.state not in {State.EXPECTED, *_COMES_NO_MORE}:
        day = f"{known.day:%m-%d}"
        raise Wrong("name", "come_already", one.details.name, day)
    stands = known is not None and known.state is State.EXPECTED
    if one.cancelled:
        return replace(one, visit_id=known.id) if known is not None and stands else None
    if one.times.end <= desk.clock():
        raise Wrong("day", "time_over", f"{one.times.start:%Y-%m-%d %H:%M}")
    return replace(one, visit_id=known.id) if known is not None and stands else one


def _twice(good: Iterable[Wanted]) -> Iterator[BadRow]:
    """Name the later of two rows that are about the same appointment."""
    lines: dict[str, int] = {}
    for one in good:
        first = lines.setdefault(one.ref, one.line)
        if first != one.line:
            wrong = Wrong("name", "twice", one.details.name, str(first))
            yield bad_row(one.line, wrong, COLUMNS)


def _out_of_hours(desk: Desk, taken: Iterable[Wanted]) -> Iterator[BadRow]:
    """Name the rows whose beginning lies on a day off or outside working hours."""
    for one in taken:
        day = one.times.start.date()
        opens, closes = desk.calendar.start(day), desk.calendar.end(day)
        open_then = opens is not None and closes is not None and opens <= one.times.start < closes
        if not open_then and not one.cancelled:
            told = f"{one.times.start:%Y-%m-%d %H:%M}"
            yield bad_row(one.line, Wrong("from", "closed_then", told), COLUMNS)


def apply(desk: Desk, tx: Transaction, plan: Plan) -> None:
    """Take every row of ``plan``; whatever fails leaves nothing of it behind.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``visit.file_changed`` when the
    book is not as it was checked.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    for one in plan.new:
        _enter(desk, tx, one)
    for one in plan.changed:
        _write(desk, tx, one)
    if plan.new or plan.changed:
        cancelled = sum(one.cancelled for one in plan.changed)
        tx.record(
            "visits.imported",
            new=len(plan.new), changed=len(plan.changed) - cancelled, cancelled=cancelled,
            same=plan.same,
        )  # fmt: skip


def _enter(desk: Desk, tx: Transaction, one: Wanted) -> None:
    host = tx.one(BY_STAFF_NO, staff_no=one.host)
    if host is None or not host.active:
        raise Refused("visit.file_changed")
    visit = announced(tx, desk, one.details, host, one.times, None)
    visit.gate = one.gate
    _remember(visit, one)
    save_expected(tx, visit, host)


def _remember(visit: Visit, one: Wanted) -> None:
    visit.file_ref, visit.file_row = one.ref, one.row


def _write(desk: Desk, tx: Transaction, one: Wanted) -> None:
    visit, host = visit_of(tx, one.visit_id)
    refuse_unless_expected(visit)
    _remember(visit, one)
    if one.cancelled:
        cancel_in(tx, visit, "", CANCELLED_IN_FILE)
        return
    person = tx.one(BY_STAFF_NO, staff_no=one.host)
    if person is None or not person.active:
        raise Refused("visit.file_changed")
    fields = write_change(tx, desk, visit, host, one.details, person, one.times)
    if one.gate != visit.gate:
        visit.gate = one.gate
        fields.append("gate")
    if fields:
        save_changed(tx, visit, person, fields, CANCELLED_IN_FILE)
    else:
        save(tx, visit, "visit.file_read", host=person.staff_no)
