"""The evidence of a card: days, tap times, minutes and the numbers of remarks, without any word."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kiosk.attendance.counters.models import REMARKS_OF, AttendanceCase, CountedMark, What
from kiosk.attendance.remarks.models import Remark
from kiosk.desk.counting import Count
from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is or was counted on a day.

    ``came`` and ``went`` are hours of the site (``08:42``), "" for none. ``remarks`` are the
    numbers of the remarks about it with their state; ``at_opening`` says that it stood on the card
    from the first, ``counts`` that it still counts, ``whole`` that it is both halves of a day.
    """

    day: date
    what: What
    minutes: int
    came: str
    went: str
    remarks: tuple[tuple[str, str], ...] = ()
    at_opening: bool = True
    counts: bool = True
    whole: bool = False


def evidence_of(desk: Desk, book: Book, found: Count, rows: Iterable[CountedMark]) -> str:
    """Return what ``found`` was counted from, as JSON: what a card opens with."""
    kept = [row for row in rows if row.counts and _belongs(row, found)]
    remarks = _remarks(book, kept)
    lines = [_line(desk, row, remarks) for row in kept]
    return json.dumps(
        [
            {
                "day": one.day.isoformat(), "what": one.what.value, "minutes": one.minutes,
                "came": one.came, "went": one.went, "remarks": one.remarks,
            }
            for one in lines
        ]
    )  # fmt: skip


def _belongs(row: CountedMark, found: Count) -> bool:
    return row.what.value in found.counter.kinds and found.first <= row.day <= found.last


def at_opening(case: AttendanceCase) -> list[Line]:
    """Return the lines a card opened with."""
    return [
        Line(
            date.fromisoformat(one["day"]), What(one["what"]), one["minutes"], one["came"],
            one["went"], tuple((number, state) for number, state in one["remarks"]),
        )
        for one in json.loads(case.evidence)
    ]  # fmt: skip


def as_it_stands(
    desk: Desk, book: Book, case: AttendanceCase, rows: Iterable[CountedMark], kinds: Iterable[str]
) -> list[Line]:
    """Return the card's lines and those that came since, each as it stands now, by day.

    ``rows`` are the person's marks, ``kinds`` what the card's counter counts. A line that no longer
    counts keeps what it opened with.
    """
    opened = {(one.day, one.what): one for one in at_opening(case)}
    days = [case.first_day, case.last_day, *(day for day, _ in opened)]
    shown = {
        (row.day, row.what): row
        for row in rows
        if row.what.value in kinds and min(days) <= row.day <= max(days)
        and (row.counts or (row.day, row.what) in opened)
    }  # fmt: skip
    remarks = _remarks(book, shown.values())
    lines = [_line(desk, row, remarks, at_opening=key in opened) for key, row in shown.items()]
    return _whole_days(sorted(lines, key=lambda one: (one.day, list(What).index(one.what))))


def _whole_days(lines: list[Line]) -> list[Line]:
    """Return the lines with the two absent halves of a day as one."""
    found: list[Line] = []
    for one in lines:
        if found and replace(one, what=What.ABSENT_MORNING) == found[-1]:
            found[-1] = replace(found[-1], whole=True)
        else:
            found.append(one)
    return found


def _line(
    desk: Desk, row: CountedMark, remarks: Iterable[Remark], *, at_opening: bool = True
) -> Line:
    came, went = (
        f"{desk.local(at):%H:%M}" if at is not None else "" for at in (row.came_at, row.went_at)
    )
    about = tuple((one.number, state_of(one)) for one in remarks if one.day == row.day)
    return Line(row.day, row.what, row.minutes, came, went, about, at_opening, row.counts)


def state_of(remark: Remark) -> str:
    """Return the code of a remark's state: signed, waiting (待签), refused, replaced."""
    if remark.replaced_by:
        return "replaced"
    if remark.refused_at is not None:
        return "refused"
    return "signed" if remark.excuses else "waiting"


def _remarks(book: Book, rows: Iterable[CountedMark]) -> list[Remark]:
    kept = list(rows)
    if not kept:
        return []
    days = [row.day for row in kept]
    return book.all(REMARKS_OF, person=kept[0].person_id, first=min(days), last=max(days))
