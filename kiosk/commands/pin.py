"""Ask for a PIN, unseen at a terminal: a new one twice, one's own once; once from a pipe."""

import getpass
from typing import TextIO

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _

_LONGEST_LINE = 200


def ask_pin(source: TextIO) -> str:
    """Return one's own PIN as it was typed. Raises ``Refused("pin.not_given")``."""
    if not source.isatty():
        return _from_pipe(source)
    try:
        return getpass.getpass(_("PIN: "))
    except EOFError:
        raise Refused("pin.not_given") from None


def _from_pipe(source: TextIO) -> str:
    typed = source.readline(_LONGEST_LINE).strip()
    if not typed:
        raise Refused("pin.not_given")
    return typed


def ask_new_pin(source: TextIO) -> str:
    """Return what was typed. Raises ``Refused``: ``pin.not_given``, ``pin.differs``."""
    if not source.isatty():
        return _from_pipe(source)
    try:
        first = getpass.getpass(_("New PIN: "))
        if getpass.getpass(_("Once more: ")) != first:
            raise Refused("pin.differs")
    except EOFError:
        raise Refused("pin.not_given") from None
    return first
