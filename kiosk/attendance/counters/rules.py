"""Which counters there are and what they count; who may see a card, and who closes it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from kiosk.attendance.counters.models import AttendanceCase, CountedMark, What
from kiosk.desk.absence import Half
from kiosk.desk.clauses import Rules
from kiosk.desk.counting import Count, Counter, Mark, Over, Sign
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST_WORDS = 200
HALVES = (Half.MORNING, Half.AFTERNOON)
_ONE_DAY = timedelta(days=1)
_ABSENT = (What.ABSENT_MORNING, What.ABSENT_AFTERNOON)
_PLACE = {what: place for place, what in enumerate(What)}
_LATE = frozenset({What.LATE.value, What.EARLY.value})
_AWAY = frozenset(one.value for one in _ABSENT)
_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
_LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})
_HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})


def counters(rules: Rules, *, days_off: bool = False) -> tuple[Counter, ...]:
    """Return every counter of attendance under ``rules``; absence is counted in half days.

    ``days_off`` counts absence in calendar days instead of workdays (clause 21 says only 天).
    """
    return (
        Counter("late_week", "15", Over.WEEK, rules.late_week_most, _LATE, (rules.late_week_most,)),
        Counter(
            "late_month", "15", Over.MONTH, rules.late_month_most, _LATE, (rules.late_month_most,)
        ),
        Counter(
            "absent_short", "137", Over.ROW, 2 * rules.absent_short_most_days, _AWAY,
            days_off=days_off, below_days=rules.absent_short_below_days,
        ),
        Counter(
            "absent_row", "21", Over.ROW, 2 * rules.absent_row_most_days, _AWAY,
            (2 * rules.absent_row_warn_days, 2 * rules.absent_row_most_days), days_off,
        ),
        Counter(
            "absent_year", "21", Over.YEAR, 2 * rules.absent_year_most_days, _AWAY,
            (2 * rules.absent_year_warn_days, 2 * rules.absent_year_most_days), days_off,
        ),
        Counter("proxy", "22", Over.DAY, 0, frozenset({What.PROXY.value})),
    )  # fmt: skip


def in_half_days(counter: Counter | str) -> bool:
    """Say whether a counter's units are half days."""
    return (counter if isinstance(counter, str) else counter.id).startswith("absent")


def marks_for(
    counter: Counter, rows: Iterable[CountedMark], due: Callable[[date, Half], bool]
) -> list[Mark]:
    """Return what ``counter`` counts of one person's rows; what is excused is no mark at all.

    ``due`` says whether the person had to be there in a half: a day off ends no row of absence.
    """
    kept = [row for row in rows if row.counts and row.what in counter.kinds]
    if counter.kinds != _AWAY:
        return [Mark(row.day, _PLACE[row.what]) for row in kept]
    return list(
        _absence({(row.day, _PLACE[row.what] - _PLACE[What.ABSENT_MORNING]) for row in kept}, due)
    )


def _absence(absent: set[tuple[date, int]], due: Callable[[date, Half], bool]) -> Iterator[Mark]:
    """Yield the halves that count, and after each what lies before the next one that counts."""
    ordered = sorted(absent)
    for (day, place), following in pairwise(ordered):
        yield Mark(day, place)
        for free in _halves_after(day, place):
            if free == following:
                break
            ends = due(free[0], HALVES[free[1]])
            yield Mark(*free, Sign.ENDS if ends else Sign.FREE)
            if ends:
                break
    yield from (Mark(*last) for last in ordered[-1:])


def _halves_after(day: date, place: int) -> Iterator[tuple[date, int]]:
    while True:
        day, place = (day, 1) if place == 0 else (day + _ONE_DAY, 0)
        yield day, place


def matched(
    counts: Sequence[Count], cases: Sequence[AttendanceCase]
) -> list[tuple[Count | None, AttendanceCase | None]]:
    """Pair the counts of one counter with the cards of one person that are there already.

    A card and a count belong together when their periods meet: a row may have grown, or lost its
    first days. Each is paired once, those that share most days first. A count that has not tripped
    and has no card is left out; a card without a count is paired with None.
    """
    shared = sorted(
        ((_shared(count, case), i, j) for i, count in enumerate(counts)
         for j, case in enumerate(cases) if _shared(count, case)),
        key=lambda one: (-one[0], one[1], one[2]),
    )  # fmt: skip
    pairs: dict[int, int] = {}
    for _days, i, j in shared:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    found: list[tuple[Count | None, AttendanceCase | None]] = [
        (count, cases[pairs[i]] if i in pairs else None)
        for i, count in enumerate(counts)
        if i in pairs or count.tripped
    ]
    return found + [(None, one) for j, one in enumerate(cases) if j not in pairs.values()]


def _shared(count: Count, case: AttendanceCase) -> int:
    first, last = max(count.first, case.first_day), min(count.last, case.last_day)
    return max(0, (last - first).days + 1)


def works_with_cases(person: Person) -> bool:
    """Say whether somebody is shown cards at all: office, leaders, and heads of their own people.

    The gate is shown none (privacy); rank and role decide, and nothing else.
    """
    return person.role in _OFFICE or person.rank in _LEADERS | _HEADS


def may_see(viewer: Person, about: Person) -> bool:
    """Say whether ``viewer`` may read a card about ``about``."""
    if viewer.role in _OFFICE or viewer.rank in _LEADERS:
        return True
    same = viewer.department_id is not None and viewer.department_id == about.department_id
    return viewer.rank in _HEADS and same and viewer.id != about.id


def check_closer(closer: Person, about: Person) -> None:
    """Let a leader close a card, and nobody his own.

    Raises ``Refused``: ``case.not_leader``, ``case.own``.
    """
    if closer.rank not in _LEADERS:
        raise Refused("case.not_leader", name=closer.name)
    if closer.id == about.id:
        raise Refused("case.own", name=closer.name)


def done_words(words: str) -> str:
    """Return what was done, cleaned; raises ``Refused("case.nothing_done")`` for none."""
    said = clean(words, LONGEST_WORDS).strip()
    if not said:
        raise Refused("case.nothing_done", field="text")
    return said
