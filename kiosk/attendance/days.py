"""A person's day, derived from raw taps and corrections, never typed (clauses 14, 130)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance import rules
from kiosk.attendance.models import Tap
from kiosk.desk.clauses import Rules
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means


@dataclass(frozen=True, slots=True)
class WorkTimes:
    """When work begins and ends on one day (aware); both None on a day off or on shifts."""

    start: datetime | None
    end: datetime | None
    grace_min: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """A raw tap with the way it counts: its own, or the one it was corrected to."""

    tap: Tap
    kind: Whereabouts

    @property
    def corrected(self) -> bool:
        """Say whether a correction stands beside the raw tap."""
        return self.kind is not self.tap.kind


@dataclass(frozen=True, slots=True)
class PersonDay:
    """What one person's taps of one day come to. ``closed`` is false while the day still runs."""

    taps: tuple[Counted, ...]
    came: datetime | None
    went: datetime | None
    late_min: int
    early_min: int
    out_of_window: bool
    closed: bool

    @property
    def inside(self) -> bool:
        """Say whether the last tap was a sign-in."""
        return bool(self.taps) and self.taps[-1].kind is Whereabouts.IN

    @property
    def no_sign_out(self) -> bool:
        """Say whether the day is over and nobody signed out."""
        return self.closed and self.inside

    @property
    def without_badge(self) -> bool:
        """Say whether any tap was made by staff number and PIN (无卡)."""
        return any(counted.tap.means is Means.NO_BADGE for counted in self.taps)


def counted(taps: Sequence[Tap]) -> tuple[Counted, ...]:
    """Return one day's raw taps in order, each with the way it counts: corrections folded in."""
    corrections = {tap.corrects: tap.kind for tap in taps if tap.corrects}
    return tuple(
        Counted(tap, corrections.get(tap.id, tap.kind)) for tap in taps if not tap.corrects
    )


def person_day(taps: Sequence[Tap], times: WorkTimes, numbers: Rules, *, closed: bool) -> PersonDay:
    """Derive a person's day from its taps, oldest first; nobody left early before it is closed."""
    shown = counted(taps)
    came = next((one.tap.at for one in shown if one.kind is Whereabouts.IN), None)
    went = shown[-1].tap.at if shown and shown[-1].kind is Whereabouts.OUT else None
    arrival = rules.UNMARKED
    if came is not None:
        arrival = rules.marks_in(came, times.start, times.grace_min, numbers)
    leaves = closed and went is not None
    early = rules.marks_out(went, times.end).early_min if leaves and went is not None else 0
    return PersonDay(shown, came, went, arrival.late_min, early, arrival.out_of_window, closed)
