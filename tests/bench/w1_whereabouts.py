"""W1: the whereabouts board of 1000 people read and built within 50 ms.

Seven hundred have tapped, a hundred are on an outing with a sealed place, a hundred on leave, fifty
of them with a stand-in. Each round reads all places anew and builds every row, as F5 does after a
tap; the first look of a day, which reads the people and makes ready the queries too, is told beside
it. The yardstick is the same people and taps read with sqlite alone. ``--quick`` does 10
rounds.
"""

import sqlite3
from datetime import timedelta
from pathlib import Path

from bench_site import GUARD, MovableClock, found, settings_in
from figures import Line, both, ms, p50, p99, spread, timed

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.desk.absence import (
    Half,
    Leave,
    LeaveKind,
    LeaveState,
    Outing,
    OutingKind,
    StandIn,
)  # fmt: skip
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person

_PEOPLE, _IN, _OUT, _ON_LEAVE = 1000, 700, 100, 100
_ROUNDS, _QUICK = 60, 10
_BUDGET_S = 0.05
_RAW = """
SELECT p.*, d.name, h.* FROM person p LEFT JOIN department d ON d.id = p.department_id
LEFT JOIN presence h ON h.id = p.id ORDER BY d.name, p.staff_no
"""


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return the W1 line."""
    clock = MovableClock()
    settings = settings_in(folder / "site")
    desk = found(settings, _PEOPLE, clock)
    _scatter(desk, clock)
    from kiosk.whereabouts.board import Reader  # noqa: PLC0415 - Textual only where it is needed
    from kiosk.whereabouts.screens_board import rows_of  # noqa: PLC0415 - the same

    reader, rounds = Reader(desk, features.whereabouts), _QUICK if quick else _ROUNDS
    plain = sqlite3.connect(settings.desk.database)

    def ours() -> None:
        made = reader.read()
        assert len(rows_of(desk, made, made.lines)) >= _PEOPLE

    first = timed(ours)
    times, raw = list[float](), list[float]()
    for _round in range(rounds):
        times.append(timed(ours))
        raw.append(timed(lambda: plain.execute(_RAW).fetchall()))
    plain.close()
    desk.close()
    return [
        Line(
            "W1", f"whereabouts board of {_PEOPLE} people, read and built", both(times),
            f"sqlite alone {ms(p50(raw))}", f"p99 <= {ms(_BUDGET_S)}", p99(times) <= _BUDGET_S,
            spread("board", times) | spread("sqlite", raw) | {"first": first},
            note=f"the first look {ms(first)}",
        )
    ]  # fmt: skip


def _scatter(desk: Desk, clock: MovableClock) -> None:
    with desk.read() as book:
        people = [one for one in book.all(EVERYONE) if one.staff_no != GUARD]
    for person in people[:_IN]:
        attendance.tap(desk, person, "reader")
    clock.advance(minutes=30)
    with desk.write(by=GUARD) as tx:
        for at, person in enumerate(people[_IN : _IN + _OUT]):
            tx.put(_outing(desk, tx.new_subject(), person, at, tx))
        for at, person in enumerate(people[_IN + _OUT : _IN + _OUT + _ON_LEAVE]):
            tx.put(_leave(desk, person, at, clock))
            if at % 2:
                tx.put(_stand_in(person, people[at], at, clock))
        tx.record("bench.scattered")


def _outing(desk: Desk, subject: str, person: Person, at: int, tx: object) -> Outing:
    return Outing(
        number=f"WO{at}", subject=subject, person_id=person.id, kind=OutingKind.BUSINESS,
        day=desk.today(), place=tx.seal(subject, "县财政局"),  # type: ignore[attr-defined] # a transaction
        written_at=desk.clock(), started_at=desk.clock(),
        back_by=desk.clock() + timedelta(hours=1), written_by=GUARD,
    )  # fmt: skip


def _leave(desk: Desk, person: Person, at: int, clock: MovableClock) -> Leave:
    return Leave(
        number=f"WL{at}", subject="", person_id=person.id, kind=LeaveKind.ANNUAL,
        first_day=desk.today(), first_half=Half.MORNING,
        last_day=desk.today() + timedelta(days=3), last_half=Half.AFTERNOON, halves=8,
        state=LeaveState.APPROVED, asked_at=clock.now, asked_by=GUARD, approved_at=clock.now,
    )  # fmt: skip


def _stand_in(absent: Person, by: Person, at: int, clock: MovableClock) -> StandIn:
    return StandIn(
        number=f"WS{at}", absent_id=absent.id, stand_in_id=by.id, from_at=clock.now,
        asked_at=clock.now, asked_by=GUARD, accepted_at=clock.now,
    )  # fmt: skip
