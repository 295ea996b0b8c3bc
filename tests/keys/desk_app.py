"""The kiosk's screens with a desk behind them: real taps, the real router, no devices."""

import asyncio
import time
from collections.abc import Callable
from types import SimpleNamespace

from textual._wait import wait_for_idle
from textual.app import App
from textual.screen import Screen

from drivers.events import CardPresented, CardsTogether
from kiosk import refusals  # noqa: F401 - registers every sentence
from kiosk.attendance.screens import SCREENS as ATTENDANCE
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import most_urgent_first
from kiosk.desk.pen import Pen
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register
from kiosk.features import FEATURES, end_for_leaver, holdings
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

_PATIENCE_S, _LOOK_S = 10.0, 0.01

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
            self.changed, show=self.show, holdings=holdings, ends_for=end_for_leaver,
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
        await self._heard(
            CardPresented("reader", bytes.fromhex(uid), "nfc-a", "number", self._seconds)
        )

    async def tap_together(self, *uids: str) -> None:
        """Present several cards or tags at once."""
        self._seconds += 3
        cards = tuple(bytes.fromhex(uid) for uid in uids)
        await self._heard(CardsTogether("reader", cards, self._seconds))

    async def _heard(self, event: object) -> None:
        try:
            await self._router.take(event)
        except Refused as refused:
            self.answer(refusal(refused))

    async def front(self, screen: type[Screen[object]]) -> None:
        """Wait until a screen of this class is in front and drawn."""
        await self.until(
            lambda: type(self.screen) is screen and self.screen.is_mounted, screen.__name__
        )

    async def until(self, seen: Callable[[], object], told: str) -> None:
        """Wait until ``seen``; fail after a while and say what did not come."""
        end = time.monotonic() + _PATIENCE_S
        while not seen():
            assert time.monotonic() < end, f"{told}; in front: {self.screen!r}"
            await asyncio.sleep(_LOOK_S)
        await wait_for_idle(0)

    async def quiet(self, times: int) -> None:
        """Let seconds pass in which nobody taps, as the clock would."""
        waiting = self.screen
        for _second in range(times):
            waiting.tick()
        await wait_for_idle(0)

    async def quiet_below(self, times: int) -> None:
        """Let seconds pass behind the question in front."""
        waiting = self.screen_stack[-2]
        for _second in range(times):
            waiting.tick()
        await wait_for_idle(0)

    def words(self) -> str:
        """Return the words of the screen in front, with single spaces."""
        rows = self.screen._compositor.render_strips()
        return " ".join(" ".join("".join(s.text for s in row) for row in rows).split())
