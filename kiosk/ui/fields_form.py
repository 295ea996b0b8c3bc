"""A form of fields one under the other: Enter goes to the next, the last one leads on."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.typed_form import TypedForm

Said = TypeVar("Said")


class FieldsForm(TypedForm):
    """Fields with a title above them in ``#form-title``, shown while the form is laid by ``body``.

    A subclass says its ``headline`` and what the last field leads to, in ``finish``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    FieldsForm #form-title { height: 2; }
    """

    def headline(self) -> Content:
        """Return the words over the fields, in the language spoken now."""
        raise NotImplementedError

    async def finish(self) -> None:
        """Go on after Enter in the last field."""
        raise NotImplementedError

    def onward(self) -> str:
        """Say what Enter leads to, in the language spoken now."""
        return _("Next field")

    def keys(self) -> Iterator[Key]:
        """Show how to go on, and back."""
        yield Key("Enter", self.onward(), pgettext("handover", "Next"))
        yield Key("Esc", _("Back"))

    def leave_field(self, field: LabelledInput) -> None:
        """Look at a field that Enter leaves; a ``Refused`` is said under it and keeps one there."""

    def title_line(self) -> Static:
        """Return the title as a line of the form, to be laid over the fields."""
        return Static(self.headline(), markup=False, id="form-title")

    def retitle(self) -> None:
        """Say the title again: its words or the language are others now."""
        self.query_one("#form-title", Static).update(self.headline())

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.retitle()

    def on_mount(self) -> None:
        """Begin in the first field, or where the form begins."""
        super().on_mount()
        self.beginning().focus()

    def beginning(self) -> LabelledInput:
        """Return the field to begin in: the first, unless it is filled in already."""
        return self.fields()[0]

    def fields(self) -> list[LabelledInput]:
        """Return the fields in their order."""
        return list(self.query(LabelledInput))

    def typed(self) -> dict[str, str]:
        """Return what was typed, by the field's id."""
        return {one.id or "": one.text for one in self.fields()}

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = self.fields()
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field the form is finished."""
        event.stop()
        fields = self.fields()
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        fields[here].wrong()
        try:
            self.leave_field(fields[here])
        except Refused as refused:
            self.mark(refused)
            return
        if here + 1 < len(fields):
            fields[here + 1].focus()
        else:
            await self.finish()

    def checked(self, check: Callable[[], Said]) -> Said | None:
        """Return what ``check`` makes of the fields.

        None for a ``Refused``: it is said under a field, see ``mark``, and what was typed stays.
        """
        self._mark_nothing()
        try:
            return check()
        except Refused as refused:
            self.mark(refused)
            return None

    async def taken(self, act: Callable[[], Awaitable[Said]]) -> Said | None:
        """Do the same with an act that writes; a refusal that names no field goes on."""
        self._mark_nothing()
        try:
            return await act()
        except Refused as refused:
            if "field" not in refused.facts:
                raise
            self.mark(refused)
            return None

    def _mark_nothing(self) -> None:
        for field in self.fields():
            field.wrong()

    def mark(self, refused: Refused) -> None:
        """Say a refusal under the field it names, the first if it names none, and go there."""
        named = str(refused.facts.get("field", ""))
        field = next((one for one in self.fields() if one.id == named), self.fields()[0])
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()
