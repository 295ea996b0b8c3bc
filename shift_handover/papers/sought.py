"""What somebody looks for in the book of handovers, as it was typed: days and words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.safe_text import clean

LONGEST = 40
"""Characters that can be looked for."""

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?").fullmatch
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)").fullmatch
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?").fullmatch
_IN_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?").fullmatch


@dataclass(frozen=True, slots=True)
class Sought:
    """Handovers frozen from ``first`` to before ``after`` (aware) in which all ``words`` are.

    The words are in small letters.
    """

    first: datetime
    after: datetime
    words: tuple[str, ...] = ()

    @property
    def days(self) -> Mapping[str, datetime]:
        """The bounds as the queries take them."""
        return {"first": self.first, "after": self.after}


def sought(desk: Desk, typed: str) -> Sought:
    """Read what was typed: a day or a month in the site's calendar narrows, all else are words.

    ``2026-11-23``, ``20261123``, ``2026年11月23日``; ``11-23`` is the last such day; ``2026-11`` a
    month. What is no day of any calendar is a word.
    """
    first, after = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
    words = []
    for part in unicodedata.normalize("NFKC", clean(typed, LONGEST)).lower().split():
        days = _days(part, desk.today())
        if days is None:
            words.append(part)
            continue
        start, end = (datetime.combine(day, time(tzinfo=desk.zone)) for day in days)
        first, after = max(first, start), min(after, end)
    return Sought(first, after, tuple(words))


def _days(part: str, today: date) -> tuple[date, date] | None:
    """Return the first day meant and the one after the last, None for what is no day."""
    try:
        if found := _DAY(part) or _COMPACT(part):
            day = date(*map(int, found.groups()))
        elif found := _MONTH(part):
            month = date(int(found[1]), int(found[2]), 1)
            return month, (month + timedelta(days=31)).replace(day=1)
        elif found := _IN_YEAR(part):
            day = _last(int(found[1]), int(found[2]), today)
        else:
            return None
        return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _last(month: int, day: int, today: date) -> date:
    """Return the last such day that is not yet to come; 29 February may be years ago."""
    for year in range(today.year, today.year - 8, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no such day")
