"""Runs an emulated ID-card reader as a program that obeys lines of text.

`lay NUMBER NAME [male|female] [KIND]`, `lift`, `tear`, `corrupt`, `late SECONDS`, `refuse STATUS`
(two hex digits, without one no more), `silent on|off`, `unplug`, `replug`. One line out for each:
`ok` or `error CODE`. Damage is done to the next card's content.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers import id_card_frames as frames
from drivers.emulators.id_card_reader import EmulatedIdCardReader, corrupt, torn
from drivers.emulators.id_cards import EmulatedIdCard
from drivers.id_card_text import LAYOUTS, Kind, Sex


class Orders:
    """Obeys the lines; one method or function for each word."""

    def __init__(self, reader: EmulatedIdCardReader) -> None:
        self._reader = reader
        self._words: dict[str, Callable[..., object]] = {
            "lay": self.lay,
            "lift": reader.lift,
            "tear": lambda: reader.next_answer(frames.READ, torn),
            "corrupt": lambda: reader.next_answer(frames.READ, corrupt),
            "late": self.late,
            "refuse": self.refuse,
            "silent": self.silent,
            "unplug": reader.unplug,
            "replug": reader.replug,
        }

    def obey(self, line: str) -> str:
        """Return `ok` or `error CODE`."""
        word, *rest = line.split()
        act = self._words.get(word)
        if act is None:
            return "error unknown_word"
        try:
            act(*rest)
        except (TypeError, ValueError):
            return "error bad_words"
        return "ok"

    def lay(self, number: str, name: str, sex: Sex = "male", kind: Kind = "resident") -> None:
        """Lay a card; a `kind` or `sex` that no card has is a ValueError."""
        if kind not in LAYOUTS or sex not in {"male", "female"}:
            raise ValueError(kind)
        self._reader.lay(EmulatedIdCard(number, name, sex, kind))

    def late(self, seconds: str) -> None:
        """Let every answer wait that long."""
        self._reader.late_s = float(seconds)

    def refuse(self, status: str = "") -> None:
        """Answer every read with this status instead of a card."""
        self._reader.module.refuses.clear()
        if status:
            self._reader.module.refuses[frames.READ] = int(status, 16)

    def silent(self, switch: str) -> None:
        """Stop answering, or answer again."""
        self._reader.silent = switch == "on"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a reader until the end of standard input; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m drivers.emulators.id_card_console")
    parser.add_argument("--link", type=Path, required=True, help="where the reader can be opened")
    parser.add_argument("--once", action="store_true", help="find a card only once")
    chosen = parser.parse_args(arguments)
    reader = EmulatedIdCardReader(chosen.link.absolute(), once=chosen.once).start()
    orders = Orders(reader)
    _say(f"ready {reader.address}")
    try:
        for line in sys.stdin:
            if line.strip():
                _say(orders.obey(line))
    finally:
        reader.stop()
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
