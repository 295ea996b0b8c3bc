"""D3: from opening the book that a killed kiosk left to its first entry.

As a program: `python d3_power.py FOLDER` writes taps until it is killed, a line out for each.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from bench_site import MovableClock, found, settings_in, uid_of
from figures import Line, both, p50, p99, spread, timed

from kiosk.desk import settings as desk_settings
from kiosk.desk.desk import Desk
from kiosk.desk.settings import Settings
from kiosk.taps import Directory

_TAPS, _ROUNDS, _QUICK, _WARM_UP, _PEOPLE = 1000, 40, 15, 2, 120
_BUDGET_S = 0.050
_BOOK, _LOG = "kiosk.db", "kiosk.db-wal"


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the D3 line."""
    left = _kill_in_mid_tap(folder / "left")
    rounds = _QUICK if quick else _ROUNDS
    ours: list[float] = []
    raw: list[float] = []
    for number in range(rounds):
        place = folder / f"round-{number}"
        for times, open_it in ((ours, _open), (raw, _open_raw)):
            settings = _copied(left, place / open_it.__name__)
            times.append(timed(partial(open_it, settings)))
        shutil.rmtree(place)
    ours, raw = ours[_WARM_UP:], raw[_WARM_UP:]
    size = (left / _LOG).stat().st_size
    return [
        Line(
            "D3", "power back to the book's first entry", both(ours), f"raw sqlite3 {both(raw)}",
            "p50, p99 <= 50 ms", p50(ours) <= _BUDGET_S and p99(ours) <= _BUDGET_S,
            spread("ours", ours) | spread("raw", raw) | {"log_bytes": size},
            f"killed in mid-tap, {_TAPS} taps in a write-ahead log of {size / 1e6:.1f} MB",
        )
    ]  # fmt: skip


def _kill_in_mid_tap(folder: Path) -> Path:
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, __file__, str(folder)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        for _tap in range(_TAPS):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    return folder


def _copied(left: Path, place: Path) -> Settings:
    """Put a copy of what was left into ``place``; the shared-memory file dies with the power."""
    place.mkdir(parents=True)
    for name in (_BOOK, _LOG, "site.key", "kiosk.toml"):
        shutil.copy(left / name, place)
        # What the power left is on disk: else the first entry's sync would write the copy out.
        with (place / name).open("rb") as copied:
            os.fsync(copied.fileno())
    return desk_settings.load(place / "kiosk.toml", {})


def _open(settings: Settings) -> None:
    # The objects die unclosed, so that no checkpoint at the end is counted.
    desk = Desk.open(settings, MovableClock())
    _opened.append(desk.close)
    with desk.write() as tx:
        tx.record("post.left")


def _open_raw(settings: Settings) -> None:
    connection = sqlite3.connect(settings.desk.database, isolation_level=None)
    _opened.append(connection.close)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE badge SET stamp = stamp WHERE uid = ?", (uid_of(1),))
    connection.execute("COMMIT")


_opened: list[Callable[[], None]] = []
"""Keeps what was opened alive: closing is not part of the time."""


def tap_until_killed(folder: Path) -> None:
    """Tap without a checkpoint, as in a rush."""
    from s1_tap import tap  # noqa: PLC0415 - only the child taps

    clock = MovableClock()
    with closing(found(settings_in(folder), _PEOPLE, clock)) as desk:
        directory, number = Directory(desk), 0
        while True:
            clock.advance(minutes=6 if number % _PEOPLE == 0 else 0)
            tap(desk, directory, uid_of(number % _PEOPLE + 1))
            number += 1
            sys.stdout.write(".\n")
            sys.stdout.flush()


if __name__ == "__main__":
    tap_until_killed(Path(sys.argv[1]))
