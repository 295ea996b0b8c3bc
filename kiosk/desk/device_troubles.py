"""Devices that fail and work again, in the journal: so the duty log says when nothing was read."""

from datetime import datetime, timedelta

from kiosk.desk.desk import Desk


class Troubles:
    """Which devices are written down as failed. A loose plug does not fill the book.

    Used on the pen's thread alone.
    """

    def __init__(self) -> None:
        self._down: set[str] = set()
        self._last: dict[str, datetime] = {}

    def failed(self, desk: Desk, device: str, reason: str) -> None:
        """Record ``device.down`` unless it is down already, or was so a moment ago."""
        now = desk.clock()
        quiet = timedelta(seconds=desk.rules.device_again_s)
        if device in self._down or now - self._last.get(device, now - quiet) < quiet:
            return
        self._down.add(device)
        self._last[device] = now
        with desk.write() as tx:
            tx.record("device.down", device=device, reason=reason)

    def works(self, desk: Desk, device: str) -> None:
        """Record ``device.up`` for a device that is written down as failed."""
        if device in self._down:
            self._down.discard(device)
            with desk.write() as tx:
                tx.record("device.up", device=device)
