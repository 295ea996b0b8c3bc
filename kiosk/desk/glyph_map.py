"""Which characters a font file can draw, read from its ``cmap`` table without loading the font.

The table layout is the OpenType specification's (cmap formats 4 and 12, both binary-searched in
place): asking for one character touches a few dozen bytes of a file of many megabytes.
"""

import mmap
import struct
from functools import lru_cache
from pathlib import Path

UNICODE_TABLES = {(3, 10): 12, (0, 6): 12, (0, 4): 12, (3, 1): 4, (0, 3): 4}


class NotAFont(ValueError):  # noqa: N818 - reads as what it says: the file is not a font
    """The file is no OpenType or TrueType font with a Unicode character map."""


class GlyphMap:
    """The character map of one face of a font file.

    Raises :class:`NotAFont`, or ``OSError`` when the file cannot be read.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise NotAFont(f"{path} is empty")
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._start, self._format = self._unicode_table(self._cmap(index))
        except struct.error as fault:
            raise NotAFont(f"{path} ends too soon") from fault
        self.has = lru_cache(maxsize=8192)(self._has)

    def _numbers(self, layout: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(">" + layout, self._bytes, at)

    def _cmap(self, index: int) -> int:
        """Return where the ``cmap`` table starts; ``index`` picks the face of a collection."""
        face = 0
        if self._bytes[:4] == b"ttcf":
            (faces,) = self._numbers("I", 8)
            (face,) = self._numbers("I", 12 + 4 * min(index, faces - 1))
        (tables,) = self._numbers("H", face + 4)
        for entry in range(face + 12, face + 12 + 16 * tables, 16):
            if self._bytes[entry : entry + 4] == b"cmap":
                return self._numbers("I", entry + 8)[0]
        raise NotAFont("no cmap table")

    def _unicode_table(self, cmap: int) -> tuple[int, int]:
        """Return start and format of the map that covers most of Unicode."""
        (tables,) = self._numbers("H", cmap + 2)
        found: dict[int, int] = {}
        for entry in range(cmap + 4, cmap + 4 + 8 * tables, 8):
            platform, encoding, offset = self._numbers("HHI", entry)
            wanted = UNICODE_TABLES.get((platform, encoding))
            if wanted and self._numbers("H", cmap + offset)[0] == wanted:
                found[wanted] = cmap + offset
        if not found:
            raise NotAFont("no Unicode character map")
        best = max(found)
        return found[best], best

    def _has(self, code: int) -> bool:
        find = self._in_groups if self._format == 12 else self._in_segments  # noqa: PLR2004 - cmap's
        try:
            return bool(find(code))
        except struct.error:  # a file cut off in the middle of its map
            return False

    def _in_groups(self, code: int) -> int:
        """Format 12: sorted groups of first code, last code, first glyph."""
        low, high = 0, self._numbers("I", self._start + 12)[0]
        while low < high:
            middle = (low + high) // 2
            first, last, glyph = self._numbers("III", self._start + 16 + 12 * middle)
            if code < first:
                high = middle
            elif code > last:
                low = middle + 1
            else:
                return glyph + code - first
        return 0

    def _in_segments(self, code: int) -> int:
        """Format 4: parallel arrays of last codes, first codes, deltas and glyph offsets."""
        if code > 0xFFFF:  # noqa: PLR2004 - format 4 knows the first plane only
            return 0
        (size,) = self._numbers("H", self._start + 6)
        ends = self._start + 14
        for at in range(ends, ends + size, 2):
            if self._numbers("H", at)[0] >= code:
                return self._segment_glyph(code, at, size)
        return 0

    def _segment_glyph(self, code: int, at: int, size: int) -> int:
        (first,) = self._numbers("H", at + size + 2)
        (delta,) = self._numbers("H", at + 2 * size + 2)
        (offset,) = self._numbers("H", at + 3 * size + 2)
        if code < first:
            return 0
        if not offset:
            return (code + delta) & 0xFFFF
        (glyph,) = self._numbers("H", at + 3 * size + 2 + offset + 2 * (code - first))
        return (glyph + delta) & 0xFFFF if glyph else 0
