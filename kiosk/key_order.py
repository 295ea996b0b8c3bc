"""One key at a time: the next one is given on when the last has had its effect.

A key that ends a field is a message, and what it starts (a use case on the pen, the next dialog, a
new focus) is many more. Keys typed meanwhile would land in the field before; so they wait here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.app import App, ScreenStackError
from textual.events import Event
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

_PATIENCE_S = 5.0
"""Seconds after which a key goes on although the last one is not done: the gate is never locked."""

Front = tuple["Screen[Any]", "Widget | None"]


class KeyOrder:
    """Holds keys and pasted text back while the one before is at work.

    ``give`` hands one to the application; it is called within the application's own messages.
    """

    def __init__(self, app: App[Any], give: Callable[[Event], Awaitable[None]]) -> None:
        self._app, self._give = app, give
        self._held: deque[Event] = deque()
        self._at_work = False
        self._settling: asyncio.Task[None] | None = None

    @property
    def at_rest(self) -> bool:
        """True when every key so far has had its effect."""
        return not self._at_work

    async def take(self, key: Event) -> None:
        """Take one key from the terminal."""
        self._held.append(key)
        if not self._at_work:
            self._at_work = True
            await self._next()

    async def _next(self) -> None:
        try:
            await self._give(self._held.popleft())
        finally:
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Wait until the key is done; then the next one, if somebody was faster."""
        try:
            with contextlib.suppress(TimeoutError, ScreenStackError):
                await asyncio.wait_for(settled(self._app), _PATIENCE_S)
        finally:
            self._at_work = bool(self._held) and self._app.call_later(self._next)

    def close(self) -> None:
        """Wait for nothing any more: the application ends."""
        self._held.clear()
        if self._settling is not None:
            self._settling.cancel()


async def settled(app: App[Any]) -> None:
    """Return when all that a key has started is done, and what is in front has stayed the same.

    Messages are handled in order, so a note that goes the way of the key arrives after the key: to
    the focused widget, there once more behind what the key made it say, and up to the application.
    """
    before: Front | None = None
    while (front := (app.screen, app.focused)) != before:
        before = front
        for pump in _way(app, front):
            await _passed(pump)


def _way(app: App[Any], front: Front) -> Iterator[MessagePump]:
    screen, focused = front
    yield app
    if focused is not None:
        yield focused
        yield from (node for node in focused.ancestors_with_self if node not in {screen, app})
    yield screen
    yield screen
    yield app


async def _passed(pump: MessagePump) -> None:
    """Return when everything that waits at ``pump`` now is done; at once when it has ended."""
    done = asyncio.get_running_loop().create_future()

    def note() -> None:
        if not done.done():
            done.set_result(None)

    if pump.call_later(note):
        await done
