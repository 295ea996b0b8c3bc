"""Two taps of one way in a row at two desks that could not hear each other (clauses 14, 22).

Whatever knew of the tap before would have chosen the other way, so its desk did not know of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kiosk.attendance.models import Tap
from kiosk.desk.presence import Whereabouts
from kiosk.desk.versions import gate_of


class Way(NamedTuple):
    """Which way one tap went: ``kind`` is what counts, ``chosen`` says that a person turned it.

    ``void_at`` (UTC) is None for a tap that counts.
    """

    tap: Tap
    kind: Whereabouts
    chosen: bool = False
    void_at: datetime | None = None

    @property
    def gate(self) -> str:
        """The desk at which it was made."""
        return gate_of(self.tap.stamp)


class Twice(NamedTuple):
    """Two taps of one person and day that went the same way at two desks."""

    before: Way
    after: Way


def same_way_twice(
    taps: Sequence[Tap], voids: Mapping[str, datetime], doubted: Collection[str]
) -> Iterator[Twice]:
    """Yield the pairs among taps in the order of time, each of one person and day of the site.

    ``voids`` says since when (UTC) taps are void, by their ids. ``doubted`` are the ids of those
    whose clock was in doubt: the order of such a day says nothing.
    """
    by_day: defaultdict[object, list[Tap]] = defaultdict(list)
    for one in taps:
        by_day[one.person_id, one.day].append(one)
    for of_day in by_day.values():
        several = len({gate_of(one.stamp) for one in of_day}) > 1
        if several and not any(one.id in doubted for one in of_day):
            yield from _among(_ways(of_day, voids))


def _ways(taps: Sequence[Tap], voids: Mapping[str, datetime]) -> list[Way]:
    turned = {one.corrects: one.kind for one in taps if one.corrects}
    return [
        Way(one, turned.get(one.id, one.kind), one.id in turned, voids.get(one.id))
        for one in taps
        if not one.corrects
    ]


def _among(ways: Sequence[Way]) -> Iterator[Twice]:
    """Yield the pairs of one person and day.

    A tap before that was void only later was still known to the desk: what it made the program
    choose is not odd.
    """
    for place, after in enumerate(ways):
        standing = _newest(ways[:place])
        known = _newest(ways[:place], at=after.tap.at)
        if after.void_at or after.chosen or standing is None or known is None:
            continue
        if standing.gate != after.gate and standing.kind is known.kind is after.kind:
            yield Twice(standing, after)


def _newest(ways: Sequence[Way], at: datetime | None = None) -> Way | None:
    """Return the last tap that is not void; with ``at`` (UTC), that was not void at that time."""
    for one in reversed(ways):
        if one.void_at is None or (at is not None and one.void_at > at):
            return one
    return None
