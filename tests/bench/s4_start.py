"""S4 and S5: from the start of the process to the first picture, and to the first tap."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench_site import found, settings_in
from bench_terminal import Terminal
from card_reader import TimedReader
from figures import Line, p50, pause, spread

from kiosk.desk.clock import system_clock

_STARTS, _QUICK, _COLD, _COLD_QUICK = 15, 5, 5, 2
_WARM_S, _COLD_S, _RATIO = 0.7, 1.5, 1.35
_PATIENCE_S = 30.0
_EMPTY = [sys.executable, str(Path(__file__).with_name("empty_app.py"))]
_ROOT = Path(__file__).parents[2]
_CODE = ("kiosk", "drivers", "visitors", "shift_handover")


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the lines S4 and S5."""
    with TimedReader(folder / "reader") as reader:
        found(settings_in(folder, reader=reader.address), clock=system_clock).close()
        starts = Starts(folder / "kiosk.toml", reader)
        for _turn in range(1 + (_QUICK if quick else _STARTS)):
            starts.warm()
        for _turn in range(_COLD_QUICK if quick else _COLD):
            starts.cold()
    return [starts.first_paint(), starts.first_tap()]


class Starts:
    """Starts the kiosk and the empty application in turn and keeps the times."""

    def __init__(self, config: Path, reader: TimedReader) -> None:
        # As people start it: the command of the environment, not `python -m`.
        command = Path(sys.executable).with_name("kiosk")
        self._kiosk = [str(command), "run", "--config", str(config)]
        self._reader = reader
        self._painted: list[float] = []
        self._empty: list[float] = []
        self._ready: list[float] = []
        self._cold: list[float] = []
        self._cold_painted: list[float] = []
        self._read_from_disk: list[int] = []

    def warm(self) -> None:
        """Start both once, what they need being in the page cache."""
        pause()
        with Terminal(_EMPTY) as screen:
            self._empty.append(screen.wait_visible() - screen.started_at)
        pause()
        painted, ready, _read = self._start()
        self._painted.append(painted)
        self._ready.append(ready)

    def cold(self) -> None:
        """Start the kiosk once with none of its files in the page cache."""
        drop_from_cache(_files())
        painted, ready, read = self._start()
        self._cold_painted.append(painted)
        self._cold.append(ready)
        self._read_from_disk.append(read)

    def _start(self) -> tuple[float, float, int]:
        """Return the seconds to first picture and the reader's first look, and bytes read."""
        looks = self._reader.looks
        with Terminal(self._kiosk) as screen:
            painted = screen.wait_visible() - screen.started_at
            assert self._reader.wait_looks(1, _PATIENCE_S), looks
            ready = time.monotonic() - screen.started_at
            return painted, ready, _bytes_read(screen.pid)

    def first_paint(self) -> Line:
        """Return S4; the first start of each is a warm-up."""
        ours, empty = self._painted[1:], self._empty[1:]
        ratio = p50(ours) / p50(empty)
        return Line(
            "S4", "first paint", f"p50 {p50(ours):.3f} s", f"empty app p50 {p50(empty):.3f} s",
            f"<= {_RATIO}x (is {ratio:.2f}x)", ratio <= _RATIO,
            spread("ours", ours) | spread("empty", empty),
        )  # fmt: skip

    def first_tap(self) -> Line:
        """Return S5."""
        warm, cold = p50(self._ready[1:]), p50(self._cold)
        read = min(self._read_from_disk)
        return Line(
            "S5", "ready for the first tap", f"p50 warm {warm:.3f} s, cold {cold:.3f} s",
            f"first paint {p50(self._painted[1:]):.3f} s, cold {p50(self._cold_painted):.3f} s",
            f"warm <= {_WARM_S} s, cold <= {_COLD_S} s", warm <= _WARM_S and cold <= _COLD_S,
            spread("warm", self._ready[1:]) | spread("cold", self._cold) | {"read_bytes": read},
            _told(read),
        )  # fmt: skip


def _told(read: int) -> str:
    if read < 1 << 20:
        return "this file system keeps its files cached whatever it is advised: cold is warm here"
    return f"cold: {read >> 20} MB came from the disk"


def _files() -> Iterator[Path]:
    """Yield every file of the program, of its environment and of Python's own library."""
    roots: Sequence[Path] = (
        *(_ROOT / name for name in _CODE),
        Path(sys.prefix) / "lib",
        Path(os.__file__).parent,
        Path(sys.executable).resolve(),
    )
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from (file for file in root.rglob("*") if file.is_file())


def drop_from_cache(files: Iterator[Path]) -> None:
    """Ask the kernel to forget what it has cached of ``files``."""
    for file in files:
        with contextlib.suppress(OSError), file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _bytes_read(pid: int) -> int:
    """Return how much the process has had to read from the disk."""
    for line in Path(f"/proc/{pid}/io").read_text(encoding="ascii").splitlines():
        if line.startswith("read_bytes:"):
            return int(line.split()[1])
    return 0
