"""An emulated ID-card reader on a pseudo-terminal, for the demo and the tests.

Like the makers' module it reads a card only after find and select, one time for each.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self

from drivers import id_card_frames as frames
from drivers.emulators.id_cards import EmulatedIdCard
from drivers.emulators.serial_line import SerialLine
from drivers.id_card_frames import Frames

_AT_MOST: Final = 4096
_MODULE: Final = bytes(range(16))
_SPEEDS: Final = 5

Mangle = Callable[[bytes], bytes]
"""Takes an answer that is about to be sent, and returns what goes over the line instead."""


def torn(answer: bytes) -> bytes:
    """Return the first half of an answer."""
    return answer[: len(answer) // 2]


def corrupt(answer: bytes) -> bytes:
    """Return an answer with one wrong byte, so that its sum does not fit."""
    at = len(answer) - 2
    return answer[:at] + bytes((answer[at] ^ 0xFF,)) + answer[at + 1 :]


class IdCardModule:
    """What the reader's module does; it knows nothing of lines.

    `refuses` maps an order to the status that it answers with, instead of obeying. `once`: a card
    that was read is found again only when it was lifted and laid anew, as some modules have it.
    """

    def __init__(self, *, once: bool = False) -> None:
        self.card: EmulatedIdCard | None = None
        self.once = once
        self.refuses: dict[bytes, int] = {}
        self._stage = ""
        self._was_read = False
        self._obeys: Mapping[bytes, Callable[[], bytes]] = {
            frames.FIND: self._find, frames.SELECT: self._select,
            frames.READ: self._read, frames.READ_WITH_FINGERPRINT: self._read_all,
            frames.NEWEST_ADDRESS: lambda: frames.answer(frames.NO_CONTENT),
            frames.STATE: lambda: frames.answer(frames.DONE),
            frames.RESET: self._reset,
            frames.MODULE_NUMBER: lambda: frames.answer(frames.DONE, _MODULE),
        }  # fmt: skip

    def lay(self, card: EmulatedIdCard | None) -> None:
        """Lay a card on the reader, or lift it (None)."""
        self.card, self._stage, self._was_read = card, "", False

    def obey(self, order: bytes) -> bytes:
        """Return the answer to an order."""
        if order in self.refuses:
            return frames.answer(self.refuses[order])
        if order[:1] == frames.SPEED and len(order) == len(frames.FIND) and order[1] < _SPEEDS:
            return frames.answer(frames.DONE)
        act = self._obeys.get(order)
        return act() if act is not None else frames.answer(frames.UNKNOWN_COMMAND)

    def _reset(self) -> bytes:
        self._stage = ""
        return frames.answer(frames.DONE)

    def _find(self) -> bytes:
        there = self.card is not None and not (self.once and self._was_read)
        self._stage = "found" if there else ""
        return frames.answer(frames.FOUND, bytes(4)) if there else frames.answer(frames.NO_CARD)

    def _select(self) -> bytes:
        if self._stage != "found" or self.card is None:
            return frames.answer(frames.NOT_SELECTED)
        self._stage = "selected"
        return frames.answer(frames.DONE, bytes(8))

    def _read(self) -> bytes:
        return self._content(fingerprint=False)

    def _read_all(self) -> bytes:
        return self._content(fingerprint=True)

    def _content(self, *, fingerprint: bool) -> bytes:
        if self._stage != "selected" or self.card is None:
            return frames.answer(frames.NOT_READ)
        self._stage, self._was_read = "", True
        parts = [self.card.text, self.card.photo]
        parts += [self.card.fingerprint] if fingerprint else []
        header = b"".join(len(part).to_bytes(2, "big") for part in parts)
        return frames.answer(frames.DONE, header + b"".join(parts))


class EmulatedIdCardReader:
    """A reader behind the serial line named `link`.

    `orders` counts what it was asked. `late_s` is how long every answer waits before it is sent.
    """

    def __init__(self, link: Path, *, once: bool = False) -> None:
        self.address = f"idcard+serial:{link}"
        self.link = link
        self.module = IdCardModule(once=once)
        self.late_s = 0.0
        self.silent = False
        self.orders: dict[bytes, int] = {}
        self._once: list[tuple[bytes, Mangle]] = []
        self._line = SerialLine(link)
        self._gone = threading.Event()
        self._thread: threading.Thread | None = None
        self._wake_read = self._wake_write = -1

    def start(self) -> Self:
        """Plug it in; return itself."""
        self.replug()
        return self

    def stop(self) -> None:
        """Take it away for good."""
        self.unplug()

    def unplug(self) -> None:
        """Pull its plug: who has the line open gets errors from now on."""
        if self._thread is None:
            return
        self._gone.set()
        os.write(self._wake_write, b"x")
        self._thread.join()
        self._thread = None
        self._line.unplug()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def replug(self) -> None:
        """Plug it in again under the same name."""
        self.unplug()
        self._gone.clear()
        self._wake_read, self._wake_write = os.pipe()
        self._line.plug()
        self._thread = threading.Thread(target=self._serve, name="ID cards", daemon=True)
        self._thread.start()

    def lay(self, card: EmulatedIdCard) -> None:
        """Lay a card on it."""
        self.module.lay(card)

    def lift(self) -> None:
        """Take the card away."""
        self.module.lay(None)

    def next_answer(self, order: bytes, mangle: Mangle) -> None:
        """Do `mangle` (`torn`, `corrupt`, ...) to the next answer to `order`; several add up."""
        self._once.append((order, mangle))

    def send(self, data: bytes) -> None:
        """Send `data` as it is, such as another device's frame."""
        self._line.write(data)

    def _serve(self) -> None:
        asked = Frames()
        while not self._gone.is_set():
            device = self._line.fileno()
            ready, _, _ = select.select([device, self._wake_read], [], [])
            if device in ready:
                for order in asked.feed(self._line.read(_AT_MOST)):
                    self._answer(order)

    def _answer(self, order: bytes) -> None:
        self.orders[order] = self.orders.get(order, 0) + 1
        sent = self._mangled(order, self.module.obey(order))
        if self.late_s and self._gone.wait(self.late_s):
            return
        if not self.silent:
            self._line.write(sent)

    def _mangled(self, order: bytes, sent: bytes) -> bytes:
        for at, (meant, mangle) in enumerate(self._once):
            if meant == order:
                del self._once[at]
                return mangle(sent)
        return sent
