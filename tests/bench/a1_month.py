"""A1: the attendance of 1 000 people over one month, derived and written as a workbook: 5 s.

``--quick`` keeps a hundred people.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from bench_site import MovableClock, found, settings_in
from figures import Line, ms, p50

from kiosk.attendance.closing.reports import month
from kiosk.attendance.models import Tap
from kiosk.desk.desk import Desk
from kiosk.desk.file_out import as_file
from kiosk.desk.people import EVERYONE
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period
from kiosk.desk.row import shape_of
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Transaction

_PEOPLE, _BUDGET_S, _ROUNDS = 1_000, 5.0, 3
_FIRST, _LAST = date(2026, 11, 1), date(2026, 11, 30)
_AFTER = datetime(2026, 12, 1, 0, 20, tzinfo=UTC)
_CAME, _WENT = time(8, 20), time(17, 40)


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return how long a month takes, from the book to the bytes of the file."""
    people = _PEOPLE // 10 if quick else _PEOPLE
    desk = found(settings_in(folder), people, MovableClock(_AFTER))
    try:
        with desk.write() as tx:
            _fill(tx, desk)
            tx.record("bench.filled")
        derived, written = zip(*(_once(desk) for _ in range(_ROUNDS)), strict=True)
    finally:
        desk.close()
    total = [one + other for one, other in zip(derived, written, strict=True)]
    return [
        Line(
            "A1", f"a month of {people} people, derived and exported", ms(p50(total)),
            f"derived {ms(p50(derived))}, written {ms(p50(written))}", f"{_BUDGET_S:.0f} s",
            max(total) <= _BUDGET_S,
            {"derived_p50": p50(derived), "written_p50": p50(written), "max": max(total)},
        )
    ]  # fmt: skip


def _once(desk: Desk) -> tuple[float, float]:
    started = perf_counter()
    with desk.read() as book:
        table = month(desk, book, Period(_FIRST, _LAST))
    derived = perf_counter()
    as_file(table, ".xlsx", "month.xlsx")
    return derived - started, perf_counter() - derived


def _fill(tx: Transaction, desk: Desk) -> None:
    """Write two taps a workday of everybody, without entries of their own: that takes minutes."""
    shape = shape_of(Tap)
    days = [_FIRST + timedelta(days=n) for n in range((_LAST - _FIRST).days + 1)]
    for day in filter(desk.calendar.is_workday, days):
        for turn, person in enumerate(tx.all(EVERYONE)):
            late = timedelta(minutes=30 if turn % 20 == 0 else 0)
            for hour, kind in ((_CAME, Whereabouts.IN), (_WENT, Whereabouts.OUT)):
                at = datetime.combine(day, hour, desk.zone) + late
                tap = Tap(person_id=person.id, day=day, at=at, kind=kind, means=Means.BADGE)
                tap.stamp = "bench/1"
                tx.connection.execute(shape.insert, shape.bind(tap))
                tx._changes_booked += 1
