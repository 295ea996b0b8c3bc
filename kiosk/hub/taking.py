"""The other desks' entries, written into this book in bites so small that no tap waits for them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Absorbed, BrokenFeed, Hook, absorb
from kiosk.desk.journal import Entry
from kiosk.desk.pen import Pen
from kiosk.desk.purge import erase_heard
from kiosk.hub import sending

_FIRST_BITE, _LARGEST_BITE = 8, 500
_AFTER_TAP_S = 5.0
_IDLE_BITES = 8
"""Where nobody has tapped for a while a bite may be so many times as long."""
_SHOWN_EVERY_S = 0.4


@dataclass(slots=True)
class Taken:
    """How many entries were written, and which desks' feeds stop and why.

    ``earlier`` (see ``WAITS``), ``newer`` (a newer program's), those of ``BrokenFeed``.
    """

    taken: int = 0
    held: dict[str, str] = field(default_factory=dict)


class Taking:
    """Writes what others have done. Used on the uplink's thread, which waits for each bite."""

    def __init__(
        self, desk: Desk, pen: Pen, changed: Callable[[], None], hooks: Sequence[Hook] = ()
    ) -> None:
        self._desk, self._pen, self._changed, self._hooks = desk, pen, changed, hooks
        self._bite = _FIRST_BITE
        self._shown_at = float("-inf")

    def take(self, entries: Sequence[Entry], keys: Mapping[str, str]) -> Taken:
        """Write ``entries`` in their order, with the wrapped ``keys`` of the subjects they name."""
        left, done = list(entries), Taken()
        while left:
            bite, left = left[: self._bite], left[self._bite :]
            named = sending.subjects_of(bite) & keys.keys()
            given = {subject: keys[subject] for subject in named}
            try:
                absorbed, took = self._pen.bite(_taken, self._desk, bite, given, self._hooks)
            except BrokenFeed as broken:
                # What stands before the bad entry is good, and so are the other desks' chains.
                left = [one for one in (*bite, *left) if not _goes_beyond(one, broken)]
                done.held[broken.gate] = broken.problem
                continue
            self._fit(len(bite), took)
            done.taken += absorbed.taken
            done.held.update(absorbed.held)
            self._show(more=bool(left))
        return done

    def _fit(self, count: int, took: float) -> None:
        """Choose the next bite by how long this one took, ten times as long in a quiet house."""
        allowed = self._desk.rules.hub_bite_ms / 1000
        if self._pen.idle_s > _AFTER_TAP_S:
            allowed *= _IDLE_BITES
        fitting = int(count * allowed / max(took, 1e-6))
        self._bite = max(1, min(fitting, 2 * self._bite, _LARGEST_BITE))

    def _show(self, *, more: bool) -> None:
        """Have the screens look again: at once at the end, else a few times a second."""
        now = time.monotonic()
        if not more or now - self._shown_at > _SHOWN_EVERY_S:
            self._shown_at = now
            self._changed()

    def forget(self, subjects: Sequence[str]) -> None:
        """Destroy the keys of subjects that another desk erased, and what they were found by."""
        if subjects and self._pen.bite(_forgotten, self._desk, subjects, self._hooks) > 0:
            self._changed()


def _goes_beyond(entry: Entry, broken: BrokenFeed) -> bool:
    return entry.gate == broken.gate and entry.seq >= broken.seq


def _taken(
    desk: Desk, entries: Sequence[Entry], keys: Mapping[str, str], hooks: Sequence[Hook]
) -> tuple[Absorbed, float]:
    """Write one bite; return what it did and how many seconds the pen was taken."""
    began = time.perf_counter()
    absorbed = absorb(desk, entries, keys, hooks)
    return absorbed, time.perf_counter() - began


def _forgotten(desk: Desk, subjects: Sequence[str], hooks: Sequence[Hook]) -> int:
    with desk.write() as tx:
        there = [one for one in subjects if not tx.is_erased(one)]
        erase_heard(tx, there)
        if there:
            for hook in hooks:
                hook(tx, [], [("subject_key", one) for one in there])
            tx.record("subjects.erased_elsewhere", count=len(there))
    return len(there)
