"""What is known of one person's day before anything is derived from it (clauses 14, 130)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.attendance.honest.models import CLOCK_DOUBTS, Doubt
from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.hours.times import DAY_OFF, WorkTimes
from kiosk.attendance.models import Tap
from kiosk.attendance.remarks.models import Remark
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.absence import Half, Leave, Outing
from kiosk.desk.presence import Whereabouts


@dataclass(frozen=True, slots=True)
class Counted:
    """A raw tap with the way it counts: its own, or the one it was corrected to.

    ``doubts`` are its marks, ``unproven`` says that its PIN was asked for and not given.
    """

    tap: Tap
    kind: Whereabouts
    void: bool = False
    doubts: frozenset[Doubt] = frozenset()
    unproven: bool = False

    @property
    def corrected(self) -> bool:
        """Say whether a correction stands beside the raw tap."""
        return self.kind is not self.tap.kind


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a person's day is derived from; moments are aware.

    ``taps`` are all of the day in any order, corrections among them; ``voided`` the ids of those
    that do not count, ``unproven`` of those without the PIN they were asked for, ``doubts`` the
    marks by a tap's id. ``over`` is true once the day has passed: before that nobody left early and
    nobody is missing. ``books_closed`` is true once the office has closed the day.
    """

    day: date
    times: WorkTimes = DAY_OFF
    taps: Sequence[Tap] = ()
    voided: frozenset[str] = frozenset()
    leaves: Sequence[Leave] = ()
    outings: Sequence[Outing] = ()
    remarks: Sequence[Remark] = ()
    signals: Sequence[WeatherSignal] = ()
    over: bool = False
    books_closed: bool = False
    doubts: Mapping[str, frozenset[Doubt]] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()

    def on_leave(self, half: Half) -> Leave | None:
        """Return the granted leave that covers a half of the day, None when there is none."""
        if not self.leaves:
            return None
        return next((one for one in self.leaves if covers(one, self.day, half)), None)


def covers(leave: Leave, day: date, half: Half) -> bool:
    """Say whether the days and halves of a leave cover one half of a day."""
    order = (Half.MORNING, Half.AFTERNOON)
    begins = (leave.first_day, order.index(leave.first_half))
    ends = (leave.last_day, order.index(leave.last_half))
    return begins <= (day, order.index(half)) <= ends


def counted(facts: Facts) -> tuple[Counted, ...]:
    """Return one day's raw taps by time, each with the way it counts: corrections folded in.

    Where the clock was in doubt they stand as the journal has them: a clock that was set back turns
    no day round.
    """
    doubted = _clock_doubted(facts)
    taps = in_order_written(facts.taps, doubted) if doubted else sorted(facts.taps, key=_by_time)
    corrections = {tap.corrects: tap.kind for tap in taps if tap.corrects}
    return tuple(
        Counted(
            tap,
            corrections.get(tap.id, tap.kind),
            tap.id in facts.voided,
            facts.doubts.get(tap.id, frozenset()),
            tap.id in facts.unproven,
        )
        for tap in taps
        if not tap.corrects
    )


def _clock_doubted(facts: Facts) -> frozenset[str]:
    """Return the ids of the taps whose clock was in doubt."""
    if not facts.doubts:
        return frozenset()
    doubts = ((tap.id, facts.doubts.get(tap.id, frozenset())) for tap in facts.taps)
    return frozenset(tap for tap, why in doubts if why & CLOCK_DOUBTS)


def _by_time(tap: Tap) -> tuple[datetime, str]:
    return tap.at, tap.id


Span = tuple[datetime, datetime]
"""From one moment to a later one."""
