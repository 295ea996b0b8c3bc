"""S9: what is typed finds the newest of a million visits within 5 ms, 13 times as fast as LIKE.

Each search is what a guard types: a whole name, one character, pinyin, first letters, the end of a
phone number, a plate, and names that nobody has. The yardstick is the usual way, ``LIKE '%typed%'``
over the same table, asked in turn with ours. ``--quick`` fills 100 000 visits.
"""

import random
import sqlite3
from pathlib import Path
from time import perf_counter, thread_time

from bench_site import MovableClock, found, settings_in
from figures import Line, both, ms, p50, p99, spread
from visits_fill import fill

from kiosk.desk.desk import Desk
from kiosk.desk.names import pinyin_of
from visitors.returning.finding import find

_FULL, _QUICK = 1_000_000, 100_000
_SEARCHES, _LIKE_EVERY = 2000, 50
_BUDGET_S, _TIMES_FASTER = 0.005, 13
_LIKE = """
SELECT id FROM visit_words WHERE name LIKE :typed OR replace(pinyin, ' ', '') LIKE :typed
OR initials LIKE :typed OR phone_tail LIKE :typed OR plate LIKE :typed
ORDER BY day DESC, rowid DESC LIMIT 60
"""


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return one line: how long a search takes, beside LIKE over the same visits."""
    visits = _QUICK if quick else _FULL
    settings, clock = settings_in(folder), MovableClock()
    made = found(settings, 1, clock)
    made.close()
    began = perf_counter()
    names = fill(settings.desk.database, visits, clock().date())
    filled = perf_counter() - began
    desk = Desk.open_to_read(settings, clock)
    try:
        ours, like, busy = _times(desk, _typed(names))
    finally:
        desk.close()
    return [_line(visits, ours, like, busy, filled)]


def _typed(names: list[str]) -> list[str]:
    """Return what is typed, as often as each way is used, the same in every run."""
    turn = random.Random(11)  # noqa: S311 - no secret
    return [_one(turn, turn.choice(names)) for _ in range(_SEARCHES)]


def _one(turn: random.Random, name: str) -> str:
    pinyin, initials = pinyin_of(name)
    ways = (
        name, name, name[:1], name[1:], initials, initials, initials[:2], initials[:1],
        pinyin.replace(" ", ""), pinyin[:5].replace(" ", ""), f"{turn.randrange(10**4):04}",
        f"{turn.randrange(1000):03}", f"苏E{turn.randrange(10**5):05}",
        f"{turn.randrange(10**5):05}", "亓官" + name[:1], "xqzv",
    )  # fmt: skip
    return turn.choice(ways)


def _times(desk: Desk, typed: list[str]) -> tuple[list[float], list[float], list[float]]:
    ours, like, busy = list[float](), list[float](), list[float]()
    with desk.read() as book:
        find(book, "亓")  # the first one opens the file
        for at, query in enumerate(typed):
            began, worked = perf_counter(), thread_time()
            find(book, query)
            busy.append(thread_time() - worked)
            ours.append(perf_counter() - began)
            if at % _LIKE_EVERY == 0:
                like.append(_by_like(book.connection, query))
    return ours, like, busy


def _by_like(connection: sqlite3.Connection, query: str) -> float:
    began = perf_counter()
    connection.execute(_LIKE, {"typed": f"%{query}%"}).fetchall()
    return perf_counter() - began


def _line(
    visits: int, ours: list[float], like: list[float], busy: list[float], filled: float
) -> Line:
    faster = p50(like) / p50(ours)
    held = p99(ours) <= _BUDGET_S and p50(like) >= _TIMES_FASTER * p99(ours)
    details = spread("search", ours) | spread("like", like) | spread("busy", busy)
    details |= {"visits_count": visits, "fill": filled, "times_faster_count": faster}
    return Line(
        "S9", f"search in {visits} visits", both(ours), f"LIKE {both(like)}",
        f"p99 <= 5 ms, {_TIMES_FASTER} x faster", held, details,
        f"{faster:.0f} times as fast at the median; the slowest of ours in a hundred against LIKE's"
        f" median: {p50(like) / p99(ours):.0f} times; p99 of the processor's work alone"
        f" {ms(p99(busy))}",
    )  # fmt: skip
