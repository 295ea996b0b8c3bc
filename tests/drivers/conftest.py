"""What the tests of devices share."""

import os
import threading
from pathlib import Path

import pytest

from drivers.events import Event


class Heard:
    """A listener that keeps what it hears, and can be waited on."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def of(self, kind):
        with self._more:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind, count=1, seconds=3.0):
        """Return the `count`-th event of `kind`; fail when it does not come in time."""
        with self._more:
            came = self._more.wait_for(lambda: len(self._kinds(kind)) >= count, seconds)
            assert came, f"no {kind.__name__} number {count} in {seconds} s: {self.events}"
            return self._kinds(kind)[count - 1]

    def stays_quiet(self, seconds):
        """Say whether nothing at all is heard for `seconds`."""
        with self._more:
            before = len(self.events)
            return not self._more.wait_for(lambda: len(self.events) > before, seconds)

    def _kinds(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def open_files():
    """Count the process's open descriptors."""
    return lambda: len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count, not paths


@pytest.fixture
def link(tmp_path) -> Path:
    return tmp_path / "nfc0"
