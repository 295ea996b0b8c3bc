"""Keeps one device alive: opens it, lets it look, and opens it again when it was lost.

A device is worked by one thread only, because no device library here may be called from two. A
session that failed is thrown away whole: nfcpy, pyserial and libusb objects do not recover.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Literal, Protocol, TypeAlias

from drivers.events import DeviceDown, DeviceUp, Event, Listener
from drivers.trouble import reason_of

log = logging.getLogger(__name__)

State: TypeAlias = Literal["closed", "opening", "up", "waiting"]
"""closed: not started or ended; opening: first try or trying again; up: works; waiting: pause."""

FIRST_WAIT_S: Final = 0.1
LONGEST_WAIT_S: Final = 0.5
"""A device plugged in again must work within one second."""
LONGEST_WAIT_FOR_A_PERSON_S: Final = 3.0
"""Another program, or a missing right, goes only when somebody does something."""
_NEEDS_A_PERSON: Final = frozenset({"busy", "forbidden"})
_PROVEN_S: Final = 1.0
_BREATH_S: Final = 0.005
_JOIN_S: Final = 5.0


class Session(Protocol):
    """A device that is open. Anything it raises means: lost.

    It may have a text `detail`, what the device calls itself.
    """

    def poll(self, emit: Listener) -> None:
        """Look once, for at most a second or so, and say what is new."""

    def close(self) -> None:
        """Let go of everything, whatever state the device is in."""


Opener: TypeAlias = Callable[[], Session]
"""Opens the device, or raises why not; called again and again as long as it does not answer."""


class Supervisor:
    """The life of one device. Says DeviceUp when it works and DeviceDown once when it does not.

    A device that fails once and opens again at once was not lost, and nothing is said. `listener`
    is called on the supervisor's own thread.
    """

    def __init__(self, name: str, opener: Opener, listener: Listener) -> None:
        self.name = name
        self._open = opener
        self._listener = listener
        self._state: State = "closed"
        self._said: Literal["nothing", "up", "down"] = "nothing"
        self._wait_s = FIRST_WAIT_S
        self._may_stumble = True
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> State:
        """Return what the device is doing now."""
        return self._state

    def start(self) -> None:
        """Begin, on a thread of its own; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End and let go of the device; nothing is said after this returns."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._one_life()
        finally:
            self._state = "closed"

    def _one_life(self) -> None:
        """Open and work until it fails; pause, unless it worked and may only have stumbled."""
        error = self._open_and_work()
        if error is None:
            return
        if self._may_stumble and self._state == "up":
            self._may_stumble = False
            log.info("%s: opening again after %r", self.name, error)
        else:
            self._failed(error)

    def _open_and_work(self) -> Exception | None:
        """Return what ended it; None when it was closed. The session is closed in any case."""
        self._state = "opening"
        session: Session | None = None
        try:
            session = self._open()
            self._work(session)
        except Exception as error:  # noqa: BLE001 - see trouble.py for all that libraries throw
            return error
        finally:
            if session is not None:
                with contextlib.suppress(Exception):
                    session.close()
        return None

    def _work(self, session: Session) -> None:
        if self._said != "up":
            self._said = "up"
            self._emit(DeviceUp(self.name, getattr(session, "detail", "")))
        self._state = "up"
        proven_at = time.monotonic() + _PROVEN_S
        while not self._stopping.wait(_BREATH_S):
            session.poll(self._emit)
            if time.monotonic() > proven_at:
                self._wait_s, self._may_stumble = FIRST_WAIT_S, True

    def _failed(self, error: Exception) -> None:
        reason = reason_of(error)
        if self._said != "down":
            self._said = "down"
            log.info("%s: %s, %r", self.name, reason, error)
            self._emit(DeviceDown(self.name, reason))
        self._state = "waiting"
        longest = LONGEST_WAIT_FOR_A_PERSON_S if reason in _NEEDS_A_PERSON else LONGEST_WAIT_S
        self._stopping.wait(min(self._wait_s, longest))
        self._wait_s = min(self._wait_s * 2, longest)

    def _emit(self, event: Event) -> None:
        if self._stopping.is_set():
            return
        try:
            self._listener(event)
        except Exception:
            # A listener's bug must not read as a broken device, nor end the thread.
            log.exception("%s: nobody took %r", self.name, event)
