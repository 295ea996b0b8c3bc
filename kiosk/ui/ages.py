"""How long something has waited, or how long is left, in two words."""

from datetime import datetime, timedelta, tzinfo

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import _

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def span(length: timedelta) -> str:
    """Return a length of time as people say it: 12 min, 2 h, 3 d."""
    if length < _HOUR:
        return _("{n} min").format(n=max(0, int(length.total_seconds() // 60)))
    if length < _DAY:
        return _("{n} h").format(n=int(length.total_seconds() // 3600))
    return _("{n} d").format(n=length.days)


def age(thing: OpenThing, now: datetime, zone: tzinfo) -> str:
    """Return how late a thing is, when it is due, or how long it has been open."""
    if thing.due is None:
        return span(now - thing.since)
    if thing.due <= now:
        return _late(now - thing.due)
    return hour(thing.due, zone) if thing.due - now < _DAY else span(thing.due - now)


def _late(length: timedelta) -> str:
    if length < _HOUR:  # as long as the hours and days are: the column holds no more in English
        return _("late {n} m").format(n=max(0, int(length.total_seconds() // 60)))
    return _("late {span}").format(span=span(length))


def hour(moment: object, zone: tzinfo) -> str:
    """Return the local hour of a UTC moment, "" for none."""
    return moment.astimezone(zone).strftime("%H:%M") if isinstance(moment, datetime) else ""
