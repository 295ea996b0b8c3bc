"""R1: each report over a month with 10 000 visits, in the book of a year: 1 s at most.

R2: one bite of the purge. ``--quick`` keeps one month instead of a year.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench_site import MovableClock, found, settings_in
from figures import Line, both, ms, p50, percentile, spread

from kiosk import all_reports, features
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.report import Period
from kiosk.desk.row import shape_of
from kiosk.desk.transaction import Transaction
from visitors import search, service
from visitors.models import Answer, How, LeftHow, Origin, ReturnSlip, State, Visit
from visitors.rules import Details

_A_MONTH, _MONTHS = 10_000, 12
_REPORTS = ("visits", "register", "visitors", "hourly", "times")
_BUDGET_S, _BITE_S, _ROUNDS, _BITES = 1.0, 0.025, 5, 100
_WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", phone="13800138000", matter="水表检修",
    goods="工具箱1", area="二楼", people=2, id_number="11010519491231002X",
)  # fmt: skip


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the slowest report of a month, and how long a bite of the purge holds the pen."""
    clock = MovableClock()
    desk = found(settings_in(folder), 100, clock)
    months = 1 if quick else _MONTHS
    try:
        with desk.write() as tx:
            _fill(tx, desk, tx.all(EVERYONE), months * _A_MONTH)
            tx.record("bench.filled")
        desk.rest()
        return [_reports(desk, months), _purge(desk, clock)]
    finally:
        desk.close()


def _fill(tx: Transaction, desk: Desk, people: list[Person], count: int) -> None:
    """Write visits with their words sealed, but no entries of their own: that takes minutes."""
    shape, apart = shape_of(Visit), timedelta(days=30) / _A_MONTH
    for turn in range(count):
        at = tx.now - apart * turn
        times = service.Times(at, at + timedelta(hours=2))
        visit = service.new_visit(
            tx, desk, _WANG, people[turn % len(people)], times, Origin.WALK_IN
        )  # fmt: skip
        visit.number, visit.state, visit.stamp = turn % 999 + 1, State.LEFT, "bench/1"
        visit.arrived_at = at
        visit.answered_at = visit.admitted_at = at + timedelta(minutes=2)
        visit.left_at, visit.left_how = at + timedelta(hours=1), LeftHow.SCANNED
        visit.answer, visit.answer_how = Answer.YES, How.PHONE
        visit.return_slip = ReturnSlip.SIGNED
        tx.connection.execute(shape.insert, shape.bind(visit))
        tx._changes_booked += 1
        search.index(tx, visit)


def _reports(desk: Desk, months: int) -> Line:
    period = Period(desk.today() - timedelta(days=30), desk.today())
    times = {name: [_timed(desk, name, period) for _turn in range(_ROUNDS)] for name in _REPORTS}
    slowest = max(times, key=lambda name: p50(times[name]))
    details: dict[str, float] = {}
    for name, taken in times.items():
        details |= spread(name, taken)
    said = ", ".join(f"{name} {ms(p50(taken))}" for name, taken in times.items())
    return Line(
        "R1", f"report of a month with {_A_MONTH} visits, book of {months} months",
        f"slowest, {slowest}: {both(times[slowest])}", "-", "p50 <= 1 s each",
        all(p50(taken) <= _BUDGET_S for taken in times.values()), details, said,
    )  # fmt: skip


def _timed(desk: Desk, name: str, period: Period) -> float:
    began = perf_counter()
    with desk.read() as book:
        all_reports.reports()[name](desk, book, period)
    return perf_counter() - began


def _purge(desk: Desk, clock: MovableClock) -> Line:
    """Let every visit be due, with the kiosk resting between the bites, as it does."""
    clock.advance(days=200)
    bites = [_bite(desk) for _turn in range(_BITES)]
    return Line(
        "R2", "one bite of the purge on the pen", both(bites), "-", "p99 <= 25 ms",
        percentile(bites, 0.99) <= _BITE_S, spread("bite", bites),
    )  # fmt: skip


def _bite(desk: Desk) -> float:
    desk.rest()
    return _took(lambda: features.purge(desk))


def _took(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
