"""The demo's site before the real application: built once, copied for every test."""

import asyncio
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from patience import PATIENCE_S
from pytest_textual_snapshot import normalize_svg
from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from drivers.events import CardPresented, DeviceUp
from kiosk import refusals  # noqa: F401 - registers every sentence
from kiosk.app import KioskApp
from kiosk.demo import site
from kiosk.demo.clock import DemoClock
from kiosk.demo.stage import Stage
from kiosk.demo.tray import badge_of
from kiosk.desk import journal
from kiosk.desk import settings as desk_settings
from kiosk.desk.words import use
from kiosk.devices import Devices
from kiosk.ui.home import HomeScreen
from kiosk.ui.tap_area import TapArea

AFTERNOON = datetime(2026, 11, 23, 15, 32, tzinfo=site.ZONE)
PIN = "2580"
READER, PRINTER, SCANNER, ID_READER = "读卡器", "会客单打印机", "扫码枪", "身份证"
_ID_READER_BLOCK = re.compile(r"^\[\[id_readers\]\]\n(?:\w+ = .*\n)+", re.MULTILINE)
_LOOK_S = 0.01
_SAME_FRAMES, _FRAME_S = 3, 0.06
_CHANGING = (
    (re.compile(r"\bCT[0-9A-F]{2,5}\b"), "CT00000"),
    (re.compile(r"(?:[0-9A-F]{4}(?:&#160;|\s)){3}[0-9A-F]{4}"), "0000 0000 0000 0000"),
    (re.compile(r"\b\d+(?:&#160;|\s)(s|秒)\b"), r"20 \1"),
)


@pytest.fixture(scope="session")
def town_hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the demo on Monday afternoon, in a folder to copy from."""
    folder = tmp_path_factory.mktemp("town-hall")
    with Stage(folder) as stage:
        settings = site.write_settings(folder, stage, "en")
    _take_id_reader_away(settings.file)
    use("en")
    site.found(settings, AFTERNOON, play=False)
    return folder


@pytest.fixture
def site_copy(town_hall: Path, tmp_path: Path) -> Path:
    """A copy of the finished site for one test: whoever opens the book also writes into it."""
    folder = tmp_path / "site"
    shutil.copytree(town_hall, folder, ignore=shutil.ignore_patterns("printed"))
    (folder / "site.key").chmod(0o600)
    return folder


def _take_id_reader_away(file: Path) -> None:
    """Few gates have an ID-card reader: the pictures show one without. See ``with_id_reader``."""
    written = file.read_text(encoding="utf-8")
    file.write_text(_ID_READER_BLOCK.sub("", written), encoding="utf-8")


@pytest.fixture
def with_id_reader(site_copy: Path) -> str:
    """Set an ID-card reader up at this test's site; return its name."""
    with (site_copy / "kiosk.toml").open("a", encoding="utf-8") as file:
        address = f"idcard+serial:{site_copy / 'idcard'}"
        file.write(f'\n[[id_readers]]\nname = "{ID_READER}"\naddress = "{address}"\n')
    return ID_READER


@dataclass
class Walk:
    """Somebody at the kiosk: cards, keys, and what the screen shows."""

    app: KioskApp
    pilot: Pilot[int]
    clock: DemoClock
    _number: int = field(default=0)

    async def until(self, seen: Callable[[], object], told: str) -> None:
        """Wait until ``seen``; fail when it does not come, and say what.

        A screen that is being laid out has not all its parts yet: what asks for one is asked again.
        """
        end = time.monotonic() + PATIENCE_S
        while not _is_so(seen):
            assert time.monotonic() < end, f"{told}; in front: {self.app.screen!r}"
            await asyncio.sleep(_LOOK_S)

    async def last_of(self, found: Callable[[], list[str]]) -> list[str]:
        """Return what is found once the picture stands still, or nothing as soon as it is gone.

        A busy machine may show a list in the old language until it was read again.
        """
        await self.picture()
        with suppress(AssertionError):
            await self.until(lambda: not found(), "the words to go")
        return found()

    async def front(self, name: str) -> None:
        """Wait for the screen of this class name."""
        await self.until(lambda: type(self.app.screen).__name__ == name, name)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the last one has had its effect."""
        await self.pilot.press(*keys)
        await self.until(lambda: self.app.keys_in_order.at_rest, "the keys to be done")

    async def line(self, text: str) -> None:
        """Type a line and press Enter."""
        await self.press(*text, "enter")

    async def badge(self, staff_no: str) -> None:
        """Tap somebody's badge and wait for the answer."""
        await self.card(badge_of(staff_no))

    async def card(self, uid: str) -> None:
        """Tap any card and wait for the answer: a verdict, or another screen."""
        answers, front = self.app.answers, self.app.screen
        self.say(CardPresented(READER, bytes.fromhex(uid), "type2", "name", self.tick()))
        await self.until(
            lambda: self.app.answers > answers or self.app.screen is not front, f"answer to {uid}"
        )
        await self.pilot.pause()

    async def sign(self, staff_no: str) -> None:
        """Answer the question in front: the badge, then the PIN."""
        await self.until(lambda: self.app.screen.query("#staff-no"), "the question")
        number = self.app.screen.query_one("#staff-no")
        uid = bytes.fromhex(badge_of(staff_no))
        self.say(CardPresented(READER, uid, "type2", "name", self.tick()))
        await self.until(lambda: not number.display, "the badge to be taken")
        await self.line(PIN)

    def tick(self) -> float:
        """Return a moment for the next tap, three seconds after the last: never a repeated one."""
        self._number += 1
        return time.monotonic() + 3.0 * self._number

    def say(self, event: object) -> None:
        """Let a device say something."""
        self.app._heard(event)

    def forget_question(self) -> None:
        """Let the time pass in which a tap may have been meant for the last question."""
        self.app.dialog_closed_at = 0.0

    async def open_desk(self, staff_no: str = "2001") -> None:
        """Open the desk as a guard does."""
        await self.press("f10")
        await self.front("AskProof")
        await self.sign(staff_no)
        await self.until(lambda: self.app.kiosk.operator is not None, "the desk to open")
        self.forget_question()
        await self.pilot.pause()

    async def home(self) -> None:
        """Press Esc until the home screen is in front."""
        for _step in range(8):
            if isinstance(self.app.screen, HomeScreen):
                return
            await self.press("escape")
            await self.pilot.pause()
        raise AssertionError("no way home")

    def rest(self) -> None:
        """Let the last answer go, as it does after three seconds."""
        for screen in self.app.screen_stack:
            for area in screen.query(TapArea):
                area.rest()

    async def picture(self) -> str:
        """Return the picture once it stands still, without what differs in every run."""
        same, last = 0, None
        end = time.monotonic() + PATIENCE_S
        while same < _SAME_FRAMES and time.monotonic() < end:
            for typed in self.app.screen.query(Input):
                typed.cursor_blink = False
            await self.pilot.pause()
            shown = self._strips()
            same, last = (same + 1 if shown == last else 0), shown
            await asyncio.sleep(_FRAME_S)
        return _steady(self.app.export_screenshot(title="kiosk"))

    def text(self) -> str:
        """Return the words on the screen."""
        return "\n".join("".join(strip.text for strip in row) for row in self._strips())

    def _strips(self) -> list[list[Strip]]:
        update = self.app.screen._compositor.render_update(
            full=True, screen_stack=self.app._background_screens
        )
        return [[*row] for row in update.strips]

    def codes(self) -> list[str]:
        """Return the codes of the journal."""
        with self.app.kiosk.desk.read() as book:
            return [e.code for e in journal.entries(book.connection, self.app.kiosk.desk.gate)]


def _is_so(seen: Callable[[], object]) -> bool:
    try:
        return bool(seen())
    except NoMatches:
        return False


def _steady(svg: str) -> str:
    for changing, same in _CHANGING:
        svg = changing.sub(same, svg)
    return normalize_svg(svg)


Kiosk = Callable[..., "AbstractAsyncContextManager[Walk]"]


@pytest.fixture
def kiosk_at(
    site_copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    compiled_words: None,  # noqa: ARG001 - a fixture asked for what it does
) -> Iterator[Kiosk]:
    """Open the kiosk in a copy of the site; its devices say what the test lets them say."""
    monkeypatch.setattr(Devices, "start", lambda _self: None)
    monkeypatch.setattr(Devices, "stop", lambda _self: None)

    @asynccontextmanager
    async def opened(
        language: str = "en", size: tuple[int, int] = (80, 24), **environment: str
    ) -> AsyncIterator[Walk]:
        settings = desk_settings.load(
            site_copy / "kiosk.toml", {"KIOSK_DESK__SOUNDS": "false", **environment}
        )
        use(language)
        clock = DemoClock(AFTERNOON)
        app = KioskApp(settings, clock=clock)
        async with app.run_test(size=size) as pilot:
            walk = Walk(app, pilot, clock)
            await walk.until(lambda: app._taps is not None and app.context is not None, "the book")
            for name in (READER, PRINTER, SCANNER):
                walk.say(DeviceUp(name))
            await pilot.pause()
            yield walk

    yield opened
    use("en")
