"""The code on a pass: ``P1:<gate>:<number>:<mark>``, such as ``P1:gate-1:W12:7K2M9QRT``.

A pass works once whatever copy is shown, so every copy of it has the same code.
"""

import re

from kiosk.desk import paper_code
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.passes.models import BY_NUMBER, GoodsPass

PREFIX = "P1:"
_LONGEST = 80
_SHAPE = re.compile(
    r"P1:([A-Z0-9_-]{1,20}):(W[1-9]\d{0,8}):([0-9A-Z]{8})", re.ASCII | re.IGNORECASE
)


def made(desk: Desk, number: str) -> str:
    """Return the code of the pass with this number, of this desk's gate."""
    return paper_code.marked(desk, f"{PREFIX}{desk.gate}:{number}")


def is_pass_code(text: str) -> bool:
    """Say whether a scanned code claims to be a pass."""
    return text.strip().upper().startswith(PREFIX)


def read(desk: Desk, text: str) -> tuple[str, str]:
    """Return the gate and the number that a genuine code says.

    Raises ``Refused``: ``pass.code_unreadable`` (torn or not ours), ``pass.code_forged``.
    """
    fits = _SHAPE.fullmatch(text.strip()[:_LONGEST])
    if fits is None:
        raise Refused("pass.code_unreadable")
    gate, number = paper_code.our_spelling(desk, fits[1]), fits[2].upper()
    if not paper_code.is_genuine(desk, f"{PREFIX}{gate}:{number}", fits[3]):
        raise Refused("pass.code_forged")
    return gate, number


def pass_of_code(desk: Desk, book: Book, text: str) -> GoodsPass:
    """Return the pass that was scanned, in whatever state it is.

    One of another desk counts here as soon as it is known here: numbers are given out once in a
    site. Raises ``Refused``: those of ``read``, ``pass.number_unknown``, ``pass.code_other_gate``
    for one that this desk has not heard of, and for any where it stands alone.
    """
    gate, number = read(desk, text)
    if gate == desk.gate:
        return pass_of_number(book, number)
    found = None if desk.settings.hub.alone else book.one(BY_NUMBER, number=number)
    if found is None:
        raise Refused("pass.code_other_gate", gate=gate_name(desk, book, gate))
    return found


def pass_of_number(book: Book, typed: str) -> GoodsPass:
    """Return the pass of a number said or typed: ``W12``, ``w12`` or ``12``.

    Raises ``Refused("pass.number_unknown")``.
    """
    number = "".join(typed.upper().split())[:_LONGEST]
    found = book.one(BY_NUMBER, number=number if number.startswith("W") else f"W{number}")
    if found is None:
        raise Refused("pass.number_unknown", number=number)
    return found
