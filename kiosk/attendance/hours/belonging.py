"""Which day a tap belongs to for who works shifts: that on which the shift began (clause 14).

Nothing here reads a clock or the book.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.attendance.hours.times import WorkTimes
from kiosk.desk.presence import Whereabouts


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift of one person: the day it began on, and when it begins and ends (aware)."""

    day: date
    start: datetime
    end: datetime

    def distance(self, at: datetime) -> timedelta:
        """Return how far from the shift a moment is; nothing while it lasts."""
        if at < self.start:
            return self.start - at
        return max(at - self.end, timedelta(0))


@dataclass(frozen=True, slots=True)
class Moment:
    """A tap as far as it is asked here: its id, when it was, and which way it counts."""

    id: str
    at: datetime
    kind: Whereabouts


def turns(times: Mapping[date, WorkTimes]) -> list[Turn]:
    """Return the shifts among some days, first to last."""
    return [
        Turn(day, one.start, one.end)
        for day, one in sorted(times.items())
        if one.start is not None and one.end is not None
    ]


def turn_at(
    shifts: Iterable[Turn], at: datetime, reach: timedelta, *, leaving: Turn | None = None
) -> Turn | None:
    """Return the shift a moment belongs to, at most ``reach`` outside of it; None for none.

    Who came for the shift ``leaving`` goes home from that one, also when another has begun.
    """
    if leaving is not None and leaving.distance(at) <= reach:
        return leaving
    near = [one for one in shifts if one.distance(at) <= reach]
    return min(near, key=lambda one: (one.distance(at), abs(at - one.start)), default=None)


def days_of(moments: Iterable[Moment], shifts: Sequence[Turn], reach: timedelta) -> dict[str, date]:
    """Return the day of each tap that belongs to a shift, by its id; in whatever order they come.

    A sign-out belongs to the shift of the sign-in before it.
    """
    found: dict[str, date] = {}
    came_for: Turn | None = None
    for one in sorted(moments, key=lambda moment: (moment.at, moment.id)):
        coming = one.kind is Whereabouts.IN
        turn = turn_at(shifts, one.at, reach, leaving=None if coming else came_for)
        if coming:
            came_for = turn
        if turn is not None:
            found[one.id] = turn.day
    return found
