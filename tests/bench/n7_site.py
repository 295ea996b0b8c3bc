"""N7: what a site grows by: a tap in the book and at the hub, and what a check of it takes.

Half of the entries are another desk's, as in a book of two desks. What ``docs/many-sites.md``
reckons with.
"""

import shutil
import sqlite3
import sys
import time
import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bench_site import uid_of
from figures import Line
from hub_lines import HubSite

from kiosk import features
from kiosk.attendance import service
from kiosk.desk import journal
from kiosk.desk.bearer import StaffCard
from kiosk.desk.database import open_reader
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import absorb
from kiosk.desk.verify import verify
from kiosk.taps import Directory

sys.path.append(str(Path(__file__).parents[1] / "hub"))
from hub_site import TestHub
from postgres import temporary_server

_PEOPLE, _TAPS, _QUICK, _BATCH, _BITE = 120, 20_000, 4_000, 500, 100
_KILOBYTE = 1000
_STEP = timedelta(minutes=6) / _PEOPLE
"""Nobody taps twice within five minutes."""
_SIZE = "SELECT pg_total_relation_size('kiosk.entry')"
_PATIENCE_S = 30.0
_BYTES_BUDGET, _CHECK_BUDGET, _MEMORY_BUDGET = 2_000, 2_500, 400
"""Bytes an entry at most, entries checked in a second at least, and bytes of memory for one."""


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the one line."""
    server = temporary_server()
    try:
        place = folder / "n7"
        place.mkdir()
        site = HubSite(TestHub(server, server.new_database("n7"), "n7", place), place)
        return [_grown(site, _QUICK if quick else _TAPS)]
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def _grown(site: HubSite, taps: int) -> Line:
    settings = site.settings("gate-1")
    other = site.settings("gate-2")
    entries = _tapped(Desk.open(settings), taps // 2)
    at_hub = _sent(site, entries)
    before = other.desk.database.stat().st_size
    desk = Desk.open(other)
    began = time.perf_counter()
    for start in range(0, len(entries), _BITE):
        absorb(desk, entries[start : start + _BITE], {}, features.hooks())
    taken = len(entries) / (time.perf_counter() - began)
    total = len(entries) + len(_tapped(desk, taps // 2))
    here = (other.desk.database.stat().st_size - before) / total
    reader = open_reader(other.desk.database)
    began = time.perf_counter()
    found = verify(reader, "gate-2")
    checked = total / (time.perf_counter() - began)
    memory = _peak_of_a_check(reader) / total
    reader.close()
    assert found.intact
    return Line(
        "N7", f"{total} taps of two desks: kept, checked",
        f"{here / _KILOBYTE:.2f} kB in a book, {at_hub / _KILOBYTE:.2f} kB at the hub a tap",
        f"checked {checked:.0f}/s in {memory:.0f} B each, taken in {taken:.0f}/s",
        f"<= {_BYTES_BUDGET / _KILOBYTE:.0f} kB each, checked >= {_CHECK_BUDGET}/s"
        f" in <= {_MEMORY_BUDGET} B each",
        max(here, at_hub) <= _BYTES_BUDGET
        and checked >= _CHECK_BUDGET
        and memory <= _MEMORY_BUDGET,
        {
            "book_bytes": here, "hub_bytes": at_hub, "checked": checked, "taken": taken,
            "check_memory_bytes": memory,
        },
    )  # fmt: skip


def _peak_of_a_check(reader: sqlite3.Connection) -> int:
    """Check once more, by itself: being watched makes it slow. Return bytes of memory."""
    tracemalloc.start()
    verify(reader, "gate-2")
    _left, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _sent(site: HubSite, entries: list[journal.Entry]) -> float:
    """Send them all; return how many bytes each takes at the hub."""
    wire = site.hub.wire("gate-1", wait_s=_PATIENCE_S)
    [(before,)] = site.hub.see(_SIZE)
    first = entries[0].seq
    with closing(open_reader(site.settings("gate-1").desk.database)) as reader:
        wire.append(list(journal.entries(reader, "gate-1"))[: first - 1])
    for start in range(0, len(entries), _BATCH):
        wire.append(entries[start : start + _BATCH])
    [(after,)] = site.hub.see(_SIZE)
    wire.close()
    return (after - before) / len(entries)


def _tapped(desk: Desk, count: int) -> list[journal.Entry]:
    """Tap so often, as fast as it goes, and close the desk; return what it wrote."""
    directory, since = Directory(desk), desk.head.seq
    clock = desk.clock
    with desk.made_in_one_go():
        for number in range(count):
            card = directory.whose(uid_of(number % _PEOPLE + 1))
            assert isinstance(card, StaffCard)
            desk.clock = lambda n=number: clock() + n * _STEP
            service.tap(desk, card.person, "reader")
    with desk.read() as book:
        entries = list(journal.entries(book.connection, desk.gate, since))
    desk.empty_log()
    desk.close()
    return entries
