"""A screen with a desk behind it: real taps through the real router, without devices."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from textual.app import App
from textual.screen import Screen

from drivers.events import CardPresented
from kiosk.attendance.screens import SCREENS as ATTENDANCE
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import most_urgent_first
from kiosk.desk.pen import Pen
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register
from kiosk.features import FEATURES, holdings
from kiosk.frame import Frame
from kiosk.keys.outstanding import outstanding
from kiosk.keys.screens import SCREENS as KEYS
from kiosk.tap_router import TapRouter
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.home import HomeScreen
from kiosk.ui.screen import KioskScreen
from kiosk.ui.tap_area import TapArea
from kiosk.ui.verdict import Verdict, refusal

for _feature in FEATURES:
    register(_feature.refusals)


class DeskApp(App[None]):
    """The kiosk's own screens at an open desk; ``said`` keeps every verdict."""

    CSS_PATH = Frame.CSS_PATH
    ENABLE_COMMAND_PALETTE = False
    feature_screens = (KEYS, ATTENDANCE)
    devices = SimpleNamespace(role_of=lambda _name: "desk", has_door_reader=False)
    dialog_closed_at = -100.0

    def __init__(self, desk: Desk, pen: Pen) -> None:
        super().__init__()
        self.said: list[Verdict] = []
        self.context = Context(
            desk, pen, lambda desk, book: most_urgent_first(outstanding(desk, book)), self.answer,
            self.changed, show=self.show, holdings=holdings,
        )  # fmt: skip
        self._router = TapRouter(self, desk.settings, desk)
        self._seconds = 0.0

    @property
    def kiosk(self) -> Context:
        return self.context

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return palette.css_variables()

    def on_mount(self) -> None:
        self.push_screen(HomeScreen(lambda: iter(())))

    def show(self, screen: Screen[object]) -> None:
        self.push_screen(screen)

    def ask_to_open(self, uid: str = "") -> None:
        raise AssertionError(f"the desk is open already: {uid}")

    def answer(self, verdict: Verdict) -> None:
        self.said.append(verdict)
        for screen in reversed(self.screen_stack):
            if screen.query("#tap"):
                screen.query_one("#tap", TapArea).answer(verdict, 60)
                return

    def changed(self) -> None:
        self.call_later(self._look_again)

    async def _look_again(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen) and screen.alive:
                await screen.refresh_book()

    async def tap(self, uid: str) -> None:
        """Present a card as a reader does, three seconds after the one before."""
        self._seconds += 3
        try:
            await self._router.take(
                CardPresented("reader", bytes.fromhex(uid), "nfc-a", "number", self._seconds)
            )
        except Refused as refused:
            self.answer(refusal(refused))


@pytest.fixture
def app(desk, people) -> Iterator[DeskApp]:
    """A kiosk whose desk 李建国 (2001) has opened."""
    pen = Pen()
    made = DeskApp(desk, pen)
    made.context.operator = people["2001"]
    yield made
    pen.close()
