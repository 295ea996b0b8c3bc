"""The tap area: always there, always listening; big on the home screen, one strip elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static

from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.big_name import big_name
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import SHOWN_S, Verdict
from kiosk.ui.words_on_screen import lines, plain, row

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from kiosk.ui.context import Context

_MARGIN = 4
_ROWS_BELOW = 5


class TapArea(Static):
    """Shows a verdict for three seconds, and the hour in between."""

    verdict: reactive[Verdict | None] = reactive(None, init=False, layout=False)

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(markup=False, id=id)
        self.idle_time, self.idle_hint = "", ""
        self._until: Timer | None = None

    def answer(self, verdict: Verdict, seconds: float = SHOWN_S) -> None:
        """Show ``verdict`` now and take it away after ``seconds``."""
        if self._until is not None:
            self._until.stop()
        self.verdict = verdict
        self._dress(verdict)
        self.update(self.drawn(), layout=False)
        self._until = self.set_timer(seconds, self.rest)

    def rest(self) -> None:
        """Go back to the hour and the hint."""
        self.verdict = None
        self._dress(None)
        self.update(self.drawn(), layout=False)

    def idle(self, time: str, hint: str) -> None:
        """Set what is shown while nobody taps."""
        if (time, hint) == (self.idle_time, self.idle_hint):
            return
        self.idle_time, self.idle_hint = time, hint
        if self.verdict is None:
            self.update(self.drawn(), layout=False)

    def look(self) -> None:
        """Look again whether cards can be read here; only the strip says so by itself."""

    def translate(self) -> None:
        """Say the hint in the language chosen now; an answer stays as it was given."""
        if self.verdict is None:
            self.update(self.drawn(), layout=False)

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self.update(self.drawn(), layout=False)

    def _dress(self, verdict: Verdict | None) -> None:
        for tone in Tone:
            self.set_class(verdict is not None and verdict.tone is tone, f"-{tone.value}")

    def drawn(self) -> Content:
        """Return what the area shows now."""
        if self.verdict is None:
            return self._idle()
        return self._answer(self.verdict)

    def _big(self, text: str, style: str) -> Content:
        size = self.content_size
        rows = big_name(text, max(1, size.width - _MARGIN), max(1, size.height - _ROWS_BELOW))
        return lines(*[Content.styled(line, style) for line in rows])

    def _idle(self) -> Content:
        hint = plain(self.idle_hint, palette.MUTED)
        return lines(Content(""), self._big(self.idle_time, palette.MUTED), Content(""), hint)

    def _answer(self, verdict: Verdict) -> Content:
        colour = palette.COLOUR[verdict.tone]
        headline = row(
            plain(f"{palette.SIGN[verdict.tone]} {verdict.headline}", f"bold {colour}"),
            plain(verdict.time, palette.TEXT),
            plain(verdict.place, palette.MUTED),
        )
        more = [plain(line, palette.AMBER) for line in verdict.lines]
        more += [plain(note, palette.MUTED) for note in verdict.notes]
        if not verdict.name:
            return lines(Content(""), Content(""), headline, Content(""), *more)
        return lines(self._big(verdict.name, f"bold {palette.TEXT}"), Content(""), headline, *more)


class TapStrip(TapArea):
    """The same in one line, for every screen but the home screen."""

    _lost = False

    def idle(self, time: str, hint: str) -> None:
        """Set what is shown while nobody taps."""
        super().idle(time, hint)
        self.look()

    def look(self) -> None:
        """Say at once that the reader is lost, or works again."""
        if self._lost != self._reader_lost() and self.verdict is None:
            self.update(self.drawn(), layout=False)

    def _reader_lost(self) -> bool:
        context: Context | None = getattr(self.app, "context", None)
        return context is not None and context.reader_lost()

    def _idle(self) -> Content:
        self._lost = self._reader_lost()
        if self._lost:
            return plain(_("The reader is lost: no card is read."), palette.AMBER)
        return plain(_("Cards are read here too."), palette.MUTED)

    def _answer(self, verdict: Verdict) -> Content:
        colour = palette.COLOUR[verdict.tone]
        return row(
            plain(verdict.name, f"bold {palette.TEXT}"),
            plain(f"{palette.SIGN[verdict.tone]} {verdict.headline}", f"bold {colour}"),
            plain(verdict.time, palette.TEXT),
            *[plain(line, palette.AMBER) for line in verdict.lines],
            *[plain(note, palette.MUTED) for note in verdict.notes],
        )


def compose_strip() -> ComposeResult:
    """Yield the strip that every screen but home carries."""
    yield TapStrip(id="tap")
