"""How many of which kind came to the gate in which hour. No personal words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from visitors.lanes.table import Lane, lane_of, lane_word
from visitors.models import Visit


@dataclass(frozen=True, slots=True)
class ByKind:
    """The visits that came to the gate, by hour of the day (the site's) and kind."""

    counts: Counter[tuple[int, Lane]]

    @property
    def kinds(self) -> list[Lane]:
        """The kinds that came, in their order; none where all were of the usual one."""
        seen = {lane for _hour, lane in self.counts}
        return [lane for lane in Lane if lane in seen] if seen - {Lane.OFFICIAL} else []

    @property
    def hours(self) -> set[int]:
        """The hours in which any came, where more than the usual kind did."""
        return {hour for hour, _lane in self.counts} if self.kinds else set()

    def columns(self) -> tuple[str, ...]:
        """Return what the columns are called."""
        return tuple(lane_word(lane) for lane in self.kinds)

    def row(self, hour: int) -> tuple[str, ...]:
        """Return how many of each kind came in an hour."""
        return tuple(str(self.counts[hour, lane]) for lane in self.kinds)


def by_kind(desk: Desk, came: Iterable[Visit]) -> ByKind:
    """Count the visits by the hour of their arrival and by kind."""
    return ByKind(
        Counter(
            (desk.local(visit.arrived_at).hour, lane_of(visit.lane))
            for visit in came
            if visit.arrived_at is not None
        )
    )
