"""S10: from "admit" to the first and last byte of the slip at a printer on TCP.

The whole application runs; the printer is a process of its own. As a program:
`python s10_slip.py PRINTED` is that printer: it says its address, then a line of JSON a slip.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

from bench_site import GUARD, MovableClock, found, settings_in
from figures import PACE_S, Line, both, ms, p50, p99, spread

_SLIPS, _QUICK, _WARM_UP = 60, 20, 3
_FIRST_S, _LAST_S = 0.060, 0.150


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S10 line."""
    command = [sys.executable, __file__, str(folder / "printed")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as printer:
        assert printer.stdout
        address = printer.stdout.readline().strip()
        slips = asyncio.run(admit(folder, printer, address, _QUICK if quick else _SLIPS))
        printer.communicate("")
    first, last, durable = (list(times)[_WARM_UP:] for times in zip(*slips, strict=True))
    return [
        Line(
            "S10", "slip from admit to the printer",
            f"first byte {both(first)}; last {ms(p50(last))}, {ms(p99(last))}",
            f"of it admitted on disk: p50 {ms(p50(durable))}",
            "first byte p99 <= 60 ms, last p99 <= 150 ms",
            p99(first) <= _FIRST_S and p99(last) <= _LAST_S,
            spread("first_byte", first) | spread("last_byte", last) | spread("on_disk", durable),
        )
    ]  # fmt: skip


async def admit(
    folder: Path, printer: "subprocess.Popen[str]", address: str, slips: int
) -> list[tuple[float, float, float]]:
    """Admit so many visitors; return the seconds to first byte, last byte, and to the disk."""
    from live_kiosk import running, until  # noqa: PLC0415 - Textual only where it is needed

    from kiosk.ui.screen import KioskScreen  # noqa: PLC0415 - the same
    from visitors import reception  # noqa: PLC0415 - the same
    from visitors.models import Answer, How  # noqa: PLC0415 - the same
    from visitors.rules import Details  # noqa: PLC0415 - the same

    clock = MovableClock()
    settings = settings_in(folder / "site", printer=address)
    found(settings, 20, clock).close()
    times = []
    async with running(settings, clock) as app:
        await until(lambda: "up" in app.devices.states().values())
        front = app.screen
        assert isinstance(front, KioskScreen)
        write, desk = app.kiosk.pen.write, app.kiosk.desk
        for number in range(slips):
            clock.advance(minutes=1)
            said = Details(f"王小{chr(0x4E10 + number)}", "设备维修", unit="城南供电公司", people=2)
            visit = await write(reception.walk_in, desk, GUARD, said, "0002")
            await write(reception.ask, desk, GUARD, visit, How.IN_PERSON)
            await write(reception.answer, desk, GUARD, visit, Answer.YES, How.IN_PERSON)
            app.kiosk.changed()
            await asyncio.sleep(0.1 + PACE_S)
            started = time.monotonic()
            await front.act(reception.admit, desk, GUARD, visit)
            durable = time.monotonic()
            assert printer.stdout
            slip = json.loads(await asyncio.to_thread(printer.stdout.readline))
            times.append((slip["first"] - started, slip["last"] - started, durable - started))
    return times


def print_slips(folder: Path) -> None:
    """Be the printer until standard input ends."""
    from drivers.emulators.escpos_tcp import EscposTcpPrinter  # noqa: PLC0415 - only the printer's

    def say(*_slip: object) -> None:
        times = {"first": printer.first_byte_at, "last": printer.last_byte_at}
        sys.stdout.write(json.dumps(times) + "\n")
        sys.stdout.flush()

    printer = EscposTcpPrinter(folder, on_printed=say)
    printer.start()
    sys.stdout.write(printer.address + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    printer.stop()


if __name__ == "__main__":
    print_slips(Path(sys.argv[1]))
