"""The working calendar: China's holidays and make-up workdays, and the site's own days on top."""

import sys
from calendar import isleap
from collections.abc import Iterator, Mapping
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
from kiosk.desk.words import N_, _

_SATURDAY = 5


class WorkCalendar:
    """Which days the house works, and from when to when."""

    def __init__(self, settings: Settings) -> None:
        self._site = settings.calendar
        self._hours = settings.hours
        self._zone = ZoneInfo(settings.site.timezone)

    def is_workday(self, day: date) -> bool:
        """Say whether the house works on ``day``: the site's table first, then the State's."""
        if day in self._site.extra_workdays:
            return True
        if day in self._site.extra_holidays:
            return False
        return day in _china(day.year).working

    def day_name(self, day: date) -> str:
        """Return what kind of day it is, as spoken now: 春节, 调休上班, 工作日, 休息日."""
        return _(self._kind(day))

    def _kind(self, day: date) -> str:
        if self.is_workday(day):
            return _MAKE_UP if day.weekday() >= _SATURDAY else _WORKDAY
        if day in self._site.extra_holidays:
            return _SITE_HOLIDAY
        return _china(day.year).holidays.get(day, _REST)

    def start(self, day: date) -> datetime | None:
        """Return when work begins on ``day`` (aware, site's zone), None on a day off."""
        if not self.is_workday(day):
            return None
        return datetime.combine(day, self._hours.start, self._zone)

    def end(self, day: date) -> datetime | None:
        """Return when work ends on ``day`` (aware, site's zone), None on a day off."""
        if not self.is_workday(day):
            return None
        return datetime.combine(day, self._hours.end, self._zone)


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
