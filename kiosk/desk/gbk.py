"""What old slip printers can write by themselves: ASCII, and the characters of GBK.

Each ASCII character takes one column, every other one two. Longer codes (GB18030's four bytes) are
left out: printers with a GBK font print rubbish for them, and lose the columns.
"""

import logging
from functools import lru_cache

log = logging.getLogger("kiosk.slips")

SUBSTITUTE = "〓"
"""The printers' own sign for a missing character, visible and in GBK."""


def in_gbk(text: str) -> str:
    """Return ``text`` with 〓 for what the printer has not; that is named in the log, once."""
    return "".join(char if _columns(char) else _missing(char) for char in text)


def columns(text: str) -> int:
    """Return how many columns ``text`` takes, with 〓 for what the printer has not."""
    return sum(_columns(char) or 2 for char in text)


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    if " " <= char <= "~":
        return 1
    try:
        return 2 if len(char.encode("gbk")) == 2 else 0  # noqa: PLR2004 - one byte would be a control
    except UnicodeEncodeError:
        return 0


@lru_cache(maxsize=4096)
def _missing(char: str) -> str:
    """Name the code point only: names are private."""
    log.warning("GBK has no U+%04X: printed as a substitute", ord(char))
    return SUBSTITUTE
