"""Kiosks without a screen, to be killed: each taps on and says a tap only when it is durable.

    python tapping_child.py kiosk.toml

For every number on standard input it forks one kiosk, whose first tap has that number. A kiosk says
``pid N``, then a line for each tap: its number, the staff number, the id of the record.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import features  # noqa: F401 - registers every table
from kiosk.attendance import service
from kiosk.desk import settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no

STAFF = ("1001", "1002", "2001", "2002")
_APART = timedelta(minutes=6)  # two taps of one person within five minutes are one
_START = system_clock()


def serve(config: Path) -> None:
    """Fork a kiosk for every number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            tap_until_killed(config, int(line))


def tap_until_killed(config: Path, first: int) -> None:
    """Tap one person after the other, on a clock that moves on by six minutes with every tap."""
    number = first

    def clock() -> datetime:
        return _START + number * _APART

    _say(f"pid {os.getpid()}")
    desk = Desk.open(settings.load(config, {}), clock)
    with desk.read() as book:
        people = [person_by_staff_no(book, staff_no) for staff_no in STAFF]
    while True:
        person = people[number % len(people)]
        done = service.tap(desk, person, "door")
        _say(f"{number} {person.staff_no} {done.tap_id}")
        number += 1


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
