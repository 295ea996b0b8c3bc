"""The composition root: opens desk and devices, and hands on what they say. It holds no rules."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from textual.events import Event, Paste
from textual.events import Key as KeyPress
from textual.message import Message

from kiosk.desk.clock import Clock, system_clock
from kiosk.desk.refusal import Refused
from kiosk.desk.words import sentence
from kiosk.frame import Frame
from kiosk.key_order import KeyOrder
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict, broken, refusal

if TYPE_CHECKING:  # the home screen is painted before these are imported
    from kiosk.control import ControlServer
    from kiosk.desk.settings import Settings
    from kiosk.opening import Opened
    from kiosk.tap_router import TapRouter
    from kiosk.typing_machines import TypingMachines

log = logging.getLogger("kiosk.app")
_TICK_S = 1.0


@dataclass
class DeviceSaid(Message):
    """A device's event, carried from its thread into the application."""

    event: object


class KioskApp(Frame):
    """The kiosk at one gate. Its result is the exit status."""

    def __init__(
        self, settings: Settings, *, clock: Clock = system_clock, lock: IO[str] | None = None,
        tray: Callable[[int], list[list[str]]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(settings, clock, tray)
        self._desk_lock = lock
        self._taps: TapRouter | None = None
        self._machines: TypingMachines | None = None
        self.keys_in_order = KeyOrder(self, super().on_event)
        self._control: ControlServer | None = None

    # The start: the first picture, then everything heavy, then the devices.

    def on_mount(self) -> None:
        """Open the book once the home screen is painted."""
        self.call_after_refresh(self._open)

    async def _open(self) -> None:
        self.tell_status()
        try:
            self.opened = await asyncio.to_thread(self._open_book)
        except Refused as refused:
            self.exit(1, 1, sentence(refused.code, refused.facts))
            return
        self.context = self.opened.context
        self.context.dialog_closed = self.dialog_closed
        self.context.tell_status = self.tell_status
        self.context.show = self.show
        self.context.worked = self.worked
        self.context.go_to = self.go_to
        self.context.begin = self.begin
        self.context.lock = self.lock
        self._listen_to_signals()
        await asyncio.to_thread(self._load_the_rest)
        self._control = self._listen_to_commands(self.opened)
        self.set_interval(_TICK_S, self.tick)
        self.tick()
        self.changed()
        self.translate_all()
        # What the start made stays for good: no collection in mid-tap has to look at it again.
        gc.freeze()
        gc.enable()
        self.on_ready_for_taps()

    def _open_book(self) -> Opened:
        from kiosk.opening import open_kiosk  # noqa: PLC0415 - 0.4 s that the first picture does not wait for
        from kiosk.tap_router import TapRouter  # noqa: PLC0415 - the same

        opened = open_kiosk(
            self.settings,
            self.clock,
            self._desk_lock,
            self._heard,
            self.answer,
            self.changed_anywhere,
        )
        self._taps = TapRouter(self, self.settings, opened.context.desk)
        if self.settings.wedge.enabled:
            from kiosk.typing_machines import TypingMachines  # noqa: PLC0415 - few sites have one

            self._machines = TypingMachines(self.settings.wedge, self._typed, self._heard)
        return opened

    def _load_the_rest(self) -> None:
        """Start the devices, and load the list of the screens while they are being opened."""
        self.devices.start()
        from kiosk import every_screen  # noqa: F401, PLC0415 - the readers are opened meanwhile

    def begin(self, key: str) -> None:
        """Begin what the letter begins at F6."""
        from kiosk.navigation import begin  # noqa: PLC0415 - see _open_book

        begin(self, key)

    def on_ready_for_taps(self) -> None:
        """Note that the first tap can be taken now; called once."""

    def _listen_to_commands(self, opened: Opened) -> ControlServer | None:
        from kiosk.carried import listen  # noqa: PLC0415 - see _open_book

        return listen(opened.context, opened.devices, self._taps) if self._taps else None

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # A loop outside the main thread, as in tests, takes no signals.
            with contextlib.suppress(ValueError, RuntimeError):
                loop.add_signal_handler(sign, self.exit, 0)

    def on_unmount(self) -> None:
        """Stop the devices and close the book, however the application ends."""
        self.keys_in_order.close()
        self.sounds.close()
        if self._control is not None:
            self._control.stop()
        if self.opened is not None:
            from kiosk.opening import close_kiosk  # noqa: PLC0415 - see _open_book

            close_kiosk(self.opened)
            self.opened = self.context = None

    # Taps, codes and devices.

    async def on_event(self, event: Event) -> None:
        """Let keys pass the machines that type, and wait for the key before, on their way in."""
        if not isinstance(event, (KeyPress, Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self.last_key_at = self.now()
        if self._machines is not None and isinstance(event, KeyPress):
            await self._machines.take(event)
        else:
            await self._typed(event)

    async def _typed(self, event: KeyPress | Paste) -> None:
        """Take what a person typed: no reader that types like one is at the post."""
        self.worked()
        await self.keys_in_order.take(event)

    async def on_key(self, event: KeyPress) -> None:
        """On the home screen, C turns the newest tap round (in or out) within its five seconds.

        D says within its seconds that what came back last is damaged. Other letters are a
        feature's own, at the open desk.
        """
        key = (event.character or "").lower()
        if not isinstance(self.screen, HomeScreen) or not self.opened:
            return
        if key not in {"c", "d"}:
            await self._letter(self.screen, event, key)
            return
        from kiosk.attendance.screens import change_last  # noqa: PLC0415 - see _open_book
        from kiosk.keys.screens_return import say_damaged  # noqa: PLC0415 - see _open_book

        event.stop()
        async with self.screen.answering():
            if key == "c":
                await change_last(self.kiosk)
            else:
                say_damaged(self.kiosk)

    async def _letter(self, home: HomeScreen, event: KeyPress, key: str) -> None:
        """Do what a feature's letter means, at the open desk."""
        mean = next((one.letters[key] for one in self.feature_screens if key in one.letters), None)
        if mean is None or self.kiosk.operator is None:
            return
        event.stop()
        async with home.answering():
            await mean(self.kiosk)

    def _heard(self, event: object) -> None:
        self.post_message(DeviceSaid(event))

    async def on_device_said(self, message: DeviceSaid) -> None:
        """Take one event from a device; the order of events is the order of records."""
        if self.opened is None or self._taps is None:
            return
        if self.devices.heard(message.event):
            self.tell_status()
            if words := self.devices.news(message.event):
                self.answer(Verdict(Tone.AMBER, words))
            return
        self.last_tap_at = time.monotonic()
        try:
            await self._taps.take(message.event)
        except Refused as refused:
            self.answer(refusal(refused))
        except Exception:  # the kiosk must outlive any bug of ours; the log has all of it
            log.exception("a tap failed")
            self.answer(broken())
