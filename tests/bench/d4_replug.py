"""D4: how soon an unplugged device is noticed, and works when it is plugged in again."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from bench_site import found, settings_in
from figures import Line, p50, spread

from drivers.device import connect
from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.emulators.pn532 import Pn532Emulator
from drivers.emulators.scanner import EmulatedScanner
from drivers.events import DeviceDown, DeviceUp, PrinterReady
from drivers.slip_printer import SlipPrinter
from kiosk.desk.pen import Pen
from kiosk.printing import Spooler

_CYCLES, _QUICK = 12, 4
_SEEN_S, _BACK_S, _PATIENCE_S = 3.0, 1.0, 15.0
_STEADY_S = 1.2
"""A device works this long before it is unplugged, as between two mishaps of a day."""
_AWAY_S = 0.7


class Plug(Protocol):
    """An emulated device that can be pulled and put back."""

    def unplug(self) -> None: ...

    def replug(self) -> None: ...


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return one D4 line a device; the three are pulled at the same time."""
    cycles = _QUICK if quick else _CYCLES
    runs: tuple[Callable[[Path, int], Line], ...] = (_reader, _printer, _scanner)
    with ThreadPoolExecutor(len(runs)) as threads:
        started = [threads.submit(run, folder / run.__name__, cycles) for run in runs]
        return [run.result() for run in started]


class Heard:
    """Listens to a device, and knows when it last said that it is up or down."""

    def __init__(self) -> None:
        self._is_up = False
        self._at = 0.0
        self._news = threading.Condition()

    def __call__(self, event: object) -> None:
        """Take one event."""
        if isinstance(event, (DeviceUp, PrinterReady, DeviceDown)):
            with self._news:
                self._is_up, self._at = not isinstance(event, DeviceDown), time.monotonic()
                self._news.notify_all()

    def wait(self, *, up: bool) -> float:
        """Return when the device said so. Raises ``TimeoutError``."""
        with self._news:
            if not self._news.wait_for(lambda: self._is_up is up, _PATIENCE_S):
                raise TimeoutError(f"up={up}")
            return self._at


def _cycle(name: str, plug: Plug, heard: Heard, cycles: int) -> Line:
    heard.wait(up=True)
    seen: list[float] = []
    back: list[float] = []
    for number in range(cycles):
        time.sleep(_STEADY_S + number * 0.05)  # not in step with how often the device is looked at
        pulled_at = time.monotonic()
        plug.unplug()
        seen.append(heard.wait(up=False) - pulled_at)
        time.sleep(_AWAY_S + number * 0.05)
        plug.replug()
        plugged_at = time.monotonic()
        back.append(heard.wait(up=True) - plugged_at)
    return Line(
        "D4", f"{name} unplugged and back, {cycles} times",
        f"seen p50 {p50(seen):.2f}, max {max(seen):.2f} s; back {p50(back):.2f}, {max(back):.2f} s",
        "-", f"seen <= {_SEEN_S:.0f} s, back <= {_BACK_S:.0f} s",
        max(seen) <= _SEEN_S and max(back) <= _BACK_S, spread("seen", seen) | spread("back", back),
    )  # fmt: skip


def _reader(folder: Path, cycles: int) -> Line:
    folder.mkdir()
    with Pn532Emulator(folder / "reader") as reader:
        return _supervised("reader", reader.address, reader, cycles)


def _scanner(folder: Path, cycles: int) -> Line:
    folder.mkdir()
    scanner = EmulatedScanner(folder / "scanner").start()
    try:
        return _supervised("scanner", scanner.address, scanner, cycles)
    finally:
        scanner.stop()


def _supervised(name: str, address: str, plug: Plug, cycles: int) -> Line:
    heard = Heard()
    device = connect(name, address, heard)
    device.start()
    try:
        return _cycle(name, plug, heard, cycles)
    finally:
        device.close()


def _printer(folder: Path, cycles: int) -> Line:
    printer = EscposTcpPrinter(folder / "printed").start()
    heard, pen = Heard(), Pen()
    desk = found(settings_in(folder), 1)
    spooler = Spooler(
        desk, pen, SlipPrinter("printer", printer.address), 576, heard, changed=lambda: None
    )
    spooler.start()
    try:
        return _cycle("printer", printer, heard, cycles)
    finally:
        spooler.stop()
        pen.close()
        desk.close()
        printer.stop()
