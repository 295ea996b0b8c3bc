"""Ask for a new PIN: twice and unseen at a terminal, once from a pipe."""

import getpass
from typing import TextIO

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _

_LONGEST_LINE = 200


def ask_new_pin(source: TextIO) -> str:
    """Return what was typed. Raises ``Refused``: ``pin.not_given``, ``pin.differs``."""
    if not source.isatty():
        typed = source.readline(_LONGEST_LINE).strip()
        if not typed:
            raise Refused("pin.not_given")
        return typed
    try:
        first = getpass.getpass(_("New PIN: "))
        if getpass.getpass(_("Once more: ")) != first:
            raise Refused("pin.differs")
    except EOFError:
        raise Refused("pin.not_given") from None
    return first
