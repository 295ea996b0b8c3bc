"""Two people's badges at one reader within seconds: the guard hears of it at once (clause 22)."""

from dataclasses import dataclass, field

from kiosk.desk.clauses import Rules
from kiosk.desk.people import Person


@dataclass(slots=True)
class Closely:
    """Remembers the last badge at each reader; times are monotonic seconds.

    In a queue neighbours are close by nature: the guard is told only of two who come alone, with
    nobody at that reader for ``rules.pair_quiet_s`` before. The office's list counts both.
    """

    rules: Rules
    _last: dict[str, tuple[str, float]] = field(default_factory=dict)
    _alone: dict[str, Person | None] = field(default_factory=dict)

    def beside(self, device: str, person: Person, at: float) -> Person | None:
        """Note a tap; return whose badge came just before it in the same quiet, None for nobody's.

        The same person again is no second badge.
        """
        before = self._last.get(device)
        self._last[device] = person.id, at
        if before is None or at - before[1] > self.rules.pair_quiet_s:
            self._alone[device] = person
            return None
        if before[0] == person.id:
            return None
        first, self._alone[device] = self._alone.get(device), None
        close = at - before[1] <= self.rules.pair_within_s
        return first if close and first is not None and first.id == before[0] else None
