"""What every screen is given: the desk, the pen, who is at the keyboard, and how to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.desk.bearer import Bearer
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.pen import Pen
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.ui.verdict import Verdict


@dataclass
class Context:
    """One kiosk's working parts. ``operator`` is None while the desk is locked."""

    desk: Desk
    pen: Pen
    outstanding: Callable[[Desk, Book], list[OpenThing]]
    answer: Callable[[Verdict], None]
    changed: Callable[[], None]
    operator: Person | None = None
    devices: dict[str, str] = field(default_factory=dict)

    @property
    def by(self) -> str:
        """The staff number of who is at the keyboard. A locked desk raises ``LookupError``."""
        if self.operator is None:
            raise LookupError("the desk is locked")
        return self.operator.staff_no


class TakesCards(Protocol):
    """A screen or dialog that waits for a card."""

    def accepts(self, bearer: Bearer) -> bool:
        """Say whether this card could answer what is being asked."""

    async def take_card(self, bearer: Bearer) -> None:
        """Take the card that was accepted."""


class TakesCodes(Protocol):
    """A screen or dialog that waits for a scanned code."""

    async def take_code(self, text: str) -> bool:
        """Take the code; False when it is not for this screen."""
