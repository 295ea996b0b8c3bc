"""The working calendar: China's holidays and make-up workdays, and the site's own days on top."""

import sys
from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.desk.settings import Settings
from kiosk.desk.settings_hours import Hours, HoursProfile, hours_on
from kiosk.desk.site_days import DayKind, Known, SiteDay
from kiosk.desk.words import N_, _

_SATURDAY = 5


class WorkCalendar:
    """Which days the house works, and from when to when.

    The site's imported days come first, then those of ``kiosk.toml``, then the State's. A
    ``section`` may have days and hours of its own; "" is the house as a whole. ``site_days``
    returns the imported days: it is asked often and keeps them in memory.
    """

    def __init__(self, settings: Settings, site_days: Callable[[], Known] | None = None) -> None:
        self._site = settings.calendar
        self._usual, self._profiles = settings.hours, settings.hours_profiles
        self._zone = ZoneInfo(settings.site.timezone)
        self._site_days = site_days or dict

    def kind(self, day: date, section: str = "") -> DayKind:
        """Return how much of ``day`` a section works."""
        own = self._own(day, section)
        if own is not None:
            return own.kind
        if day in self._site.extra_workdays:
            return DayKind.WORKDAY
        if day in self._site.extra_holidays or day not in _china(day.year).working:
            return DayKind.HOLIDAY
        return DayKind.WORKDAY

    def is_workday(self, day: date, section: str = "") -> bool:
        """Say whether any of ``day`` is worked."""
        return self.kind(day, section) is not DayKind.HOLIDAY

    def is_known(self, year: int) -> bool:
        """Say whether the State's make-up workdays of ``year`` are known here, or the site's days.

        The State publishes them in the November before; until then a year has none at all.
        """
        return (
            any(day.weekday() >= _SATURDAY for day in _china(year).working)
            or any(day.year == year for day, _section in self._site_days())
            or any(day.year == year for day in self._site.extra_workdays)
        )

    def unknown_years(self, first: date, last: date) -> list[int]:
        """Return the years between two days whose make-up workdays nobody knows yet."""
        return [year for year in range(first.year, last.year + 1) if not self.is_known(year)]

    def day_name(self, day: date) -> str:
        """Return what kind of day it is, as spoken now: 春节, 调休上班, 工作日, 休息日."""
        own = self._own(day, "")
        if own is not None and own.name:
            return own.name
        return _(self._called(day))

    def _own(self, day: date, section: str) -> SiteDay | None:
        days = self._site_days()
        if not days:
            return None
        return (days.get((day, section)) if section else None) or days.get((day, ""))

    def _called(self, day: date) -> str:
        kind = self.kind(day)
        if kind in _HALVES:
            return _HALVES[kind]
        if kind is DayKind.WORKDAY:
            return _MAKE_UP if day.weekday() >= _SATURDAY else _WORKDAY
        if day in self._site.extra_holidays or self._own(day, "") is not None:
            return _SITE_HOLIDAY
        return _china(day.year).holidays.get(day, _REST)

    def hours(self, day: date, section: str = "") -> Hours | HoursProfile:
        """Return the hours that would count on ``day`` if it is worked whole."""
        return hours_on(self._usual, self._profiles, day, section)

    def start(self, day: date, section: str = "") -> datetime | None:
        """Return when work begins on ``day`` (aware, site's zone), None on a day off."""
        kind = self.kind(day, section)
        if kind is DayKind.HOLIDAY:
            return None
        hours = self.hours(day, section)
        begins = hours.noon_to if kind is DayKind.OFF_MORNING else hours.start
        return datetime.combine(day, begins, self._zone)

    def end(self, day: date, section: str = "") -> datetime | None:
        """Return when work ends on ``day`` (aware, site's zone), None on a day off."""
        kind = self.kind(day, section)
        if kind is DayKind.HOLIDAY:
            return None
        hours = self.hours(day, section)
        ends = hours.noon_from if kind is DayKind.OFF_AFTERNOON else hours.end
        return datetime.combine(day, ends, self._zone)


_HALVES = {
    DayKind.OFF_MORNING: N_("Morning off"),
    DayKind.OFF_AFTERNOON: N_("Afternoon off"),
}
_WORKDAY = N_("Workday")
_MAKE_UP = N_("Make-up workday")
_REST = N_("Day off")
_SITE_HOLIDAY = N_("Site holiday")

# The library's Chinese names are its most stable ones; its English ones change between releases.
_HOLIDAYS = {
    "元旦": N_("New Year's Day"),
    "春节": N_("Spring Festival"),
    "除夕": N_("Spring Festival"),
    "清明节": N_("Qingming Festival"),
    "劳动节": N_("Labour Day"),
    "端午节": N_("Dragon Boat Festival"),
    "中秋节": N_("Mid-Autumn Festival"),
    "国庆节": N_("National Day"),
}


@dataclass(frozen=True, slots=True)
class _Year:
    """What the State made of the days of one year: which are worked, and what the free ones are."""

    working: frozenset[date]
    holidays: Mapping[date, str]


@lru_cache(maxsize=16)
def _china(year: int) -> _Year:
    """Read one year out of the library (0.1 s) and let go of it: it is asked once a year."""
    with _library() as make:
        china = make(language="zh_CN", years=year)
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + isleap(year))]
        named = {day: _known(china.get(day, "")) for day in days}
        return _Year(
            frozenset(day for day in days if china.is_working_day(day)),
            {day: name for day, name in named.items() if name},
        )


def _known(words: str) -> str:
    return next((name for known, name in _HOLIDAYS.items() if known in words), "")


@contextmanager
def _library() -> Iterator[Any]:
    """Import the library's China, and take out of memory afterwards what came with it."""
    with _IMPORTING:
        before = set(sys.modules)
        try:
            _place_bare_packages()
            yield _import_china()
        finally:
            for name in set(sys.modules) - before:
                if name.partition(".")[0] in _ONLY_FOR_THIS:
                    del sys.modules[name]


_IMPORTING = Lock()
_ONLY_FOR_THIS = frozenset({"holidays", "dateutil"})


def _place_bare_packages() -> None:
    """Place the library's packages without what they import by themselves.

    That is all 250 countries and the calendars of every faith: 0.1 s and 11 MB for one country.
    """
    found = find_spec("holidays")
    if "holidays" in sys.modules or found is None or found.origin is None:
        return
    folder = Path(found.origin).parent
    for name in ("holidays", "holidays.calendars", "holidays.groups", "holidays.countries"):
        package = ModuleType(name)
        package.__path__ = [str(folder.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


def _import_china() -> Any:  # noqa: ANN401 - the library types its classes only in part
    from holidays import groups  # noqa: PLC0415 - bare, see above
    from holidays.groups.chinese import ChineseCalendarHolidays  # noqa: PLC0415 - off the way to the first paint
    from holidays.groups.custom import StaticHolidays  # noqa: PLC0415 - the same
    from holidays.groups.international import InternationalHolidays  # noqa: PLC0415 - the same

    for group in (ChineseCalendarHolidays, InternationalHolidays, StaticHolidays):
        setattr(groups, group.__name__, group)
    from holidays.countries.china import China  # noqa: PLC0415 - after the packages it asks

    return China
