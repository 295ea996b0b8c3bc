"""A fault found in a round: what is wrong, where, what was done, who was told."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from shift_handover.models import Found
from shift_handover.rules import CheckItem, Finding, checked_finding
from shift_handover.safety.wording import item_word, place_word


class DescribeFault(Dialog[Finding | None]):
    """What is wrong, where, what was done, who was told. Nobody told yet is an answer too."""

    DEFAULT_CSS = "DescribeFault .field { margin: 0 0 1 0; }"

    def __init__(self, item: CheckItem) -> None:
        super().__init__(
            lambda: _("{item}: fault").format(item=item_word(item.code, item.name)),
            lambda: _("Enter moves on. Nobody told yet: leave the last line empty, it stays red."),
        )
        self._place = place_word(item.place, item.place_name)
        self._item = item

    def parts(self) -> ComposeResult:
        """Yield the four fields."""
        yield LabelledInput(lambda: _("What is wrong"), id="what", limit=80)
        yield LabelledInput(lambda: _("Where exactly"), id="where", value=self._place, limit=80)
        yield LabelledInput(lambda: _("What was done"), id="measure", limit=80)
        yield LabelledInput(lambda: _("Who was told"), id="told", limit=80)

    def translate(self) -> None:
        """Say it again in the language chosen now; a place that nobody changed is ours to say."""
        super().translate()
        where = self.query_one("#where", LabelledInput)
        before, self._place = self._place, place_word(self._item.place, self._item.place_name)
        if where.text == before:
            where.input.value = self._place

    def on_mount(self) -> None:
        """Start with what is wrong."""
        self.query_one("#what", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; the last Enter gives the fault back."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
            return
        words = {one.id or "": one.text for one in fields}
        try:
            self.dismiss(checked_finding(Finding(Found.FAULT, **words)))
        except Refused as refused:
            self.refused(refused)
            self.query_one(f"#{refused.facts['field']}", LabelledInput).focus()
