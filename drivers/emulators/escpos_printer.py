"""An emulated slip printer with a cable: the part that is the same on every wire.

One thread reads the wire into the firmware and sends the answers when they are due.
"""

from __future__ import annotations

import heapq
import os
import select
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from drivers.emulators.escpos_core import PrinterCore
from drivers.emulators.escpos_paper import OnPrinted, PaperRoll

_READ_AT_MOST: Final = 4096
_LOOK_AGAIN_S: Final = 0.05
WIDTH_80_MM: Final = 576


class HostSide(ABC):
    """Where the host's cable goes in."""

    address: str = ""

    @abstractmethod
    def plug(self) -> None:
        """Make the socket or the line that a host can open, under the same address as before."""

    @abstractmethod
    def unplug(self) -> None:
        """Take it away, whatever state it is in."""

    @abstractmethod
    def fileno(self) -> int:
        """Return the descriptor to wait on for the host's next byte."""

    @abstractmethod
    def read(self, at_most: int) -> bytes:
        """Return what the host sent; b"" when it only came or went."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Send `data` to the host; lost when nobody is there."""


@dataclass
class Hindrance:
    """What makes the printer slow, late or dead; nothing does, at first.

    `late_s` delays answers to DLE EOT, `proof_late_s` those in print order; `bytes_per_s` is how
    fast it reads; after `power_off_after` more bytes it loses power.
    """

    late_s: float = 0.0
    proof_late_s: float = 0.0
    bytes_per_s: int | None = None
    power_off_after: int | None = None


class EscposPrinter:
    """An ESC/POS printer of bytes only, whose slips become PNG files in `folder`.

    `core` is its firmware: what it was told, what is wrong with it. `hindrance` is what makes it
    slow. `width` is the paper's in dots, `knows_marks` GS ( H, `knows_paper_question` GS r,
    `buffer_bytes` what it takes while it cannot print. `on_printed` is called with each picture,
    on the printer's thread.
    """

    def __init__(
        self,
        side: HostSide,
        folder: Path,
        *,
        width: int = WIDTH_80_MM,
        knows_marks: bool = True,
        knows_paper_question: bool = True,
        has_cutter: bool = True,
        buffer_bytes: int = 65536,
        on_printed: OnPrinted | None = None,
    ) -> None:
        self.hindrance = Hindrance()
        self.core = PrinterCore(
            PaperRoll(width, folder, on_printed),
            knows_marks=knows_marks,
            knows_paper_question=knows_paper_question,
            has_cutter=has_cutter,
            buffer_bytes=buffer_bytes,
            send=lambda data: self._answer(data, self.hindrance.proof_late_s),
            send_status=lambda data: self._answer(data, self.hindrance.late_s),
        )
        self._side = side
        self._thread: threading.Thread | None = None
        self._off = threading.Event()
        self._wake: tuple[int, int] | None = None
        self._changed = threading.Condition(self.core.lock)
        self._due: list[tuple[float, int, bytes]] = []
        self._answers = 0
        self._read_again_at = 0.0

    @property
    def address(self) -> str:
        """The address by which the driver finds it; the same after `replug`."""
        return self._side.address

    @property
    def pictures(self) -> list[Path]:
        """The slips that were printed and cut, in order."""
        with self.core.lock:
            return list(self.core.paper.printed)

    @property
    def first_byte_at(self) -> float:
        """When the newest slip began to arrive, in `time.monotonic()` seconds."""
        return self.core.first_byte_at

    @property
    def last_byte_at(self) -> float:
        """When the last byte of the newest slip was there, in `time.monotonic()` seconds."""
        return self.core.last_byte_at

    def start(self) -> Self:
        """Switch it on and plug it in; return itself."""
        self._halt()
        self._off.clear()
        self._wake = os.pipe()
        self._side.plug()
        self._thread = threading.Thread(target=self._run, name="emulated printer", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Switch it off for good: what it had received and not printed is lost."""
        self._halt()

    def unplug(self) -> None:
        """Take power and cable away, as at any moment."""
        self._halt()

    def replug(self) -> None:
        """Give power and cable back, under the same address."""
        self.start()

    def state(self, **changes: bool) -> None:
        """Set what is wrong with it, by the names of `Condition`; go on when it is put right.

        Raises:
            ValueError: there is no such condition.

        """
        with self.core.lock:
            self.core.condition.change(changes)
            self.core.work()
            self._changed.notify_all()
        self._poke()

    def wait_until(self, done: Callable[[], bool], within_s: float) -> bool:
        """Wait until `done()` is true after something arrived; False when it is not in time."""
        with self._changed:
            return self._changed.wait_for(done, within_s)

    def _run(self) -> None:
        try:
            while not self._off.is_set():
                self._wait()
                self._send_what_is_due()
        finally:
            self._lose_power()

    def _wait(self) -> None:
        wake = self._wake[0] if self._wake else -1
        pause = self._read_again_at - time.monotonic()
        reads = pause <= 0 and self.core.room() > 0
        watched = [wake, self._side.fileno()] if reads else [wake]
        ready, _, _ = select.select(watched, [], [], self._wait_s(pause))
        if wake in ready:
            os.read(wake, _READ_AT_MOST)
        if len(ready) > (wake in ready):
            self._take(self._side.read(min(self._portion(), self.core.room())))

    def _wait_s(self, pause: float) -> float | None:
        waits = [pause] if pause > 0 else []
        if self._due:
            waits.append(max(0.0, self._due[0][0] - time.monotonic()))
        return min(waits) if waits else None

    def _portion(self) -> int:
        rate, left = self.hindrance.bytes_per_s, self.hindrance.power_off_after
        portion = _READ_AT_MOST if rate is None else max(1, int(rate * _LOOK_AGAIN_S))
        return portion if left is None else max(1, min(portion, left))

    def _take(self, data: bytes) -> None:
        if self.hindrance.bytes_per_s is not None:
            self._read_again_at = time.monotonic() + len(data) / self.hindrance.bytes_per_s
        with self._changed:
            if data:
                self.core.receive(data)
            self._count_down(len(data))
            self._changed.notify_all()

    def _count_down(self, taken: int) -> None:
        left = self.hindrance.power_off_after
        if left is None:
            return
        self.hindrance.power_off_after = left - taken
        if left - taken <= 0:
            self.hindrance.power_off_after = None
            self._off.set()

    def _answer(self, data: bytes, late_s: float) -> None:
        if late_s <= 0 and not self._due:
            self._side.write(data)
            return
        self._answers += 1
        heapq.heappush(self._due, (time.monotonic() + late_s, self._answers, data))
        self._poke()

    def _send_what_is_due(self) -> None:
        with self.core.lock:
            while self._due and self._due[0][0] <= time.monotonic():
                self._side.write(heapq.heappop(self._due)[2])

    def _poke(self) -> None:
        with self.core.lock:
            if self._wake is not None:
                os.write(self._wake[1], b"!")

    def _halt(self) -> None:
        thread, self._thread = self._thread, None
        self._off.set()
        self._poke()
        if thread is not None:
            thread.join()

    def _lose_power(self) -> None:
        with self._changed:
            self._side.unplug()
            self.core.forget()
            self.core.paper.tear()
            self._due.clear()
            if self._wake is not None:
                for end in self._wake:
                    os.close(end)
            self._wake = None
            self._changed.notify_all()
