"""F3 8, G: who is in by the taps was seen to have gone, and when."""

from textual.widgets import Input

from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.ui.dialogs import AskText
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.last_out.seen_gone import see_gone


class SeenGone(AskText):
    """Ask at what hour somebody was seen to go, and write it down; a refused hour stays typed."""

    def __init__(self, person: Person, now: str) -> None:
        super().__init__(
            lambda: _("When did {name} go, without signing out?").format(name=person.name),
            lambda: pgettext("last out", "Gone at"),
            value=now,
            limit=5,
        )
        self._person = person

    async def on_input_submitted(self, event: Input.Submitted) -> None:  # type: ignore[override] # Textual awaits either kind
        """Write it down; say here what is refused."""
        event.stop()
        event.prevent_default()  # Textual calls the base class's handler as well
        kiosk, typed = self.kiosk, self.query_one("#text", LabelledInput).text
        async with self.answering():
            try:
                person = await self.act(see_gone, kiosk.desk, kiosk.by, self._person.id, typed)
            except Refused as refused:
                self.refused(refused)
                return
            self.dismiss(typed)
            told = _("Seen to have gone; it is written down. The taps stay as they are.")
            kiosk.answer(Verdict(Tone.GOOD, told, name=person.name))
            kiosk.changed()
