"""Which of two printers takes the next slip: the first, or its fall-back while it is in trouble.

Only slips of which no byte has left are ever handed over. One that may have reached a printer stays
in doubt until a person has looked; no other printer prints it in silence.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandIn:
    """The printer ``device`` prints instead of another, or with ``ends`` does so no more.

    It ends because the other one is ``back``, or else because this one does not print either.
    """

    device: str
    instead_of: str
    ends: bool = False
    back: bool = False


class Turns:
    """Asked by the thread of each printer before it takes a slip.

    ``second`` is the fall-back's name, "" for none; ``patience_s`` is how long the first may be in
    trouble. ``told`` hears of each change, on the thread that brought it about.
    """

    def __init__(
        self, first: str, second: str = "", patience_s: float = 0.0,
        told: Callable[[StandIn], None] = lambda _change: None,
    ) -> None:  # fmt: skip
        self._first, self._second, self._patience_s, self._told = first, second, patience_s, told
        self.claim = threading.Lock()
        self._state = threading.Lock()
        self._troubled_since: float | None = None
        self._stands_in = False

    def may(self, printer: str, *, ready: bool) -> bool:
        """Take note of how a printer is; return whether it may take a slip now."""
        with self._state:
            stood_in = self._stands_in
            if printer == self._second:
                self._stands_in = ready and self._is_due()
            else:
                self._see_first(ready=ready)
            now = self._stands_in
        if now != stood_in:
            back = not now and printer == self._first
            self._told(StandIn(self._second, self._first, ends=not now, back=back))
        return now if printer == self._second else ready

    def _see_first(self, *, ready: bool) -> None:
        if ready:
            self._troubled_since, self._stands_in = None, False
        elif self._troubled_since is None:
            self._troubled_since = time.monotonic()

    def _is_due(self) -> bool:
        since = self._troubled_since
        return since is not None and time.monotonic() - since >= self._patience_s
