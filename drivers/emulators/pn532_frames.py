"""The frames a PN532 speaks on its high-speed UART (NXP UM0701-02, 6.2.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ACK: Final = bytes.fromhex("0000ff00ff00")
ERROR: Final = bytes.fromhex("0000ff01ff7f8100")
_START: Final = b"\x00\xff"
_ACK_BODY: Final = b"\x00\xff"
_NACK_BODY: Final = b"\xff\x00"
_EXTENDED: Final = b"\xff\xff"
_LONGEST_NORMAL: Final = 255


def response(payload: bytes) -> bytes:
    """Return the frame that carries `payload` from the chip to the host (D5 goes in front)."""
    data = b"\xd5" + payload
    size = len(data)
    if size <= _LONGEST_NORMAL:
        head = bytes((size, -size & 0xFF))
    else:
        length = size.to_bytes(2, "big")
        head = _EXTENDED + length + bytes((-sum(length) & 0xFF,))
    return b"\x00\x00\xff" + head + data + bytes((-sum(data) & 0xFF, 0))


@dataclass(slots=True)
class HostFrames:
    """Cuts what the host sends into commands; noise and broken frames are skipped."""

    _waiting: bytearray = field(default_factory=bytearray)

    def feed(self, received: bytes) -> list[bytes]:
        """Return the commands complete after `received`, without D4; b"" is the host's ACK."""
        self._waiting += received
        commands: list[bytes] = []
        while (found := self._cut()) is not None:
            commands += found
        return commands

    def _cut(self) -> list[bytes] | None:
        """Take one frame off; None when more bytes must come first."""
        start = self._waiting.find(_START)
        if start < 0:
            del self._waiting[:-1]
            return None
        body = bytes(self._waiting[start + 2 :])
        for short, commands in ((_ACK_BODY, [b""]), (_NACK_BODY, [])):
            if body.startswith(short):
                return self._taken(start + 4, list(commands))
        return self._cut_long(start + 2, body)

    def _cut_long(self, at: int, body: bytes) -> list[bytes] | None:
        head = _head(body)
        if head is None:
            return None
        header, size = head
        if size < 0:
            return self._taken(at, [])
        if len(body) < header + size + 1:
            return None
        data = body[header : header + size + 1]
        is_whole = sum(data) & 0xFF == 0 and data[:1] == b"\xd4" and size > 1
        return self._taken(at + header + size + 1, [data[1:-1]] if is_whole else [])

    def _taken(self, end: int, commands: list[bytes]) -> list[bytes]:
        del self._waiting[:end]
        return commands


def _head(body: bytes) -> tuple[int, int] | None:
    """Return the header's and the data's length; size -1 if the header's checksum is wrong."""
    if len(body) < 2:  # noqa: PLR2004 - LEN and LCS
        return None
    if not body.startswith(_EXTENDED):
        return 2, body[0] if sum(body[:2]) & 0xFF == 0 else -1
    if len(body) < 5:  # noqa: PLR2004 - FF FF, two bytes of length and their checksum
        return None
    return 5, int.from_bytes(body[2:4], "big") if sum(body[2:5]) & 0xFF == 0 else -1
