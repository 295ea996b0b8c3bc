"""A program in a pseudo-terminal of 120x36, and when each of its bytes came out."""

import contextlib
import fcntl
import os
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

ROWS, COLUMNS = 36, 120
_PATIENCE_S = 30.0
_AT_MOST = 65536
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
_STEERING = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\|\x1b\[[0-?]*[ -/]*[@-~]"
    rb"|\x1b[ -/]*[0-~]|[\x00-\x20\x7f]"
)


def visible(output: bytes) -> bool:
    """Say whether ``output`` puts anything but blanks on the screen."""
    return bool(_STEERING.sub(b"", output))


class Terminal:
    """Runs ``command`` until it is left; ``started_at`` is in ``time.monotonic()``."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._output = bytearray()
        self._arrived: list[tuple[int, float]] = []
        self._news = threading.Condition()
        self.started_at = time.monotonic()
        self._child = subprocess.Popen(  # noqa: S603 - our own programs
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, **_TERMINAL, **(env or {})},
        )  # fmt: skip
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._child.pid

    def send(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._ours, keys.encode())

    def mark(self) -> int:
        """Return how much has come out until now, to look behind it later."""
        with self._news:
            return len(self._output)

    def mark_at(self, moment: float) -> int:
        """Return how much had come out at ``moment`` (``time.monotonic()``)."""
        with self._news:
            return max((total for total, at in self._arrived if at <= moment), default=0)

    def wait_for(self, text: str, behind: int = 0) -> float:
        """Return when ``text`` had come out after ``behind``. Raises ``TimeoutError``."""
        wanted = text.encode()

        def end(output: bytearray) -> int:
            begin = output.find(wanted, behind)
            return begin + len(wanted) if begin >= 0 else 0

        return self._wait(end)

    def wait_visible(self) -> float:
        """Return when the first byte that one sees had come out. Raises ``TimeoutError``."""
        return self._wait(lambda out: len(out) if visible(bytes(out)) else 0)

    def _wait(self, ends_at: Callable[[bytearray], int]) -> float:
        with self._news:
            if not self._news.wait_for(lambda: ends_at(self._output) > 0, _PATIENCE_S):
                raise TimeoutError(bytes(self._output[-2000:]))
            end = ends_at(self._output)
            return next(at for total, at in self._arrived if total >= end)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(self._ours, _AT_MOST):
                now = time.monotonic()
                with self._news:
                    self._output += chunk
                    self._arrived.append((len(self._output), now))
                    self._news.notify_all()

    def end(self) -> None:
        """End the program, whatever it does, and wait for it."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if self._child.poll() is None:
                self._child.send_signal(sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._child.wait(10)
        self._reader.join(5)
        with contextlib.suppress(OSError):
            os.close(self._ours)
