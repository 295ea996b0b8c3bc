"""QR codes in whole dots, so that no module of a printed code has a soft edge."""

from functools import lru_cache

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

QUIET_MODULES = 4  # ISO/IEC 18004: this much white on every side, or scanners do not find it
LEAST_DOTS = 3  # 0.375 mm a module: the finest that a cheap scanner reads from thermal paper


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the code for ``text``, without its quiet zone; True is dark.

    The middle correction level (15 %) is used, the low one for what fits only so. Empty for a text
    that is empty or longer than any code holds (about 2900 bytes).
    """
    if not text:
        return ()
    for level in (ERROR_CORRECT_M, ERROR_CORRECT_L):
        try:
            return _made(text, level)
        except (DataOverflowError, ValueError):  # the package raises either, by the kind of text
            continue
    return ()


def _made(text: str, level: int) -> tuple[tuple[bool, ...], ...]:
    code = qrcode.QRCode(border=0, error_correction=level)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


@lru_cache(maxsize=16)
def picture(text: str, wished: int, most: int) -> Image.Image | None:
    """Return the code as black on white, about ``wished`` dots wide and never wider than ``most``.

    None when there is nothing to encode or it cannot be printed that small.
    """
    rows = modules(text)
    if not rows or len(rows) > most:
        return None
    dots = min(max(wished // len(rows), LEAST_DOTS), most // len(rows))
    small = Image.new("1", (len(rows), len(rows)))
    small.putdata([0 if dark else 255 for row in rows for dark in row])
    return small.resize((len(rows) * dots, len(rows) * dots), Image.Resampling.NEAREST)
