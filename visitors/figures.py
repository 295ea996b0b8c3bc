"""Visits in figures: how many in which hour, and how long each step takes. No personal words."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from visitors.gates.reports import of_site
from visitors.lanes.figures import by_kind
from visitors.models import UNPROVED, State, Visit

_LONGEST_STAY = timedelta(days=31)
"""Whoever came in earlier than this before the period is counted only while still inside."""
_AN_INSTANT = timedelta(microseconds=1)
_STAYS = select(
    col(Visit.id), col(Visit.admitted_at), col(Visit.left_at), col(Visit.people) - col(Visit.gone)
).where(
    col(Visit.state) != State.VOIDED,
    or_(
        col(Visit.state) == State.ADMITTED,
        (col(Visit.day) >= bindparam("first")) & (col(Visit.day) <= bindparam("last")),
    ),
)  # fmt: skip
_CAME = select(Visit).where(
    col(Visit.day) >= bindparam("first"), col(Visit.day) <= bindparam("last"),
    col(Visit.state) != State.VOIDED, col(Visit.arrived_at).is_not(None),
)  # fmt: skip


_PARTS = "SELECT at, facts FROM journal WHERE code = 'visit.part_left'"


@dataclass(slots=True)
class _Busy:
    """What happened in one hour of the day, over all days of the period; people, not parties."""

    entered: int = 0
    left: int = 0
    most: int = 0
    most_on: date | None = None


@dataclass(slots=True)
class _Hours:
    """A walk through every coming and going in order of time."""

    desk: Desk
    now: datetime
    inside: int = 0
    hours: dict[int, _Busy] = field(default_factory=lambda: {hour: _Busy() for hour in range(24)})

    def until(self, moment: datetime) -> None:
        """Let time pass: who is inside is inside in every hour on the way."""
        while self.now < moment:
            self._look()
            local = self.desk.local(self.now)
            start = local.replace(minute=0, second=0, microsecond=0)
            self.now = min(moment, (start + timedelta(hours=1)).astimezone(self.now.tzinfo))

    def count(self, moment: datetime, people: int) -> None:
        """Count people coming in (more than none) or going out (fewer) at ``moment``."""
        self.until(moment)
        self.inside += people
        busy = self.hours[self.desk.local(moment).hour]
        busy.entered += max(people, 0)
        busy.left += max(-people, 0)
        self._look()

    def _look(self) -> None:
        local = self.desk.local(self.now)
        busy = self.hours[local.hour]
        if self.inside > busy.most:
            busy.most, busy.most_on = self.inside, local.date()


def hourly(desk: Desk, book: Book, period: Period) -> Table:
    """Return, for each hour of the day, who came in, who left, and the most inside at once.

    A period of several days is summed up by the hour of the day; the most is that of the fullest
    day, which stands beside it. The hour to come is left out. Where others than the usual kind of
    visit came, how many visits of each came to the gate stands beside it, couriers too.
    """
    start, end = _bounds(desk, period)
    walk = _Hours(desk, start)
    for moment, people in _moves(book, start, end, period):
        if moment < start:
            walk.inside += people
        else:
            walk.count(moment, people)
    walk.until(end)
    kinds = by_kind(desk, book.all(_CAME, first=period.first, last=period.last))
    shown = [hour for hour, busy in walk.hours.items()
             if busy.entered or busy.left or busy.most or hour in kinds.hours]  # fmt: skip
    hours = range(min(shown), max(shown) + 1) if shown else range(0)
    rows = tuple(_hour_row(hour, walk.hours[hour]) + kinds.row(hour) for hour in hours)
    columns = (
        _("Hour"),
        _("Came in"),
        _("Went out"),
        _("Most inside"),
        pgettext("figures", "On"),
        *kinds.columns(),
    )
    return of_site(desk, Table(
        _("Visitors by the hour, {first} to {last}").format(first=period.first, last=period.last),
        columns, rows, _("No visitor was inside in these days."),
        foot=tuple(_sum(walk.hours)) if rows else (),
    ))  # fmt: skip


def _bounds(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of the period, and the first after it or after the present."""
    start = datetime.combine(period.first, time(), desk.zone)
    after = datetime.combine(period.last + timedelta(days=1), time(), desk.zone)
    now = desk.clock()
    return start.astimezone(now.tzinfo), min(after.astimezone(now.tzinfo), now + _AN_INSTANT)


def _moves(
    book: Book, start: datetime, end: datetime, period: Period
) -> list[tuple[datetime, int]]:  # fmt: skip
    """Return every coming (people) and going (minus people) up to ``end``, in order of time."""
    moves: list[tuple[datetime, int]] = []
    first = period.first - _LONGEST_STAY
    parts = _parts(book)
    for visit, admitted, left, last in book.all(_STAYS, first=first, last=period.last):
        if admitted is None or (left is not None and left < start):
            continue
        before = parts.get(visit, [])
        moves.append((admitted, last - sum(people for _at, people in before)))
        moves += before
        if left is not None:
            moves.append((left, -last))
    return sorted(move for move in moves if move[0] < end)


def _parts(book: Book) -> dict[str, list[tuple[datetime, int]]]:
    """Return, for each party that left in parts, when how many (minus) went before the last ones.

    The visit's row says only how many that were in all.
    """
    parts: dict[str, list[tuple[datetime, int]]] = {}
    for at, told in book.connection.execute(_PARTS).fetchall():
        facts = json.loads(told)
        went = (datetime.fromisoformat(at), -int(facts["left"]))
        parts.setdefault(facts["visit"], []).append(went)
    return parts


def _hour_row(hour: int, busy: _Busy) -> tuple[str, ...]:
    on = f"{busy.most_on:%m-%d}" if busy.most_on else ""
    return f"{hour:02}:00-{hour:02}:59", str(busy.entered), str(busy.left), str(busy.most), on


def _sum(hours: dict[int, _Busy]) -> Iterator[str]:
    busiest = max(hours.values(), key=lambda busy: busy.most)
    yield _("In all {entered} people came in and {left} went out; at most {most} at once.").format(
        entered=sum(busy.entered for busy in hours.values()),
        left=sum(busy.left for busy in hours.values()), most=busiest.most,
    )  # fmt: skip


_STEP_WORDS = (
    N_("From arrival to the host's answer"),
    N_("From the answer to being admitted"),
    N_("From arrival to being admitted"),
    N_("Time inside"),
)
_PERCENT = 90


def times(desk: Desk, book: Book, period: Period) -> Table:
    """Return how long each step of a visit took: half of the visits took no longer than the median.

    A host's answer given before arrival is no waiting and not counted; nor is an assumed leaving,
    whose time nobody saw.
    """
    spans: tuple[list[float], ...] = ([], [], [], [])
    for visit in book.all(_CAME, first=period.first, last=period.last):
        for spell, (start, end) in zip(spans, _steps(visit), strict=True):
            if start is not None and end is not None and start <= end:
                spell.append((end - start).total_seconds())
    rows = tuple(
        _span_row(words, spell) for words, spell in zip(_STEP_WORDS, spans, strict=True) if spell
    )
    columns = (
        _("Step"), _("Visits"), _("Median"), _("Nine in ten within"), _("Longest"),
    )  # fmt: skip
    return of_site(desk, Table(
        _("How long a visit takes, {first} to {last}").format(
            first=period.first, last=period.last
        ),
        columns, rows, _("Nobody came in these days."),
        foot=(_("Times are hours:minutes:seconds."),) if rows else (),
    ))  # fmt: skip


def _steps(visit: Visit) -> tuple[tuple[datetime | None, datetime | None], ...]:
    """Return beginning and end of each of ``_STEP_WORDS``; None where nobody waited or saw it."""
    came, said, entered = visit.arrived_at, visit.answered_at, visit.admitted_at
    asked_here = said if came and said and came <= said else None
    left = visit.left_at if visit.left_how not in UNPROVED else None
    return (came, asked_here), (asked_here, entered), (came, entered), (entered, left)


def _span_row(words: str, spell: Sequence[float]) -> tuple[str, ...]:
    most = quantiles(spell, n=100, method="inclusive")[_PERCENT - 1] if len(spell) > 1 else spell[0]
    return _(words), str(len(spell)), *map(_clock, (median(spell), most, max(spell)))


def _clock(seconds: float) -> str:
    """Return a span as 0:04:30."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
