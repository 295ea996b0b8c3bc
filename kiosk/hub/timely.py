"""A psycopg connection whose every statement has a deadline of this side.

The hub's own time limits are no help when the hub is what stands still, and a keepalive is answered
by the kernel of a machine whose PostgreSQL is frozen.
"""

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

from kiosk.hub.troubles import HubGone

Result = TypeVar("Result")

_LOOK_S = 0.1  # how often a wait looks at the deadline


class TimelyConnection(psycopg.Connection[Any]):
    """``longest_s`` seconds after it began to wait for an answer it is closed: ``HubGone``."""

    longest_s: float = 60.0

    def wait(
        self, gen: PQGen[Result], interval: float = _LOOK_S, timeout: float | None = None
    ) -> Result:
        """Wait for the hub as psycopg does, and no longer than the deadline."""
        limit = time.monotonic() + self.longest_s
        try:
            return super().wait(_until(gen, limit), interval, timeout)
        except TimeoutError as error:
            self.pgconn.finish()
            raise HubGone("hub.frozen") from error


def _until(gen: PQGen[Result], limit: float) -> PQGen[Result]:
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if time.monotonic() > limit:
                raise TimeoutError
            wanted = gen.send(ready)
    except StopIteration as done:
        result: Result = done.value
        return result
