"""Labelled inputs: a label in a fixed column, the field, and the reason right under a wrong one."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from kiosk.desk.safe_text import clean
from kiosk.desk.words import Words
from kiosk.ui import palette
from kiosk.ui.words_on_screen import plain

_LABEL_CELLS = 14


class LabelledInput(Vertical):
    """One field of a form. Enter moves on; a refusal keeps the text and says why under it.

    ``label`` and ``hint`` are said anew when the language changes; ``value`` is data and stays.
    """

    DEFAULT_CSS = ""

    def __init__(
        self, label: Words, *, id: str, value: str = "", hint: Words = str, secret: bool = False,  # noqa: A002 - Textual's own name
        limit: int = 60, required: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(id=id, classes="field")
        self._label, self._value, self._hint = label, value, hint
        self._secret, self._limit, self.required = secret, limit, required
        self._reason: Words = str

    def compose(self) -> ComposeResult:
        """Lay label, field and the line for the reason."""
        with Horizontal(classes="field-line"):
            yield Static(plain(self._label(), palette.MUTED), markup=False, classes="field-label")
            yield Input(
                value=self._value, placeholder=self._hint(), password=self._secret,
                max_length=self._limit, compact=True, select_on_focus=False,
            )  # fmt: skip
        yield Static("", markup=False, classes="field-wrong")

    @property
    def input(self) -> Input:
        """The field itself."""
        return self.query_one(Input)

    @property
    def text(self) -> str:
        """What was typed, cleaned of everything that cannot be shown or printed."""
        if not self.query(Input):  # not laid yet: nobody can have typed
            return ""
        return clean(self.input.value, self._limit).strip()

    def wrong(self, reason: Words = str) -> None:
        """Say under the field what is wrong with it; without a reason, take the words away."""
        self._reason = reason
        shown = reason()
        self.query_one(".field-wrong", Static).update(plain(shown, palette.AMBER))
        self.set_class(bool(shown), "-wrong")

    def translate(self) -> None:
        """Say label, hint and reason in the language chosen now; what was typed stays.

        A field that is not laid yet, or no longer, is in no language.
        """
        if not self.query(".field-label") or not self.query(Input):
            return
        self.query_one(".field-label", Static).update(plain(self._label(), palette.MUTED))
        self.input.placeholder = self._hint()
        self.wrong(self._reason)

    def focus(self, scroll_visible: bool = True, **options: Any) -> "LabelledInput":  # noqa: ANN401, FBT001, FBT002 - Textual's own signature
        """Put the cursor into the field."""
        if self.query(Input):
            self.input.focus(scroll_visible, **options)
        else:  # not laid yet: once it is
            self.call_after_refresh(self.focus, scroll_visible, **options)
        return self
