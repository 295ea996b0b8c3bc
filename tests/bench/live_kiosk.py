"""The whole application without a terminal, for benchmarks that speak to it from inside."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable

from bench_site import MovableClock

from kiosk.desk.clock import Clock
from kiosk.desk.settings import Settings

os.environ.setdefault("TEXTUAL_FPS", "250")  # as `kiosk run` sets it

# Textual reads its setting when it is imported.
from kiosk.app import KioskApp

__all__ = ["KioskApp", "MovableClock", "running", "until"]
_PATIENCE_S, _LOOK_S = 20.0, 0.002


@contextlib.asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[KioskApp]:
    """Run the application on 120x36 until the block is left; it is ready for taps in it."""
    app = KioskApp(settings, clock=clock)
    task = asyncio.create_task(app.run_async(headless=True, size=(120, 36)))
    await until(lambda: app.opened is not None and app._control is not None)
    try:
        yield app
    finally:
        app.exit(0)
        await task


async def until(seen: Callable[[], bool], look_s: float = _LOOK_S) -> None:
    """Wait until ``seen``. Raises ``TimeoutError``."""
    end = time.monotonic() + _PATIENCE_S
    while not seen():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(look_s)
