"""A small application round the visitors' screens: the real desk and pen, answers kept."""

from pathlib import Path

import pytest
from gate_desk import listed  # noqa: F401 - a fixture of two files
from guard_keys import two_nights  # noqa: F401 - the same
from textual.app import App

import kiosk
from kiosk.desk.pen import Pen
from kiosk.desk.words import register
from kiosk.ui import palette
from kiosk.ui.bars import Status, StatusBar
from kiosk.ui.context import Context
from kiosk.ui.screen import LOW_ROWS, KioskScreen
from kiosk.ui.tap_area import TapArea
from visitors.feature import REFUSALS
from visitors.outstanding import outstanding
from visitors.screens_list import VisitorsScreen

register(REFUSALS)


class Desktop(App[None]):
    """What the kiosk's application does for a screen, and nothing else."""

    CSS_PATH = str(Path(kiosk.__file__).parent / "kiosk.tcss")

    def __init__(self, desk, operator):
        super().__init__()
        self.answers, self.ticked = [], 0.0
        self.context = Context(
            desk, Pen(), outstanding, self.answer, self.changed, operator=operator
        )

    def get_theme_variable_defaults(self):
        return palette.css_variables()

    def on_mount(self):
        self.push_screen(VisitorsScreen())

    def answer(self, verdict):
        self.answers.append(verdict)
        self.screen_stack[-1].query("#tap").first(TapArea).answer(verdict)

    def now(self):
        return self.ticked

    def changed(self):
        self.call_later(self._look_again)

    async def _look_again(self):
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen) and screen.alive:
                await screen.refresh_book()
        self.dress()

    def dress(self):
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen) and screen.alive:
                screen.set_class(self.size.height < LOW_ROWS, "-low")
                desk = self.context.desk
                status = Status(
                    desk.settings.site.gate_name, "李建国", "李建国", (), "", "",
                    f"{desk.local(desk.clock()):%H:%M}",
                )  # fmt: skip
                screen.query_one(StatusBar).tell(status)

    def shown(self):
        """Return everything the screen in front shows, as lines of text."""
        width, height = self.size
        strips = self.screen._compositor.render_strips()
        del width, height
        return "\n".join(strip.text for strip in strips)


@pytest.fixture
def desktop(desk, people):
    app = Desktop(desk, people["2001"])
    yield app
    app.context.pen.close()
