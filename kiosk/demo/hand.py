"""The hands of the demo: they tap and press keys, and wait until the kiosk has answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Static

from kiosk.attendance import service as attendance
from kiosk.demo.play_book import newest_slip_code, slips_waiting
from kiosk.demo.tray import badge_of
from kiosk.desk.people import person_by_staff_no
from kiosk.ui.row_list import RowList

if TYPE_CHECKING:
    from kiosk.demo.app import DemoApp
    from kiosk.demo.clock import DemoClock
    from kiosk.demo.stage import Stage

_PATIENCE_S = 15.0
_LOOK_S = 0.01
_ROUNDS = 3  # a key makes a message, the message a change, the change a picture
_AFTER_QUESTION_S = 0.8
_GONE_AFTER_LOOKS = 8  # two cards must both be off the reader before the next one counts


class Stuck(RuntimeError):  # noqa: N818 - says what happened to the play
    """The kiosk did not answer in time; the message says what was waited for."""


class Hand:
    """Acts on devices and keyboard; ``pause_s`` is how long a spectator sees each answer."""

    def __init__(
        self, pilot: Pilot[object], stage: Stage, clock: DemoClock, pause_s: float
    ) -> None:
        self.app: DemoApp = pilot.app  # type: ignore[assignment] # the demo's own
        self.pilot, self.stage, self.clock, self.pause_s = pilot, stage, clock, pause_s
        [self._reader] = [reader.name for reader in self.app.settings.readers]
        self._held_at: dict[str, float] = {}

    def at(self, hour: int, minute: int) -> None:
        """Let it be this time of the day that is played, on the site's clock."""
        self.clock.now = self.clock.now.replace(hour=hour, minute=minute, second=0, microsecond=0)

    async def until(self, seen: Callable[[], object], told: str) -> None:
        """Wait until ``seen``; raise ``Stuck`` after 15 s."""
        end = time.monotonic() + _PATIENCE_S
        while not seen():
            if time.monotonic() > end:
                raise Stuck(f"{told}; in front: {self.app.screen!r}")
            await asyncio.sleep(_LOOK_S)

    async def see(self, share: float = 1.0) -> None:
        """Let the spectator look."""
        await self._take_in()
        await asyncio.sleep(self.pause_s * share)

    async def _take_in(self) -> None:
        # Not until the process is idle, as Textual's pilot waits: the reader in it never rests.
        for _round in range(_ROUNDS):
            await self.pilot.pause(0)

    async def tap(self, uid: str, *more: str, share: float = 1.0) -> None:
        """Hold one card, or several, on the reader until the kiosk has answered."""
        answers, front = self.app.answers, self.app.screen
        await self._hold(
            (uid, *more), lambda: self.app.answers > answers or self.app.screen is not front, share
        )

    async def badge_into(self, staff_no: str, taken: Callable[[], object]) -> None:
        """Tap somebody's badge into a question that answers by showing something else: ``taken``.

        ``taken`` returns what is shown; it has been taken when that has changed.
        """
        before = taken()
        await self._hold((badge_of(staff_no),), lambda: taken() != before, 0.5)

    async def sign(self, staff_no: str, pin: str) -> None:
        """Sign in the question in front: the badge, then the PIN."""
        question = self.app.screen
        await self._hold(
            (badge_of(staff_no),), lambda: not question.query_one("#staff-no").display, 0.5
        )
        await self.pin(pin)

    async def _hold(
        self, uids: Sequence[str], answered: Callable[[], object], share: float
    ) -> None:
        reader = self.stage.reader
        await self.until(self._settled, "the last question to be forgotten")
        await self.until(lambda: not self._just_held(uids), "the last tap to be forgotten")
        reader.present(*[bytes.fromhex(uid) for uid in uids])
        await self.until(answered, f"answer to {uids}")
        await self.see(share)
        reader.remove()
        self._held_at.update(dict.fromkeys(uids, time.monotonic()))
        looks = reader.looks
        gone = _GONE_AFTER_LOOKS if len(uids) > 1 else 1
        await self.until(
            lambda: reader.looks > looks + gone, "the reader to see that the card is gone"
        )

    def _settled(self) -> bool:
        """Say whether a tap counts again: right after a question it is answered 请再刷一次."""
        return self.app.now() - self.app.dialog_closed_at > _AFTER_QUESTION_S

    def _just_held(self, uids: Sequence[str]) -> bool:
        """Say whether a card would count as still held: twice in two seconds is one tap."""
        within = self.app.settings.rules.repeat_tap_s
        newest = max(self._held_at.get(uid, -within) for uid in uids)
        return time.monotonic() - newest <= within

    async def others(self, staff_nos: Iterable[str], every_s: float) -> None:
        """Let more people tap than a spectator wants to see: straight into the book."""
        kiosk = self.app.kiosk
        for staff_no in staff_nos:
            with kiosk.desk.read() as book:
                person = person_by_staff_no(book, staff_no)
            await kiosk.pen.write(attendance.tap, kiosk.desk, person, self._reader)
            self.clock.advance(seconds=every_s)
        kiosk.changed()
        await self.see()

    async def badge(self, staff_no: str, share: float = 1.0) -> None:
        """Tap somebody's badge."""
        await self.tap(badge_of(staff_no), share=share)

    async def open_desk(self, staff_no: str, pin: str) -> None:
        """Open the locked desk with somebody's badge and PIN."""
        await self.badge(staff_no)
        await self.front("AskProof")
        await self.pin(pin)
        await self.until(lambda: self.app.kiosk.operator is not None, "the desk to open")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            await self._key(key)
            await self.see(0.25)

    async def _key(self, key: str) -> None:
        if self.app.return_code is not None:
            raise Stuck(f"the kiosk has ended; {key} was to be pressed")
        character = key if len(key) == 1 else None
        self.app.post_message(Key(key, character))
        await self._take_in()
        await self.until(lambda: self.app.keys_in_order.at_rest, f"the effect of {key}")

    async def type(self, text: str) -> None:
        """Type a text and Enter."""
        for character in text:
            await self._key(character)
        await self.press("enter")

    async def pin(self, pin: str) -> None:
        """Type a PIN and wait until it was checked (0.1 s on purpose)."""
        front = self.app.screen
        await self.type(pin)
        await self.until(lambda: self.app.screen is not front, "the PIN to be taken")
        await self.see()

    async def front(self, name: str) -> None:
        """Wait until the screen of this class name is in front."""
        await self.until(lambda: type(self.app.screen).__name__ == name, f"screen {name}")
        await self.see(0.5)

    def said(self, selector: str) -> str:
        """Return the words that a part of the screen in front shows."""
        return str(self.app.screen.query_one(selector, Static).content)

    def under_cursor(self) -> str:
        """Return the first words of the row under the cursor of the list in front."""
        current = self.app.screen.query_one(RowList).current
        return current.cells[0] if current is not None else ""

    async def to_row(self, first_words: str) -> None:
        """Move the cursor down to a row of the list in front; ``Stuck`` when it has none such."""
        for _row in self.app.screen.query_one(RowList).rows:
            if self.under_cursor() == first_words:
                return
            await self.press("down")
        raise Stuck(f"{first_words} is not in the list")

    def can_choose(self) -> bool:
        """Say whether the list in front shows anything to choose."""
        return self.app.screen.query_one(RowList).current is not None

    async def home(self) -> None:
        """Press Esc until the home screen is in front."""
        for _step in range(8):
            if type(self.app.screen).__name__ == "HomeScreen":
                return
            await self.press("escape")
        raise Stuck("no way home")

    async def paper(self) -> None:
        """Wait until every slip is on paper."""
        await self.until(lambda: slips_waiting(self.app.kiosk.desk) == 0, "the printer")
        await self.see()

    async def scan(self) -> None:
        """Scan the newest visitor's slip."""
        answers = self.app.answers
        self.stage.scanner.scan(newest_slip_code(self.app.kiosk.desk))
        await self.until(lambda: self.app.answers > answers, "answer to the scan")
        await self.see()
