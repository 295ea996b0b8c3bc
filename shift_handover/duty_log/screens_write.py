"""One line for the duty log, or the line that puts another right."""

from collections.abc import Iterator
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain
from shift_handover.duty_log import service
from shift_handover.duty_log.reading import LogLine
from shift_handover.duty_log.rules import LONGEST


class WriteLine(TypedForm):
    """The form. A refusal keeps what was typed and says why beneath it."""

    DEFAULT_CSS = """
    #line { width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #line-title { height: auto; margin: 0 0 1 0; }
    """

    def __init__(self, wrong: LogLine | None = None) -> None:
        super().__init__()
        self._wrong = wrong

    def body(self) -> ComposeResult:
        """Lay the title, the line to be corrected, and the field."""
        value = self._wrong.words if self._wrong else ""
        with Vertical(id="line"):
            yield Static(self._title(), markup=False, id="line-title")
            yield LabelledInput(
                lambda: pgettext("duty log", "Line"), id="words", value=value, limit=LONGEST,
                hint=lambda: _("what happened, who, where"),
            )  # fmt: skip

    def _title(self) -> Content:
        if self._wrong is None:
            return plain(_("New line in the duty log"), f"bold {palette.TEXT}")
        told = _("Correct {number}").format(number=self._wrong.number)
        stays = _("The old line stays: {words}").format(words=self._wrong.words)
        return lines(plain(told, f"bold {palette.TEXT}"), plain(stays, palette.MUTED))

    def is_typed(self) -> bool:
        """Say whether anything would be lost: the old words alone would not."""
        return self.query_one("#words", LabelledInput).text != (
            self._wrong.words if self._wrong else ""
        )

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", pgettext("duty log", "Write it down"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the field."""
        super().on_mount()
        self.query_one("#words", LabelledInput).focus()

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#line-title", Static).update(self._title())

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the line down."""
        event.stop()
        field, kiosk = self.query_one("#words", LabelledInput), self.kiosk
        field.wrong()
        corrects = self._wrong.number if self._wrong else ""
        async with self.answering():
            try:
                number = await self.act(service.write, kiosk.desk, kiosk.by, field.text, corrects)
            except Refused as refused:
                field.wrong(partial(sentence, refused.code, refused.facts))
                field.focus()
                return
            self.dismiss()
            noted = _("{number} is written down.").format(number=number)
            kiosk.answer(Verdict(Tone.GOOD, noted))
