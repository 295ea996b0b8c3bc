"""What a benchmark line is, and how it is judged and printed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

PACE_S = 0.02


@dataclass(frozen=True)
class Line:
    """One figure with its budget and the yardstick measured in the same run.

    ``ratio`` is ours over the yardstick, None where the budget is an absolute one.
    """

    id: str
    what: str
    figure: str
    yardstick: str
    budget: str
    held: bool
    details: dict[str, float]


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def p50(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p99(values: list[float]) -> float:
    """Return the 99th percentile."""
    return percentile(values, 0.99)


def timed(act: Callable[[], object]) -> float:
    """Return how long ``act`` took, in seconds, after the pause between two operations."""
    time.sleep(PACE_S)
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def table(lines: list[Line]) -> str:
    """Return the lines as a table for a terminal."""
    heads = ("", "what", "measured", "yardstick", "budget", "")
    rows = [heads, *[(line.id, line.what, line.figure, line.yardstick, line.budget, "ok" if line.held else "MISSED") for line in lines]]
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def plain(line: Line) -> dict[str, object]:
    """Return the line for the results file."""
    return asdict(line)


def ms(seconds: float) -> str:
    """Return milliseconds as text."""
    return f"{seconds * 1000:.2f} ms"
