"""At the start and at every full hour: record what time alone has ended."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.memory import give_back

if TYPE_CHECKING:  # the home screen is painted before these are imported
    from concurrent.futures import Future
    from datetime import datetime

    from kiosk.desk.purge import Purged
    from kiosk.ui.context import Context

log = logging.getLogger("kiosk.hours")


class Hours:
    """Knows which hour was looked at last; ``changed`` is called when something had ended."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.newest: datetime | None = None
        self._changed = changed
        self._kiosk: Context | None = None

    def look(self, kiosk: Context) -> None:
        """Once an hour, have what time alone has ended recorded on the pen."""
        hour = kiosk.desk.local(kiosk.desk.clock()).replace(minute=0, second=0, microsecond=0)
        if hour == self.newest:
            return
        self.newest, self._kiosk = hour, kiosk
        from kiosk import features  # noqa: PLC0415 - see KioskApp._open_book

        kiosk.pen.queue(features.lapse, kiosk.desk).add_done_callback(self._lapsed)

    def _lapsed(self, done: Future[int]) -> None:
        give_back()
        trouble = done.exception()
        if trouble is not None:
            log.error("what time has ended was not recorded", exc_info=trouble)
        elif done.result():
            self._changed()
            self._bite()

    def _bite(self) -> None:
        """Have the next bite purged; it stands in line behind every tap that came meanwhile."""
        kiosk = self._kiosk
        if kiosk is None:
            return
        from kiosk import features  # noqa: PLC0415 - see KioskApp._open_book

        with contextlib.suppress(RuntimeError):  # the kiosk is ending; its next start goes on
            kiosk.pen.queue(features.purge, kiosk.desk).add_done_callback(self._purged)

    def _purged(self, done: Future[Purged]) -> None:
        trouble = done.exception()
        if trouble is not None:
            log.error("what was kept long enough was not deleted", exc_info=trouble)
        elif done.result().more:
            self._bite()
