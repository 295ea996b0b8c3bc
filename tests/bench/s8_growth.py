"""S8: what a tap and the first page of every list cost in a book of years, against a young one.

The large book has 1 million entries and 200 000 visits, the young one 1 000 and 200. ``--quick``
makes a tenth of it; ``KIOSK_BENCH_VISITS=1000000`` five million entries and a million visits.
The report by the hour looks back a month on purpose, and is R1's.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench_site import MovableClock, found, settings_in, uid_of
from figures import Line, both, ms, p50, p99, spread, timed
from s1_tap import tap
from years import Years, live

from kiosk import all_reports, features
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE
from kiosk.desk.report import Period
from kiosk.keys import board_pages
from kiosk.keys.board_pages import Show, Sought
from kiosk.taps import Directory
from visitors import cards

_PEOPLE, _ROUNDS, _QUICK, _WARM_UP = 120, 400, 120, 20
_LOOKS, _COLD, _PAGE = 30, 3, 36
_BUDGET = 1.2
_LEAST_S = 0.0002
"""So little more is no matter of size: a list of 0.05 ms differs by as much from run to run."""
_YOUNG = Years(1_000, 500, 200)
_LARGE, _TENTH = 200_000, 20_000


@dataclass(frozen=True)
class _Book:
    """One open book with its own clock."""

    desk: Desk
    clock: MovableClock
    directory: Directory

    def tap(self, number: int) -> float:
        """Tap as one of the staff; return the seconds."""
        self.clock.advance(minutes=0 if number % _PEOPLE else 6, milliseconds=1)
        uid = uid_of(number % _PEOPLE + 1)
        return timed(partial(tap, self.desk, self.directory, uid))


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return one line for the tap and one for the lists."""
    visits = int(os.environ.get("KIOSK_BENCH_VISITS", _TENTH if quick else _LARGE))
    years = Years(5 * visits, 3 * visits, visits)
    young, old = _book(folder / "young", _YOUNG), _book(folder / "old", years)
    try:
        return [_taps(young, old, years, _QUICK if quick else _ROUNDS), _lists(young, old)]
    finally:
        young.desk.close()
        old.desk.close()


def _book(folder: Path, years: Years) -> _Book:
    settings, clock = settings_in(folder), MovableClock()
    made = found(settings, _PEOPLE, clock)
    with made.read() as book:
        people = book.all(EVERYONE)
    live(made, people, years)
    made.close()
    desk = Desk.open(settings, clock)
    return _Book(desk, clock, Directory(desk))


def _taps(young: _Book, old: _Book, years: Years, rounds: int) -> Line:
    small: list[float] = []
    large: list[float] = []
    for number in range(rounds):
        pair = [(young, small), (old, large)]
        for one, times in pair if number % 2 else reversed(pair):
            times.append(one.tap(number))
    small, large = small[_WARM_UP:], large[_WARM_UP:]
    mid, tail = p50(large) / p50(small), p99(large) / p99(small)
    return Line(
        "S8", f"tap in a book of {years.entries} entries, {years.visits} visits", both(large),
        f"book of {_YOUNG.entries}: {both(small)}",
        f"p50 <= {_BUDGET}x (is {mid:.2f}x; p99 {tail:.2f}x)", mid <= _BUDGET,
        spread("large", large) | spread("small", small),
    )  # fmt: skip


def _lists(young: _Book, old: _Book) -> Line:
    times = {name: _looked(young.desk, old.desk, look) for name, look in _LISTS.items()}
    details: dict[str, float] = {}
    for name, (small, large) in times.items():
        details |= spread(f"{name}_small", small) | spread(f"{name}_large", large)
    grown = {name: p50(large) / p50(small) for name, (small, large) in times.items()}
    worst = max(grown, key=lambda name: grown[name])
    said = ", ".join(f"{name} {grown[name]:.2f}x ({ms(p50(times[name][1]))})" for name in times)
    held = all(
        p50(large) <= _BUDGET * p50(small) or p50(large) - p50(small) <= _LEAST_S
        for small, large in times.values()
    )
    return Line(
        "S8", f"first pages of {len(times)} lists in the same books",
        f"worst, {worst}: {ms(p50(times[worst][1]))}", f"young {ms(p50(times[worst][0]))}",
        f"p50 <= {_BUDGET}x each (is {grown[worst]:.2f}x at most)", held, details, said,
    )  # fmt: skip


def _looked(
    young: Desk, old: Desk, look: Callable[[Desk], object]
) -> tuple[list[float], list[float]]:
    small: list[float] = []
    large: list[float] = []
    for turn in range(_LOOKS):
        pair = [(young, small), (old, large)]
        for desk, times in pair if turn % 2 else reversed(pair):
            times.append(timed(partial(look, desk)))
    return small[_COLD:], large[_COLD:]


def _report(name: str, desk: Desk) -> object:
    today = Period(desk.today(), desk.today())
    with desk.read() as book:
        return all_reports.reports()[name](desk, book, today)


def _open_things(desk: Desk) -> object:
    with desk.read() as book:
        return features.outstanding(desk, book)


def _inside(desk: Desk) -> object:
    with desk.read() as book:
        return features.inside(desk, book)


def _board(desk: Desk) -> object:
    sought = Sought(Show.ALL, "", desk.clock())
    with desk.read() as book:
        long = board_pages.lengths(book, sought)
        return board_pages.page(book, sought, long, 0, _PAGE)


_LISTS: dict[str, Callable[[Desk], object]] = {
    "visitors of today": cards.todays,
    "who did not come": cards.no_shows,
    "who comes later": partial(cards.coming, query="w"),
    "open things": _open_things,
    "who is inside": _inside,
    "key board": _board,
    **{
        f"report {name}": partial(_report, name)
        for name in ("visits", "register", "visitors", "times", "attendance", "messages")
    },
}
