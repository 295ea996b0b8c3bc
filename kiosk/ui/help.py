"""F1: what to do when, in a few sentences a new guard can follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.safe_text import cells
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import folded, lines, plain

_NARROWEST, _SIDES, _ROOMY = 20, 8, 40


class HelpScreen(KioskScreen):
    """The guard's page of help; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def body(self) -> ComposeResult:
        """Lay the page."""
        yield Static(self._page(), markup=False, id="help")

    def keys(self) -> Iterator[Key]:
        """Show the way back."""
        yield Key("Esc", _("Back"))

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#help", Static).update(self._page())

    def on_resize(self) -> None:
        """Fold the lines for the new width."""
        self.query_one("#help", Static).update(self._page())

    def _page(self) -> Content:
        advice = _advice()
        label = max(cells(when) for when, _what in advice) + 3
        room = max(
            _NARROWEST,
            self.app.size.width
            - label
            - (_SIDES if self.app.size.height > _ROOMY else _SIDES // 2),
        )
        page = [plain(_("What to do when"), f"bold {palette.TEXT}")]
        if self.app.size.height > _ROOMY:
            page.append(plain(""))
        for when, what in advice:
            first, *more = _fold(what, room)
            head = plain(when, palette.INFO) + Content(" " * (label - cells(when)))
            page.append(head + plain(first, palette.TEXT))
            page.extend(Content(" " * label) + plain(line, palette.TEXT) for line in more)
            if self.app.size.height > _ROOMY:
                page.append(plain(""))
        return lines(*page)


def _fold(text: str, room: int) -> Iterator[str]:
    """Yield ``text`` in lines that all start under the first one."""
    while text:
        line, text = folded(text, room)
        yield line


def _advice() -> list[tuple[str, str]]:
    return [
        (_("Somebody taps"), _("Nothing: the screen answers. Amber or red tells you what to do.")),
        (
            _("A visitor comes"),
            _("F2. With an appointment: two letters of the name, Enter. Without: F5."),
        ),
        (_("An ambulance comes"), _("F2, then Ctrl+G and a digit: let in at once.")),
        (_("Whom do I ask?"), _("F6, then Q: who was asked first, and led where.")),
        (
            _("A visitor leaves"),
            _("Scan the slip, or F2 and the number. Then N: only some, X: it differs."),
        ),
        (
            _("A key goes out"),
            _("Tap the key, or several, then the badge. It comes back: tap the key."),
        ),
        (_("A badge is forgotten"), _("F7, then N: staff number and PIN.")),
        (_("A badge is lost"), _("F7, then B: name, reason; it is blocked at once.")),
        (_("A call, a parcel"), _("F6: N a message, P a parcel; Enter hands it out.")),
        (_("Goods go out"), _("Scan, tick each line. No pass: F6 W, or X: stays.")),
        (_("Somebody asks a favour"), _("F3, then 2: write it down, the next guard sees it.")),
        (_("A fire, or a drill"), _("F9: whom to call. F8, then 3 or 1; locked: F8.")),
        (_("Your shift ends"), _("F3, then 3: both read, tap and type their PIN.")),
        (_("A slip did not come out"), _("F6 says which one, and asks whether it is there.")),
        (
            _("A device is lost"),
            _("Red in the top line. Check cable and power."),
        ),
        (_("You step away"), _("F3, then 5: your companion taps. F10 only locks.")),
    ]
