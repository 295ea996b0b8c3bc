"""The line to the hub: one thread that sends this desk's work and takes in the others'.

It wakes at a commit here, at a notice of the hub, and every ``rules.hub_poll_s`` seconds. Nothing
at the gate ever waits for it: a hub that is gone, frozen or wrong costs a tap nothing.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from importlib import metadata
from itertools import count

from kiosk.desk import database
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Absorbed, BrokenFeed, Hook, absorb
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.journal import Entry
from kiosk.desk.old_books import OldBooks
from kiosk.desk.pen import Pen
from kiosk.desk.refusal import Refused
from kiosk.hub import sending
from kiosk.hub.founding import fingerprint
from kiosk.hub.giving import Giving
from kiosk.hub.neighbours import Neighbours
from kiosk.hub.own_chain import OwnChain, compare, keys_for, take_back
from kiosk.hub.questions import Answer, Questions
from kiosk.hub.standing import LineStanding
from kiosk.hub.taking import Taken, Taking
from kiosk.hub.waits import PASSED, WAITS, Waits
from kiosk.hub.wire import Hello, HubGone, Wire

log = logging.getLogger("kiosk.hub")
_SOONEST_S, _LATEST_S = 0.1, 3.0
_STOP_S = 0.8
_MANY_KEYS = 500
_BATCHES_A_LOOK = 4
"""While a backlog is sent the others' work is looked for after every so many batches."""


class Uplink:
    """One desk's line to the hub. ``now`` may be called on any thread.

    ``changed`` has the screens look again. ``dial`` opens the wire. ``hooks`` are the features',
    for what stands beside the journal (see ``foreign.absorb``).
    """

    def __init__(
        self, desk: Desk, pen: Pen, changed: Callable[[], None],
        dial: Callable[[Desk], Wire] | None = None, hooks: Sequence[Hook] = (),
    ) -> None:  # fmt: skip
        self._desk, self._pen, self._changed = desk, pen, changed
        self._dial = dial or _dialled
        self._hooks = hooks
        self._taking = Taking(desk, pen, changed, hooks)
        self._pause, self._stopping, self._failures = threading.Event(), False, 0
        self._wire: Wire | None = None
        self._questions = Questions()
        self.each_round: list[Callable[[Wire], object]] = []
        """Called on the uplink's thread whenever it has looked at the hub."""
        self._waits = Waits()
        self._standing = LineStanding(desk, changed)
        self._giving = Giving(desk, self._standing)
        self._neighbours = Neighbours(desk, pen, self._standing)
        self._old_books = OldBooks(desk)
        self._greeted_at = float("-inf")
        self._check_keys = True
        self._program = metadata.version("gatehouse-kiosk")
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    def start(self) -> None:
        """Begin; returns at once, whatever the hub does."""
        self._desk.committed = self.queued
        self._thread.start()

    @property
    def state(self) -> HubState:
        """How this desk stands with the others, but for what is not sent yet: see ``now``."""
        return self._standing.state

    def now(self) -> HubState:
        """Return how this desk stands with the others, at this moment."""
        return replace(self.state, behind=self._giving.behind)

    def queued(self) -> None:
        """Something may have to be sent. Costs a microsecond, on any thread."""
        if (wire := self._wire) is not None:
            wire.wake()

    def stop(self) -> None:
        """End within a second, however the hub is; what is not sent is sent the next time."""
        self._stopping = True
        self._pause.set()
        self.queued()
        if self._thread.is_alive():
            self._thread.join(timeout=_STOP_S)

    def ask(self, question: Callable[[Wire], Answer], wait_s: float) -> Answer:
        """Put a question to the hub on the uplink's thread and return the answer.

        Raises ``HubGone`` when the line is cut or ``wait_s`` seconds pass without an answer.
        """
        if self._standing.is_lost:
            raise HubGone("hub.cut")
        answer = self._questions.put(question)
        self.queued()
        try:
            return answer.result(wait_s)
        except TimeoutError:
            answer.cancel()
            raise HubGone("hub.frozen") from None

    # The thread: dial, meet, go round until the line is lost, dial again.

    def _run(self) -> None:
        while not self._stopping:
            pause = self._one_line()
            self._wire = None
            self._questions.give_up()
            self._pause.wait(pause)

    def _one_line(self) -> float:
        """Keep one connection as long as it holds; return after how many seconds to dial again."""
        try:
            self._neighbours.begin()
            self._old_books.look()
            with closing(self._dial(self._desk)) as wire:
                self._wire = wire
                self._meet(wire)
                self._work(wire)
        except HubGone as gone:
            self._lost(Standing.CUT, gone.why, gone.told)
        except Refused as refused:
            self._refused(refused)
            return _LATEST_S
        except Exception:  # a bug of ours costs the line, never the gate
            if not self._stopping:  # else the pen is closed already: the kiosk ends
                if self.state.why != "hub.broken":
                    log.exception("the line to the hub broke")
                self._lost(Standing.CUT, "hub.broken")
            return _LATEST_S
        self._failures += 1
        return min(_SOONEST_S * 2.0 ** min(self._failures - 1, 9), _LATEST_S)

    def _meet(self, wire: Wire) -> None:
        """Greet the hub and find where this desk's chain ends there.

        Raises ``Refused``: ``hub.another_site`` when this desk's site key is not the hub's,
        ``hub.twice`` when a copy of it is at work already, ``hub.book_apart`` when this book is
        an old copy in which somebody has written beside what the hub has.
        """
        greeting = self._greet(wire)
        if greeting.fingerprint != fingerprint(self._desk.site_key):
            raise Refused("hub.another_site", name=greeting.site)
        if not wire.is_only_one():
            raise Refused("hub.twice", gate=self._desk.gate)
        stood = compare(self._desk, wire)
        if stood is OwnChain.BEHIND:
            self._take_own_back(wire)
        elif stood is OwnChain.APART:
            raise Refused("hub.book_apart", gate=self._desk.gate)
        there = wire.heads().get(self._desk.gate)
        self._giving.begin(there.seq if there is not None else 0)
        self._check_keys = True
        self._try_again()

    def _take_own_back(self, wire: Wire) -> None:
        """Fill a book that came back from a backup, before anybody writes in it.

        Raises ``Refused("hub.book_apart")`` when somebody was quicker.
        """
        log.warning("this book is behind what the hub has of it: it is taken back")
        try:
            most = self._desk.rules.hub_batch
            take_back(self._desk, wire, most, self._hooks, self._absorbed)
        except BrokenFeed as broken:
            raise Refused("hub.book_apart", gate=self._desk.gate) from broken
        self._changed()

    def _absorbed(
        self, desk: Desk, entries: Sequence[Entry], keys: Mapping[str, str], hooks: Sequence[Hook]
    ) -> Absorbed:
        return self._pen.bite(absorb, desk, entries, keys, hooks)

    def _work(self, wire: Wire) -> None:
        """Go round: send, take in, answer questions; wait when there is nothing more of it."""
        for turn in count():
            if self._stopping:
                return
            more = self._giving.send(wire)
            if time.monotonic() - self._greeted_at >= self._desk.rules.hub_poll_s:
                self._greet(wire)
            if not more or turn % _BATCHES_A_LOOK == 0:
                more |= self._take(wire)
            self._came_round()
            self._old_books.look()
            self._questions.answer(wire)
            for look in self.each_round:
                look(wire)
            if not (more or self._giving.has_work or self._questions):
                self._hear(wire.wait(self._desk.rules.hub_poll_s))

    def _hear(self, notices: Sequence[str]) -> None:
        self._check_keys |= "erased" in notices
        if any(one.startswith("released") for one in notices):
            self._try_again()

    def _came_round(self) -> None:
        """Say once that the line is there: a hub that only greets is none."""
        self._failures = 0
        if self._standing.is_lost:
            log.info("the hub is there: %s entries to send", self.now().behind)
            self._standing.settle()

    # The others' work.

    def _take(self, wire: Wire) -> bool:
        """Take in one batch; say whether there is more."""
        if self._check_keys:
            self._take_erasures(wire)
        most = self._desk.rules.hub_batch
        passed = (*self._standing.held, *self._waits.gates)
        known = sending.heads_here(self._desk) | dict.fromkeys(passed, PASSED)
        entries = wire.pull(known, most)
        done = self._write(wire, entries) if entries else Taken()
        waiting = [gate for gate, why in done.held.items() if why == WAITS]
        if self._waits.goes_on(done.taken, waiting, full=len(entries) == most):
            return True
        self._neighbours.all_here({*self._standing.held, *self._waits.gates})
        if self.state.standing is Standing.HELD and not self._standing.held:
            self._standing.settle()
        return False

    def _write(self, wire: Wire, entries: Sequence[Entry]) -> Taken:
        done = self._taking.take(entries, keys_for(wire, entries))
        self._standing.hold({gate: why for gate, why in done.held.items() if why != WAITS})
        return done

    def _try_again(self) -> None:
        """Ask once more for the feeds that were left alone: what was wrong may be mended."""
        self._standing.held, self._waits = {}, Waits()

    def _take_erasures(self, wire: Wire) -> None:
        """Destroy the keys here that were erased elsewhere."""
        subject, found = "", ["first"]
        while found:
            found = [*sending.subjects_after(self._desk, subject, _MANY_KEYS)]
            keys = wire.keys_of(found) if found else {}
            self._taking.forget([one for one in found if keys.get(one) == ""])
            subject = found[-1] if found else ""
        self._check_keys = False

    # What the hub says of this desk and of the others.

    def _greet(self, wire: Wire) -> Hello:
        """Say that this desk lives; note the hub's clock and when it last heard of the others."""
        all_sent = self._giving.all_sent
        before = self._desk.clock()
        greeting = wire.hello(self._program, database.NEWEST_REVISION, before, all_sent=all_sent)
        self._greeted_at = time.monotonic()
        self._neighbours.greeted(greeting.desks, before - greeting.clock)
        self._giving.heard(greeting.own)
        return greeting

    def _refused(self, refused: Refused) -> None:
        told = str(refused.facts.get("name", ""))
        self._standing.note(site=told)
        self._lost(Standing.REFUSED, refused.code, told)

    def _lost(self, standing: Standing, why: str, told: str = "") -> None:
        if not self._stopping:
            self._standing.lost(standing, why, told)


def _dialled(desk: Desk) -> Wire:
    return Wire.of(desk.settings)
