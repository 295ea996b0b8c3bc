"""N1 to N4 and N6: what the hub costs a tap, how fast work is at another desk, and a backlog."""

import asyncio
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bench_site import found, settings_in, uid_of
from figures import Line, both, ms, p99, spread, timed

from kiosk import features
from kiosk.attendance import service
from kiosk.desk.bearer import StaffCard
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import Standing
from kiosk.desk.pen import Pen
from kiosk.desk.people import BY_ID
from kiosk.desk.settings import Settings
from kiosk.hub.founding import as_owner, fingerprint
from kiosk.hub.uplink import Uplink
from kiosk.taps import Directory

sys.path.insert(0, str(Path(__file__).parents[1] / "hub"))
from hub_site import TestHub
from postgres import Postgres, temporary_server

_PEOPLE, _WARM_UP = 120, 10
_ROUND, _ROUNDS, _QUICK_ROUNDS = 60, 8, 3
_SEEN, _QUICK_SEEN = 200, 60
_BACKLOG, _QUICK_BACKLOG = 50_000, 20_000
_KILLS = 5
_POUR, _POURS, _QUICK_POURS = 5_000, 4, 1
_PATIENCE_S = 30.0
_POURED_BUDGET = 1.2
_FROZEN_BUDGET, _SEEN_BUDGET_S, _DRAIN_BUDGET, _APPLY_BUDGET = 1.2, 0.1, 20_000, 5_000


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the lines N1 to N4 and N6."""
    server = temporary_server()
    try:
        return [
            _frozen(_hub(server, folder, "n1"), _QUICK_ROUNDS if quick else _ROUNDS),
            _seen(_hub(server, folder, "n2"), _QUICK_SEEN if quick else _SEEN),
            *_backlog(server, folder, _QUICK_BACKLOG if quick else _BACKLOG),
            _poured(_hub(server, folder, "n6"), _QUICK_POURS if quick else _POURS),
        ]
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@dataclass
class Shifted:
    """The machine's clock, moved on between two rounds of the same badges."""

    off: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the moment, UTC."""
        return system_clock() + self.off


@dataclass
class Post:
    """A desk at work with its line to the hub."""

    desk: Desk
    pen: Pen
    uplink: Uplink
    changed: threading.Event
    clock: "Shifted"
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def tap(self, directory: Directory, number: int) -> None:
        """Tap the badge of somebody, as the kiosk takes it: on the pen."""
        card = directory.whose(uid_of(number))
        assert isinstance(card, StaffCard)
        if number == 1:  # the same badge a moment later would only be shown again
            self.clock.off += timedelta(minutes=6)
        taken = self.pen.write(service.tap, self.desk, card.person, "reader")
        tapped = self.loop.run_until_complete(taken)
        assert not tapped.shown_again


class HubSite:
    """A site with a hub of its own, whose desks are copies of one book."""

    def __init__(self, hub: TestHub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self._first = settings_in(folder / "site")
        found(self._first, _PEOPLE, system_clock).close()
        desk = Desk.open(self._first)
        hub.key = desk.site_key
        desk.close()
        with as_owner(hub.owner) as owner:
            owner.execute("UPDATE kiosk.site SET fingerprint = %s", (fingerprint(hub.key),))

    def settings(self, gate: str) -> Settings:
        """Return the settings of a desk that has joined the hub, with its book."""
        folder = self.folder / gate
        files = replace(
            self._first.desk, database=folder / "kiosk.db", site_key=folder / "site.key"
        )
        if not folder.exists():
            folder.mkdir()
            shutil.copy(self._first.desk.database, files.database)
            shutil.copy(self._first.desk.site_key, files.site_key)
            self.hub.add(gate)
        site = replace(self._first.site, gate=gate)
        return replace(self._first, site=site, desk=files, hub=self.hub.settings(gate))

    @contextmanager
    def post(self, gate: str) -> Iterator[Post]:
        """Open a desk and its line; both are closed at the end."""
        clock, pen, changed = Shifted(), Pen(), threading.Event()
        desk = Desk.open(self.settings(gate), clock)
        post = Post(desk, pen, Uplink(desk, pen, changed.set), changed, clock)
        post.uplink.start()
        try:
            yield post
        finally:
            post.uplink.stop()
            post.loop.close()
            pen.close()
            desk.close()


def _hub(server: Postgres, folder: Path, name: str) -> HubSite:
    place = folder / name
    place.mkdir()
    return HubSite(TestHub(server, server.new_database(name), name, place), place)


def _until(true: Callable[[], object]) -> None:
    limit = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.02)


def _is_up(post: Post) -> bool:
    state = post.uplink.now()
    return state.standing is Standing.UP and not state.behind


def _frozen(site: HubSite, rounds: int) -> Line:
    """Tap with the hub up and with its every process stopped, in turns."""
    up: list[float] = []
    frozen: list[float] = []
    with site.post("gate-1") as post:
        directory = Directory(post.desk)
        tapped = 0
        for turn in range(2 * rounds):
            stopped = bool(turn % 2)
            _until(partial(_is_up, post))
            if stopped:
                site.hub.postgres.freeze()
            try:
                for _tap in range(_ROUND):
                    tapped += 1
                    act = partial(post.tap, directory, tapped % _PEOPLE + 1)
                    (frozen if stopped else up).append(timed(act))
            finally:
                site.hub.postgres.thaw()
            post.pen.queue(post.desk.rest).result()
    up, frozen = up[_WARM_UP:], frozen[_WARM_UP:]
    ratio = p99(frozen) / p99(up)
    return Line(
        "N1", "tap while the hub is frozen", both(frozen), f"hub up {both(up)}",
        f"p99 <= {_FROZEN_BUDGET}x (is {ratio:.2f}x)", ratio <= _FROZEN_BUDGET,
        spread("frozen", frozen) | spread("up", up),
    )  # fmt: skip


def _seen(site: HubSite, taps: int) -> Line:
    """Tap at one desk; the time ends when the other has read its list with that tap in it."""
    times: list[float] = []
    with site.post("gate-1") as here, site.post("gate-2") as there:
        directory = Directory(here.desk)
        _until(lambda: _is_up(here) and _is_up(there))
        for number in range(taps):
            time.sleep(0.03)
            there.changed.clear()
            began = time.perf_counter()
            here.tap(directory, number % _PEOPLE + 1)
            wanted = here.desk.head.seq
            while not _listed(there, wanted):
                assert there.changed.wait(_PATIENCE_S)
                there.changed.clear()
            times.append(time.perf_counter() - began)
    times = times[_WARM_UP:]
    return Line(
        "N2", "tap at one desk to list at another", both(times), "-",
        f"p99 <= {ms(_SEEN_BUDGET_S)}", p99(times) <= _SEEN_BUDGET_S, spread("seen", times),
    )  # fmt: skip


def _listed(post: Post, seq: int) -> bool:
    """Read who is in the house, and say whether the other desk's entry ``seq`` is in that book."""
    with post.desk.read() as book:
        features.inside(post.desk, book)
        asked = "SELECT 1 FROM journal WHERE gate = 'gate-1' AND seq = ?"
        return book.connection.execute(asked, (seq,)).fetchone() is not None


def _backlog(server: Postgres, folder: Path, count: int) -> Iterator[Line]:
    """Drain a backlog once in peace, once under five kills; then let another desk take it in."""
    peace, killed = _hub(server, folder, "n3"), _hub(server, folder, "n3_killed")
    _fill(peace.settings("gate-1"), count)
    rate = _drained(peace, count)
    killed.settings("gate-1")
    shutil.copy(peace.settings("gate-1").desk.database, killed.settings("gate-1").desk.database)
    kills, exact = _drained_under_kills(killed, count)
    yield Line(
        "N3", f"backlog of {count} entries to the hub", f"{rate:.0f}/s",
        f"exactly once after {kills} kill -9: {'yes' if exact else 'NO'}",
        f">= {_DRAIN_BUDGET}/s, exactly once", rate >= _DRAIN_BUDGET and exact and kills == _KILLS,
        {"per_second": rate, "kills": kills},
        "The rate is of a line nobody kills: a killed process takes longer to start than to send.",
    )  # fmt: skip
    applied = _applied(peace)
    yield Line(
        "N4", "another desk's backlog into this book", f"{applied:.0f}/s", "-",
        f">= {_APPLY_BUDGET}/s", applied >= _APPLY_BUDGET, {"per_second": applied},
    )  # fmt: skip


def _fill(settings: Settings, count: int) -> None:
    """Write taps until the book has about ``count`` entries: true ones, with their rows."""
    desk = Desk.open(settings)
    directory = Directory(desk)
    people = []
    for number in range(1, _PEOPLE + 1):
        card = directory.whose(uid_of(number))
        assert isinstance(card, StaffCard)
        people.append(card.person)
    with desk.made_in_one_go():
        while desk.head.seq < count:
            with desk.write(by="0000") as tx:
                for person in people:
                    known = tx.one(BY_ID, id=person.id)
                    tx.put(known)
                    tx.record("person.changed", person=person.staff_no)
    desk.close()


def _drained(site: HubSite, count: int) -> float:
    with site.post("gate-1") as post:
        total = post.desk.head.seq
        _until(lambda: _there(site) > 0)
        began, before = time.perf_counter(), _there(site)
        _until(lambda: _is_up(post))
        took = time.perf_counter() - began
        assert _there(site) == total >= count
        return (total - before) / took


def _there(site: HubSite) -> int:
    return int(site.hub.see("SELECT count(*) FROM kiosk.entry")[0][0])


_CHILD = """
import pickle, sys, time
from kiosk import features
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.people import BY_ID
from kiosk.hub.uplink import Uplink
desk = Desk.open(pickle.load(sys.stdin.buffer))
Uplink(desk, Pen(), lambda: None).start()
time.sleep(600)
"""


def _drained_under_kills(site: HubSite, count: int) -> tuple[int, bool]:
    """Return how often the line was killed in mid-work, and whether everything came just once."""
    kills = 0
    while (there := _there(site)) < count:
        child = _child(site.settings("gate-1"))
        try:
            goal = count if kills == _KILLS else there + count // (4 * _KILLS)
            _until(lambda goal=goal: _there(site) >= goal)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
        kills += kills < _KILLS and _there(site) < count
    desk = Desk.open(site.settings("gate-1"))
    with desk.read() as book:
        asked = "SELECT seq, hash FROM journal WHERE gate = 'gate-1' ORDER BY seq"
        mine = [tuple(one) for one in book.connection.execute(asked)]
    desk.close()
    theirs = site.hub.see("SELECT seq, hash FROM kiosk.entry ORDER BY position")
    return kills, theirs == mine[: len(theirs)] and len(theirs) >= count


def _child(settings: Settings) -> subprocess.Popen[bytes]:
    import pickle  # noqa: PLC0415 - our own settings to our own child

    child = subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE)  # noqa: S603 - our own program
    assert child.stdin is not None
    child.stdin.write(pickle.dumps(settings))
    child.stdin.close()
    return child


def _applied(site: HubSite) -> float:
    total = _there(site)
    with site.post("gate-2") as post:
        _until(lambda: _known(post) > 0)
        began, before = time.perf_counter(), _known(post)
        _until(lambda: _known(post) == total)
        return (total - before) / (time.perf_counter() - began)


def _known(post: Post, gate: str = "gate-1") -> int:
    with post.desk.read() as book:
        asked = "SELECT max(seq) FROM journal WHERE gate = ?"
        return int(book.connection.execute(asked, (gate,)).fetchone()[0] or 0)


def _poured(site: HubSite, pours: int) -> Line:
    """Tap in an idle house and while the work of another desk pours in, in turns.

    The other desk's whole work is at the hub; its feed is let go 5 000 entries at a time.
    """
    _fill(site.settings("gate-2"), _POUR * pours)
    with site.post("gate-2") as other:
        _until(partial(_is_up, other))
    idle: list[float] = []
    poured: list[float] = []
    site.settings("gate-1")
    _let_go(site, 1)
    with site.post("gate-1") as post:
        _until(partial(_is_up, post))
        directory, tapped = Directory(post.desk), 0

        def taps(into: list[float]) -> None:
            nonlocal tapped
            tapped += 1
            into.append(timed(partial(post.tap, directory, tapped % _PEOPLE + 1)))

        for turn in range(pours):
            for _tap in range(_ROUND // 3):
                taps(idle)
            goal = _let_go(site, _POUR * (turn + 1))
            _until(lambda: _known(post, "gate-2") > _POUR * turn)  # noqa: B023 - called here
            while _known(post, "gate-2") < goal:
                taps(poured)
        bite = post.desk.rules.hub_bite_ms / 1000
    idle = idle[_WARM_UP:]
    budget = max(_POURED_BUDGET * p99(idle), p99(idle) + bite)
    return Line(
        "N6", f"tap while another desk's {_POUR} entries pour in", both(poured),
        f"idle {both(idle)}", f"p99 <= idle + one bite = {ms(budget)}", p99(poured) <= budget,
        spread("poured", poured) | spread("idle", idle),
    )  # fmt: skip


def _let_go(site: HubSite, seq: int) -> int:
    """Let the hub give the other desk's work up to entry ``seq``, which is returned."""
    with as_owner(site.hub.owner) as owner:
        owner.execute(
            "UPDATE kiosk.desk SET quarantined = 'gap', quarantined_seq = %s"
            " WHERE gate = 'gate-2'", (seq + 1,),
        )  # fmt: skip
        owner.execute("SELECT pg_notify('kiosk', 'entries')")
    return seq
