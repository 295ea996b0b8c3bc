"""The pen: the one thread that writes, so the order of taps is the order of records."""

import asyncio
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

TURN_S: Final = 0.0005
"""A tap asks SQLite for many things and loses its turn at each: a thread that computes beside it
(the line to the hub, a device's) gives it back after so long, a tenth of what Python does alone."""

Args = ParamSpec("Args")
Result = TypeVar("Result")


class Pen:
    """Runs use cases one after the other, away from the screen's event loop."""

    def __init__(self) -> None:
        sys.setswitchinterval(TURN_S)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pen")
        self._asked_at = float("-inf")

    @property
    def idle_s(self) -> float:
        """Seconds since a person last wrote by it, infinite for never; a thread's work is none."""
        return time.monotonic() - self._asked_at

    async def write(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run ``use_case`` when those before it are done; return or raise what it does."""
        self._asked_at = time.monotonic()
        return await asyncio.wrap_future(self.queue(use_case, *args, **kwargs))

    def queue(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> "Future[Result]":
        """Do the same for a thread that is not the event loop's (the printer's, a device's)."""
        return self._thread.submit(use_case, *args, **kwargs)

    def bite(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Do a small piece of long work that nobody here waits for; return or raise what it does.

        Whoever asks for the pen meanwhile waits for this one bite, never for the next.
        """
        return self._thread.submit(use_case, *args, **kwargs).result()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._thread.shutdown(wait=True)
