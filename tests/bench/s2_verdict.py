"""S2 and S3: from the card, and from the reader's last byte, to the verdict on the terminal."""

import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from bench_site import found, section_of, settings_in, uid_of
from bench_terminal import Terminal
from card_reader import TimedReader
from figures import Line, both, ms, p50, p99, pause, spread

from drivers.emulators.serial_line import SerialLine
from kiosk.desk.clock import system_clock

_TAPS, _QUICK, _WARM_UP, _AWAY_LOOKS = 210, 70, 10, 2
_PATIENCE_S = 10.0
_EMPTY = Path(__file__).with_name("empty_app.py")
_AS_FAST = {"TEXTUAL_FPS": "250"}
"""The empty application may paint as often as the kiosk does."""


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the lines S2 and S3, taken from the same taps."""
    taps = _QUICK if quick else _TAPS
    with TimedReader(folder / "reader") as reader:
        settings = settings_in(folder, reader=reader.address)
        # A section of their own for everybody: its name on the screen belongs to one tap only.
        found(settings, taps, system_clock, sections=taps).close()
        line = SerialLine(folder / "line")
        line.plug()
        kiosk = [sys.executable, "-m", "kiosk", "run", "--config", str(folder / "kiosk.toml")]
        with (
            Terminal(kiosk) as screen,
            Terminal([sys.executable, str(_EMPTY), str(line.path)], _AS_FAST) as empty,
        ):
            empty.wait_for("ready")
            assert reader.wait_looks(10, _PATIENCE_S)
            times = Times(Kiosk(screen, reader, settings.desk.database, taps), Empty(empty, line))
            times.take(taps)
        line.unplug()
    return times.lines()


class Kiosk:
    """``kiosk run`` with a reader, one person a tap."""

    def __init__(self, screen: Terminal, reader: TimedReader, book: Path, people: int) -> None:
        self._screen, self._reader, self._book, self._people = screen, reader, book, people

    def tap(self, number: int) -> tuple[float, float, bool]:
        """Return the seconds from the last byte and the card, and whether it was on disk then."""
        behind = self._screen.mark()
        put_at = time.monotonic()
        self._reader.put(uid_of(number))
        seen_at = self._screen.wait_for(section_of(number, self._people), behind)
        durable = self._recorded() == number
        last_byte_at = self._reader.last_byte_at()
        self._reader.remove()
        assert self._reader.wait_looks(_AWAY_LOOKS, _PATIENCE_S)
        return seen_at - last_byte_at, seen_at - put_at, durable

    def _recorded(self) -> int:
        with closing(sqlite3.connect(f"file:{self._book}?mode=ro", uri=True)) as book:
            taps = book.execute("SELECT count(*) FROM journal WHERE code LIKE 'staff.%'")
            return int(taps.fetchone()[0])


class Empty:
    """The empty application with a line."""

    def __init__(self, screen: Terminal, line: SerialLine) -> None:
        self._screen, self._line = screen, line

    def byte(self, number: int) -> float:
        """Return the seconds from a byte to the label."""
        behind = self._screen.mark()
        sent_at = time.monotonic()
        self._line.write(b"x")
        return self._screen.wait_for(f"{number:04}", behind) - sent_at


class Times:
    """The times of both, taken in turn."""

    def __init__(self, kiosk: Kiosk, empty: Empty) -> None:
        self._kiosk, self._empty = kiosk, empty
        self._from_byte: list[float] = []
        self._from_card: list[float] = []
        self._label: list[float] = []
        self._late = 0

    def take(self, taps: int) -> None:
        """Tap so often."""
        for number in range(1, taps + 1):
            pause()
            self._label.append(self._empty.byte(number))
            pause()
            from_byte, from_card, durable = self._kiosk.tap(number)
            self._from_byte.append(from_byte)
            self._from_card.append(from_card)
            self._late += not durable

    def lines(self) -> list[Line]:
        """Return S2 and S3."""
        byte, card = self._from_byte[_WARM_UP:], self._from_card[_WARM_UP:]
        label = self._label[_WARM_UP:]
        durable = f"{len(self._from_byte) - self._late}/{len(self._from_byte)} on disk by then"
        return [
            Line(
                "S2", "reader's last byte to verdict", f"{both(byte)}, {durable}",
                f"empty app, a label: {both(label)}", "p50 <= 10 ms, p99 <= 25 ms",
                p50(byte) <= 0.010 and p99(byte) <= 0.025 and not self._late,
                spread("verdict", byte) | spread("label", label) | {"not_on_disk": self._late},
            ),
            Line(
                "S3", "card in the field to verdict", both(card),
                f"of it after the last byte: p50 {ms(p50(byte))}", "p50 <= 60 ms, p99 <= 120 ms",
                p50(card) <= 0.060 and p99(card) <= 0.120, spread("verdict", card),
            ),
        ]  # fmt: skip
