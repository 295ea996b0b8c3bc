"""The rules of an honest tap (clauses 14, 22). Nothing here reads a clock or the book."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import comb

from kiosk.attendance.honest.models import Doubt
from kiosk.attendance.models import Tap
from kiosk.desk.clauses import Rules
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.settings_attendance import SecondProof
from kiosk.desk.signing import Means
from kiosk.desk.versions import gate_of

Draw = Callable[[int], int]
"""Returns a random number from 0 up to, and without, the one given."""

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
_LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})


def asks_pin(proof: str, percent: int, draw: Draw) -> bool:
    """Say whether this tap is asked for the PIN; ``proof`` is a value of ``SecondProof``."""
    if proof == SecondProof.SHARE:
        return draw(100) < percent
    return proof == SecondProof.PIN


def proof_in_time(asked_at: datetime, now: datetime, numbers: Rules) -> bool:
    """Say whether a PIN still proves the tap that asked for it (``rules.proof_wait_s``)."""
    since = now - asked_at
    little_back = -timedelta(seconds=numbers.clock_back_s)  # a step of the clock, not in doubt
    return little_back < since <= timedelta(seconds=numbers.proof_wait_s)


def may_look_into(person: Person) -> bool:
    """Say whether the office's list of what to look into is for this person: no guard's."""
    return person.role in _OFFICE or person.rank in _LEADERS


def clock_doubt(newest: datetime | None, now: datetime, numbers: Rules) -> Doubt | None:
    """Return what is odd about ``now`` beside the newest time seen before, None for nothing."""
    if newest is None:
        return None
    if newest - now >= timedelta(seconds=numbers.clock_back_s):
        return Doubt.CLOCK_BACK
    if now - newest >= timedelta(days=numbers.clock_ahead_days):
        return Doubt.CLOCK_AHEAD
    return None


# Two people's badges too close.


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people (ids, in order) whose badges came close on ``days`` days of a ``month``.

    ``by_chance`` is on how many days the queues of that month alone would bring any two together;
    ``month`` is its first day, ``last`` the last of the days. It is a hint and accuses nobody.
    """

    month: date
    people: tuple[str, str]
    days: int
    by_chance: float
    last: date


def recurring(taps: Iterable[Tap], numbers: Rules) -> list[Pair]:
    """Return the pairs that recur in a month, most days first; ``taps`` are in the order written.

    A morning's queue puts neighbours together too. So days are counted and not taps, and a pair
    counts that comes ``pair_over_chance`` times as often as chance would have it.
    """
    by_day: defaultdict[date, list[Tap]] = defaultdict(list)
    for one in taps:
        if one.means is Means.BADGE and not one.corrects:
            by_day[one.day].append(one)
    days: defaultdict[tuple[date, tuple[str, str]], set[date]] = defaultdict(set)
    chance: Counter[date] = Counter()
    shares: defaultdict[date, float] = defaultdict(float)
    for day, of_day in by_day.items():
        month = day.replace(day=1)
        met = _met(of_day, numbers)
        people = len({one.person_id for one in of_day})
        shares[month] += len(met) / comb(people, 2) if people > 1 else 0
        chance[month] += 1
        for pair in met:
            days[month, pair].add(day)
    found = [
        Pair(month, pair, len(on), shares[month], max(on))
        for (month, pair), on in days.items()
        if len(on) >= max(numbers.pair_days, _over_chance(shares[month], chance[month], numbers))
    ]
    return sorted(found, key=lambda one: (-one.days, one.month, one.people))


def _over_chance(share: float, days: int, numbers: Rules) -> float:
    """Return on how many of so many days a pair must come; on all of them is always enough."""
    return min(numbers.pair_over_chance * share, days)


def _met(taps: Sequence[Tap], numbers: Rules) -> set[tuple[str, str]]:
    """Return the pairs of one day: neighbours at one reader, within ``rules.pair_within_s``."""
    by_reader: defaultdict[tuple[str, str], list[Tap]] = defaultdict(list)
    for one in taps:  # two desks may call their readers by one name
        by_reader[gate_of(one.stamp), one.device].append(one)
    within = timedelta(seconds=numbers.pair_within_s)
    return {
        (min(pair), max(pair))
        for at_reader in by_reader.values()
        for before, after in pairwise(at_reader)
        if before.person_id != after.person_id and timedelta(0) <= after.at - before.at <= within
        for pair in [(before.person_id, after.person_id)]
    }
