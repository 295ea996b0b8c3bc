"""The mark on a printed code: a short HMAC, so that no other paper opens or closes anything here.

A scanned code is text from outside: nothing in it is trusted before its mark fits.
"""

import hmac

from kiosk.desk.desk import Desk

MARK_LENGTH = 8
"""Letters and digits of a mark, 5 bits each."""


def marked(desk: Desk, plain: str) -> str:
    """Return ``plain`` with its mark behind a colon."""
    return f"{plain}:{desk.site_key.sign(plain, MARK_LENGTH)}"


def is_genuine(desk: Desk, plain: str, mark: str) -> bool:
    """Say whether this house made ``mark`` for ``plain``."""
    return hmac.compare_digest(mark.upper(), desk.site_key.sign(plain, MARK_LENGTH))


def our_spelling(desk: Desk, gate: str) -> str:
    """Return the gate as it was signed: a scanner that types is at the mercy of Caps Lock."""
    return desk.gate if gate.lower() == desk.gate.lower() else gate
