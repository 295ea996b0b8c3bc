"""A code scanner on a serial line: what it reads, line by line.

Scanners end a code with CR, LF or both, as each was set up. A code that was torn or is far too
long is dropped whole, because half a code is a different code. What a code says is never trusted:
a QR code can hold anything.
"""

from __future__ import annotations

import contextlib
import time
from typing import Final

import serial

from drivers.addresses import Address
from drivers.events import CodeScanned, Listener
from drivers.supervisor import Opener
from drivers.trouble import DeviceTrouble

BAUD: Final = 9600
"""Factory setting of common modules (GM65, GM72), 8N1; USB ones ignore it."""
LONGEST_CODE: Final = 1024
"""Bytes; a longer one is no code of ours."""
BETWEEN_BYTES_S: Final = 0.25
"""A code whose next byte takes longer was torn; at 9600 baud one takes a millisecond."""

_READ_AT_MOST: Final = 4096
_ENDS: Final = frozenset(b"\r\n")
_C1_END: Final = 0xA0
_DELETE: Final = 0x7F
_SPACE: Final = 0x20


class CodeLines:
    """Cuts what a scanner sends into codes, without control characters."""

    def __init__(self, longest: int = LONGEST_CODE) -> None:
        self._longest = longest
        self._line = bytearray()
        self._too_long = False

    def feed(self, received: bytes) -> list[str]:
        """Return the codes that are complete after `received`; empty ones are none."""
        return [code for byte in received if (code := self._take(byte))]

    def pause(self) -> None:
        """Nothing came for too long: what has begun is torn and dropped."""
        self._line.clear()
        self._too_long = False

    def _take(self, byte: int) -> str:
        if byte not in _ENDS:
            self._too_long = self._too_long or len(self._line) >= self._longest
            if not self._too_long:
                self._line.append(byte)
            return ""
        code = "" if self._too_long else _text(bytes(self._line))
        self.pause()
        return code


def _text(line: bytes) -> str:
    """Return `line` as text: UTF-8, or else what Chinese scanners send, without controls."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("gb18030", "replace")
    return "".join(sign for sign in text if not _is_control(ord(sign))).strip()


def _is_control(sign: int) -> bool:
    return sign < _SPACE or _DELETE <= sign < _C1_END


class ScannerSession:
    """An open scanner, as the supervisor works it."""

    def __init__(self, name: str, path: str, baud: int = BAUD) -> None:
        self._name = name
        self._lines = CodeLines()
        self._port = serial.Serial(path, baud, timeout=BETWEEN_BYTES_S, exclusive=True)

    def poll(self, emit: Listener) -> None:
        """Wait a moment for bytes and say each code that is complete.

        Raises:
            DeviceTrouble: the scanner is gone ("lost").

        """
        received = self._read()
        if not received:
            self._lines.pause()
        for code in self._lines.feed(received):
            emit(CodeScanned(self._name, code, time.monotonic()))

    def close(self) -> None:
        """Let go of the port."""
        with contextlib.suppress(Exception):
            self._port.close()

    def _read(self) -> bytes:
        try:
            first = self._port.read(1)
            waiting = min(self._port.in_waiting, _READ_AT_MOST) if first else 0
            return bytes(first) + bytes(self._port.read(waiting) if waiting else b"")
        except Exception as trouble:
            # pyserial throws SerialException, OSError, TypeError and termios.error for one thing.
            raise DeviceTrouble("lost", repr(trouble)) from trouble


def driver(name: str, address: Address, baud: int | None = None) -> Opener:
    """Return what opens the scanner called `name` at `address`, as `drivers.device` wants it."""
    return lambda: ScannerSession(name, address.path, baud or BAUD)
