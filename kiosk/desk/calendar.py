"""The working calendar: China's holidays and make-up workdays, and the site's own days on top."""

import sys
from datetime import date, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.desk.settings import Settings
from kiosk.desk.words import N_, _

if TYPE_CHECKING:
    from holidays import HolidayBase

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
        return _china().is_working_day(day)

    def day_name(self, day: date) -> str:
        """Return what kind of day it is, as spoken now: 春节, 调休上班, 工作日, 休息日."""
        return _(self._kind(day))

    def _kind(self, day: date) -> str:
        if self.is_workday(day):
            return _MAKE_UP if day.weekday() >= _SATURDAY else _WORKDAY
        if day in self._site.extra_holidays:
            return _SITE_HOLIDAY
        return _HOLIDAYS.get(_statutory(day), _REST)

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


@lru_cache(maxsize=1)
def _china() -> "HolidayBase":
    _place_bare_packages()
    from holidays import groups  # noqa: PLC0415 - bare, see above
    from holidays.groups.chinese import ChineseCalendarHolidays  # noqa: PLC0415 - off the way to the first paint
    from holidays.groups.custom import StaticHolidays  # noqa: PLC0415 - the same
    from holidays.groups.international import InternationalHolidays  # noqa: PLC0415 - the same

    for group in (ChineseCalendarHolidays, InternationalHolidays, StaticHolidays):
        setattr(groups, group.__name__, group)
    from holidays.countries.china import China  # noqa: PLC0415 - after the packages it asks

    return China(language="zh_CN")  # type: ignore[no-untyped-call] # the library types its classes only


def _statutory(day: date) -> str:
    name = _china().get(day, "")
    return next((known for known in _HOLIDAYS if known in name), "")
