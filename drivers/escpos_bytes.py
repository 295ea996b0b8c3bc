"""The bytes a slip is made of: ESC/POS commands, and a picture as raster data.

Only what a slip needs: initialise, raster, cut, and the two questions that are answered in print
order. No command here can reach a cash drawer, write a printer's memory or change its settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

INITIALISE = b"\x1b@"
FEED_TO_TEAR = b"\x1bd\x05"
FEED_AND_PART_CUT = b"\x1dVB\x00"
FEED_AND_FULL_CUT = b"\x1dVA\x00"
ASK_PAPER_IN_PRINT_ORDER = b"\x1dr\x01"
FINISH_TORN_CODE = bytes(256)
"""For a printer that may still wait for the rest of a code's data; no picture is due in text mode,
and the rest of one would take twenty seconds on a slow line."""
MARK_LENGTH = 4

FRAGMENT_ROWS = 256
"""Rows of one raster command: small enough for the buffers of cheap printers."""

BAD_ROWS = 48
"""58 mm clones print garbage for a raster whose height is a multiple of this."""

# A printer obeys DLE EOT, DLE ENQ and DLE DC4 wherever they pass, also in the middle of a picture:
# thin lines at the wrong distance would read as "pulse the drawer" or "answer a question".
_OBEYED_IN_PICTURES = re.compile(rb"\x10(?=\x04[\x01-\x08]|\x05[\x00-\x02]|\x14[\x01-\x08])")
_ONE_DOT_THICKER = b"\x18"


def real_time_status(question: int) -> bytes:
    """Return DLE EOT for `question` 1 to 4; a printer answers it at once, even when off-line."""
    return bytes((0x10, 0x04, question))


def process_mark(job_mark: str) -> bytes:
    """Return the four ASCII letters or digits that name a job to the printer.

    The last four of `job_mark` count, because they change from job to job; a shorter one is
    filled up with "0". Two attempts that can be confused must have different marks.
    """
    letters = "".join(sign for sign in job_mark if sign.isascii() and sign.isalnum())
    return letters[-MARK_LENGTH:].rjust(MARK_LENGTH, "0").encode("ascii")


def ask_process(mark: bytes) -> bytes:
    """Return GS ( H: the printer sends `mark` back when all before it has been printed."""
    return b"\x1d(H\x06\x00\x30\x30" + mark


def fragment_heights(rows: int) -> Iterator[int]:
    """Split `rows` into heights up to 256, none of them a multiple of 48."""
    while rows > 0:
        height = min(FRAGMENT_ROWS, rows)
        if height % BAD_ROWS == 0:
            height -= 1
        yield height
        rows -= height


def raster(image: Image) -> bytes:
    """Return `image` as GS v 0 commands, black where the image is 0.

    A group of dots that a printer would obey as a real-time command gets one dot thicker.

    Raises:
        ValueError: the image is not of Pillow's mode "1" or has no dots.

    """
    if image.mode != "1" or not image.width or not image.height:
        msg = f"a slip is a picture of mode '1' with dots, not {image.mode} {image.size}"
        raise ValueError(msg)
    row_bytes = (image.width + 7) // 8
    dots = _OBEYED_IN_PICTURES.sub(_ONE_DOT_THICKER, image.tobytes("raw", "1;I"))
    return b"".join(_fragments(dots, row_bytes, image.height))


def _fragments(dots: bytes, row_bytes: int, rows: int) -> Iterator[bytes]:
    start = 0
    for height in fragment_heights(rows):
        end = start + height * row_bytes
        yield b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
        yield dots[start:end]
        start = end


def finish_torn_raster(width: int) -> bytes:
    """Return white rows for a printer that may still wait for the rest of a broken raster.

    Outside a raster a printer ignores them. `width` is the paper's in dots.
    """
    return bytes((width + 7) // 8 * FRAGMENT_ROWS)
