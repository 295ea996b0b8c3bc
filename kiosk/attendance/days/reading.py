"""Read the facts of many people's days with a handful of queries, and derive them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from kiosk.attendance.closing.models import CLOSED_DAYS
from kiosk.attendance.days.derived import PersonDay, person_day
from kiosk.attendance.days.facts import Facts
from kiosk.attendance.days.of_the_house import was_of_the_house
from kiosk.attendance.days.rota import Key, Rota
from kiosk.attendance.honest.marks import doubts_of
from kiosk.attendance.honest.models import DOUBTS_BETWEEN, OPEN_PROOFS_BETWEEN, Doubt
from kiosk.attendance.hours.models import SHIFT_DAYS_BETWEEN, ShiftDay
from kiosk.attendance.hours.times import DAY_OFF, WorkTimes, office_times, times_of
from kiosk.attendance.models import (
    TAPS_BETWEEN,
    TAPS_OF_BETWEEN,
    TAPS_OF_ROSTERED,
    VOIDS_BETWEEN,
    Tap,
)
from kiosk.attendance.remarks.models import REMARKS_BETWEEN, Remark
from kiosk.attendance.rules import keeps_office_hours
from kiosk.attendance.weather.models import SIGNALS_BETWEEN, WeatherSignal
from kiosk.attendance.weather.rules import excusing
from kiosk.desk.absence import LEAVES_BETWEEN, OUTINGS_BETWEEN, Leave, Outing
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID, DEPARTMENTS, HERE_SINCE, Person
from kiosk.desk.people_before import Before
from kiosk.desk.transaction import Book

_ONE_DAY = timedelta(days=1)
Belongs = TypeVar("Belongs", Tap, Outing)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of the site with all that was written about them, and the people they concern.

    ``now`` (UTC) is when they were read, ``today`` the site's day of then: what is over is over by
    it. ``sections`` are the names of the sections by their ids, ``before`` what people were before
    they moved.
    """

    desk: Desk
    first: date
    last: date
    people: Sequence[Person]
    taps: dict[Key, list[Tap]]
    voided: frozenset[str]
    leaves: dict[str, list[Leave]]
    outings: dict[Key, list[Outing]]
    remarks: dict[Key, list[Remark]]
    signals: Sequence[WeatherSignal]
    shifts: Mapping[Key, ShiftDay]
    closed: frozenset[date]
    doubts: Mapping[str, frozenset[Doubt]]
    unproven: frozenset[str]
    sections: Mapping[str, str]
    before: Before
    now: datetime
    today: date
    _office: dict[tuple[date, str], WorkTimes] = field(default_factory=dict)

    def each_day(self) -> Iterator[date]:
        """Yield the days, first to last."""
        day = self.first
        while day <= self.last:
            yield day
            day += _ONE_DAY

    def of(self, person: Person, day: date) -> PersonDay:
        """Derive one person's day."""
        return person_day(self.facts(person, day), self.desk.rules)

    def facts(self, person: Person, day: date) -> Facts:
        """Return what is known of one person's day."""
        key, begins, times = (person.id, day), self._midnight(day), self.times(person, day)
        return Facts(
            day=day,
            times=times,
            taps=self.taps.get(key, ()),
            voided=self.voided,
            leaves=[
                one for one in self.leaves.get(person.id, ())
                if one.first_day <= day <= one.last_day
            ],
            outings=self.outings.get(key, ()),
            remarks=self.remarks.get(key, ()),
            signals=_during(self.signals, begins, max(begins + _ONE_DAY, times.end or begins)),
            over=day < self.today and self._gone(times.end),
            books_closed=day in self.closed,
            doubts=self.doubts,
            unproven=self.unproven,
        )  # fmt: skip

    def times(self, person: Person, day: date) -> WorkTimes:
        """Return the hours that count for one person; those of a section are worked out once.

        Nothing is due before somebody came into the house nor after he left it.
        """
        tapped = (person.id, day) in self.taps
        if not was_of_the_house(self.desk, person, day, tapped=tapped):
            return DAY_OFF
        left = person.left_at
        if left is not None and day == self.desk.work_day(left):
            return self._usual(person, day).until(left)
        return self._usual(person, day)

    def section(self, person: Person, day: date) -> str:
        """Return the name of the section the person was in on ``day``, "" for none."""
        return self.sections.get(self.before.on(person, day).department_id or "", "")

    def _usual(self, person: Person, day: date) -> WorkTimes:
        stood, section = self.before.on(person, day), self.section(person, day)
        if (person.id, day) in self.shifts or not keeps_office_hours(stood):
            return times_of(self.desk, stood, day, self.shifts)
        kept = self._office.get((day, section))
        if kept is None:
            kept = self._office[day, section] = office_times(self.desk, day, section)
        return kept

    def _gone(self, end: datetime | None) -> bool:
        """Say whether a shift over midnight is past, and the time to sign out with it."""
        window = timedelta(minutes=self.desk.rules.sign_in_window_min)
        return end is None or self.now >= end + window

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.desk.zone)


def days_between(
    desk: Desk, book: Book, first: date, last: date, only: Person | None = None
) -> Days:
    """Read some days of the site, both included; ``only`` keeps to one person's.

    Who left the house since the first of them is among the people, by staff number; who left before
    only when something was written about the person.
    """
    between = {"first": first, "last": last}
    around = {"first": first - _ONE_DAY, "last": last + _ONE_DAY}
    rota = Rota(desk, book.all(SHIFT_DAYS_BETWEEN, **around))
    beside = [around["first"], around["last"]] if rota.shifts else []
    voided = frozenset(one.tap_id for one in book.all(VOIDS_BETWEEN, **around))
    tapped = (
        book.all(TAPS_BETWEEN, **between) if only is None
        else book.all(TAPS_OF_BETWEEN, person=only.id, **between)
    )  # fmt: skip
    gone_out = book.all(OUTINGS_BETWEEN, **(around if rota.shifts else between))
    for day in beside:
        tapped += book.all(TAPS_OF_ROSTERED, day=day, **around)
    taps = _within(rota.taps_by_day(tapped, voided), first, last)
    outings = _within(rota.outings_by_day(gone_out), first, last)
    remarks = _by_day(book.all(REMARKS_BETWEEN, **between))
    leaves = defaultdict(list)
    for leave in book.all(LEAVES_BETWEEN, **between):
        leaves[leave.person_id].append(leave)
    begins = datetime.combine(first, time(), desk.zone)
    after = datetime.combine(last + 2 * _ONE_DAY, time(), desk.zone)  # the last night's end
    named = {one for one, _ in (*taps, *outings, *remarks)} | leaves.keys()
    return Days(
        desk=desk, first=first, last=last,
        people=[only] if only is not None else _people(book, named, begins),
        taps=taps,
        voided=voided,
        leaves=dict(leaves), outings=outings, remarks=remarks,
        signals=excusing(desk.settings, book.all(SIGNALS_BETWEEN, first=begins, after=after)),
        shifts=rota.shifts,
        closed=_closed(book, first, last),
        doubts=doubts_of(book.all(DOUBTS_BETWEEN, **around)),
        unproven=frozenset(one.tap_id for one in book.all(OPEN_PROOFS_BETWEEN, **around)),
        sections={one.id: one.name for one in book.all(DEPARTMENTS)},
        before=Before.of(desk, book, only),
        now=desk.clock(), today=desk.work_day(desk.clock()),
    )  # fmt: skip


def _closed(book: Book, first: date, last: date) -> frozenset[date]:
    """Return the closed days; nobody is absent on one on which the desk took no tap."""
    newest = dict(book.all(CLOSED_DAYS, first=first, last=last))
    return frozenset(day for day, no_taps in newest.items() if not no_taps)


def _people(book: Book, named: set[str], begins: datetime) -> list[Person]:
    """Return everybody of the house, who has left since, and who left before and is named."""
    people = {person.id: person for person in book.all(HERE_SINCE, since=begins)}
    for person_id in named - people.keys():
        person = book.one(BY_ID, id=person_id)
        if person is not None:
            people[person_id] = person
    return sorted(people.values(), key=lambda one: one.staff_no)


def _within(rows: dict[Key, list[Belongs]], first: date, last: date) -> dict[Key, list[Belongs]]:
    return {key: found for key, found in rows.items() if first <= key[1] <= last}


def _by_day(rows: Sequence[Remark]) -> dict[Key, list[Remark]]:
    found: defaultdict[Key, list[Remark]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.day].append(row)
    return dict(found)


def _during(
    signals: Sequence[WeatherSignal], begins: datetime, ends: datetime
) -> Sequence[WeatherSignal]:
    if not signals:
        return ()
    return [
        one for one in signals if one.on_at < ends and (one.off_at is None or one.off_at > begins)
    ]
