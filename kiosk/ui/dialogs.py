"""Small questions in the middle of the screen: choose one, give a reason, prove who you are."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, ScreenResume, ScreenSuspend
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, sentence
from kiosk.ui import palette
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import UseCases
from kiosk.ui.tap_area import TapStrip
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import paragraph, plain

Answer = TypeVar("Answer")
ROOM = 58
"""The cells of a line inside a dialog, as the stylesheet has it."""


class Dialog(UseCases, ModalScreen[Answer]):
    """A question with a title, one line of help, and Esc to leave it with nothing done.

    Everything it says is given as ``Words``, so that the language can change while it is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: Words, help_line: Words = str) -> None:
        super().__init__()
        self._title, self._help, self._help_colour = title, help_line, palette.MUTED
        self._reason: Words = str

    def compose(self) -> ComposeResult:
        """Lay title, the question's parts, and the line for the reason."""
        yield TapStrip(id="tap")
        with Vertical(id="dialog"):
            yield Static(
                plain(self._title(), f"bold {palette.TEXT}"), markup=False, id="dialog-title"
            )
            yield Static(
                paragraph(self._help(), palette.MUTED, ROOM), markup=False, id="dialog-help"
            )
            yield from self.parts()
            yield Static("", markup=False, id="dialog-wrong")

    @property
    def alive(self) -> bool:
        """Say whether the question still stands: when it is taken away, its parts go first."""
        return bool(self.is_attached and self.query("#dialog-wrong"))

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed or chosen stays."""
        super().translate()
        self.entitle(self._title)
        self.help(self._help, self._help_colour)
        self.wrong(self._reason)

    def parts(self) -> ComposeResult:
        """Yield what is asked."""
        yield from ()

    def answer(self, verdict: Verdict, seconds: float) -> None:
        """Show the answer to a card that has nothing to do with the question."""
        self.query_one("#tap", TapStrip).answer(verdict, seconds)

    def on_unmount(self) -> None:
        """Say that a question has just gone: a badge meant for it may still be on its way."""
        self.kiosk.dialog_closed()

    def wrong(self, reason: Words = str) -> None:
        """Say what is wrong, or nothing any more; everything typed stays."""
        self._reason = reason
        self.query_one("#dialog-wrong", Static).update(plain(reason(), palette.AMBER))

    def refused(self, refused: Refused) -> None:
        """Say why it is refused; everything typed stays."""
        self.wrong(partial(sentence, refused.code, refused.facts))

    def help(self, help_line: Words, colour: str = palette.MUTED) -> None:
        """Say what to do next."""
        self._help, self._help_colour = help_line, colour
        self.query_one("#dialog-help", Static).update(paragraph(help_line(), colour, ROOM))

    def entitle(self, title: Words) -> None:
        """Say what the question is about."""
        self._title = title
        self.query_one("#dialog-title", Static).update(plain(title(), f"bold {palette.TEXT}"))

    @on(ScreenSuspend)
    def step_behind(self) -> None:
        """Go out of sight behind the next question: one question is seen at a time."""
        self.query_one("#dialog").visible = not isinstance(self.app.screen, Dialog)

    @on(ScreenResume)
    def step_forward(self) -> None:
        """Be seen again."""
        self.query_one("#dialog").visible = True

    def action_leave(self) -> None:
        """Leave with nothing done."""
        self.dismiss(None)

    def accepts(self, bearer: Bearer) -> bool:
        """Say whether this card could answer the question."""
        del bearer
        return False

    async def take_card(self, bearer: Bearer) -> None:
        """Take a card that was accepted."""

    async def take_code(self, text: str) -> bool:
        """Take a scanned code; False when it is not for this dialog."""
        del text
        return False


def _how_to_choose() -> str:
    return _("Press the number, or the arrows and Enter.")


_DIGITS = "1234567890"
"""The tenth choice has the key that stands after the nine on every keyboard."""


class Choose(Dialog[str | None]):
    """Choose one of a few: a digit, or arrows and Enter. Returns the chosen key, None for Esc.

    The first ten have a digit; what stands below them is chosen with the arrows.
    """

    def __init__(
        self,
        title: Words,
        choices: Sequence[tuple[str, Words]],
        help_line: Words = _how_to_choose,
    ) -> None:
        super().__init__(title, help_line)
        self._choices = choices

    def parts(self) -> ComposeResult:
        """Yield the numbered list."""
        yield RowList(Column("", 2), Column(""), header=False, id="choices")

    def on_mount(self) -> None:
        """Fill the list."""
        self.offer(self._choices)
        self.query_one("#choices", RowList).focus()

    def offer(self, choices: Sequence[tuple[str, Words]]) -> None:
        """Offer these: what can be chosen may depend on what the book says."""
        self._choices = choices
        shown = self.query_one("#choices", RowList)
        shown.styles.height = len(choices)
        shown.show(self._rows())

    def _rows(self) -> list[ListRow]:
        return [
            ListRow((_DIGITS[i : i + 1], words()), key=key)
            for i, (key, words) in enumerate(self._choices)
        ]

    def translate(self) -> None:
        """Say it again in the language chosen now; the cursor stays on its choice."""
        super().translate()
        self.query_one("#choices", RowList).show(self._rows())

    async def on_key(self, event: Key) -> None:
        """Take a digit as the choice."""
        key = event.character or ""
        if key and key in _DIGITS[: len(self._choices)]:
            event.stop()
            await self.answered(self._choices[_DIGITS.index(key)][0])

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the row under the cursor."""
        await self.answered(message.row.key)

    async def answered(self, key: str) -> None:
        """Return the chosen key; a dialog that acts by itself does so here."""
        self.dismiss(key)


def _how_to_answer() -> str:
    return _("Enter confirms, Esc goes back.")


class AskText(Dialog[str | None]):
    """Ask for one line, such as a reason. Returns the text, None for Esc."""

    def __init__(
        self,
        title: Words,
        label: Words,
        help_line: Words = _how_to_answer,
        value: str = "",
        limit: int = 80,
    ) -> None:
        super().__init__(title, help_line)
        self._label, self._value, self._limit = label, value, limit

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(self._label, id="text", value=self._value, limit=self._limit)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the text; an empty one is not an answer."""
        event.stop()
        text = self.query_one("#text", LabelledInput).text
        if text:
            self.dismiss(text)
        else:
            self.wrong(lambda: _("Please type something first."))
