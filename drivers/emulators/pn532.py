"""A PN532 card reader made of bytes: a pseudo-terminal that nfcpy, libnfc or we can open.

In a test or the demo, use `Pn532Emulator`. On its own it is a process that obeys lines:

    python -m drivers.emulators.pn532 --link /tmp/nfc0
    tap 04A1B2C3D4E580

It says `ready ADDRESS` when it can be opened, and answers every line with `ok` or `error CODE`.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Self

from drivers.emulators import cards
from drivers.emulators.cards import Card
from drivers.emulators.pn532_line import Faults, Pn532Line

TAP_S: Final = 0.3
"""How long a hand holds a card on a reader."""

_BAUD_115200_BYTE_S: Final = 10 / 115200


class Pn532Emulator:
    """A reader that can be opened at `link_path`, a link that is made anew at each replugging.

    A card is a `Card`, its number as bytes, or a text as `cards.card` takes it. `faults` can be
    changed at any time and outlives replugging, as the cards in the field do.

    `last_answer_at` is the monotonic time when the last byte of the last answer that held a card
    was sent, `first_answer_at` the same for the first one since `present`; 0.0 if there was none.
    `looks` counts how often the host looked for cards.
    """

    def __init__(self, link_path: str | Path) -> None:
        self.link = Path(link_path)
        self.faults = Faults()
        self.looks = 0
        self.last_answer_at = 0.0
        self.first_answer_at = 0.0
        self._cards: tuple[Card, ...] = ()
        self._line: Pn532Line | None = None
        self._looked = threading.Condition()

    @property
    def address(self) -> str:
        """Return the address under which the kiosk finds it."""
        return f"nfc+pn532:{self.link}"

    def start(self) -> None:
        """Plug it in for the first time."""
        self.replug()

    def stop(self) -> None:
        """Pull the plug and leave nothing behind."""
        self.unplug()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def present(self, *what: Card | bytes | str) -> None:
        """Put cards into the field, beside those that are there."""
        self.first_answer_at = 0.0
        self._put(*self._cards, *(cards.card(one) for one in what))

    def remove(self) -> None:
        """Take all cards away."""
        self._put()

    def tap(self, what: Card | bytes | str, seconds: float = TAP_S) -> None:
        """Hold a card into the field for `seconds`, then take it away; returns afterwards."""
        self.present(what)
        threading.Event().wait(seconds)
        self.remove()

    def unplug(self) -> None:
        """Pull the plug: the link is gone, and so is the line."""
        line, self._line = self._line, None
        if line is not None:
            line.pull()

    def replug(self) -> None:
        """Plug in a fresh chip under the same link."""
        self.unplug()
        self._line = Pn532Line(self.link, self.faults, self._note_look)
        self._line.chip.cards = self._cards

    def send_noise(self, noise: bytes) -> None:
        """Put `noise` on the line, if it is plugged in."""
        if self._line is not None:
            self._line.send_noise(noise)

    def wait_looks(self, count: int, seconds: float) -> bool:
        """Wait until the host has looked `count` more times; False if that takes too long."""
        with self._looked:
            target = self.looks + count
            return self._looked.wait_for(lambda: self.looks >= target, seconds)

    def wait_read(self, seconds: float) -> bool:
        """Wait until the host has got a card's number since `present`; False if it takes longer."""
        with self._looked:
            return self._looked.wait_for(lambda: self.first_answer_at > 0, seconds)

    def _put(self, *there: Card) -> None:
        self._cards = there
        if self._line is not None:
            self._line.chip.cards = there

    def _note_look(self, found: bool, at: float) -> None:  # noqa: FBT001 - the line's callback
        with self._looked:
            self.looks += 1
            if found:
                self.last_answer_at = at
                self.first_answer_at = self.first_answer_at or at
            self._looked.notify_all()


class Orders:
    """Obeys lines of text; one method for each word, and its docstring is its manual."""

    def __init__(self, reader: Pn532Emulator) -> None:
        self._reader = reader
        self._words: dict[str, Callable[..., object]] = {
            "tap": self.tap,
            "put": reader.present,
            "take": reader.remove,
            "unplug": reader.unplug,
            "replug": reader.replug,
            "silent": self.silent,
            "noise": lambda noise: reader.send_noise(bytes.fromhex(noise)),
            "tear": lambda size: self._once(lambda frame: frame[: int(size)]),
            "garble": lambda: self._once(lambda frame: frame[:-2] + b"\x55\x00"),
            "slow": self.slow,
            "looks": lambda: reader.looks,
            "answered": lambda: f"{reader.first_answer_at:.6f} {reader.last_answer_at:.6f}",
        }

    def obey(self, line: str) -> str:
        """Return `ok`, `ok WHAT` or `error CODE`."""
        word, *rest = line.split()
        act = self._words.get(word)
        if act is None:
            return f"error unknown_word {word}"
        try:
            said = act(*rest)
        except (TypeError, ValueError) as error:
            return f"error bad_words {error}"
        return "ok" if said is None else f"ok {said}"

    def tap(self, uid: str, seconds: str = str(TAP_S)) -> str:
        """`tap UID [SECONDS]`: say when it went in and out (monotonic seconds)."""
        put_at = time.monotonic()
        self._reader.tap(uid, float(seconds))
        return f"{put_at:.6f} {time.monotonic():.6f}"

    def silent(self, switch: str = "on") -> None:
        """`silent on|off`: the reader stops answering, or answers again."""
        self._reader.faults.silent = switch == "on"

    def slow(self, seconds: str = str(_BAUD_115200_BYTE_S)) -> None:
        """`slow [SECONDS]`: each byte takes that long; without a number as at 115200 baud."""
        self._reader.faults.byte_s = float(seconds)

    def _once(self, change: Callable[[bytes], bytes]) -> None:
        self._reader.faults.once = change


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a reader until the end of standard input; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m drivers.emulators.pn532")
    parser.add_argument("--link", type=Path, required=True, help="where the reader can be opened")
    chosen = parser.parse_args(arguments)
    with Pn532Emulator(chosen.link.absolute()) as reader:
        orders = Orders(reader)
        _say(f"ready {reader.address}")
        for line in sys.stdin:
            if line.strip():
                _say(orders.obey(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
