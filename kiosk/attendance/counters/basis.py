"""What a day is judged by: counted on another basis since, it is counted anew (clauses 14, 15)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN
from kiosk.attendance.hours.times import office_times, shift_called
from kiosk.attendance.models import VOIDS_BETWEEN, Tap
from kiosk.attendance.remarks.models import REMARKS_BETWEEN
from kiosk.desk.absence import LEAVES_BETWEEN, OUTINGS_BETWEEN
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENTS
from kiosk.desk.people_before import ALL_BEFORE
from kiosk.desk.transaction import Book

_TAPS_A_DAY = (
    select(col(Tap.day), func.count(col(Tap.id)))
    .where(col(Tap.day) >= bindparam("first"), col(Tap.day) <= bindparam("last"))
    .group_by(col(Tap.day))
)


@dataclass(frozen=True, slots=True)
class Bases:
    """What each day of a span is judged by: limits, hours of each section, roster, and what came.

    A calendar, a roster or hours that change afterwards make another text of it; and so does what
    another desk wrote of a day while its cable was cut, which comes when the day is long counted.
    """

    desk: Desk
    sections: Sequence[str]
    rosters: Mapping[date, Sequence[tuple[str, str]]]
    taps: Mapping[date, int]
    heard: Mapping[date, Sequence[str]]

    @classmethod
    def of(cls, desk: Desk, book: Book, first: date, last: date) -> "Bases":
        """Read what the days from ``first`` to ``last`` are judged by."""
        rosters: defaultdict[date, list[tuple[str, str]]] = defaultdict(list)
        for one in book.all(SHIFT_DAYS_BETWEEN, first=first, last=last):
            rosters[one.day].append((one.person_id, one.shift))
        return cls(
            desk, sorted(one.name for one in book.all(DEPARTMENTS)), rosters,
            dict(book.all(_TAPS_A_DAY, first=first, last=last)), _heard(desk, book, first, last),
        )  # fmt: skip

    def text(self, day: date) -> str:
        """Return what ``day`` is judged by as one text."""
        hours = [repr(office_times(self.desk, day, one)) for one in ("", *self.sections)]
        shifts = [
            f"{person} {name} {shift_called(self.desk, name)!r}"
            for person, name in self.rosters.get(day, ())
        ]
        came = [str(self.taps.get(day, 0)), *sorted(self.heard.get(day, ()))]
        digest = sha256("\n".join([*hours, *shifts, *came]).encode()).hexdigest()
        return f"{limits_of(self.desk)}/{digest}"


def _heard(desk: Desk, book: Book, first: date, last: date) -> Mapping[date, Sequence[str]]:
    """Return by day the stamps of what other desks wrote about it; a leave is on all its days.

    Leave and outings of this desk are named as well: one that is given back or called off elsewhere
    is on its days no more, and nothing but its absence tells of it. Who was moved elsewhere is
    judged anew from that day on.
    """
    heard: defaultdict[date, list[str]] = defaultdict(list)
    for query in (REMARKS_BETWEEN, VOIDS_BETWEEN):
        for row in book.all(query, first=first, last=last):
            if not desk.wrote(row):
                heard[row.day].append(row.stamp)
    for outing in book.all(OUTINGS_BETWEEN, first=first, last=last):
        heard[outing.day].append(outing.id if desk.wrote(outing) else outing.stamp)
    for leave in book.all(LEAVES_BETWEEN, first=first, last=last):
        for day in _days(max(first, leave.first_day), min(last, leave.last_day)):
            heard[day].append(leave.id if desk.wrote(leave) else leave.stamp)
    for moved in book.all(ALL_BEFORE):
        if not desk.wrote(moved):
            for day in _days(max(first, desk.work_day(moved.changed_at)), last):
                heard[day].append(moved.stamp)
    return heard


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def limits_of(desk: Desk) -> str:
    """Return the limits that hold now as one text: another text means that all is counted anew."""
    rules = desk.rules
    numbers = (
        rules.late_week_most, rules.late_month_most, rules.absent_short_most_days,
        rules.absent_row_most_days, rules.absent_year_most_days,
    )  # fmt: skip
    return "/".join([*map(str, numbers), desk.settings.attendance.absence_days])
