"""Two keys that mean the same on every screen about visitors, over whatever is typed there.

``Ctrl+G`` lets in who helps in an emergency, ``Ctrl+T`` writes down who was asked first.
"""

from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.ui.screen import KioskScreen
from visitors.emergency.screens import LetInAtOnce


class AtOnce(KioskScreen):
    """A screen that an ambulance does not wait for: what is typed stays under the question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "emergency", show=False),
        Binding("ctrl+t", "first_asked", show=False),
    ]

    def action_emergency(self) -> None:
        """Let in who helps, at once: one digit more."""
        self.app.push_screen(LetInAtOnce())

    def action_first_asked(self) -> None:
        """Write down who was asked first about a matter, for who keeps that record here."""
        self.kiosk.begin("q")
