"""A PN532's serial line as a pseudo-terminal, with the faults a real line has."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.emulators import pn532_frames
from drivers.emulators.pn532_chip import Pn532Chip
from drivers.emulators.pn532_frames import HostFrames

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
    """One plugged-in reader: a pseudo-terminal whose other end is `path`, worked by a thread.

    The chip's end keeps the other one open too, as a cable does: who opens and closes it in turn
    never finds the line gone.
    """

    def __init__(self, faults: Faults, looked: Looked) -> None:
        self._master, self._slave = os.openpty()
        for end in (self._master, self._slave):
            tty.setraw(end)
        self.path = os.ttyname(self._slave)
        self._wake_read, self._wake_write = os.pipe()
        self._faults = faults
        self._looked = looked
        self._gone = threading.Event()
        self.chip = Pn532Chip(self._gone.wait)
        self._thread = threading.Thread(target=self._serve, name="PN532", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Pull the plug: who has the other end open gets errors from now on."""
        self._gone.set()
        os.write(self._wake_write, b"x")
        self._thread.join()
        for end in (self._master, self._slave, self._wake_read, self._wake_write):
            os.close(end)

    def send_noise(self, noise: bytes) -> None:
        """Put `noise` on the line as if the chip had sent it."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, noise)

    def _serve(self) -> None:
        os.set_blocking(self._master, False)
        frames = HostFrames()
        while not self._gone.is_set():
            ready, _, _ = select.select([self._master, self._wake_read], [], [])
            if self._master in ready:
                for command in frames.feed(os.read(self._master, _READ_AT_MOST)):
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
            self._put(left)
            return
        for at in range(len(left)):
            self._gone.wait(self._faults.byte_s)
            self._put(left[at : at + 1])

    def _put(self, data: bytes) -> None:
        if data and not self._gone.is_set():
            # A host that does not read loses bytes, as on a real line without handshake.
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, data)
