"""What of a day counts, kept as rows: derived anew whenever something about the day has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.attendance.closing.models import CLOSINGS_BETWEEN
from kiosk.attendance.counters.basis import Bases
from kiosk.attendance.counters.models import (
    COUNTED,
    COUNTED_BETWEEN,
    MARKS_OF_DAY,
    TAPPED_DAYS,
    VOIDED_TAPS,
    CountedMark,
    DayCounted,
    What,
)
from kiosk.attendance.days.derived import PersonDay, Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.models import VOIDS_BETWEEN, VoidReason
from kiosk.attendance.remarks.models import REMARKS_BETWEEN
from kiosk.desk.absence import LEAVES_BETWEEN, OUTINGS_BETWEEN
from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction

_ONE_DAY = timedelta(days=1)
_Key = tuple[str, What]


@dataclass(frozen=True, slots=True)
class _Found:
    minutes: int = 0
    came_at: datetime | None = None
    went_at: datetime | None = None


def mark_day(desk: Desk, tx: Transaction, day: date) -> set[str]:
    """Derive everybody's marks of ``day`` anew; return the ids of all who have one, or had.

    What is excused since keeps its row, which counts no more. Done twice it does no more than once.
    """
    found = dict(_found(desk, tx, day))
    known = {(row.person_id, row.what): row for row in tx.all(MARKS_OF_DAY, day=day)}
    for key in found.keys() | known.keys():
        _write(tx, day, key, known.get(key), found.get(key))
    row = tx.one(COUNTED, day=day) or DayCounted(day=day, counted_at=tx.now, limits="")
    row.counted_at, row.limits = tx.now, Bases.of(desk, tx, day, day).text(day)
    tx.put(row)
    return {person_id for person_id, _ in found.keys() | known.keys()}


def _write(
    tx: Transaction, day: date, key: _Key, row: CountedMark | None, found: _Found | None
) -> None:
    if found is None:
        if row is not None and row.counts:
            row.counts = False
            tx.put(row)
        return
    seen = (found.minutes, found.came_at, found.went_at, True)
    if row is None:
        row = CountedMark(person_id=key[0], day=day, what=key[1], minutes=0, counts=False)
    if (row.minutes, row.came_at, row.went_at, row.counts) != seen:
        row.minutes, row.came_at, row.went_at, row.counts = seen
        tx.put(row)


def _found(desk: Desk, book: Book, day: date) -> Iterator[tuple[_Key, _Found]]:
    days = days_between(desk, book, day, day)
    for person in days.people:
        derived = days.of(person, day)
        for what, minutes in _counting(derived):
            yield (person.id, what), _Found(minutes, derived.came, derived.went)
    for void, tap in book.all(VOIDED_TAPS, day=day):
        if void.reason is VoidReason.NOT_HOLDER:
            for one in filter(None, (tap.person_id, void.hand_id)):
                yield (one, What.PROXY), _Found(came_at=tap.at)


def _counting(day: PersonDay) -> Iterator[tuple[What, int]]:
    """Yield what counts of a day: late and early once it is over, absence once it is closed."""
    if day.over and day.late_counts:
        yield What.LATE, day.late_min
    if day.over and day.early_counts:
        yield What.EARLY, day.early_min
    if day.books_closed and day.morning is Standing.ABSENT:
        yield What.ABSENT_MORNING, 0
    if day.books_closed and day.afternoon is Standing.ABSENT:
        yield What.ABSENT_AFTERNOON, 0


def days_to_count(desk: Desk, book: Book) -> list[date]:
    """Return the days that are over and were not counted as they stand now, oldest first.

    A day with taps or a closing was never counted, or while it ran, or on another basis (see
    ``Bases``), or a remark, leave, outing, void or closing about it was written since. Looked at
    are the days that may still change: ``case_recount_days`` back.
    """
    today = desk.work_day(desk.clock())
    span = {"first": today - timedelta(days=desk.rules.case_recount_days), "last": today - _ONE_DAY}
    changes = dict(_changes(book, span["first"], span["last"]))
    counted = {row.day: row for row in book.all(COUNTED_BETWEEN, **span)}
    days = changes.keys() | set(book.all(TAPPED_DAYS, **span)) | counted.keys()
    bases = Bases.of(desk, book, span["first"], span["last"])

    def due(day: date) -> bool:
        return _is_due(desk, day, counted.get(day), changes.get(day), bases.text(day))

    return sorted(filter(due, days))


def _is_due(
    desk: Desk, day: date, row: DayCounted | None, changed: datetime | None, basis: str
) -> bool:
    if row is None or row.limits != basis or desk.work_day(row.counted_at) <= day:
        return True
    return changed is not None and changed >= row.counted_at  # of the same moment: once more


def _changes(book: Book, first: date, last: date) -> Mapping[date, datetime]:
    """Return when something was last written about each of the days, where anything was."""
    changes: dict[date, datetime] = {}

    def note(day: date, *moments: datetime | None) -> None:
        newest = max((one for one in moments if one is not None), default=None)
        if newest is not None and first <= day <= last:
            changes[day] = max(newest, changes.get(day, newest))

    span = {"first": first, "last": last}
    for remark in book.all(REMARKS_BETWEEN, **span):
        note(
            remark.day, remark.written_at, remark.head_at, remark.leader_at, remark.refused_at,
            remark.confirmed_at,
        )  # fmt: skip
    for void in book.all(VOIDS_BETWEEN, **span):
        note(void.day, void.at)
    for closing in book.all(CLOSINGS_BETWEEN, **span):
        note(closing.day, closing.closed_at)
    for outing in book.all(OUTINGS_BETWEEN, **span):
        note(outing.day, outing.started_at, outing.ended_at)
    for leave in book.all(LEAVES_BETWEEN, **span):
        day = max(first, leave.first_day)
        while day <= min(last, leave.last_day):
            note(day, leave.approved_at)
            day += _ONE_DAY
    return changes
