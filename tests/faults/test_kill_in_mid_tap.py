"""D2: a kiosk is killed in mid tap; what it acknowledged is there, and the book is intact."""

import os
import random
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import BADGES, Site
from machines import ReaderMachine
from patience import PATIENCE_S

from kiosk.attendance.models import Tap
from kiosk.desk import settings
from kiosk.desk.desk import Desk
from kiosk.desk.verify import verify

ROUNDS = 60
_CHILD = Path(__file__).with_name("tapping_child.py")
_ONE_TAP_S = 0.004


class Victims:
    """Kiosks that tap until they are killed, one after the other."""

    def __init__(self, site: Site) -> None:
        self._zygote = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(_CHILD), str(site.config)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self._unread = b""

    def close(self) -> None:
        """End the one that makes them."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.close()
        self._zygote.wait(PATIENCE_S)
        assert self._zygote.stdout is not None
        self._zygote.stdout.close()

    def kill_one(self, first: int, acknowledged: int, then_s: float) -> list[list[str]]:
        """Let one tap, kill it ``then_s`` after the ``acknowledged``-th tap; return all it said."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(f"{first}\n".encode())
        victim = int(self._line().removeprefix("pid "))
        said = [self._line().split() for _tap in range(acknowledged)]
        threading.Event().wait(then_s)  # the point of the test: the kill falls anywhere in a tap
        os.kill(victim, signal.SIGKILL)
        _wait_for_end_of(victim)
        return said + [line.split() for line in self._rest()]

    def _line(self) -> str:
        while b"\n" not in self._unread:
            assert self._ready(PATIENCE_S), "the kiosk says nothing"
            self._unread += self._read()
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def _rest(self) -> Iterator[str]:
        while self._ready(0):
            self._unread += self._read()
        whole, _, self._unread = self._unread.rpartition(b"\n")
        yield from whole.decode().splitlines()

    def _ready(self, seconds: float) -> bool:
        return bool(select.select([self._zygote.stdout], [], [], seconds)[0])

    def _read(self) -> bytes:
        assert self._zygote.stdout is not None
        data = os.read(self._zygote.stdout.fileno(), 65536)
        assert data, "the kiosks have ended"
        return data


def _wait_for_end_of(process: int) -> None:
    """Wait until the kernel has let go of a process that is not our own child."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], PATIENCE_S)[0], f"{process} is still there"
    finally:
        os.close(handle)


@pytest.fixture
def victims(site: Site) -> Iterator[Victims]:
    made = Victims(site)
    yield made
    made.close()


def test_no_acknowledged_tap_is_lost_in_sixty_kills(site, victims):
    chance = random.Random(2026)  # noqa: S311 - a seed, so that a failure can be had again
    before, entries_before = reopened(site)
    acknowledged: set[str] = set()
    number = 0
    for kills in range(1, ROUNDS + 1):
        said = victims.kill_one(number, chance.randint(1, 4), chance.random() * _ONE_TAP_S)
        acknowledged |= {tap for _number, _staff_no, tap in said}
        taps, entries = reopened(site)
        recorded = taps - before
        assert acknowledged <= recorded
        # A tap may be durable although its answer never came; one for each kill at most.
        assert len(recorded) - len(acknowledged) <= kills
        assert entries - entries_before == len(recorded)
        number = len(recorded)


def reopened(site: Site) -> tuple[set[str], int]:
    """Open the book as the next start does; return the taps in it and how long its chain is."""
    desk = Desk.open(settings.load(site.config, {}))
    try:
        with desk.read() as book:
            table = Tap.__tablename__
            taps = {tap for (tap,) in book.connection.execute(f"SELECT id FROM {table}")}  # noqa: S608 - our own name
    finally:
        desk.close()
    return taps, verified(site).entries


def verified(site: Site):
    desk = Desk.open_to_read(settings.load(site.config, {}))
    try:
        with desk.read() as book:
            book.connection.execute("ROLLBACK")
            found = verify(book.connection, desk.gate)
            book.connection.execute("BEGIN")
    finally:
        desk.close()
    assert found.intact, found
    return found


def test_the_whole_kiosk_is_killed_and_starts_again(site):
    """Everything the screen said is in the book, and the next kiosk opens beside what was left."""
    with ReaderMachine(site.folder / "reader") as reader:
        site.plug(reader.address)
        with site.show() as screen:
            screen.shows("职工请刷卡")
            for staff_no in ("1001", "1002"):
                reader.tap(BADGES[staff_no])
                screen.shows("✓ 签到", "办公室" if staff_no == "1001" else "财务科")
            screen.signal(signal.SIGKILL)
            assert screen.ends() == -signal.SIGKILL
        with site.show() as screen:
            screen.shows("职工请刷卡")
            reader.tap(BADGES["1001"])
            screen.shows("已签到")
            screen.signal()
            assert screen.ends() == 0
    came = [entry["by"] for entry in site.journal() if entry["code"] == "staff.signed_in"]
    assert sorted(came[-2:]) == ["1001", "1002"]
    assert came.count("1001") == 1
    assert site.kiosk("verify").returncode == 0
