"""The rules that make a day out of its facts; nothing here reads a clock or the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from kiosk.attendance import rules
from kiosk.attendance.days.facts import Counted, Facts, Span, counted
from kiosk.attendance.hours.times import WorkTimes
from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.clauses import Rules
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means

_MINUTE = timedelta(minutes=1)
_HALVES = tuple(Half)  # an enumeration walks through itself slowly, and a month has 30 000 days


class Standing(StrEnum):
    """What became of one half of a day."""

    OFF = "off"  # no work was due
    PRESENT = "present"
    LEAVE = "leave"
    OUTING = "outing"
    EXCUSED = "excused"  # a remark with its signatures: both, or one under a weather signal
    NOT_SIGNED = "not_signed"  # nothing is known, and the books are open
    ABSENT = "absent"  # nothing is known, and the office has closed the day


_UNCOVERED = (Standing.EXCUSED, Standing.NOT_SIGNED, Standing.ABSENT)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """What one person's day comes to.

    ``came`` is the first sign-in, ``went`` the last sign-out, None while the person is in.
    Minutes are whole ones; ``late_min`` and ``early_min`` are what the taps say, whether excused or
    not: ``late_counts`` and ``early_counts`` say whether they are counted (clause 15). Of who came
    after a whole half, or went before one, they count without it: that half is missed. ``weather``
    is true when a signal was on at the start of work (clause 95). ``worked_min`` is what lies
    between sign-ins and sign-outs, ``in_hours_min`` what of it lies in the hours that were due,
    ``due_min`` how long those are: leave taken off, noon left out.
    """

    day: date
    times: WorkTimes
    taps: tuple[Counted, ...]
    remarks: tuple[Remark, ...]
    came: datetime | None
    went: datetime | None
    late_min: int
    early_min: int
    late_counts: bool
    early_counts: bool
    out_of_window: bool
    weather: bool
    morning: Standing
    afternoon: Standing
    leave: tuple[LeaveKind, ...]
    worked_min: int
    in_hours_min: int
    due_min: int
    over: bool
    books_closed: bool

    @property
    def inside(self) -> bool:
        """Say whether the last tap that counts was a sign-in."""
        last = next((one for one in reversed(self.taps) if not one.void), None)
        return last is not None and last.kind is Whereabouts.IN

    @property
    def no_sign_out(self) -> bool:
        """Say whether the day is over and nobody signed out."""
        return self.over and self.inside

    @property
    def no_shift(self) -> bool:
        """Say whether somebody tapped for whom no shift is known (the roster is missing)."""
        return bool(self.taps) and not self.times.known

    @property
    def without_badge(self) -> bool:
        """Say whether any tap was made by staff number and PIN (无卡)."""
        return any(one.tap.means is Means.NO_BADGE for one in self.taps if not one.void)

    @property
    def absent_halves(self) -> int:
        """Count the halves of the day that the closed books call absent."""
        return [self.morning, self.afternoon].count(Standing.ABSENT)

    @property
    def open_remarks(self) -> tuple[Remark, ...]:
        """Return the remarks that wait for a signature (待签)."""
        return tuple(one for one in self.remarks if one.stands and not one.excuses)


def person_day(facts: Facts, numbers: Rules) -> PersonDay:
    """Derive a person's day; nobody left early, and nobody is missing, before it is over."""
    shown = counted(facts)
    valid = [one for one in shown if not one.void]
    came = next((one.tap.at for one in valid if one.kind is Whereabouts.IN), None)
    went = valid[-1].tap.at if valid and valid[-1].kind is Whereabouts.OUT else None
    stays = list(_inside(valid))
    halves = due_halves(facts)
    due = _due(facts, halves, came)
    weather = due is not None and _signal_at(facts, due[0])
    morning, afternoon = (_standing(facts, half, valid, came, went) for half in _HALVES)
    missed = _missed(facts, (morning, afternoon))
    late = _late(facts, due, _arrival(facts, due, came, valid), missed, numbers)
    early = 0
    if facts.over and went is not None and due is not None:
        early = _early_min(facts, due, went, missed)
    return PersonDay(
        day=facts.day, times=facts.times, taps=shown, remarks=tuple(facts.remarks),
        came=came, went=went, late_min=late.late_min, early_min=early,
        late_counts=bool(late.late_min) and not weather and not _excused(facts, About.LATE),
        early_counts=bool(early) and not _excused(facts, About.EARLY),
        out_of_window=late.out_of_window, weather=weather, morning=morning, afternoon=afternoon,
        leave=tuple(one.kind for one in facts.leaves), worked_min=_minutes(stays),
        in_hours_min=_minutes(_common(stays, halves)), due_min=_minutes(halves),
        over=facts.over, books_closed=facts.books_closed,
    )  # fmt: skip


def due_halves(facts: Facts) -> list[Span]:
    """Return the halves of the day in which the person was to work: those without leave."""
    halves = [facts.times.half(half) for half in _HALVES if facts.on_leave(half) is None]
    return [span for span in halves if span is not None]


def _due(facts: Facts, halves: Sequence[Span], came: datetime | None) -> Span | None:
    """Return from when to when the person was to be in: outings at either end taken off.

    An outing moves the beginning only for who had not come before it. None when nothing was due.
    """
    if not halves:
        return None
    start, end = halves[0][0], halves[-1][1]
    for outing in sorted(facts.outings, key=lambda one: one.started_at):
        back = outing.ended_at
        from_outside = came is None or came >= outing.started_at
        if from_outside and outing.started_at <= start and (back is None or back > start):
            start = min(back or end, end)
        if outing.started_at < end and (back is None or back >= end):
            end = max(outing.started_at, start) if from_outside else outing.started_at
    return start, end


def _arrival(
    facts: Facts, due: Span | None, came: datetime | None, valid: Sequence[Counted]
) -> datetime | None:
    """Return the sign-in that is judged, the first of the day; None when none is.

    Who was not due from the beginning (leave, an outing) and was in before, is judged by the stay
    that reaches into what was due.
    """
    if came is None or due is None or due[0] == facts.times.start:
        return came
    came = next((since for since, until in _inside(valid, due[1]) if until > due[0]), came)
    return None if came < due[0] else came


def _late(
    facts: Facts, due: Span | None, came: datetime | None, missed: Sequence[Span], numbers: Rules
) -> rules.Marks:
    """Return what the sign-in ``came`` is marked with."""
    if came is None or due is None:
        return rules.UNMARKED
    grace = facts.times.grace_min
    marks = rules.marks_in(came, due[0], grace, numbers)
    if marks.late_min and any(end <= came for _, end in missed):
        return replace(marks, late_min=late_for_rest(due_halves(facts), came, grace, numbers))
    return marks


def late_for_rest(halves: Sequence[Span], came: datetime, grace_min: int, numbers: Rules) -> int:
    """Return the minutes late of who missed each of the ``halves`` that was over at ``came``.

    A half that was missed is absence (clause 21) and no lateness beside it: the minutes count from
    the start of the next, and there are none when nothing was left of the day.
    """
    rest = next((starts for starts, ends in halves if ends > came), None)
    return rules.marks_in(came, rest, grace_min, numbers).late_min


def _early_min(facts: Facts, due: Span, went: datetime, missed: Sequence[Span]) -> int:
    """Return the minutes early of the last sign-out; a half missed after it is no leaving early."""
    early = rules.marks_out(went, due[1]).early_min
    if early and any(starts >= went for starts, _ in missed):
        ends = [end for starts, end in due_halves(facts) if starts < went]
        return rules.marks_out(went, ends[-1] if ends else None).early_min
    return early


def _missed(facts: Facts, standings: Iterable[Standing]) -> list[Span]:
    """Return the halves that were due and that no tap and no outing covers."""
    found = [
        facts.times.half(half)
        for half, standing in zip(_HALVES, standings, strict=True)
        if standing in _UNCOVERED
    ]
    return [span for span in found if span is not None]


def _signal_at(facts: Facts, moment: datetime) -> bool:
    return any(
        one.on_at <= moment and (one.off_at is None or one.off_at > moment) for one in facts.signals
    )


def _excused(facts: Facts, *about: About) -> bool:
    return any(one.about in about and one.excuses for one in facts.remarks)


def _standing(
    facts: Facts, half: Half, taps: Sequence[Counted], came: datetime | None, went: datetime | None
) -> Standing:  # fmt: skip
    span = facts.times.half(half)
    if span is None:
        return Standing.OFF
    if facts.on_leave(half) is not None:
        return Standing.LEAVE
    if any(_meet(one, span) for one in _inside(taps, until=facts.times.end)):
        return Standing.PRESENT
    if any(_meet((one.started_at, one.ended_at or span[1]), span) for one in facts.outings):
        return Standing.OUTING
    if _excused(facts, About.NO_TAP) or _explained(facts, span, came, went):
        return Standing.EXCUSED
    return Standing.ABSENT if facts.books_closed else Standing.NOT_SIGNED


def _explained(
    facts: Facts, span: Span, came: datetime | None, went: datetime | None
) -> bool:  # fmt: skip
    """Say whether who came after a half, or went before it, has explained just that."""
    after = came is not None and came >= span[1]
    before = went is not None and went <= span[0]
    return (after and _excused(facts, About.LATE, About.OUT_OF_WINDOW)) or (
        before and _excused(facts, About.EARLY)
    )


def _inside(taps: Sequence[Counted], until: datetime | None = None) -> Iterator[Span]:
    """Yield the spans between a sign-in and the sign-out after it.

    Who never signed out is taken to have stayed until ``until``; None leaves that span out. Where
    the clock was set back between the two, nobody knows how long it was: no minute at all.
    """
    came: datetime | None = None
    for one in taps:
        if one.kind is Whereabouts.IN:
            came = came or one.tap.at
        elif came is not None:
            yield came, max(came, one.tap.at)
            came = None
    if came is not None and until is not None:
        yield came, max(came, until)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _common(stays: Iterable[Span], halves: Iterable[Span]) -> Iterator[Span]:
    """Yield what of the stays lies in the halves."""
    theirs = list(halves)
    for since, until in stays:
        for starts, ends in theirs:
            if since < ends and starts < until:
                yield max(since, starts), min(until, ends)


def _minutes(spans: Iterable[Span]) -> int:
    return sum(_between(since, until) // _MINUTE for since, until in spans)


def _between(since: datetime, until: datetime) -> timedelta:
    # Two moments of one zone are subtracted by the wall clock, which jumps twice a year.
    if since.tzinfo is until.tzinfo is not UTC:
        return until.astimezone(UTC) - since.astimezone(UTC)
    return until - since
