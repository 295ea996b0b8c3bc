"""S11: a roll call of 200 people, from the key to the screen and to the printer's last byte.

The whole application runs; the printer on TCP is the process of the slip's benchmark.
"""

import asyncio
import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import s10_slip
from bench_site import GUARD, MovableClock, found, settings_in
from figures import Line, both, ms, p50, p99, spread

from kiosk.attendance import service as attendance
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

_STAFF, _PARTIES, _EACH = 120, 40, 2
_ROUNDS, _QUICK = 12, 4
_SCREEN_S, _PAPER_S = 1.0, 3.0


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the S11 line."""
    command = [sys.executable, s10_slip.__file__, str(folder / "printed")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as printer:
        assert printer.stdout
        address = printer.stdout.readline().strip()
        rounds = _QUICK if quick else _ROUNDS
        times = asyncio.run(_call(folder, printer, address, rounds))
        printer.communicate("")
    screen, paper = (list(each) for each in zip(*times, strict=True))
    return [
        Line(
            "S11", f"roll call of {_STAFF + _PARTIES * _EACH} people",
            f"on screen {both(screen)}; last byte {ms(p50(paper))}, {ms(p99(paper))}", "-",
            "screen <= 1 s, last byte <= 3 s",
            p99(screen) <= _SCREEN_S and p99(paper) <= _PAPER_S,
            spread("screen", screen) | spread("last_byte", paper),
        )
    ]  # fmt: skip


def _fill(desk: Desk, clock: MovableClock) -> None:
    """Sign the staff in, and let the visitors in."""
    with desk.read() as book:
        people = [one for one in book.all(EVERYONE) if one.staff_no != GUARD]
    for person in people:
        attendance.tap(desk, person, "reader")
    for number in range(_PARTIES):
        clock.advance(seconds=30)
        said = Details(f"王小{chr(0x4E10 + number)}", "设备维修", unit="城南供电公司", people=_EACH)
        visit = reception.walk_in(desk, GUARD, said, people[number % len(people)].staff_no)
        reception.ask(desk, GUARD, visit, How.IN_PERSON)
        reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
        reception.admit(desk, GUARD, visit)


async def _call(
    folder: Path, printer: "subprocess.Popen[str]", address: str, rounds: int
) -> list[tuple[float, float]]:
    """Hold so many roll calls; return the seconds to the screen and to the last byte of each."""
    from live_kiosk import running, until  # noqa: PLC0415 - Textual only where it is needed

    from kiosk.roll_call import service  # noqa: PLC0415 - the same
    from kiosk.roll_call.screens import print_at_once  # noqa: PLC0415 - the same
    from kiosk.roll_call.screens_roll import RollCallScreen  # noqa: PLC0415 - the same
    from kiosk.ui.row_list import RowList  # noqa: PLC0415 - the same

    clock = MovableClock()
    settings = settings_in(folder / "site", printer=address)
    made = found(settings, _STAFF, clock)
    await asyncio.to_thread(_fill, made, clock)
    made.close()
    assert printer.stdout
    times = []
    async with running(settings, clock) as app:
        await until(lambda: "up" in app.devices.states().values())
        for _slip in range(_PARTIES):
            await asyncio.to_thread(printer.stdout.readline)
        for _round in range(rounds):
            started = time.monotonic()
            await print_at_once(app.kiosk)
            screen = RollCallScreen()
            app.call_later(app.push_screen, screen)
            await until(lambda screen=screen: _is_full(screen, RowList))
            painted = asyncio.Event()
            screen.call_after_refresh(painted.set)
            await painted.wait()
            shown = time.monotonic()
            paper = json.loads(await asyncio.to_thread(printer.stdout.readline))
            times.append((shown - started, paper["last"] - started))
            clock.now += timedelta(minutes=5)
            with app.kiosk.desk.read() as book:
                running_one = book.one(service.OPEN_ROLL)
            assert running_one is not None
            app.call_later(screen.dismiss, None)
            await until(lambda screen=screen: app.screen is not screen)
            await app.kiosk.pen.write(service.end, app.kiosk.desk, GUARD, running_one.id)
    return times


def _is_full(screen: object, row_list: type) -> bool:
    found_lists = screen.query(row_list) if screen.is_mounted else []  # type: ignore[attr-defined] # Textual is loaded by then
    return any(len(one.rows) >= _PARTIES + _STAFF for one in found_lists)
