"""The end of a handover: who has the post now, in letters that can be read from two metres."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.big_name import big_name
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.frozen import FrozenHandover
from shift_handover.models import Mark
from shift_handover.wording import state_word
from shift_handover.wording_parts import when

_ROWS_BELOW, _MARGIN = 9, 8


class DoneScreen(KioskScreen):
    """Says that the post has moved, and what to do with the paper."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    #done { height: 1fr; background: $good-ground; padding: 3 6; margin: 0 0 1 0; }
    DoneScreen.-low #done { padding: 1 3; margin: 0; }
    """

    def __init__(self, accepted: FrozenHandover) -> None:
        super().__init__()
        self._accepted = accepted

    def body(self) -> ComposeResult:
        """Lay the one answer."""
        yield Static("", markup=False, id="done")

    def keys(self) -> Iterator[Key]:
        """Show the way on."""
        yield Key("Enter", pgettext("handover", "Go on"))

    def on_resize(self) -> None:
        """Draw the name as large as the screen allows."""
        self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        done = self.query_one("#done", Static)
        size = done.content_size
        incoming = self._accepted.incoming
        name = incoming.name if incoming else ""
        rows = big_name(name, max(1, size.width - _MARGIN), max(1, size.height - _ROWS_BELOW))
        big = [Content.styled(text, f"bold {palette.TEXT}") for text in rows]
        done.update(lines(*big, plain(""), *self._words()))

    def _words(self) -> Iterator[Content]:
        done, desk = self._accepted, self.kiosk.desk
        questions = sum(mark is Mark.QUESTION for mark in done.marks.values())
        yield row(
            plain(f"✓ {state_word(done.state)}", f"bold {palette.GOOD}"),
            plain(when(done.ended_at, desk), palette.TEXT),
            plain(done.number, palette.TEXT),
        )
        yield plain(
            _("{name} may go home. Thank you.").format(name=done.outgoing.name), palette.TEXT
        )
        yield plain("")
        count = len(done.document.things)
        still = ngettext(
            "{n} thing stays open under its number",
            "{n} things stay open under their numbers",
            count,
        )
        yield plain(still.format(n=count), palette.TEXT)
        if questions:
            asked = ngettext(
                "{n} question is on the sheet", "{n} questions are on the sheet", questions
            )
            things = [t for t in done.document.things if done.marks.get(t.key) is Mark.QUESTION]
            numbers = " ".join(thing.number for thing in things)
            yield plain(f"? {asked.format(n=questions)}  {numbers}".rstrip(), palette.AMBER)
        printing = self.kiosk.on_paper(
            _("The sheet is being printed: please both sign it, too."),
            _("Printer {trouble}: the sheet prints once ready. Please both sign it then."),
        )
        yield plain(printing, palette.TEXT)
        yield row(
            plain(_("Fingerprint"), palette.MUTED), plain(done.fingerprint, f"bold {palette.INFO}")
        )
