"""How much of what is where on the site: the features count, the screen of the desks shows it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book


class What(StrEnum):
    """What is counted."""

    INSIDE = "inside"  # visitors in the house, by the gate they came in at
    WAITING = "waiting"
    EXPECTED = "expected"
    OUT = "out"  # keys and things in somebody's hands


class AtDesk(NamedTuple):
    """So many of something at one desk."""

    gate: str
    what: What
    n: int


AllAtDesks = Callable[[Desk, Book], list[AtDesk]]
"""Everything a feature counts, of every desk."""
