"""Whose hours count when: the usual ones, those of a season or a section, and work shifts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import combinations
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused

_ONE_DAY = timedelta(days=1)
_YEARS_TRIED = timedelta(days=366)
MonthDay = tuple[int, int]
"""A day of any year: its month and its day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours on the site's clock; ``grace_minutes`` after the start are not yet late.

    The morning ends at ``noon_from`` and the afternoon begins at ``noon_to``.
    """

    start: time = field(default=time(8, 30), metadata={"read": value.clock_time})
    end: time = field(default=time(17, 30), metadata={"read": value.clock_time})
    noon_from: time = field(default=time(12, 0), metadata={"read": value.clock_time})
    noon_to: time = field(default=time(13, 0), metadata={"read": value.clock_time})
    grace_minutes: int = value.key(value.number(0, 120), 0)


@dataclass(frozen=True, slots=True)
class HoursProfile:
    """Hours that stand over the usual ones in a season of every year (夏令、冬令作息).

    ``from_day`` and ``to_day`` are included; a season may reach over New Year. ``sections`` are
    whose hours they are, nobody named for everybody; ``valid_from`` and ``valid_to`` (included)
    are for a rule that is changed: both stand here, each with the days on which it counts.
    ``grace_minutes`` after the start are not yet late; None: as many as with the usual hours.
    """

    start: time = field(metadata={"read": value.clock_time})
    end: time = field(metadata={"read": value.clock_time})
    name: str = value.key(value.text(20, empty=False))
    noon_from: time = field(default=time(12, 0), metadata={"read": value.clock_time})
    noon_to: time = field(default=time(13, 0), metadata={"read": value.clock_time})
    from_day: MonthDay = field(default=(1, 1), metadata={"read": value.day_of_year})
    to_day: MonthDay = field(default=(12, 31), metadata={"read": value.day_of_year})
    sections: tuple[str, ...] = value.key(value.texts(), ())
    valid_from: date | None = field(default=None, metadata={"read": value.day_or_none})
    valid_to: date | None = field(default=None, metadata={"read": value.day_or_none})
    grace_minutes: int | None = value.key(value.number(0, 120), None)

    def counts_on(self, day: date) -> bool:
        """Say whether the hours count on ``day``: it is in the season, and the rule is in force."""
        if (self.valid_from is not None and day < self.valid_from) or (
            self.valid_to is not None and day > self.valid_to
        ):
            return False
        here = (day.month, day.day)
        if self.from_day <= self.to_day:
            return self.from_day <= here <= self.to_day
        return here >= self.from_day or here <= self.to_day


@dataclass(frozen=True, slots=True)
class WorkShift:
    """A shift that people off office hours work; an ``end`` not after its start is of the next day.

    The roster (``kiosk calendar import``) names it for a person and a day.
    """

    start: time = field(metadata={"read": value.clock_time})
    end: time = field(metadata={"read": value.clock_time})
    name: str = value.key(value.text(20, empty=False))
    grace_minutes: int = value.key(value.number(0, 120), 0)


def hours_on(
    usual: Hours, profiles: Iterable[HoursProfile], day: date, section: str = ""
) -> Hours | HoursProfile:
    """Return the hours of a section on ``day``: its own profile, else everybody's, else the usual.

    ``section`` "" is the house as a whole.
    """
    found: Hours | HoursProfile = usual
    for one in profiles:
        if one.counts_on(day) and (not one.sections or section in one.sections):
            if one.sections:
                return one
            found = one
    return found


def check_hours(
    hours: Hours, profiles: Sequence[HoursProfile], shifts: Iterable[WorkShift], file: Path
) -> None:
    """Check all that says when work begins and ends.

    Raises ``Refused``: ``settings.end_before_start``, ``settings.noon_outside``,
    ``settings.profiles_meet`` for two that count on the same day for the same people,
    ``settings.same_name``.
    """
    _check_noon(hours, "hours", file)
    for at, one in enumerate(profiles, start=1):
        _check_noon(one, f"hours_profiles.{at}", file)
    _check_seasons(profiles, file)
    _check_names("hours_profiles", [one.name for one in profiles], file)
    _check_names("work_shifts", [one.name for one in shifts], file)


def _check_noon(hours: Hours | HoursProfile, key: str, file: Path) -> None:
    if hours.end <= hours.start:
        raise Refused(
            "settings.end_before_start", file=str(file), key=f"{key}.end", start=f"{key}.start"
        )
    if not hours.start < hours.noon_from <= hours.noon_to < hours.end:
        raise Refused("settings.noon_outside", file=str(file), key=f"{key}.noon_from")


def _check_seasons(profiles: Sequence[HoursProfile], file: Path) -> None:
    for (_, one), (at, other) in combinations(enumerate(profiles, start=1), 2):
        day = _both_on(one, other)
        if day is not None:
            raise Refused(
                "settings.profiles_meet", file=str(file), key=f"hours_profiles.{at}",
                name=other.name, other=one.name, day=day.isoformat(),
            )  # fmt: skip


def _both_on(one: HoursProfile, other: HoursProfile) -> date | None:
    """Return a day on which both count for the same people, None for none."""
    same_people = set(one.sections) & set(other.sections) or one.sections == other.sections
    if not same_people:
        return None
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    if first == date.min:  # both count since ever: any leap year of theirs shows every season
        first = (last - 2 * _YEARS_TRIED).replace(day=1) if last != date.max else date(2024, 1, 1)
    day = first
    while day <= last and day - first <= _YEARS_TRIED:
        if one.counts_on(day) and other.counts_on(day):
            return day
        day += _ONE_DAY
    return None


def _check_names(section: str, names: Sequence[str], file: Path) -> None:
    for at, name in enumerate(names, start=1):
        if name in names[: at - 1]:
            raise Refused("settings.same_name", file=str(file), key=f"{section}.{at}", name=name)


HOURS_EXAMPLE = (
    "hours",
    (
        ("start", '="08:30"', "上班时间", "Work begins"),
        ("end", '="17:30"', "下班时间", "Work ends"),
        ("noon_from", '#"12:00"', "上午到几点为止", "The morning ends"),
        ("noon_to", '#"13:00"', "下午从几点开始", "The afternoon begins"),
        (
            "grace_minutes", "#0",
            "上班后多少分钟内仍算准时（0 至 120）",
            "Minutes after the start that still count as on time (0 to 120)",
        ),
    ),
)  # fmt: skip
"""The section of the usual hours as ``kiosk init`` writes it."""

LISTED: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    (
        "hours_profiles",
        """夏令、冬令等作息：每年从 from_day 到 to_day；sections：只限这些科室，空则全单位
# valid_from、valid_to：制度有变动时各自有效的起止日期，空则一直有效""",
        """Hours of a season, every year from from_day to to_day; sections: only theirs, else all
# valid_from, valid_to: the days between which the rule is in force, when it is changed""",
        {
            "name": "夏令作息", "start": "08:00", "end": "18:00", "noon_from": "12:00",
            "noon_to": "14:30", "from_day": "05-01", "to_day": "09-30", "sections": (),
            "valid_from": "", "valid_to": "", "grace_minutes": 0,
        },
    ),
    (
        "work_shifts",
        "不按单位作息上班者的班次，排班用 kiosk calendar import 导入；下班不晚于上班即为次日",
        "Shifts of who keeps no office hours, by the roster; an end before the start is tomorrow's",
        {"name": "夜班", "start": "22:00", "end": "06:00", "grace_minutes": 0},
    ),
)  # fmt: skip
"""The lists as ``kiosk init`` writes them."""
