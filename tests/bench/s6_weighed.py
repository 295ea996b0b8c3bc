"""The process that S6 weighs: `python s6_weighed.py SITE TAPS` prints what it found as JSON.

It starts as the command does and loads nothing that the command would not.
"""

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import cli, no_orm  # noqa: F401 - as the command has them, before asyncio and the rest
from kiosk.desk import settings as desk_settings

if TYPE_CHECKING:
    from kiosk.app import KioskApp

WARM_UP, PEOPLE = 500, 120
_LOOK_S = 0.0005
_PAGE = os.sysconf("SC_PAGESIZE")


def resident_mb() -> float:
    """Return how much memory this process has in the machine, shared libraries included."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * _PAGE / 1e6


async def tap_and_weigh(site: Path, taps: int) -> dict[str, float]:
    """Tap so often and return the memory at the start, after the warm-up and at the end."""
    import asyncio  # noqa: PLC0415 - after the command's own modules

    from bench_site import MovableClock, uid_of  # noqa: PLC0415 - the same
    from live_kiosk import running, until  # noqa: PLC0415 - the same

    from drivers.events import CardPresented  # noqa: PLC0415 - the same

    clock = MovableClock()
    settings = desk_settings.load(site / "kiosk.toml", {})
    seen: dict[str, float] = {}
    async with running(settings, clock) as app:
        before = app.kiosk.desk.head.seq
        seen["start_mb"] = resident_mb()
        for number in range(taps):
            if number == WARM_UP:
                seen["warm_mb"] = resident_mb()
            if number % PEOPLE == 0:
                clock.advance(minutes=6)
                app.kiosk.pen.queue(app.kiosk.desk.rest)
            uid = bytes.fromhex(uid_of(number % PEOPLE + 1))
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
    import asyncio

    found_out = asyncio.run(tap_and_weigh(Path(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(found_out))
