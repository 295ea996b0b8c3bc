"""A terminal with a person before it: a program on a pseudo-terminal, its picture, its keys."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte
from patience import PATIENCE_S
from rich.cells import cell_len

_WIDE = 2
_FRAME_GAP_S = 0.015  # a picture comes in pieces of two kilobytes
KEYS = {
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f12": "\x1b[24~",
    "enter": "\r", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "tab": "\t", "space": " ",
    "backspace": "\x7f", "ctrl+c": "\x03", "ctrl+g": "\x07", "ctrl+q": "\x11",
    "ctrl+s": "\x13", "ctrl+z": "\x1a",
}  # fmt: skip


class TerminalPicture(pyte.Screen):
    """The screen of a terminal; remembers whether the program took the other page."""

    other_page = False

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        """Note the other page."""
        self.other_page |= 1049 in modes and bool(kwargs.get("private"))
        super().set_mode(*modes, **kwargs)

    def lines_of_text(self) -> list[str]:
        """Return the picture; half of a character that was written over shows as a space."""
        return ["".join(self._cells(row)) for row in range(self.lines)]

    def _cells(self, row: int) -> Iterator[str]:
        cells = self.buffer[row]
        column = 0
        while column < self.columns:
            shown = cells[column].data or " "
            yield shown
            column += 2 if cell_len(shown) == _WIDE else 1

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        """Note that the first page is back."""
        if 1049 in modes and kwargs.get("private"):
            self.other_page = False
        super().reset_mode(*modes, **kwargs)


class Terminal:
    """One program on a terminal of ``columns`` x ``rows``; ``raw`` is every byte that it sent."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str],
        cwd: Path,
        *, picture: bool = True,
    ) -> None:  # fmt: skip
        self.picture = TerminalPicture(columns, rows)
        self._stream = pyte.ByteStream(self.picture)
        self._draws = picture
        self.raw = bytearray()
        self._changed = threading.Condition()
        self._over = False
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes_before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=environment,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - it makes one system call and takes no lock
        )  # fmt: skip
        self._slave = slave  # held open, so that the modes can be read when the program has ended
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Return the terminal, running."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the program, however it fares."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._over = True
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)

    def _watch(self) -> None:
        while not self._over:
            try:
                data = self._read()
            except OSError:
                return
            if data:
                with self._changed:
                    self.raw += data
                    if self._draws:
                        self._stream.feed(data)
                    self._changed.notify_all()

    def _read(self) -> bytes:
        """Read all that is there: a picture is looked at only when it is painted whole."""
        data, wait = b"", 0.05
        while select.select([self._master], [], [], wait)[0]:
            data += os.read(self._master, 65536)
            wait = _FRAME_GAP_S
        return data

    # What stands there.

    @property
    def text(self) -> str:
        """The picture as lines of text."""
        with self._changed:
            return self._text()

    def _text(self) -> str:
        return "\n".join(self.picture.lines_of_text())

    def until(self, seen: Callable[[str], object], told: str, seconds: float = PATIENCE_S) -> str:
        """Wait until ``seen`` says yes to the picture; fail with the picture when it never does."""
        with self._changed:
            came = self._changed.wait_for(lambda: seen(self._text()), seconds)
            assert came, f"{told} did not come in {seconds} s:\n{self._text()}"
            return self._text()

    def came(self, seen: Callable[[str], object], seconds: float) -> bool:
        """Wait for the same; say whether it came."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(seen(self._text())), seconds)

    def shows(self, *words: str, seconds: float = PATIENCE_S) -> str:
        """Wait until all ``words`` stand on the screen; return the picture."""
        return self.until(lambda text: all(word in text for word in words), f"{words}", seconds)

    def hides(self, *words: str, seconds: float = PATIENCE_S) -> str:
        """Wait until none of ``words`` stands on the screen any more."""
        return self.until(
            lambda text: not any(word in text for word in words), f"no {words}", seconds
        )

    def found(self, pattern: str) -> str:
        """Wait for a match of ``pattern``; return its first group."""
        self.until(lambda text: re.search(pattern, text), pattern)
        match = re.search(pattern, self.text)
        assert match is not None, self.text
        return match[1]

    @property
    def cursor_row(self) -> int:
        """The row in which typed text appears."""
        with self._changed:
            return self.picture.cursor.y

    # What the person does.

    def press(self, *keys: str) -> None:
        """Press keys by their names; one character stands for itself."""
        for key in keys:
            self.send(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type a text."""
        self.send(text)

    def send(self, text: str | bytes) -> None:
        """Send bytes as the terminal would."""
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            data = data[os.write(self._master, data) :]

    def signal(self, number: int = signal.SIGTERM) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def ends(self, seconds: float = PATIENCE_S) -> int:
        """Wait for the end; return the exit status."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        assert self.process.returncode is not None, f"it still runs:\n{self.text}"
        # What the program said last is read before anybody looks.
        end = time.monotonic() + 1
        while select.select([self._master], [], [], 0)[0] and time.monotonic() < end:
            with self._changed:
                self._changed.wait(0.05)
        with self._changed:  # what was read a moment ago is painted a moment later
            self._changed.wait(0.2)
        return self.process.returncode

    def modes(self) -> list[object]:
        """Return how the line is set now, as ``termios`` tells it."""
        return termios.tcgetattr(self._slave)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
