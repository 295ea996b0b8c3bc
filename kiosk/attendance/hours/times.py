"""The hours that count for one person on one day, and their two halves (clauses 14, 23)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.rules import keeps_office_hours
from kiosk.desk.absence import Half
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.settings_hours import Hours, WorkShift
from kiosk.desk.site_days import DayKind

Shifts = Mapping[tuple[str, date], ShiftDay]
"""Who works which shift, by person's id and day."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkTimes:
    """When work begins and ends (aware); both None on a day off and for who has no hours known.

    ``noon`` parts the halves: the end of the morning and the start of the afternoon. ``free`` is
    the half that is off on a half day. ``basis`` names the profile or shift the hours come from,
    "" for the usual ones. The end may lie on the next day. ``known`` is false for who works
    shifts and stands on no roster for the day.
    """

    start: datetime | None = None
    end: datetime | None = None
    grace_min: int = 0
    noon: tuple[datetime, datetime] | None = None
    basis: str = ""
    free: Half | None = None
    known: bool = True

    def half(self, half: Half) -> tuple[datetime, datetime] | None:
        """Return when a half begins and ends, None on a day off and for the half that is off."""
        if self.start is None or self.end is None or half is self.free:
            return None
        if self.free is not None:
            return self.start, self.end
        morning_ends, afternoon_starts = self.noon or self._middle(self.start, self.end)
        if half is Half.MORNING:
            return self.start, morning_ends
        return afternoon_starts, self.end

    @staticmethod
    def _middle(start: datetime, end: datetime) -> tuple[datetime, datetime]:
        # Two moments of one zone are subtracted by the wall clock, which jumps twice a year.
        begins, ends = start.astimezone(UTC), end.astimezone(UTC)
        middle = (begins + (ends - begins) / 2).astimezone(start.tzinfo)
        return middle, middle

    def until(self, moment: datetime) -> "WorkTimes":
        """Return the same hours for who is there only until ``moment`` (aware)."""
        if self.start is None or self.end is None or moment >= self.end:
            return self
        if moment <= self.start:
            return DAY_OFF
        afternoon = self.half(Half.AFTERNOON)
        if self.free is not None or afternoon is None or moment > afternoon[0]:
            return replace(self, end=moment)
        return replace(self, end=moment, free=Half.AFTERNOON)


DAY_OFF = WorkTimes()
NO_SHIFT_KNOWN = WorkTimes(known=False)


def times_of(
    desk: Desk, person: Person, day: date, shifts: Shifts | None = None, section: str = ""
) -> WorkTimes:
    """Return the hours that count for the person on ``day``.

    The roster comes first: a shift, or a day off. Who is not on it keeps the hours of ``section``;
    a guard has none, and where the site has work shifts, none that are known.
    """
    rostered = (shifts or {}).get((person.id, day))
    if rostered is not None:
        return shift_times(desk, rostered)
    if keeps_office_hours(person):
        return office_times(desk, day, section)
    return NO_SHIFT_KNOWN if desk.settings.work_shifts else DAY_OFF


def shift_times(desk: Desk, rostered: ShiftDay) -> WorkTimes:
    """Return when a shift of the roster begins and ends; nothing is due on its days off.

    A shift that ``kiosk.toml`` does not name any more is not known.
    """
    if not rostered.shift:
        return DAY_OFF
    shift = shift_called(desk, rostered.shift)
    if shift is None:
        return NO_SHIFT_KNOWN
    ends_on = rostered.day if shift.end > shift.start else rostered.day + _ONE_DAY
    return WorkTimes(
        start=datetime.combine(rostered.day, shift.start, desk.zone),
        end=datetime.combine(ends_on, shift.end, desk.zone),
        grace_min=shift.grace_minutes,
        basis=shift.name,
    )


def shift_called(desk: Desk, name: str) -> WorkShift | None:
    """Return the work shift of this name in the settings, None for none."""
    return next((one for one in desk.settings.work_shifts if one.name == name), None)


def office_times(desk: Desk, day: date, section: str = "") -> WorkTimes:
    """Return the hours of a section on ``day``: profile, half days and days off of its own."""
    kind = desk.calendar.kind(day, section)
    if kind is DayKind.HOLIDAY:
        return DAY_OFF
    hours, usual_grace = desk.calendar.hours(day, section), desk.settings.hours.grace_minutes
    return WorkTimes(
        start=desk.calendar.start(day, section),
        end=desk.calendar.end(day, section),
        grace_min=usual_grace if hours.grace_minutes is None else hours.grace_minutes,
        noon=(
            datetime.combine(day, hours.noon_from, desk.zone),
            datetime.combine(day, hours.noon_to, desk.zone),
        ),
        basis="" if isinstance(hours, Hours) else hours.name,
        free=_FREE.get(kind),
    )


_FREE = {DayKind.OFF_MORNING: Half.MORNING, DayKind.OFF_AFTERNOON: Half.AFTERNOON}
