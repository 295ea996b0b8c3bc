"""An alarm that goes on until somebody has answered: a ring every so many seconds."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the home screen is painted before these are imported
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from kiosk.desk.desk import Desk
    from kiosk.desk.watch import Watch
    from kiosk.sounds import Sounds
    from kiosk.ui.context import Context

    Record = Callable[[Desk], int]

log = logging.getLogger("kiosk.alarm")


class Alarm:
    """Rings for what runs against the clock, and has it recorded when its time is over."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._rang_at: float | None = None
        self._recording: dict[Record, Future[int]] = {}

    def look(self, kiosk: Context, watches: Sequence[Watch]) -> None:
        """Once a second: ring again when it is time, and have recorded what is over."""
        for watch in watches:
            if watch.record is not None and watch.record not in self._recording:
                self._recording[watch.record] = kiosk.pen.queue(watch.record, kiosk.desk)
        self._recorded(kiosk)
        if not any(watch.rings for watch in watches):
            self._rang_at = None
            return
        now = time.monotonic()
        if self._rang_at is None or now - self._rang_at >= kiosk.desk.rules.away_ring_s:
            self._rang_at = now
            self._sounds.ring()

    def _recorded(self, kiosk: Context) -> None:
        for record in [one for one, done in self._recording.items() if done.done()]:
            done = self._recording.pop(record)
            trouble = done.exception()
            if trouble is not None:
                log.error("what is over was not recorded", exc_info=trouble)
            elif done.result():
                kiosk.changed()
