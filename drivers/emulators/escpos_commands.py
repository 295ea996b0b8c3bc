"""Cuts the bytes a printer receives into ESC/POS commands, strictly.

What the table does not know is reported as unknown, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WITH_ARGUMENTS: Final = {
    b"\x1b@": 0, b"\x1b2": 0, b"\x1c&": 0, b"\x1c.": 0,
    b"\x1bd": 1, b"\x1bJ": 1, b"\x1ba": 1, b"\x1b3": 1, b"\x1b!": 1, b"\x1bE": 1, b"\x1b-": 1,
    b"\x1bM": 1, b"\x1bt": 1, b"\x1bR": 1, b"\x1bG": 1, b"\x1b{": 1, b"\x1b=": 1, b"\x1bp": 3,
    b"\x1d!": 1, b"\x1dh": 1, b"\x1dw": 1, b"\x1dH": 1, b"\x1df": 1,
    b"\x1da": 1, b"\x1dr": 1, b"\x1dB": 1, b"\x1dI": 1, b"\x1dL": 2, b"\x1dW": 2,
    b"\x1c!": 1, b"\x1c-": 1, b"\x1cS": 2,
    b"\x10\x04": 1, b"\x10\x05": 1,
}  # fmt: skip
_CUTS_THAT_FEED: Final = frozenset(b"ABabgh")
_PULSE_LENGTHS: Final = {1: 3, 2: 3, 8: 8}
_CODES_WITH_LENGTH: Final = 65  # GS k m n: from this m on a length stands before the data
_SINGLE: Final = frozenset(b"\x00\x09\x0a\x0c\x0d\x18")
_INTRODUCERS: Final = frozenset(b"\x10\x1b\x1c\x1d")
_TEXT: Final = re.compile(rb"[\x20-\xff]+")

RASTER_HEADER: Final = 8


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its introducing bytes as `name` and what follows as `data`.

    Text has the name b"text", a byte that begins no command the name b"unknown".
    """

    name: bytes
    data: bytes = b""


def next_command(received: bytearray) -> Command | None:
    """Take the first whole command out of `received`; None means that bytes are missing yet.

    Of a raster only the header is taken; its rows follow as they come.
    """
    if not received:
        return None
    if (text := _TEXT.match(received)) is not None:
        return _take(received, Command(b"text", text[0]), text.end())
    first = received[:1]
    if received[0] in _SINGLE:
        return _take(received, Command(bytes(first)), 1)
    if received[0] not in _INTRODUCERS:
        return _take(received, Command(b"unknown", bytes(first)), 1)
    return _long_command(received)


def _long_command(received: bytearray) -> Command | None:
    length = _length(received)
    if length is None or len(received) < length:
        return None
    name = bytes(received[:2])
    if length == 1:
        return _take(received, Command(b"unknown", name), 2)
    return _take(received, Command(name, bytes(received[2:length])), length)


def _length(received: bytearray) -> int | None:
    """Return the whole length, None while it cannot be known, 1 for what no printer knows."""
    name = bytes(received[:2])
    if len(name) < 2:  # noqa: PLR2004 - every long command is introduced by two bytes
        return None
    if name in _WITH_ARGUMENTS:
        return 2 + _WITH_ARGUMENTS[name]
    if name == b"\x1dv":
        return RASTER_HEADER
    if name in (b"\x1d(", b"\x1dV", b"\x1dk", b"\x10\x14"):
        return _length_by_content(name, bytes(received[2:5]))
    return 1


def _length_by_content(name: bytes, start: bytes) -> int | None:
    if not start:
        return None
    if name == b"\x1dV":
        return 4 if start[0] in _CUTS_THAT_FEED else 3
    if name == b"\x10\x14":
        return 2 + _PULSE_LENGTHS.get(start[0], 1)
    if name == b"\x1dk":
        return _length_of_bars(start)
    if len(start) < 3:  # noqa: PLR2004 - GS ( is followed by its letter and two length bytes
        return None
    return 5 + int.from_bytes(start[1:3], "little")


def _length_of_bars(start: bytes) -> int | None:
    """Return the length of GS k; the old form, ended by NUL, is not known here."""
    if start[0] < _CODES_WITH_LENGTH:
        return 1
    return 4 + start[1] if len(start) > 1 else None


def _take(received: bytearray, command: Command, length: int) -> Command:
    del received[:length]
    return command
