"""S6: memory after 10 000 taps, each recorded and shown, in a process of its own.

A reader and a printer are attached, so that what they need is in memory too. As a program:
`python s6_memory.py SITE TAPS` prints what it found as JSON.
"""

import asyncio
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench_site import MovableClock, found, settings_in, uid_of
from figures import Line

from kiosk.desk import settings as desk_settings

if TYPE_CHECKING:
    from kiosk.app import KioskApp

_TAPS, _QUICK, _WARM_UP, _PEOPLE = 10_000, 1500, 500, 120
_MOST_MB, _MOST_GROWTH_MB = 96.0, 2.0
_LOOK_S = 0.0005
_AS_THE_SERVICE = {**os.environ, "MALLOC_ARENA_MAX": "1"}
_PAGE = os.sysconf("SC_PAGESIZE")


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S6 line."""
    from kiosk.demo.stage import Stage  # noqa: PLC0415 - no device may be in the weighed process

    taps = _QUICK if quick else _TAPS
    with Stage(folder) as stage:
        site = folder / "site"
        # Founded here: a kiosk that runs has no migration behind it.
        found(
            settings_in(site, reader=stage.reader.address, printer=stage.printer.address), _PEOPLE
        ).close()
        command = [sys.executable, __file__, str(site), str(taps)]
        said = subprocess.check_output(command, text=True, env=_AS_THE_SERVICE)  # noqa: S603 - our own program
    seen = json.loads(said)
    growth = seen["end_mb"] - seen["warm_mb"]
    held = seen["end_mb"] <= _MOST_MB and growth <= _MOST_GROWTH_MB and seen["recorded"] == taps
    return [
        Line(
            "S6", f"memory after {taps} taps", f"{seen['end_mb']:.1f} MB, grown {growth:+.1f} MB",
            f"at the first tap {seen['start_mb']:.1f}, after {_WARM_UP} {seen['warm_mb']:.1f} MB",
            f"<= {_MOST_MB:.0f} MB, growth <= {_MOST_GROWTH_MB:.0f} MB", held, seen,
        )
    ]  # fmt: skip


def resident_mb() -> float:
    """Return how much memory this process has in the machine, shared libraries included."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * _PAGE / 1e6


async def tap_and_weigh(site: Path, taps: int) -> dict[str, float]:
    """Tap so often and return the memory at the start, after the warm-up and at the end."""
    from live_kiosk import running, until  # noqa: PLC0415 - Textual only in its own process

    from drivers.events import CardPresented  # noqa: PLC0415 - the same

    clock = MovableClock()
    settings = desk_settings.load(site / "kiosk.toml", {})
    seen: dict[str, float] = {}
    async with running(settings, clock) as app:
        before = app.kiosk.desk.head.seq
        seen["start_mb"] = resident_mb()
        for number in range(taps):
            if number == _WARM_UP:
                seen["warm_mb"] = resident_mb()
            if number % _PEOPLE == 0:
                clock.advance(minutes=6)
                app.kiosk.pen.queue(app.kiosk.desk.rest)
            uid = bytes.fromhex(uid_of(number % _PEOPLE + 1))
            answered = partial(_more_answers, app, app.answers)
            app._heard(CardPresented("reader", uid, "type2", "name", at=number * 3.0))
            await until(answered, _LOOK_S)
        await asyncio.sleep(0.5)
        seen["end_mb"] = resident_mb()
        seen["recorded"] = app.kiosk.desk.head.seq - before
    return seen


def _more_answers(app: "KioskApp", than: int) -> bool:
    return app.answers > than


if __name__ == "__main__":
    found_out = asyncio.run(tap_and_weigh(Path(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(found_out))
