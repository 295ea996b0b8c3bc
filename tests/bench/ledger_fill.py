"""A ledger as a large site has it after years, written with SQL: no journal stands behind it.

A stock-take is half done in it.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.desk.columns import utc_text
from kiosk.desk.loans import Ended, Loan, Reason, Thing, ThingKind, ThingState
from kiosk.desk.row import Row, shape_of
from kiosk.desk.stock import Seen, StockLine, StockTake

_OUT_EVERY, _PERMANENT_EVERY, _LATE_EVERY = 10, 5, 4
_LOST_EVERY, _BLOCKED_EVERY = 1000, 500
_MINUTES_APART = 2
_HELD, _SPELL = timedelta(hours=3), timedelta(hours=8)


@dataclass(frozen=True)
class Size:
    """How much there is; of the things one in ten is out, of these one in four is overdue."""

    things: int
    loans: int


def fill(file: Path, people: list[str], size: Size, now: datetime) -> None:
    """Write the things and loans; ``people`` are ids, the last loan went out before ``now``."""
    with sqlite3.connect(file) as book:
        _write(book, Thing, _things(size, now))
        _write(book, Loan, _loans(people, size, now))
        take = StockTake(gate="gate-1", number="T1", by="0000", began_at=now)
        _write(book, StockTake, iter([_whole(take)]))
        _write(book, StockLine, _counted(take, size, now))
    book.execute("ANALYZE")
    book.close()


def _write(book: sqlite3.Connection, row: type[Row], values: Iterator[dict[str, object]]) -> None:
    first = next(values)
    names = ", ".join(first)
    marks = ", ".join(f":{name}" for name in first)
    insert = f"INSERT INTO {shape_of(row).table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    book.execute(insert, first)
    book.executemany(insert, values)


def _things(size: Size, now: datetime) -> Iterator[dict[str, object]]:
    kinds = list(ThingKind)
    for number in range(size.things):
        state = ThingState.IN_SERVICE
        if not _is_out(number) and number % _LOST_EVERY == 1:
            state = ThingState.LOST
        elif not _is_out(number) and number % _BLOCKED_EVERY == 2:
            state = ThingState.BLOCKED
        yield _whole(Thing(
            id=f"thing{number:08}", label=f"物品{number:05}", kind=kinds[number % len(kinds)],
            tag=f"05{number:010d}80", place=f"{number % 40}号箱", state=state, state_since=now,
        ))  # fmt: skip


def _is_out(number: int) -> bool:
    return number % _OUT_EVERY == 0


def _loans(people: list[str], size: Size, now: datetime) -> Iterator[dict[str, object]]:
    """Yield the past loans first, then one open loan of each thing that is out."""
    open_from = size.loans - size.things // _OUT_EVERY
    kept = _whole(Loan(number="", thing_id="", clerk="0000", out_at=now, reason=Reason.WORK))
    for number in range(size.loans):
        out_at = now - timedelta(minutes=_MINUTES_APART * (size.loans - number))
        thing, due, back = number % size.things, utc_text(out_at + _SPELL), utc_text(out_at + _HELD)
        ended: dict[str, object] = {"due_at": due, "returned_at": back, "ended": Ended.TAG.value}
        if number >= open_from:
            thing, ended = (number - open_from) * _OUT_EVERY, _open(number - open_from, now)
        yield kept | ended | {
            "id": f"loan{number:010}", "number": f"K{number}", "thing_id": f"thing{thing:08}",
            "holder_id": people[number % len(people)], "out_at": utc_text(out_at),
        }  # fmt: skip


def _open(turn: int, now: datetime) -> dict[str, object]:
    """Return how an open loan differs: every fifth is for good, every fourth of the rest late."""
    if turn % _PERMANENT_EVERY == 0:
        return {"reason": Reason.POSITION.value}
    late = turn % _LATE_EVERY == 0
    return {"due_at": utc_text(now + (-_HELD if late else _HELD))}


def _counted(take: StockTake, size: Size, now: datetime) -> Iterator[dict[str, object]]:
    """Yield the taps of a stock-take that is half done: every thing here of the first half."""
    for number in range(size.things // 2):
        if not _is_out(number) and number % _LOST_EVERY != 1:
            yield _whole(StockLine(
                take_id=take.id, thing_id=f"thing{number:08}", tag=f"05{number:010d}80",
                seen=Seen.PRESENT, seen_at=now,
            ))  # fmt: skip


def _whole(row: Row) -> dict[str, object]:
    shape = shape_of(type(row))
    return dict(zip(shape.columns, shape.bind(row), strict=True)) | {"stamp": "bench/1"}
