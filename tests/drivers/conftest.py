"""What the tests of devices share."""

import os
import threading
import time
from pathlib import Path

import pytest
from patience import PATIENCE_S

from drivers import print_proof, printer_talk
from drivers.emulators.escpos_pty import EscposPtyPrinter
from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.events import Event
from drivers.slip_printer import SlipPrinter

PRINTERS = {"tcp": EscposTcpPrinter, "serial": EscposPtyPrinter}


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

    def wait(self, kind, count=1, seconds=PATIENCE_S):
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


@pytest.fixture(params=PRINTERS)
def wire(request):
    """The kind of emulated printer: every test that asks runs on TCP and on a serial line."""
    return PRINTERS[request.param]


@pytest.fixture
def patience(monkeypatch):
    """The driver's waits, a third of their length: an emulated printer answers in a millisecond."""
    monkeypatch.setattr(printer_talk, "_SETTLE_S", 0.06)
    monkeypatch.setattr(printer_talk, "ANSWER_S", 0.3)
    monkeypatch.setattr(printer_talk, "QUARANTINE_S", 0.5)
    monkeypatch.setattr(print_proof, "_LOOK_EVERY_S", 0.5)
    monkeypatch.setattr(print_proof, "_GRACE_S", 0.3)


@pytest.fixture
def switched_on(wire, tmp_path, patience):  # noqa: ARG001 - the waits are short from the start
    """Makes printers that are switched off after the test, and drivers that let go of them."""
    made = []

    def make(**printer):
        emulated = wire(tmp_path / "slips", **printer).start()
        driver = SlipPrinter("slips", emulated.address)
        made.append((emulated, driver))
        return emulated, driver

    yield make
    for emulated, driver in made:
        driver.close()
        emulated.stop()


@pytest.fixture
def status_within():
    """Ask a printer until it says what is wanted; False when it does not in time."""

    def status_within(driver, wanted, seconds=PATIENCE_S) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if driver.status() == wanted:
                return True
            threading.Event().wait(0.02)
        return False

    return status_within
