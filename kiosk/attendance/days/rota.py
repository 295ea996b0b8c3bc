"""The roster around some days: whose shifts reach over midnight, and what belongs to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from kiosk.attendance.days.facts import Facts, counted
from kiosk.attendance.hours.belonging import Moment, Turn, days_of, turn_at, turns
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.hours.times import WorkTimes, shift_times
from kiosk.attendance.models import Tap
from kiosk.desk.absence import Outing
from kiosk.desk.desk import Desk

Key = tuple[str, date]
"""A person's id and a day of the site."""


class Rota:
    """Who works which shift on some days and those beside them."""

    def __init__(self, desk: Desk, rows: Iterable[ShiftDay]) -> None:
        self._reach = timedelta(minutes=desk.rules.shift_reach_min)
        self.shifts = {(one.person_id, one.day): one for one in rows}
        times: defaultdict[str, dict[date, WorkTimes]] = defaultdict(dict)
        for (person, day), one in self.shifts.items():
            times[person][day] = shift_times(desk, one)
        self._turns: Mapping[str, list[Turn]] = {who: turns(days) for who, days in times.items()}

    def taps_by_day(self, taps: Sequence[Tap], voided: frozenset[str]) -> dict[Key, list[Tap]]:
        """Return the taps by person and day; those of a shift stand on the day it began."""
        own: defaultdict[str, list[Tap]] = defaultdict(list)
        found: defaultdict[Key, list[Tap]] = defaultdict(list)
        for tap in taps:
            if self._turns.get(tap.person_id):
                own[tap.person_id].append(tap)
            else:
                found[tap.person_id, tap.day].append(tap)
        for person, theirs in own.items():
            days = self._days(person, theirs, voided)
            for tap in theirs:
                found[person, days.get(tap.corrects or tap.id, tap.day)].append(tap)
        return dict(found)

    def _days(self, person: str, taps: Sequence[Tap], voided: frozenset[str]) -> dict[str, date]:
        shown = counted(Facts(day=date.min, taps=taps, voided=voided))
        moments = [Moment(one.tap.id, one.tap.at, one.kind) for one in shown if not one.void]
        days = days_of(moments, self._turns[person], self._reach)
        for one in shown:
            near = turn_at(self._turns[person], one.tap.at, self._reach) if one.void else None
            if near is not None:
                days[one.tap.id] = near.day
        return days

    def outings_by_day(self, outings: Iterable[Outing]) -> dict[Key, list[Outing]]:
        """Return the outings by person and day, likewise."""
        found: defaultdict[Key, list[Outing]] = defaultdict(list)
        for one in outings:
            turn = turn_at(self._turns.get(one.person_id, ()), one.started_at, timedelta(0))
            found[one.person_id, turn.day if turn else one.day].append(one)
        return dict(found)
