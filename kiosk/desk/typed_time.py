"""A time as a guard types it: 16:30 or 1630 for today, 11-30 16:30 for another day."""

import re
from datetime import datetime, timedelta

from kiosk.desk.refusal import Refused

_TYPED = re.compile(
    r"(?:(?:(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?)\s*)?(?P<hour>\d{1,2})[:：点]?(?P<minute>\d{2})"
)
_HALF_A_YEAR = timedelta(days=183)


def typed_time(typed: str, now: datetime) -> datetime:
    """Return the moment that was typed, in the time zone of ``now`` (the site's local time).

    A day without a year is the nearest one. Raises ``Refused("time.unclear")``.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        raise Refused("time.unclear", typed=typed)
    try:
        at = now.replace(
            hour=int(found["hour"]), minute=int(found["minute"]), second=0, microsecond=0
        )
        if found["month"] is None:
            return at
        return _nearest(at, int(found["month"]), int(found["day"]), now)
    except ValueError:
        raise Refused("time.unclear", typed=typed) from None


def _nearest(at: datetime, month: int, day: int, now: datetime) -> datetime:
    near = at.replace(month=month, day=day)
    if near - now > _HALF_A_YEAR:
        return near.replace(year=near.year - 1)
    if now - near > _HALF_A_YEAR:
        return near.replace(year=near.year + 1)
    return near
