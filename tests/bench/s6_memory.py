"""S6: memory after 10 000 taps, each recorded and shown, in a process of its own.

A reader and a printer are attached, so that what they need is in memory too.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench_site import found, settings_in
from figures import Line
from s6_weighed import PEOPLE, WARM_UP

_TAPS, _QUICK = 10_000, 1500
_MOST_MB, _MOST_GROWTH_MB = 96.0, 2.0
_AS_THE_SERVICE = {**os.environ, "MALLOC_ARENA_MAX": "1"}
_WEIGHED = str(Path(__file__).with_name("s6_weighed.py"))


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S6 line."""
    from kiosk.demo.stage import Stage  # noqa: PLC0415 - no device may be in the weighed process

    taps = _QUICK if quick else _TAPS
    with Stage(folder) as stage:
        site = folder / "site"
        # Founded here: a kiosk that runs has no migration behind it.
        found(
            settings_in(site, reader=stage.reader.address, printer=stage.printer.address), PEOPLE
        ).close()
        command = [sys.executable, _WEIGHED, str(site), str(taps)]
        said = subprocess.check_output(command, text=True, env=_AS_THE_SERVICE)  # noqa: S603 - our own program
    seen = json.loads(said)
    growth = seen["end_mb"] - seen["warm_mb"]
    held = seen["end_mb"] <= _MOST_MB and growth <= _MOST_GROWTH_MB and seen["recorded"] == taps
    return [
        Line(
            "S6", f"memory after {taps} taps", f"{seen['end_mb']:.1f} MB, grown {growth:+.1f} MB",
            f"at the first tap {seen['start_mb']:.1f}, after {WARM_UP} {seen['warm_mb']:.1f} MB",
            f"<= {_MOST_MB:.0f} MB, growth <= {_MOST_GROWTH_MB:.0f} MB", held, seen,
        )
    ]  # fmt: skip
