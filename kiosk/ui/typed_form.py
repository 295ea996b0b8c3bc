"""A form that is not left by one slip of the finger: what is typed asks for a second Esc."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from kiosk.desk.words import _
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict


class TypedForm(KioskScreen):
    """A screen of fields. Esc leaves an empty one at once, and a filled one when said twice."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    _warned = False

    def is_typed(self) -> bool:
        """Say whether anything would be lost."""
        return any(field.text for field in self.query(LabelledInput))

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Ask again before what is typed now is lost."""
        del event
        self._warned = False

    def action_leave(self) -> None:
        """Go back; a form with something typed in it asks for a second Esc."""
        if self.is_typed() and not self._warned:
            self._warned = True
            words = _("Not saved yet. Esc once more leaves the form.")
            self.kiosk.answer(Verdict(Tone.AMBER, words))
        else:
            self.dismiss()
