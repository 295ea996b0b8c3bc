"""H1, H2: the handover of a gate with 200 open things, and its signed sheet at a printer on TCP.

H1 is the freeze: every open thing of every feature read, made a record, sealed and on the disk.
H2 goes from the second signature to the last byte of the sheet; the whole application runs, the
printer is the process of S10.
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
from figures import Line, both, percentile, spread

from kiosk import features
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Person, Role, person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.messages import service as messages
from kiosk.messages.rules import Said as Called
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from shift_handover import matters, service
from shift_handover.instructions import service as instructions
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import Said
from shift_handover.matters import Entrusting
from shift_handover.models import Found, GiverKind, Mark
from shift_handover.rules import ITEMS, Finding, Report
from shift_handover.safety import service as safety
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

_THINGS, _ROUNDS, _QUICK = 200, 12, 4
_FREEZE_S, _SHEET_S = 0.5, 1.0
_SECOND, _LEADER = "0001", "0002"


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the lines H1 and H2."""
    command = [sys.executable, s10_slip.__file__, str(folder / "printed")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as printer:
        assert printer.stdout
        address = printer.stdout.readline().strip()
        rounds = _QUICK if quick else _ROUNDS
        frozen, printed, things = asyncio.run(relieved(folder, printer, address, rounds))
        printer.communicate("")
    return [
        Line(
            "H1", f"handover of {things} open things frozen", both(frozen), "-",
            "p99 <= 0.5 s", percentile(frozen, 0.99) <= _FREEZE_S and things >= _THINGS,
            spread("frozen", frozen),
        ),
        Line(
            "H2", "its sheet from the second signature to the printer's last byte",
            both(printed), "-", "p99 <= 1 s", percentile(printed, 0.99) <= _SHEET_S,
            spread("printed", printed),
        ),
    ]  # fmt: skip


async def relieved(
    folder: Path, printer: "subprocess.Popen[str]", address: str, rounds: int
) -> tuple[list[float], list[float], int]:
    """Hand the post over and back; return the seconds of each freeze and sheet, and the things."""
    from live_kiosk import running, until  # noqa: PLC0415 - Textual only where it is needed

    clock = MovableClock()
    settings = settings_in(folder / "site", printer=address)
    desk = found(settings, 120, clock)
    two = _guards(desk)
    _fill(desk, clock)
    desk.close()
    frozen, printed = [], []
    things = 0
    async with running(settings, clock) as app:
        await until(lambda: "up" in app.devices.states().values())
        write, desk = app.kiosk.pen.write, app.kiosk.desk
        for number in range(rounds + 1):
            outgoing, incoming = two[number % 2], two[(number + 1) % 2]
            clock.advance(minutes=1)
            await asyncio.sleep(0.3)
            started = time.perf_counter()
            made = await write(service.freeze, desk, outgoing.staff_no, features.outstanding)
            frozen.append(time.perf_counter() - started)
            things = len(made.document.things)
            by, calm = incoming.staff_no, []
            for thing in made.document.things:
                if thing.urgency is Urgency.NOW:
                    await write(
                        service.mark,
                        desk,
                        by,
                        made.id,
                        thing.key,
                        Mark.KNOWN,
                        picked=thing.next_step,
                    )
                else:
                    calm.append(thing.key)
            await write(service.mark_known, desk, by, made.id, calm)
            proofs = [Proof(one, Means.BADGE, clock()) for one in (outgoing, incoming)]
            await asyncio.sleep(0.3)
            signed = time.monotonic()
            await write(service.accept, desk, made.id, *proofs, features.outstanding)
            app.kiosk.changed()
            assert printer.stdout
            sheet = json.loads(await asyncio.to_thread(printer.stdout.readline))
            printed.append(sheet["last"] - signed)
    return frozen[1:], printed[1:], things


def _guards(desk: Desk) -> tuple[Person, Person]:
    """Put the first guard on the post; a second one is there to relieve him."""
    with desk.write(by=GUARD) as tx:
        first, second = person_by_staff_no(tx, GUARD), person_by_staff_no(tx, _SECOND)
        leader = person_by_staff_no(tx, _LEADER)
        second.role, leader.role = Role.GUARD, Role.CLERK
        tx.put(second)
        tx.put(leader)
        tx.record("people.imported", people=2)
        posts.take(tx, desk.gate, first)
    return first, second


def _fill(desk: Desk, clock: MovableClock) -> None:
    """Do a safety check, then leave open what a busy gate leaves open, from every side."""
    done = safety.begin(desk, GUARD)
    for item in ITEMS:
        clock.advance(seconds=30)
        done = safety.answer(desk, GUARD, done.round_id, item.code, Finding(Found.NORMAL))
    safety.finish(desk, GUARD, done.round_id, Report("张科长", "电话"))
    for number in range(_THINGS // 5):
        said = Details(f"王小{chr(0x4E10 + number)}", "设备维修", unit="城南供电公司", people=2)
        visit = reception.walk_in(desk, GUARD, said, f"{number % 100 + 3:04}")
        if number % 2:
            reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
        host = f"{number % 100 + 3:04}"
        parcels.arrive(desk, GUARD, host, Arrived("顺丰", "2号架"))
        messages.take(desk, GUARD, host, Called("自来水公司老王", "请回电话，水表的事"))
        asked = Entrusting(GiverKind.VISITOR, "来客", "张科长", f"转交第 {number} 份材料")
        matters.entrust(desk, GUARD, asked)
        sort = Sort.INSTRUCTION if number % 4 else Sort.NOTICE
        until = clock() + timedelta(days=2)
        instructions.give(desk, GUARD, _LEADER, Said(sort, f"第 {number} 条：来车走西门", until))
