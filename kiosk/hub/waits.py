"""Feeds that wait for another desk's entry are passed over, so that what they wait for can come.

The hub gives entries in the order in which it got them. One that was filled anew got each desk's
work in one piece, and a whole batch of it may have to wait for another desk's.
"""

from collections.abc import Iterable

WAITS = "earlier"
"""Why a feed is held that goes on by itself, as soon as a third desk's entry is here."""
PASSED = 2**62
"""A place behind every entry: the hub sends nothing of a feed that is said to be known so far."""


class Waits:
    """The desks whose feeds wait, while a backlog is taken in."""

    def __init__(self) -> None:
        """Begin with none that waits."""
        self.gates: set[str] = set()
        self._moved = False

    def goes_on(self, taken: int, waiting: Iterable[str], *, full: bool = True) -> bool:
        """Note what came of a batch; say whether to ask for the next one at once.

        ``full`` says that the hub may have more than this batch. A feed that waited is asked for
        again when others' work has come in.
        """
        new = set(waiting) - self.gates
        self.gates |= new
        self._moved |= taken > 0
        if new or (taken and full):
            return True
        again = bool(self.gates) and self._moved
        if again:
            self.gates, self._moved = set(), False
        return again
