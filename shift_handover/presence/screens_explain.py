"""The guard's word why a prompt of the night was not answered in time."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.words import _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.presence import rules, service
from shift_handover.presence.service import Missed


class ExplainMissed(Dialog[str | None]):
    """Asks why, and closes the missed prompt with the answer; a refusal leaves what was typed."""

    def __init__(self, prompt_id: str) -> None:
        super().__init__(lambda: _("Presence prompt missed"))
        self._prompt_id = prompt_id

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(
            lambda: _("Why was there no answer?"), id="text", limit=rules.LONGEST_WORDS
        )

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    async def on_screen_resume(self) -> None:
        """Show who was asked, and when."""
        missed = await self.aside(self._read)
        at = self.kiosk.desk.local(missed.asked_at)
        self.help(
            lambda: _("{number}: {name}, asked at {time}").format(
                number=missed.number, name=missed.guard.name, time=f"{at:%H:%M}"
            )
        )

    def _read(self) -> Missed:
        with self.kiosk.desk.read() as book:
            return service.missed_by_id(book, self._prompt_id)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close it with what was typed."""
        event.stop()
        kiosk, words = self.kiosk, self.query_one("#text", LabelledInput).text
        async with self.answering():
            await self.act(service.explain, kiosk.desk, kiosk.by, self._prompt_id, words)
            self.dismiss(words)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))
            kiosk.changed()
