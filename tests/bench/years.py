"""A book as a gate has it after years, written with SQL: the chain fits, its images are short.

Today is the same in every book, so that only the past differs: so many people are expected, wait,
are inside or have left.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.attendance.models import Tap
from kiosk.desk import journal
from kiosk.desk.columns import utc_text
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.row import Row, shape_of
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Transaction
from visitors import search, service
from visitors.models import Answer, How, LeftHow, Origin, ReturnSlip, State, Visit, VisitWords
from visitors.rules import Details

_TODAY = (State.EXPECTED,) * 12 + (State.WAITING,) * 4 + (State.ADMITTED,) * 20 + (State.LEFT,) * 24
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰涛明"
_IMAGE_CHARACTERS = 240
_VISITS_A_DAY, _DAYS_APART = 200, 1
_MOMENTS = (
    "from_at", "until_at", "made_at", "arrived_at", "answered_at", "admitted_at", "left_at",
)  # fmt: skip


@dataclass(frozen=True)
class Years:
    """How much of the past there is: entries of the journal, taps and visits among them."""

    entries: int
    taps: int
    visits: int


def live(desk: Desk, people: list[Person], years: Years) -> None:
    """Write today's visits through the book itself, and ``years`` before them with SQL."""
    with desk.write() as tx:
        pattern = _today(tx, desk, people)
        tx.record("bench.today")
    _write(desk, people, years, pattern)


def _today(tx: Transaction, desk: Desk, people: list[Person]) -> Visit:
    """Make today's visits; return one that has left, as the pattern of all earlier ones."""
    made = [
        _visit(tx, desk, people[turn % len(people)], state, turn + 1)
        for turn, state in enumerate(_TODAY)
    ]
    return made[-1]


def _visit(tx: Transaction, desk: Desk, host: Person, state: State, number: int) -> Visit:
    times = service.Times(tx.now, tx.now + timedelta(hours=2))
    said = Details(
        name=_name(number), form="Mr", unit="东川供水公司", phone=f"1380013{number:04}",
        matter="水表检修", goods="工具箱1", people=2,
    )  # fmt: skip
    visit = service.new_visit(tx, desk, said, host, times, Origin.WALK_IN)
    visit.state, visit.arrived_at = state, tx.now
    if state is not State.EXPECTED:
        visit.number = number
    if state in {State.ADMITTED, State.LEFT}:
        visit.answer, visit.answer_how, visit.answered_at = Answer.YES, How.PHONE, tx.now
        visit.admitted_at, visit.return_slip = tx.now, ReturnSlip.DUE
    if state is State.LEFT:
        visit.left_at, visit.left_how = tx.now, LeftHow.SCANNED
        visit.return_slip = ReturnSlip.SIGNED
    tx.put(visit)
    search.index(tx, visit)
    return visit


def _name(number: int) -> str:
    first, second = number % len(_GIVEN), number // len(_GIVEN) % len(_GIVEN)
    return f"{_SURNAMES[number % len(_SURNAMES)]}{_GIVEN[first]}{_GIVEN[second]}"


def _write(desk: Desk, people: list[Person], years: Years, pattern: Visit) -> None:
    book = sqlite3.connect(desk.settings.desk.database, isolation_level=None)
    try:
        book.execute("PRAGMA synchronous = OFF")
        book.execute("BEGIN IMMEDIATE")
        _insert(book, Tap, _taps(people, years, desk.clock()))
        _insert(book, Visit, _visits(people, years, desk.clock(), pattern))
        _insert(book, VisitWords, _words(years, desk.clock(), pattern))
        _chain(book, desk, years)
        book.execute("COMMIT")
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        book.close()


def _insert(book: sqlite3.Connection, row: type[Row], values: Iterator[dict[str, object]]) -> None:
    names = shape_of(row).columns
    marks = ", ".join(f":{name}" for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    insert = f"INSERT INTO {shape_of(row).table} ({listed}) VALUES ({marks})"  # noqa: S608 - our own names
    book.executemany(insert, values)


def _whole(row: Row) -> dict[str, object]:
    shape = shape_of(type(row))
    return dict(zip(shape.columns, shape.bind(row), strict=True)) | {"stamp": "bench/1"}


def _taps(people: list[Person], years: Years, now: datetime) -> Iterator[dict[str, object]]:
    first = Tap(
        person_id="", day=now.date(), at=now, kind=Whereabouts.IN, means=Means.BADGE,
        device="reader",
    )  # fmt: skip
    kept = _whole(first)
    for number in range(years.taps):  # the oldest first, as they were made
        at = now - timedelta(days=1, minutes=years.taps - 1 - number)
        yield kept | {
            "id": f"tap{number:010}", "person_id": people[number % len(people)].id,
            "day": at.date().isoformat(), "at": utc_text(at),
        }  # fmt: skip


def _visits(
    people: list[Person], years: Years, now: datetime, pattern: Visit
) -> Iterator[dict[str, object]]:
    kept = _whole(pattern)
    for number in range(years.visits):
        at = now - timedelta(days=_DAYS_APART + number // _VISITS_A_DAY)
        moment = utc_text(at)
        yield kept | {
            "id": _visit_id(number), "day": at.date().isoformat(),
            "number": number % _VISITS_A_DAY + 1, "host_id": people[number % len(people)].id,
        } | dict.fromkeys(_MOMENTS, moment)  # fmt: skip


def _visit_id(number: int) -> str:
    return f"visit{number:010}"


def _words(years: Years, now: datetime, pattern: Visit) -> Iterator[dict[str, object]]:
    shape = shape_of(VisitWords)
    for number in range(years.visits):
        day = (now - timedelta(days=_DAYS_APART + number // _VISITS_A_DAY)).date()
        pattern.id, pattern.day, pattern.number = _visit_id(number), day, number % _VISITS_A_DAY + 1
        words = search.words_of(pattern, _name(number), f"1390{number:07}")
        yield dict(zip(shape.columns, shape.bind(words), strict=True))


def _chain(book: sqlite3.Connection, desk: Desk, years: Years) -> None:
    """Lengthen the chain to so many entries, each of which follows from the one before."""
    head, at = desk.head, utc_text(desk.clock())
    images = json.dumps([["tap", "bench", "", {"words": "x" * _IMAGE_CHARACTERS}]])

    def entries() -> Iterator[tuple[object, ...]]:
        last = head
        for number in range(years.entries - head.seq):
            entry = journal.seal(
                desk.gate, last, at, f"{number % 1000:04}", "staff.signed_in", "{}", images
            )
            last = journal.Head(entry.seq, entry.hash)
            yield tuple(entry)

    book.executemany(journal.INSERT, entries())
