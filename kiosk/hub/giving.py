"""The entries of this desk, given to the hub in their order, and who was erased."""

import logging

from kiosk.desk.desk import Desk
from kiosk.hub import sending
from kiosk.hub.standing import LineStanding
from kiosk.hub.wire import DeskThere, Quarantined, Wire

log = logging.getLogger("kiosk.hub")
_MANY_KEYS = 500


class Giving:
    """What the hub has of this desk. ``behind`` is for any thread, all else for the line's own."""

    def __init__(self, desk: Desk, standing: LineStanding) -> None:
        """Begin without knowing what the hub has."""
        self._desk, self._standing = desk, standing
        self._sent: int | None = None
        self._erased = 0

    @property
    def behind(self) -> int:
        """How many entries the hub does not have yet, 0 before it was asked for the first time."""
        return self._desk.head.seq - self._sent if self._sent is not None else 0

    @property
    def all_sent(self) -> bool:
        """Whether the hub has all that this desk has done."""
        return self._desk.head.seq == self._sent

    @property
    def has_work(self) -> bool:
        """Whether there is something to send that the hub would take."""
        return not (self.all_sent or self._standing.quarantine)

    def begin(self, there: int) -> None:
        """Go on after entry ``there``, the newest that the hub has; say again who was erased."""
        self._sent, self._erased = there, 0

    def heard(self, own: DeskThere) -> None:
        """Note whether the hub takes this desk's entries; one that is freed may lack more."""
        if self._standing.quarantine == own.quarantined:
            return
        if self._sent is not None:
            self._sent = own.head
        self._standing.quarantine = own.quarantined
        self._standing.settle()

    def send(self, wire: Wire) -> bool:
        """Send one batch; say whether there is more."""
        self._send_erased(wire)
        if not self.has_work:
            return False
        most = self._desk.rules.hub_batch
        batch = sending.entries_after(self._desk, self._sent or 0, most)
        try:
            self._sent = wire.append(batch, sending.keys_for(self._desk, batch))
        except Quarantined as found:
            self._standing.quarantine = found.why
            self._standing.settle()
            log.warning("the hub takes nothing from here, at entry %s: %s", found.seq, found.why)
            return False
        return len(batch) == most

    def _send_erased(self, wire: Wire) -> None:
        """Tell of the subjects that were erased here: erasure wins over every copy of a key."""
        while True:
            self._erased, subjects = sending.erased_after(self._desk, self._erased, _MANY_KEYS)
            if not subjects:
                return
            wire.erase(subjects)
