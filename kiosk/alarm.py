"""An alarm that goes on until somebody has answered: a ring every so many seconds."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the home screen is painted before these are imported
    from concurrent.futures import Future

    from kiosk.desk.watch import Watch
    from kiosk.sounds import Sounds
    from kiosk.ui.context import Context

log = logging.getLogger("kiosk.alarm")


class Alarm:
    """Rings for what runs against the clock, and has it recorded when its time is over."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._rang_at: float | None = None
        self._recording: Future[int] | None = None

    def look(self, kiosk: Context, watch: Watch | None) -> None:
        """Once a second: ring again when it is time, and have recorded what is over."""
        if watch is not None and watch.record is not None and self._recording is None:
            self._recording = kiosk.pen.queue(watch.record, kiosk.desk)
        self._recorded(kiosk)
        if watch is None or not watch.rings:
            self._rang_at = None
            return
        now = time.monotonic()
        if self._rang_at is None or now - self._rang_at >= kiosk.desk.rules.away_ring_s:
            self._rang_at = now
            self._sounds.ring()

    def _recorded(self, kiosk: Context) -> None:
        done = self._recording
        if done is None or not done.done():
            return
        self._recording = None
        trouble = done.exception()
        if trouble is not None:
            log.error("what is over was not recorded", exc_info=trouble)
        elif done.result():
            kiosk.changed()
