"""The kiosk with a tray of cards under it, and the printed slips on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.app import KioskApp
from kiosk.demo.stage import Stage
from kiosk.demo.tray import Tray, Trick
from kiosk.desk.safe_text import cells
from kiosk.desk.settings import Settings
from kiosk.desk.words import N_, _
from kiosk.ui import palette
from kiosk.ui.dialogs import Dialog
from kiosk.ui.home import HomeScreen
from kiosk.ui.screen import KioskScreen
from kiosk.ui.slip_preview import preview, thumbnail
from kiosk.ui.words_on_screen import GAP, lines, plain, row

_ANSWERS = N_("A question is open: a badge tapped here answers it. Digits typed there go into it.")
_PAPER, _INK = "#f4f2ea", "#15171a"
_SEEN_S = 8.0
_HALF_CELLS = 36  # from a person's words in the tray to the next person's key
_CORNER_CELLS = 32
_FRAME_ROWS = 9  # status bar, answers, margins, the line under the picture, keys


class DemoApp(KioskApp):
    """The real application; the tray and the paper are the only additions."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f11", "tray", show=False, priority=True)]

    def __init__(self, settings: Settings, stage: Stage, **options: Any) -> None:  # noqa: ANN401 - passed on
        self.tray = Tray(stage, self._newest_code)
        super().__init__(settings, tray=self.tray.lines, **options)
        stage.printer.core.paper.on_printed = self._printed

    async def on_key(self, event: Key) -> None:
        """Take the tray's keys where nobody types: on the home screen."""
        at_home = isinstance(self.screen, HomeScreen)
        if at_home and event.character and self.tray.do(event.character):
            event.stop()
            event.prevent_default()

    def action_tray(self) -> None:
        """Show the whole tray on top of any screen."""
        if not isinstance(self.screen, TrayScreen):
            self.push_screen(TrayScreen(self.tray))

    def action_stop(self) -> None:
        """Stop at once: it is only a demo."""
        self.exit(0)

    def _printed(self, picture: Path, _image: object) -> None:
        self.call_later(self.show_paper, picture)

    def show_paper(self, picture: Path) -> None:
        """Show what came out of the printer, in the corner, for a few seconds.

        Not over an emergency or a handover that is being read: F11, then p shows it all the same.
        """
        if isinstance(self.screen, KioskScreen) and self.screen.undisturbed:
            return
        for old in self.screen.query(Paper):
            old.remove()
        paper = Paper(picture, self.size.height)
        self.screen.mount(paper)
        paper.set_timer(_SEEN_S, paper.remove)

    def _newest_code(self) -> str:
        from kiosk.demo.play_book import newest_slip_code  # noqa: PLC0415 - the book is open by then

        return newest_slip_code(self.kiosk.desk)


class Paper(Static):
    """The head of a printed slip, hanging at the right under the status bar and the answers."""

    DEFAULT_CSS = f"""
    Paper {{ layer: paper; dock: right; width: auto; height: auto; margin: 3 2 0 0; padding: 1 2;
             background: {_PAPER}; color: {_INK}; }}
    """

    def __init__(self, picture: Path, room: int) -> None:
        super().__init__(_thumbnail(picture, max(2, room - _FRAME_ROWS)), markup=False)


def _thumbnail(picture: Path, rows: int) -> Content:
    """Draw the head of a slip: two dots of grey in one cell."""
    from PIL import Image  # noqa: PLC0415 - only when something was printed

    with Image.open(picture) as image:
        dots = thumbnail(image, _CORNER_CELLS, 2 * rows)
    drawn = [
        Content("").join(
            [
                Content.styled("▀", f"{_tone(up)} on {_tone(low)}")
                for up, low in zip(*two, strict=True)
            ]
        )
        for two in zip(dots[::2], dots[1::2], strict=True)
    ]
    return lines(*drawn, Content(""), plain(_("F11, then p: the slip in full"), _INK))


def _tone(grey: int) -> str:
    """Return the colour of paper with as much ink as ``grey`` tells."""
    paper, ink = Color.parse(_PAPER), Color.parse(_INK)
    return ink.blend(paper, grey / 255).hex


def slip_content(picture: Path, width: int) -> Content:
    """Return a printed slip as dark half blocks on paper."""
    from PIL import Image  # noqa: PLC0415 - only when something was printed

    with Image.open(picture) as image:
        return lines(
            *[
                Content.styled(line, f"{_INK} on {_PAPER}")
                for line in preview(image, width, fine=True)
            ]
        )


class TrayScreen(ModalScreen[None]):
    """Every card and trick with its key; a key does it and goes back."""

    DEFAULT_CSS = """
    TrayScreen { align: center bottom; background: $ground 40%; }
    #tray-list { width: 80; height: auto; background: $raised; padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("f11", "dismiss", show=False),
    ]

    def __init__(self, tray: Tray) -> None:
        super().__init__()
        self._tray = tray

    def compose(self) -> ComposeResult:
        """Lay the list."""
        asked = any(isinstance(one, Dialog) for one in self.app.screen_stack)
        with Vertical(id="tray-list"):
            yield Static(plain(_("Tray (every PIN is 2580)"), f"bold {palette.TEXT}"), markup=False)
            yield Static(lines(*_rows(self._tray.tricks())), markup=False)
            yield Static(
                plain(_("p shows the newest slip. Esc goes back."), palette.MUTED), markup=False
            )
            if asked:
                yield Static(plain(_(_ANSWERS), palette.AMBER), markup=False, id="tray-asked")

    async def on_key(self, event: Key) -> None:
        """Do what the key stands for."""
        event.stop()
        if event.character == "p":
            self.dismiss()
            self.app.push_screen(SlipScreen(self._tray.newest_picture()))
        elif event.character and self._tray.do(event.character):
            self.dismiss()


def _rows(tricks: Sequence[Trick]) -> Iterator[Content]:
    """Yield a line for each trick, and for two people who follow each other."""
    people = [one for one in tricks if one.person]
    for left, right in zip_longest(people[::2], people[1::2]):
        room = Content(" " * max(GAP, _HALF_CELLS - cells(left.label)))
        both = (_told(left), room, _told(right)) if right is not None else (_told(left),)
        yield Content("").join(both)
    yield from (_told(one) for one in tricks if not one.person)


def _told(trick: Trick) -> Content:
    return row(plain(trick.key, f"bold {palette.INFO}"), plain(trick.label, palette.TEXT))


class SlipScreen(ModalScreen[None]):
    """One printed slip, as large as the screen allows; Esc goes back."""

    DEFAULT_CSS = f"""
    SlipScreen {{ align: center middle; background: $ground 80%; }}
    #slip {{ width: auto; max-width: 100%; height: 100%; background: {_PAPER}; padding: 1 2; }}
    #slip Static {{ width: auto; background: {_PAPER}; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, picture: Path | None) -> None:
        super().__init__()
        self._picture = picture

    def compose(self) -> ComposeResult:
        """Lay the slip."""
        with VerticalScroll(id="slip"):
            if self._picture is None:
                yield Static(plain(_("Nothing was printed yet."), _INK), markup=False)
            else:
                yield Static(
                    slip_content(self._picture, min(110, self.app.size.width - 8)), markup=False
                )
