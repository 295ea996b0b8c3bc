"""How the line stands, as the screens see it; what changes is said once, to them and in the log."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing

log = logging.getLogger("kiosk.hub")


class LineStanding:
    """The standing of one desk's line. ``state`` may be read on any thread.

    ``quarantine`` is "" or why the hub takes nothing from this desk, ``held`` why other desks'
    feeds are left alone, by gate. Whoever changes one of them calls ``settle``.
    """

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        """Begin cut off; ``changed`` has the screens look again."""
        self._desk, self.changed = desk, changed
        self.state = HubState(Standing.CUT, since=desk.clock())
        self.quarantine = ""
        self.held: dict[str, str] = {}
        self._told_of: Mapping[str, str] = {}

    @property
    def is_lost(self) -> bool:
        """Whether the line is cut, or the hub does not take this desk."""
        return self.state.standing in {Standing.CUT, Standing.REFUSED}

    def note(self, **now: Any) -> None:  # noqa: ANN401 - the fields of HubState
        """Write down what else is known of the line; no screen looks again for it."""
        self.state = replace(self.state, held=frozenset(self.held), **now)

    def hold(self, held: Mapping[str, str]) -> None:
        """Leave the feeds alone that this program cannot read, or that cannot be true."""
        for gate, why in held.items():
            self.held[gate] = why
            if self._told_of.get(gate) != why:
                log.warning("the work of %s is not taken any more: %s", gate, why)
        self._told_of = {**self._told_of, **held}
        if held:
            self.settle()

    def settle(self) -> None:
        """Say how a line that is up stands; what concerns this desk itself comes first."""
        if self.quarantine:
            self._stand(Standing.QUARANTINED, self.quarantine)
        elif self.held:
            self._stand(Standing.HELD, next(iter(self.held.values())))
        else:
            self._stand(Standing.UP, "")

    def lost(self, standing: Standing, why: str, told: str = "") -> None:
        """Say once that the line is cut, or why the hub does not take this desk."""
        if (self.state.standing, self.state.why) == (standing, why):
            return
        log.warning("the hub is lost: %s %s", why, told)
        self._stand(standing, why)

    def _stand(self, standing: Standing, why: str) -> None:
        if (standing, why) != (self.state.standing, self.state.why):
            self.note(standing=standing, why=why, since=self._desk.clock())
            self.changed()
