"""S1: a tap to its durable record, against the same tap hand-written in raw sqlite3."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench_site import MovableClock, found, settings_in, uid_of
from figures import Line, both, p50, p99, spread, timed
from raw_tap import RawTap

from kiosk.attendance import service
from kiosk.desk.bearer import StaffCard
from kiosk.desk.desk import Desk
from kiosk.taps import Directory

_ROUNDS, _QUICK, _PEOPLE, _WARM_UP, _REST_EVERY = 600, 150, 120, 20, 50
_BUDGET = 1.6


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S1 line."""
    clock = MovableClock()
    ours = found(settings_in(folder / "ours"), _PEOPLE, clock)
    theirs = found(settings_in(folder / "raw"), _PEOPLE, clock)
    head = theirs.head
    theirs.close()
    by_hand = RawTap(folder / "raw" / "kiosk.db", clock, head.seq, head.hash)
    mine, raw = _alternate(ours, by_hand, clock, _QUICK if quick else _ROUNDS)
    ours.close()
    mid, tail = p50(mine) / p50(raw), p99(mine) / p99(raw)
    return [
        Line(
            "S1", "tap to durable record", both(mine), f"raw sqlite3 {both(raw)}",
            f"p50, p99 <= {_BUDGET}x (is {mid:.2f}x, {tail:.2f}x)",
            mid <= _BUDGET and tail <= _BUDGET, spread("ours", mine) | spread("raw", raw),
        )
    ]  # fmt: skip


def _alternate(
    desk: Desk, by_hand: RawTap, clock: MovableClock, rounds: int
) -> tuple[list[float], list[float]]:
    directory = Directory(desk)
    mine: list[float] = []
    raw: list[float] = []
    for number in range(rounds):
        uid = uid_of(number % _PEOPLE + 1)
        clock.advance(minutes=0 if number % _PEOPLE else 6, milliseconds=1)
        pair: list[tuple[list[float], Callable[[str], object]]] = [
            (mine, partial(tap, desk, directory)),
            (raw, by_hand.tap),
        ]
        for times, act in pair if number % 2 else reversed(pair):
            times.append(timed(partial(act, uid)))
        if number % _REST_EVERY == 0:
            desk.rest()
            by_hand.rest()
    return mine[_WARM_UP:], raw[_WARM_UP:]


def tap(desk: Desk, directory: Directory, uid: str) -> None:
    """Do what the kiosk does between the reader's event and the verdict."""
    card = directory.whose(uid)
    assert isinstance(card, StaffCard)
    result = service.tap(desk, card.person, "reader")
    assert not result.shown_again
