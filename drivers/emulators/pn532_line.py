"""A PN532's serial line as a pseudo-terminal, with the faults a real line has."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers.emulators import pn532_frames
from drivers.emulators.pn532_chip import Pn532Chip
from drivers.emulators.pn532_frames import HostFrames
from drivers.emulators.serial_line import SerialLine

_LIST_TARGETS: Final = 0x4A
_READ_AT_MOST: Final = 4096

Mangle = Callable[[bytes], bytes]
"""Takes a frame the chip is about to send, and returns what goes over the line instead."""


@dataclass(slots=True)
class Faults:
    """What is wrong with the line; change it at any time.

    `silent`: nothing is sent. `mangle`: done to every frame. `once`: done to the next frame only.
    `byte_s`: seconds each byte takes; 1/11520 is a line at 115200 baud.
    """

    silent: bool = False
    mangle: Mangle | None = None
    once: Mangle | None = None
    byte_s: float = 0.0

    def applied(self, frame: bytes) -> bytes:
        """Return what is left of `frame`."""
        once, self.once = self.once, None
        for change in (once, self.mangle):
            if change is not None:
                frame = change(frame)
        return b"" if self.silent else frame


Looked = Callable[[bool, float], None]
"""Called after each answer to a look: whether it held a card, and when its last byte was sent."""


class Pn532Line:
    """One plugged-in reader: its line, which a thread works, can be opened at `path`."""

    def __init__(self, path: Path, faults: Faults, looked: Looked) -> None:
        self._line = SerialLine(path)
        self._line.plug()
        self._wake_read, self._wake_write = os.pipe()
        self._faults = faults
        self._looked = looked
        self._gone = threading.Event()
        self.chip = Pn532Chip(self._gone.wait)
        self._thread = threading.Thread(target=self._serve, name="PN532", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Pull the plug: who has the line open gets errors from now on."""
        self._gone.set()
        os.write(self._wake_write, b"x")
        self._thread.join()
        self._line.unplug()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def send_noise(self, noise: bytes) -> None:
        """Put `noise` on the line as if the chip had sent it."""
        self._line.write(noise)

    def _serve(self) -> None:
        frames = HostFrames()
        while not self._gone.is_set():
            device = self._line.fileno()
            ready, _, _ = select.select([device, self._wake_read], [], [])
            if device in ready:
                for command in frames.feed(self._line.read(_READ_AT_MOST)):
                    self._answer(command)

    def _answer(self, command: bytes) -> None:
        if not command:
            return
        self._send(pn532_frames.ACK)
        answer = self.chip.obey(command)
        self._send(pn532_frames.ERROR if answer is None else pn532_frames.response(answer))
        if command[0] == _LIST_TARGETS and answer is not None:
            self._looked(answer[1] > 0, time.monotonic())

    def _send(self, frame: bytes) -> None:
        left = self._faults.applied(frame)
        if not self._faults.byte_s:
            self._line.write(left)
            return
        for at in range(len(left)):
            if self._gone.wait(self._faults.byte_s):
                return
            self._line.write(left[at : at + 1])
