"""A slip in a printer's own characters: Chinese as GBK bytes, and codes that the printer draws.

For old printers, and for serial lines on which a picture takes half a minute. Nothing of a slip's
text is a command: only printable ASCII and two-byte characters leave here, and what a printer would
obey within a code is left out with the code.
"""

from __future__ import annotations

import re
from typing import Final

CHINESE_ON: Final = b"\x1c&"
FEED_LINE: Final = b"\n"
SUBSTITUTE: Final = "〓".encode("gbk")
DOTS_A_COLUMN: Final = 12
DOTS_A_ROW: Final = 30
SQUARE_DOTS: Final = 6
"""Dots of one module of a QR code: 0.75 mm, about 22 mm for a slip's code."""
_BAR_HEIGHT: Final = 64
_LEAST_BAR, _MOST_BAR = 2, 3
_QUIET_MODULES: Final = 20
_PAIRS: Final = re.compile(r"(?:[0-9]{2}){2,}$")
_SHORTEST_LEAD, _LEAST_TRAIL = 0x81, 0x40
_LONGEST_CODE: Final = 200
# As in pictures: a printer obeys these wherever they pass.
_OBEYED: Final = re.compile(rb"\x10(?:\x04[\x01-\x08]|\x05[\x00-\x02]|\x14[\x01-\x08])")


def encoded(text: str) -> bytes:
    """Return `text` in GBK, never a control byte; what GBK has not is printed as 〓."""
    return b"".join(map(_one, text))


def _one(char: str) -> bytes:
    if " " <= char <= "~":
        return char.encode("ascii")
    try:
        two = char.encode("gbk")
    except UnicodeEncodeError:
        return SUBSTITUTE
    whole = len(two) == 2 and two[0] >= _SHORTEST_LEAD and two[1] >= _LEAST_TRAIL  # noqa: PLR2004 - double-byte
    return two if whole else SUBSTITUTE


class TextSheet:
    """Collects a slip row by row; `content` is what the printer gets between start and cut.

    `width` is the paper's in dots. `rows` counts what it takes, in rows of dots.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows = 0
        self._bytes = bytearray(CHINESE_ON)

    @property
    def content(self) -> bytes:
        """The bytes of all rows."""
        return bytes(self._bytes)

    def align(self, where: int) -> None:
        """Set the next rows at the left (0), in the middle (1) or at the right (2)."""
        self._bytes += b"\x1ba" + bytes((where,))

    def write(self, text: str, *, bold: bool, tall: bool, wide: bool) -> None:
        """Add characters to the row."""
        # Some printers size Chinese by FS ! only, others by GS ! too: both say the same.
        self._bytes += b"\x1bE" + bytes((bold,))
        self._bytes += b"\x1d!" + bytes((0x10 * wide | 0x01 * tall,))
        self._bytes += b"\x1c!" + bytes((0x04 * wide | 0x08 * tall,))
        self._bytes += encoded(text)

    def end_row(self, *, tall: bool = False) -> None:
        """Print the row."""
        self._bytes += FEED_LINE
        self.rows += DOTS_A_ROW * (1 + tall)

    def square(self, code: str) -> None:
        """Print a QR code in the middle (GS ( k: model 2, level M)."""
        data = encoded(code)[:_LONGEST_CODE]
        if not data:
            return
        self.align(1)
        self._bytes += b"\x1d(k\x04\x00\x31\x41\x32\x00"
        self._bytes += b"\x1d(k\x03\x00\x31\x43" + bytes((SQUARE_DOTS,))
        self._bytes += b"\x1d(k\x03\x00\x31\x45\x31"
        self._bytes += b"\x1d(k" + (len(data) + 3).to_bytes(2, "little") + b"\x31\x50\x30" + data
        self._bytes += b"\x1d(k\x03\x00\x31\x51\x30"
        self.end_row()
        self.align(0)
        self.rows += 33 * SQUARE_DOTS

    def bars(self, code: str) -> None:
        """Print a Code 128 in the middle (GS k 73), its digits in pairs; nothing if it cannot be.

        It cannot where a bar would be thinner than two dots, nor where the pairs spell a command.
        """
        data, modules = code128(code)
        dots = min(_MOST_BAR, self.width // modules) if data else 0
        if dots < _LEAST_BAR:
            return
        self.align(1)
        self._bytes += b"\x1dh" + bytes((_BAR_HEIGHT,)) + b"\x1dw" + bytes((dots,)) + b"\x1dH\x00"
        self._bytes += b"\x1dkI" + bytes((len(data),)) + data
        self.end_row()
        self.align(0)
        self.rows += _BAR_HEIGHT


def code128(code: str) -> tuple[bytes, int]:
    """Return what GS k 73 takes for `code`, and how many modules wide it is with its quiet zones.

    (b"", 0) for what is no printable ASCII, too long, or would be obeyed as a real-time command.
    """
    if not code or not (code.isascii() and code.isprintable()) or len(code) > _LONGEST_CODE // 4:
        return b"", 0
    found = _PAIRS.search(code)
    head, pairs = (code[: found.start()], found[0]) if found else (code, "")
    values = bytes(int(pairs[at : at + 2]) for at in range(0, len(pairs), 2))
    data = b"{B" + head.replace("{", "{{").encode("ascii") if head else b""
    data += b"{C" + values if values else b""
    symbols = len(head) + len(values) + bool(head and values)
    return (b"", 0) if _OBEYED.search(data) else (data, 11 * (symbols + 2) + 13 + _QUIET_MODULES)
