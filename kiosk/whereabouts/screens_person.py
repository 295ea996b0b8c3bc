"""One person of the board: where, since when, the extension, and what to do next."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.words_on_screen import fitted, lines, paragraph, plain, row
from kiosk.whereabouts.board import Line
from kiosk.whereabouts.wording import next_steps, place_word, section_word, time_word

_LABEL = 14


class PersonWhere(Dialog[None]):
    """Where somebody is and what to do next; no reason of any absence, and no mobile number."""

    DEFAULT_CSS = """
    PersonWhere #facts { height: auto; margin: 0 0 1 0; }
    PersonWhere #steps { height: auto; }
    """

    def __init__(self, line: Line) -> None:
        super().__init__(self._called, self._place)
        self._line = line

    def _called(self) -> str:
        return f"{self._line.person.name}  {self._line.person.title}".strip()

    def _place(self) -> str:
        there = self._line.where
        told = (place_word(there), there.words, time_word(self.kiosk.desk, there))
        return "  ".join(word for word in told if word)

    def parts(self) -> ComposeResult:
        """Yield the facts and the steps."""
        yield Static("", markup=False, id="facts")
        yield Static("", markup=False, id="steps")

    def on_mount(self) -> None:
        """Fill both in."""
        self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        person = self._line.person
        facts = [
            (_("Section"), section_word(self._line.section)),
            (_("Room"), person.room),
            (pgettext("whereabouts", "Ext."), person.extension),
            (_("Staff number"), person.staff_no),
        ]
        told = [
            row(Content.styled(fitted(label, _LABEL), palette.MUTED), plain(value, palette.TEXT))
            for label, value in facts
            if value
        ]
        self.query_one("#facts", Static).update(lines(*told))
        steps = [paragraph(step, palette.TEXT, ROOM) for step in next_steps(self._line)]
        self.query_one("#steps", Static).update(lines(*steps))
