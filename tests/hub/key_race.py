"""Many desks that ask each other for few things through a real hub, as fast as they can."""

import itertools
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

from kiosk.hub.wire import Claim, Wire

_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Lent:
    """One loan of the race: from its first to its last moment, counted, not timed."""

    thing: str
    gate: str
    fence: int
    began: int
    ended: int


@dataclass
class Race:
    """What the desks did: every loan, how many questions, how long an answer took (seconds)."""

    loans: list[Lent] = field(default_factory=list)
    attempts: int = 0
    given: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many loans overlap another of the same thing, or have an older fence than it."""
        wrong = 0
        for _thing, group in itertools.groupby(
            sorted(self.loans, key=lambda one: (one.thing, one.began)), key=lambda one: one.thing
        ):
            for before, after in itertools.pairwise(group):
                wrong += after.began < before.ended or after.fence < before.fence
        return wrong


class _Desk(threading.Thread):
    """A desk: it answers what is asked of it, and asks for things at random.

    ``journal`` stands for the entries that carry a right from desk to desk: who may lend each
    thing, and by which fence. Only the desk that has a right writes that it gave it away.
    """

    def __init__(
        self, wire: Wire, journal: dict[str, tuple[str, int]], race: Race, shared: "_Shared"
    ) -> None:
        super().__init__(daemon=True)
        self.wire, self.journal, self.race, self.shared = wire, journal, race, shared
        self.gate = wire.gate
        self.random = random.Random(wire.gate)  # noqa: S311 - which thing is no secret
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            while self.shared.take_one():
                self._attempt(self.random.choice(list(self.journal)))
                self._answer(self.wire.claims())
            while not self.shared.all_done(self.gate):
                self._answer(self.wire.claims())
                time.sleep(0.002)
        except BaseException as error:  # noqa: BLE001 - the test that waits for this thread raises it
            self.failed = error
            self.shared.all_done(self.gate)

    def _attempt(self, thing: str) -> None:
        gate, fence = self.journal[thing]
        if gate != self.gate:
            began = perf_counter()
            claim = self.wire.ask(thing, gate, fence, "")
            given = claim.by_gate == self.gate and claim.state == "asked" and self._waited(claim)
            self.race.waits.append(perf_counter() - began)
            if not given:
                return
            self.race.given += 1
        self._lend(thing)

    def _lend(self, thing: str) -> None:
        gate, fence = self.journal[thing]
        if gate != self.gate:  # given away again while this desk waited for another answer
            return
        began = next(self.shared.moments)
        if self.random.random() < 0.5:
            time.sleep(0.001)
        self.race.loans.append(Lent(thing, self.gate, fence, began, next(self.shared.moments)))

    def _waited(self, asked: Claim) -> bool:
        """Answer others while waiting for an answer; say whether it was a yes."""
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            claims = self.wire.claims()
            self._answer(claims)
            for one in claims:
                mine = one.thing_id == asked.thing_id and one.asked_at == asked.asked_at
                if mine and one.by_gate == self.gate and one.state != "asked":
                    return one.state == "given"
            self.wire.wait(0.02)
        return False

    def _answer(self, claims: Sequence[Claim]) -> None:
        for one in claims:
            if one.home != self.gate or one.state != "asked":
                continue
            yes = self.journal[one.thing_id] == (self.gate, one.fence - 1)
            if yes:
                self.journal[one.thing_id] = (one.by_gate, one.fence)
            self.wire.answer(one.thing_id, one.fence, yes=yes, why="" if yes else "held")


class _Shared:
    def __init__(self, race: Race, attempts: int, desks: int) -> None:
        self.moments = itertools.count()
        self._race, self._attempts, self._desks = race, attempts, desks
        self._lock = threading.Lock()
        self._done: set[str] = set()

    def take_one(self) -> bool:
        with self._lock:
            if self._race.attempts >= self._attempts:
                return False
            self._race.attempts += 1
            return True

    def all_done(self, gate: str) -> bool:
        with self._lock:
            self._done.add(gate)
            return len(self._done) == self._desks


def race(wires: Sequence[Wire], things: int, attempts: int) -> Race:
    """Let every desk ask until there were so many ``attempts``; raise what a desk raised."""
    done = Race()
    journal = {f"thing-{number}": (wires[number % len(wires)].gate, 0) for number in range(things)}
    shared = _Shared(done, attempts, len(wires))
    desks = [_Desk(wire, journal, done, shared) for wire in wires]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
        if desk.failed is not None:
            raise desk.failed
    return done
