"""Sign-in as the regulations have it (clauses 14, 15, 22, 23): which way a tap goes, what it marks.

Nothing here reads a clock or the book. Minutes are whole ones: 08:30:59 is still 08:30.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.people import Person, Role
from kiosk.desk.presence import Presence, Whereabouts

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a tap is marked with; it asks for a remark (备注) and decides nothing."""

    late_min: int = 0
    early_min: int = 0
    out_of_window: bool = False


UNMARKED = Marks()


def is_repeat(
    here: Presence | None, now: datetime, today: date, start: datetime | None, rules: Rules
) -> bool:
    """Say whether a tap only shows the last one again (``rules.tap_again_min``).

    Over the beginning of a day too, unless work begins about then (``start``): who goes home from
    one shift may come for the next. A clock that steps back a little makes no second tap of it.
    """
    if here is None:
        return False
    if here.day != today and start is not None and _in_window(now, start, rules):
        return False
    since = now - here.tapped_at
    return _little_back(rules) < since < timedelta(minutes=rules.tap_again_min)


def _in_window(at: datetime, start: datetime, rules: Rules) -> bool:
    return abs(at - start) <= timedelta(minutes=rules.sign_in_window_min)


def _little_back(rules: Rules) -> timedelta:
    """Return how far back the clock may step without being in doubt (``rules.clock_back_s``)."""
    return -timedelta(seconds=rules.clock_back_s)


def next_kind(here: Presence | None, today: date, *, overnight: bool = False) -> Whereabouts:
    """Return which way the next tap goes: the first of the site's day is in, then out, then in.

    ``overnight`` is true for who has kept a post since before midnight: they are still in.
    """
    came_today = here is not None and (here.day == today or overnight)
    if came_today and here is not None and here.state is Whereabouts.IN:
        return Whereabouts.OUT
    return Whereabouts.IN


def keeps_office_hours(person: Person) -> bool:
    """Say whether the site's hours are the person's. A guard's are those of the roster."""
    return person.role is not Role.GUARD


def marks_in(at: datetime, start: datetime | None, grace_min: int, rules: Rules) -> Marks:
    """Return what the day's first sign-in is marked with; ``start`` is None on a day off."""
    if start is None:
        return UNMARKED
    late = max(0, (at - start) // _MINUTE)
    outside = not _in_window(at, start, rules)
    return Marks(late_min=late if late > grace_min else 0, out_of_window=outside)


def marks_out(at: datetime, end: datetime | None) -> Marks:
    """Return what a sign-out is marked with if nobody comes back; ``end`` is None on a day off."""
    if end is None or at >= end:
        return UNMARKED
    return Marks(early_min=-((at - end) // _MINUTE))


def may_still_change(tapped_at: datetime, now: datetime, rules: Rules) -> bool:
    """Say whether a tap can still be turned from in to out or back (``rules.change_tap_s``)."""
    since = now - tapped_at
    return _little_back(rules) < since <= timedelta(seconds=rules.change_tap_s)


def other(kind: Whereabouts) -> Whereabouts:
    """Return the other way."""
    return Whereabouts.OUT if kind is Whereabouts.IN else Whereabouts.IN
