"""Measures what the kiosk promises: `make bench`, or `run.py --only S2,S4 --quick`.

Each figure stands beside its yardstick of the same run. A missed budget is marked MISSED and ends
nothing; the exit status is 1 only when a benchmark itself breaks. The table's numbers go to
`bench/results.json` too.
"""

import argparse
import compileall
import importlib
import json
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from figures import Line, table

_MODULES = {
    "S1": "s1_tap", "S2": "s2_verdict", "S3": "s2_verdict", "S4": "s4_start", "S5": "s4_start",
    "S6": "s6_memory", "S7": "s7_rush", "S8": "s8_growth", "S9": "s9_search", "S10": "s10_slip",
    "S11": "s11_roll_call", "D3": "d3_power", "D4": "d4_replug", "K1": "k1_loan",
    "K2": "k2_lists", "R1": "r1_reports", "R2": "r1_reports", "H1": "h1_handover",
    "H2": "h1_handover", "W1": "w1_whereabouts", "A1": "a1_month", "N1": "hub_lines",
    "N2": "hub_lines", "N3": "hub_lines", "N4": "hub_lines", "N5": "n5_keys",
    "N6": "hub_lines", "N7": "n7_site",
}  # fmt: skip
_TOGETHER = ("s6_memory", "d4_replug")
"""These two are measured side by side: one is weighed, the other timed in whole seconds."""
_ROOT = Path(__file__).parents[2]
_RESULTS = _ROOT / "bench" / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep; return 0, or 1 when a benchmark broke."""
    options = _parser().parse_args(arguments)
    ids = options.only.upper().split(",") if options.only else list(_MODULES)
    if unknown := [one for one in ids if one not in _MODULES]:
        _parser().error(f"no such line: {', '.join(unknown)}; there are {', '.join(_MODULES)}")
    for package in ("kiosk", "drivers", "visitors", "shift_handover"):
        compileall.compile_dir(_ROOT / package, quiet=1)  # as `make setup` leaves it
    started = time.monotonic()
    lines: list[Line] = []
    broken = 0
    for group in _groups(list(dict.fromkeys(_MODULES[one] for one in ids))):
        for measured in _measured(group, quick=options.quick):
            broken += measured is None
            lines += measured or ()
    shown = [line for line in lines if line.id in ids]
    took = time.monotonic() - started
    print(table(sorted(shown, key=lambda line: list(_MODULES).index(line.id))))  # noqa: T201 - the program's answer
    print(f"took {took:.0f} s")  # noqa: T201 - the same
    _keep(shown, took)
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", default="", help="lines to measure, such as S2,S4")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    return parser


def _groups(modules: list[str]) -> Iterator[list[str]]:
    """Yield the modules to be measured one after the other, those of `_TOGETHER` as one."""
    beside = [name for name in modules if name in _TOGETHER]
    yield from ([name] for name in modules if name not in _TOGETHER)
    if beside:
        yield beside


def _measured(modules: list[str], *, quick: bool) -> list[list[Line] | None]:
    with ThreadPoolExecutor(len(modules)) as threads:
        return list(threads.map(lambda name: _one(name, quick=quick), modules))


def _one(module: str, *, quick: bool) -> list[Line] | None:
    """Return what a benchmark measured, None when it broke."""
    print(f"measuring {module} ...", file=sys.stderr, flush=True)  # noqa: T201 - minutes pass
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
            lines: list[Line] = importlib.import_module(module).measure(Path(folder), quick=quick)
            return lines
    except Exception:  # noqa: BLE001 - the other benchmarks are measured all the same
        traceback.print_exc()
        return None


def _keep(lines: list[Line], took: float) -> None:
    _RESULTS.parent.mkdir(exist_ok=True)
    machine = {
        "python": platform.python_version(), "system": platform.platform(),
        "processors": os.cpu_count(), "load": os.getloadavg(), "took_s": round(took, 1),
    }  # fmt: skip
    kept = {"machine": machine, "lines": [asdict(line) for line in lines]}
    _RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
