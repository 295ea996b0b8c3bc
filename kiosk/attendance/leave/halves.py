"""Half workdays of a leave (clauses 16-19): which it covers, how many, in which month.

Nothing here reads a clock or the book.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.desk.absence import Half, Leave

HALVES = (Half.MORNING, Half.AFTERNOON)
ONE_DAY = timedelta(days=1)
HalfDay = tuple[date, int]
"""A day of the site and 0 for its morning, 1 for its afternoon: they sort in order."""

Works = Callable[[date], bool]
"""Says whether the person works on a day."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one half day to another, both included; ``first`` is never after ``last``."""

    first_day: date
    first_half: Half
    last_day: date
    last_half: Half

    @property
    def first(self) -> HalfDay:
        """The first half day."""
        return self.first_day, HALVES.index(self.first_half)

    @property
    def last(self) -> HalfDay:
        """The last half day."""
        return self.last_day, HALVES.index(self.last_half)

    @property
    def days(self) -> int:
        """How many days of the calendar it touches."""
        return (self.last_day - self.first_day).days + 1

    def meets(self, other: "Span") -> bool:
        """Say whether the two share a half day."""
        return self.first <= other.last and other.first <= self.last


def span_of(leave: Leave) -> Span:
    """Return the span of a leave."""
    return Span(leave.first_day, leave.first_half, leave.last_day, leave.last_half)


def half_days(span: Span, works: Works) -> Iterator[HalfDay]:
    """Yield the half workdays that the span covers, the first one first."""
    day = span.first_day
    while day <= span.last_day:
        if works(day):
            for half in (0, 1):
                if span.first <= (day, half) <= span.last:
                    yield day, half
        day += ONE_DAY


def by_month(halves: Iterable[HalfDay]) -> dict[tuple[int, int], int]:
    """Count half days by year and month; one that is given twice counts once."""
    return dict(Counter((day.year, day.month) for day, _half in set(halves)))


def is_next(one: Span, other: Span, works: Works) -> bool:
    """Say whether no half workday lies between two spans, whichever is the earlier."""
    early, late = sorted((one, other), key=lambda span: span.first)
    if early.meets(late):
        return True
    gap = Span(early.last_day, early.last_half, late.first_day, late.first_half)
    between = set(half_days(gap, works)) - {early.last, late.first}
    return not between


def in_a_row(span: Span, others: Iterable[Span], works: Works) -> list[Span]:
    """Return the span with all others that follow on it, one by one, without a workday between."""
    row, left = [span], list(others)
    grown = True
    while grown:
        found = [one for one in left if any(is_next(one, known, works) for known in row)]
        row += found
        left = [one for one in left if one not in found]
        grown = bool(found)
    return row


def before(span: Span, half: HalfDay) -> Span | None:
    """Return what of the span lies before a half day; None when nothing does."""
    if half <= span.first:
        return None
    if half > span.last:
        return span
    day, place = half
    last = (day, 0) if place else (day - ONE_DAY, 1)
    return Span(span.first_day, span.first_half, last[0], HALVES[last[1]])
