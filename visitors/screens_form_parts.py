"""The parts of a visit's form: its scrolling fields, and the list of who may be the host."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kiosk.desk.words import Words
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, RowList

_ROOM_FOR_A_PASTE = 20_000  # longer than any field: too much is refused with a word, never cut off


def hints() -> RowList:
    """Return the empty list of who may be meant as the host."""
    return RowList(
        Column("", 10), Column("", share=2, keep=8), Column("", 14, keep=9),
        header=False, id="hints",
    )  # fmt: skip


def filled(field: str, label: Words, hint: Words, value: str) -> LabelledInput:
    """Return the input of a field with what stands in it."""
    return LabelledInput(label, id=field, value=value, hint=hint, limit=_ROOM_FOR_A_PASTE)


class Fields(VerticalScroll, inherit_bindings=False):
    """The fields under one another; the arrows stay the form's, however long the list is."""

    DEFAULT_CSS = """
    Fields { width: 1fr; height: 100%; padding: 1 2; background: $panel-ground; }
    Fields { scrollbar-size: 0 0; }
    """

    def __init__(self, fields: Iterable[LabelledInput]) -> None:
        super().__init__(id="fields", can_focus=False)
        self._fields = list(fields)

    def compose(self) -> ComposeResult:
        """Lay the fields."""
        yield from self._fields
