"""Readers and scanners that type like a keyboard: caught before any field sees a key."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from textual.events import Key

from drivers.wedge import ENTER, Verdict, Wedge
from kiosk.desk.settings_site import Wedge as WedgeSettings

Forward = Callable[[Key], Awaitable[None]]
Hear = Callable[[object], None]


class TypingMachines:
    """Holds each key back for at most one gap, and lets a person's keys go on as they were.

    ``forward`` gives a key to the application, ``hear`` takes a card number or a code.
    """

    def __init__(self, settings: WedgeSettings, forward: Forward, hear: Hear) -> None:
        self._wedge = Wedge(settings.card_format, settings.max_gap_ms, settings.min_length)
        self._forward, self._hear = forward, hear
        self._held: deque[Key] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._waking: asyncio.Future[None] | None = None
        self._in_order = asyncio.Lock()

    async def take(self, key: Key) -> None:
        """Take one key from the terminal; keys keep their order."""
        async with self._in_order:
            await self._sort(key)

    async def _sort(self, key: Key) -> None:
        now = time.monotonic()
        if key.key == "enter":
            await self._hold(key, ENTER, now)
        elif key.is_printable and key.character:
            await self._hold(key, key.character, now)
        else:
            await self._follow(self._wedge.other(now))
            await self._forward(key)

    async def _hold(self, key: Key, character: str, now: float) -> None:
        verdict = self._wedge.key(character, now)
        if verdict.event is not None:
            self._held.clear()  # those were the machine's; this key may be a person's again
        self._held.append(key)
        await self._follow(verdict)

    async def _follow(self, verdict: Verdict) -> None:
        if verdict.event is not None:
            self._hear(verdict.event)
        for character in verdict.released:
            await self._let_go(character)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if verdict.wait_until is None:
            self._held.clear()
            return
        delay = max(0.0, verdict.wait_until - time.monotonic())
        self._timer = asyncio.get_running_loop().call_later(delay, self._wake)

    async def _let_go(self, character: str) -> None:
        """Forward the held key that stands for ``character``; keys before it were a machine's."""
        while self._held:
            key = self._held.popleft()
            if (ENTER if key.key == "enter" else key.character) == character:
                await self._forward(key)
                return

    def _wake(self) -> None:
        self._waking = asyncio.ensure_future(self._waited())

    async def _waited(self) -> None:
        async with self._in_order:
            await self._follow(self._wedge.waited(time.monotonic()))
