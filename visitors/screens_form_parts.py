"""The scrolling list of a form's fields: the arrows stay the form's, however long it is."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kiosk.ui.form import LabelledInput


class Fields(VerticalScroll, inherit_bindings=False):
    """The fields under one another; the field with the cursor is always in sight."""

    def __init__(self, fields: Iterable[LabelledInput]) -> None:
        super().__init__(id="fields", can_focus=False)
        self._fields = list(fields)

    def compose(self) -> ComposeResult:
        """Lay the fields."""
        yield from self._fields
