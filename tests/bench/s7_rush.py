"""S7: the rush of 08:25 - a thousand badges back to back, none lost, none out of order."""

import time
from pathlib import Path

from bench_site import MovableClock, found, settings_in, uid_of
from figures import Line, both, p50, p99, spread
from raw_tap import RawTap
from s1_tap import tap

from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE
from kiosk.taps import Directory

_PEOPLE, _QUICK = 1000, 250
_BUDGET = 1.6


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S7 line."""
    people = _QUICK if quick else _PEOPLE
    clock = MovableClock()
    ours = found(settings_in(folder / "ours"), people, clock)
    theirs = found(settings_in(folder / "raw"), people, clock)
    head = theirs.head
    theirs.close()
    by_hand = RawTap(folder / "raw" / "kiosk.db", clock, head.seq, head.hash)
    directory = Directory(ours)
    mine: list[float] = []
    raw: list[float] = []
    for number in range(1, people + 1):  # no pause between two, as in a queue that pushes
        clock.advance(milliseconds=900)
        started = time.perf_counter()
        tap(ours, directory, uid_of(number))
        between = time.perf_counter()
        by_hand.tap(uid_of(number))
        mine.append(between - started)
        raw.append(time.perf_counter() - between)
    whole = _in_order(ours, clock, people)
    ours.close()
    mid, tail = p50(mine) / p50(raw), p99(mine) / p99(raw)
    return [
        Line(
            "S7", f"{people} taps back to back", both(mine), f"raw sqlite3 {both(raw)}",
            f"none lost, in order, p50, p99 <= {_BUDGET}x (is {mid:.2f}x, {tail:.2f}x)",
            whole and mid <= _BUDGET and tail <= _BUDGET, spread("ours", mine) | spread("raw", raw),
            note="" if whole else "taps were lost or turned round",
        )
    ]  # fmt: skip


def _in_order(desk: Desk, clock: MovableClock, people: int) -> bool:
    """Say whether every badge's tap is in the book, in the order in which they came."""
    day = desk.work_day(clock())
    with desk.read() as book:
        numbers = {one.id: one.staff_no for one in book.all(EVERYONE)}
        taps = book.all(TAPS_BETWEEN, first=day, last=day)
    written = sorted(taps, key=lambda one: int(one.stamp.rpartition("/")[2]))
    came = [int(numbers[one.person_id]) for one in written]
    return came == list(range(1, people + 1))
