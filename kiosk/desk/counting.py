"""One engine for everything the regulations count: a clause, a period, how much is still allowed.

A counter is data, and what it counts are marks: late or early, half days of absence, a breach. It
knows nothing of who is counted. Adding a mark that does not count, in any order, never raises a
count: what is excused is left out, or given as a mark that ends a row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

_SUNDAY = 6


class Over(StrEnum):
    """The period a counter counts over; a mark belongs to the one its day falls in."""

    DAY = "day"
    WEEK = "week"  # Monday to Sunday
    MONTH = "month"
    YEAR = "year"
    ROW = "row"  # one after the other, until something ends the row


class Sign(StrEnum):
    """What a mark does to a count."""

    COUNTS = "counts"
    FREE = "free"  # nothing was due: it ends no row, and counts only where days off count too
    ENDS = "ends"  # all was well, or it is excused: it ends a row


class Mark(NamedTuple):
    """One thing on one day; ``place`` orders and tells apart those of one day (its halves)."""

    day: date
    place: int
    sign: Sign = Sign.COUNTS


@dataclass(frozen=True, slots=True)
class Counter:
    """What the regulations say of a number: ``most`` is still allowed, one more trips it.

    ``clause`` is the row of the regulations; ``kinds`` name what is counted. ``warn`` are the
    counts from which somebody is told, lowest first. ``days_off`` counts what is free within a row
    of counted marks too (calendar days). ``below_days``, 0 for none, is where the clause's band
    ends: a count spread over so many calendar days is beyond it, and its case says so.
    """

    id: str
    clause: str
    over: Over
    most: int
    kinds: frozenset[str] = frozenset()
    warn: tuple[int, ...] = ()
    days_off: bool = False
    below_days: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """What a counter came to in one period: from ``first`` to ``last``, both included.

    Of a row these are its first and its last day. ``marks`` are those that were counted, in order.
    """

    counter: Counter
    first: date
    last: date
    marks: tuple[Mark, ...]

    @property
    def units(self) -> int:
        """How many were counted."""
        return len(self.marks)

    @property
    def tripped(self) -> bool:
        """Say whether it is more than the clause allows."""
        return self.units > self.counter.most

    @property
    def warned(self) -> int:
        """The highest level of warning it has reached, 0 for none or once it has tripped."""
        if self.tripped:
            return 0
        return max((level for level in self.counter.warn if level <= self.units), default=0)

    @property
    def calendar_days(self) -> int:
        """The days from the first to the last mark, both and the days off between them included."""
        return (self.marks[-1].day - self.marks[0].day).days + 1

    @property
    def beyond(self) -> bool:
        """Say whether it has left the band that the clause speaks of."""
        return 0 < self.counter.below_days <= self.calendar_days


@lru_cache(maxsize=4096)  # a thousand people have their marks on the same days
def period_of(over: Over, day: date) -> tuple[date, date]:
    """Return the first and last day of the period ``day`` falls in; of a row only the day."""
    if over is Over.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=_SUNDAY)
    if over is Over.MONTH:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return day.replace(day=1), following - timedelta(days=1)
    if over is Over.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def tally(counter: Counter, marks: Iterable[Mark]) -> list[Count]:
    """Count ``marks`` of one person, in whatever order they come; oldest period first.

    The same mark given twice counts once. Periods in which nothing counts are left out.
    """
    rows = list(_rows(counter, sorted(set(marks))))
    if counter.over is Over.ROW:
        return [Count(counter, row[0].day, row[-1].day, tuple(row)) for row in rows]
    flat = [mark for row in rows for mark in row]
    grouped = groupby(flat, key=lambda mark: period_of(counter.over, mark.day))
    return [Count(counter, *period, tuple(found)) for period, found in grouped]


def _rows(counter: Counter, marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """Yield each row of counted marks; what is free stands in it only where days off count."""
    row: list[Mark] = []
    free: list[Mark] = []
    for mark in marks:
        if mark.sign is Sign.COUNTS:
            row += [*free, mark] if counter.days_off and row else [mark]
            free = []
        elif mark.sign is Sign.FREE:
            free.append(mark)
        else:
            if row:
                yield row
            row, free = [], []
    if row:
        yield row
