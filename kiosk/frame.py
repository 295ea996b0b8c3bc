"""What stays the same round every screen: status bar, function keys, language, lock, time."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from kiosk.alarm import Alarm
from kiosk.desk.clock import Clock
from kiosk.desk.words import LANGUAGES, _, current, use
from kiosk.hours import Hours
from kiosk.hub_light import hub_lights
from kiosk.sounds import Sounds
from kiosk.status import StatusOfBook, first_status
from kiosk.ui import palette
from kiosk.ui.bars import Key, StatusBar
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.screen import LOW_ROWS, KioskScreen, UseCases
from kiosk.ui.style_caches import let_go_of_closed_widgets
from kiosk.ui.tap_area import TapArea
from kiosk.ui.verdict import SHOWN_S, Verdict

if TYPE_CHECKING:  # the home screen is painted before these are imported
    from kiosk.desk.outstanding import OpenThing
    from kiosk.desk.people import Person
    from kiosk.desk.settings import Settings
    from kiosk.devices import Devices
    from kiosk.opening import Opened
    from kiosk.ui.context import Context
    from kiosk.ui.feature_screens import FeatureScreens

log = logging.getLogger("kiosk.frame")
_LOOK_AGAIN_S = 30
_REST_AFTER_S = 2.0


let_go_of_closed_widgets()


class Frame(App[int]):
    """The frame of the application; ``KioskApp`` puts book and devices into it."""

    CSS_PATH = Path(__file__).with_name("kiosk.tcss")
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(f"f{n}", f"function({n})", show=False, priority=True)
            for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)
        ],
        Binding("f10", "change_operator", show=False, priority=True),
        Binding("f12", "change_language", show=False, priority=True),
        Binding("ctrl+q", "stop", show=False, priority=True),
        Binding("ctrl+c", "say_how_to_stop", show=False, priority=True),
    ]

    def __init__(
        self, settings: Settings, clock: Clock, tray: Callable[[int], list[list[str]]] | None
    ) -> None:
        super().__init__()
        self.settings, self.clock = settings, clock
        self.context: Context | None = None
        self.opened: Opened | None = None
        self.sounds = Sounds(self.bell, wanted=settings.desk.sounds)
        self.last_key_at = self.last_tap_at = self.dialog_closed_at = 0.0
        self.last_operator: Person | None = None
        self._tray = tray
        self.answers = 0
        self._stale = False
        self._ticks = 0
        self.hours = Hours(self.changed_anywhere)
        self.alarm = Alarm(self.sounds)
        self._status_of_book = StatusOfBook()

    def home(self) -> HomeScreen:
        """Return a new home screen."""
        return HomeScreen(self.keys, self._tray)

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the home screen: an empty one under it would be laid out and painted too."""
        return self.home()

    # What the front door and the screens know of the application.

    @property
    def kiosk(self) -> Context:
        """The working parts. Raises ``LookupError`` while the book is being opened."""
        if self.context is None:
            raise LookupError("the book is not open yet")
        return self.context

    @property
    def devices(self) -> Devices:
        """The devices. Raises ``LookupError`` while the book is being opened."""
        if self.opened is None:
            raise LookupError("the book is not open yet")
        return self.opened.devices

    @property
    def feature_screens(self) -> tuple[FeatureScreens, ...]:
        """The screens of every feature; none while the book is being opened.

        Only the list is loaded with them; each screen is at its first use (0.06 s at most).
        """
        if self.opened is None:
            return ()
        from kiosk.every_screen import FEATURE_SCREENS  # noqa: PLC0415 - see KioskApp._load_the_rest

        return FEATURE_SCREENS

    def show(self, screen: Screen[Any]) -> None:
        """Put a screen in front."""
        self.push_screen(screen)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the stylesheet the palette."""
        return palette.css_variables()

    def answer(self, verdict: Verdict) -> None:
        """Show a verdict wherever the person looks, and say it with a sound."""
        for screen in reversed(self.screen_stack):
            tap = screen.query("#tap")
            if tap:
                tap.first(TapArea).answer(verdict, SHOWN_S)
                break
        self.answers += 1
        self.sounds.say(yes=verdict.good)

    # What is open, who is there, and the time.

    def changed_anywhere(self) -> None:
        """Look again and print what is queued: the book changed, on whichever thread."""
        self.call_later(self.changed)

    def changed(self) -> None:
        """Read the book again once the screen has time; many changes are one look."""
        if self._stale or self.opened is None:
            return
        self._stale = True
        self.devices.queued()
        self.call_later(self._look_again)

    async def _look_again(self) -> None:
        self._stale = False
        if self.context is None or self.opened is None:
            return
        self.opened.notifier.queued()
        self.tell_status()
        for screen in self.screen_stack:
            if isinstance(screen, KioskScreen) and screen.alive:
                await screen.refresh_book()

    def tick(self) -> None:
        """Once a second: the hour, the idle lock, a checkpoint in a quiet moment."""
        if self.context is None:
            return
        self._ticks += 1
        if self._at_work():
            self.context.desk.worked_at = self.clock()
        self.tell_status()
        self.alarm.look(self.context, self._status_of_book.watches)
        now = time.monotonic()
        desk = self.context.desk
        if desk.entries_since_rest and now - self.last_tap_at > _REST_AFTER_S:
            self.context.pen.queue(desk.rest)
            if now - self.last_key_at > _REST_AFTER_S:
                gc.collect()  # 3 to 16 ms that delay nobody here; else they come in mid-tap
        self.hours.look(self.context)
        if self._ticks % _LOOK_AGAIN_S == 0:
            self.changed()
        if self.context.operator and now - self.last_key_at > self.settings.desk.idle_lock_s:
            self.run_worker(self.lock("idle"), exclusive=False)

    def tell_status(self) -> None:
        """Say the status and the hour on every screen."""
        for screen in self.screen_stack:
            if not isinstance(screen, UseCases) or not screen.alive:
                continue
            area = screen.query_one("#tap", TapArea)
            if not isinstance(screen, KioskScreen):
                area.look()
                continue
            status, hint = self._status()
            screen.query_one(StatusBar).tell(status)
            # Drawn large once the book is open: fonts and Pillow do not hold up the first picture.
            area.idle(status.time if self.context is not None else "", hint)
            screen.set_class(self.size.height < LOW_ROWS, "-low")

    def _status(self) -> tuple[Any, str]:
        if self.context is None:
            now = self.clock().astimezone(ZoneInfo(self.settings.site.timezone))
            return first_status(self.settings, now), _("One moment, the book is being opened.")
        lights = (*hub_lights(self.context.desk, self.context.hub_state()), *self.devices.lights())
        shown = self._status_of_book.now(self.context.desk, lights)
        if self.devices.reader_lost():
            return shown, _("The reader is lost: no card is read. Guard: F10.")
        if self._status_of_book.watch is not None:
            return shown, self._status_of_book.watch.hint
        if self.context.operator is None:
            return shown, _("Staff: tap your badge. Guard: F10 opens the desk.")
        return shown, _("Tap your badge.")

    def on_resize(self) -> None:
        """Choose between the roomy and the low layout."""
        self.tell_status()

    # Keys.

    def keys(self) -> Iterator[Key]:
        """Yield the function keys; one is shown only when its feature exists."""
        yield Key("F1", _("Help"))
        shown = [f for f in self.feature_screens if f.home is not None]
        for number in range(2, 10):
            if number == 6:  # noqa: PLR2004 - F6 is the open-things list
                yield Key("F6", _("To do"))
            for feature in shown:
                if feature.key == f"f{number}":
                    yield Key(f"F{number}", _(feature.label), _(feature.short))
        locked = self.context is None or self.context.operator is None
        yield Key(
            "F10",
            _("Open the desk") if locked else _("Lock / change"),
            _("Open") if locked else _("Lock"),
        )
        yield Key("F12", "English" if current() != "en" else "中文")

    async def action_function(self, number: int) -> None:
        """Open what the function key ``F number`` stands for."""
        from kiosk.navigation import go  # noqa: PLC0415 - see _open_book

        front = self.screen
        if isinstance(front, UseCases) and number in front.own_function_keys:
            raise SkipAction
        if self.context is not None and not go(self, number):
            raise SkipAction  # a key that leads nowhere may be the front screen's own

    async def action_change_operator(self) -> None:
        """Open the locked desk, or lock the open one so that somebody else can open it."""
        if self.context is None:
            return
        if self.context.operator is None:
            self.ask_to_open()
        else:
            await self.lock("asked")

    def ask_to_open(self, uid: str = "", then: Callable[[], None] | None = None) -> None:
        """Ask for badge and PIN, open the desk for who it is, and go on with ``then``."""
        from kiosk.navigation import ask_to_open  # noqa: PLC0415 - see _open_book

        ask_to_open(self, uid, then)

    async def lock(self, why: str) -> None:
        """Lock the desk: a home screen without names goes in front; typed text stays behind it."""
        from kiosk.navigation import lock  # noqa: PLC0415 - see _open_book

        await lock(self, why)

    def go_to(self, thing: OpenThing) -> None:
        """Open the screen that deals with ``thing``."""
        from kiosk.navigation import go_to  # noqa: PLC0415 - see _open_book

        go_to(self, thing)

    def action_change_language(self) -> None:
        """Speak the next language, at any moment; what was typed or chosen stays."""
        names = list(LANGUAGES)
        use(names[(names.index(current()) + 1) % len(names)])
        self.translate_all()
        self.tell_status()
        self.changed()

    def translate_all(self) -> None:
        """Have every screen and every open question say its words again."""
        for screen in self.screen_stack:
            if isinstance(screen, UseCases) and screen.alive:
                screen.translate()

    def action_stop(self) -> None:
        """Stop the kiosk: only an administrator may."""
        from kiosk.navigation import ask_to_stop  # noqa: PLC0415 - see _open_book

        ask_to_stop(self)

    def action_say_how_to_stop(self) -> None:
        """Say what Ctrl+C does not do: the gate is never left by accident."""
        self.answer(Verdict(Tone.INFO, _("The kiosk keeps running. Ctrl+Q stops it.")))

    def now(self) -> float:
        """Return the monotonic time that idle time and taps are measured in."""
        return time.monotonic()

    def _fatal_error(self) -> None:
        """End after a bug: the trace goes to the log; Textual would print every local value."""
        log.critical("the screen ended", exc_info=self._exception)
        self._exit_renderables.append(
            _("Something went wrong and the kiosk ended. Nothing half done was saved; see the log.")
        )
        self._close_messages_no_wait()

    def worked(self) -> None:
        """Note that somebody works here, by a key or with taps alone: the desk does not lock."""
        self.last_key_at = self.now()
        if self.context is None:
            return
        self.context.desk.worked_at = self.clock()
        if any(watch.asks for watch in self._status_of_book.watches):
            self.call_later(self._look_at_what_runs)

    def _look_at_what_runs(self) -> None:
        """Have a key's answer recorded at once, not at the next second."""
        if self.context is not None:
            self.tell_status()
            self.alarm.look(self.context, self._status_of_book.watches)

    def _at_work(self) -> bool:
        """Say whether the screen in front, or under its question, shows that somebody works."""
        pages = (one for one in reversed(self.screen_stack) if isinstance(one, KioskScreen))
        return next((page.is_work for page in pages), False)

    def dialog_closed(self) -> None:
        """Note that a question has just gone: a badge meant for it may still be on its way."""
        self.dialog_closed_at = self.now()
