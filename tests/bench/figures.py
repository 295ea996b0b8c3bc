"""What a benchmark line is, and how it is judged and printed."""

import statistics
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PACE_S = 0.02
"""The pause between two operations: a kiosk is never driven without a pause by one person."""


@dataclass(frozen=True)
class Line:
    """One figure with its budget and the yardstick measured in the same run.

    ``details`` are the numbers behind it, in seconds unless the name says otherwise, and ``note``
    what a reader of the figure must know.
    """

    id: str
    what: str
    figure: str
    yardstick: str
    budget: str
    held: bool
    details: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def p50(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return percentile(values, 0.99)


def pause() -> None:
    """Wait as long as between two operations."""
    time.sleep(PACE_S)


def timed(act: Callable[[], object]) -> float:
    """Return how long ``act`` took, in seconds, after the pause between two operations."""
    pause()
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def both(values: Sequence[float]) -> str:
    """Return median and 99th percentile as text."""
    return f"p50 {ms(p50(values))}, p99 {ms(p99(values))}"


def ms(seconds: float) -> str:
    """Return milliseconds as text."""
    return f"{seconds * 1000:.{2 if seconds < 0.1 else 0}f} ms"


def spread(name: str, values: Sequence[float]) -> dict[str, float]:
    """Return the figures of ``values`` for the results file."""
    return {
        f"{name}_n": len(values), f"{name}_p50": p50(values), f"{name}_p99": p99(values),
        f"{name}_max": max(values), f"{name}_min": min(values),
    }  # fmt: skip


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table for a terminal, the notes below."""
    heads = ("", "what", "measured", "yardstick", "budget", "")
    rows = [heads, *[_row(line) for line in lines]]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(heads))]
    shown = ["  ".join(_filled(*cell) for cell in zip(row, widths, strict=True)) for row in rows]
    notes = [f"{line.id}: {line.note}" for line in lines if line.note]
    return "\n".join(line.rstrip() for line in [*shown, *notes])


def _row(line: Line) -> tuple[str, ...]:
    verdict = "ok" if line.held else "MISSED"
    return (line.id, line.what, line.figure, line.yardstick, line.budget, verdict)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
