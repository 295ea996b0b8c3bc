"""What is open, read by the incoming alone before anything is frozen; nothing can be done here."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from kiosk.desk.people import Person
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.words_on_screen import plain
from shift_handover.screens_review import ReviewScreen


class PreviewScreen(ReviewScreen):
    """The draft, to be read only: Enter freezes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", show=False, priority=True)
    ]

    def __init__(self, reader: Person) -> None:
        super().__init__()
        self._reader = reader

    def keys(self) -> Iterator[Key]:
        """Show the way back."""
        yield Key("Esc", _("Back"))

    def lead(self) -> Iterator[Content]:
        """Say who reads, and that nothing is handed over by it."""
        words = _("{name} reads ahead; nothing is frozen or handed over")
        yield plain(words.format(name=self._reader.name), palette.INFO)

    def action_leave(self) -> None:
        """Go back, having read."""
        self.dismiss()

    def action_note(self) -> None:
        """Write nothing: the note is the outgoing's."""

    def action_count(self) -> None:
        """Count nothing: both count together, later."""

    def action_lock_up(self) -> None:
        """Lock nothing up: that is for who has the post."""

    def action_more(self) -> None:
        """Go nowhere else from here."""

    async def _freeze(self) -> None:
        """Freeze nothing, however a line was chosen."""
