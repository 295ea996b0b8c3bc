"""A month of 1000 people is read in one pass and derived in good time."""

import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, date, timedelta

from kiosk.attendance.days.reading import days_between
from kiosk.attendance.models import Tap
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.presence import Whereabouts
from kiosk.desk.row import shape_of
from kiosk.desk.signing import Means

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
PEOPLE, IN, OUT = 1000, Whereabouts.IN, Whereabouts.OUT
MOST_S = 2.5 * 4
"""Of the processor, four times the target: others work on the machine that runs the tests."""


def test_a_month_of_a_thousand_people_is_derived_in_good_time(desk, desk_clock, capsys):
    made = _people(desk)
    desk_clock.now = desk_clock.now.replace(month=11, day=20)
    _taps(desk, made)
    asked = []
    began = time.process_time()
    with desk.read() as book:
        book.connection.set_trace_callback(asked.append)
        days = days_between(desk, book, FIRST, LAST)
        book.connection.set_trace_callback(None)
        derived = [days.of(person, day) for day in days.each_day() for person in days.people]
    took = time.process_time() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{len(derived)} days of {PEOPLE} people derived in {took:.2f} s\n")
    assert len(derived) == PEOPLE * 31
    assert sum(one.late_min > 0 for one in derived) == 18 * PEOPLE // 10  # each tenth, each workday
    assert len(asked) <= 13  # one pass, whatever the number of people and days
    assert took < MOST_S


def _people(desk):
    with desk.write() as tx:
        made = [
            tx.put(
                Person(
                    staff_no=f"{10_000 + n}", name=f"职工{n}", rank=Rank.ORDINARY, role=Role.STAFF
                )
            )
            for n in range(PEOPLE)
        ]
        tx.record("people.imported", new=PEOPLE, changed=0, same=0)
    return made


def _taps(desk, made):
    """Write the taps of a month straight into the file: as many use cases would take minutes."""
    shape = shape_of(Tap)
    rows = []
    for day in (FIRST + timedelta(days=n) for n in range(31)):
        starts = desk.calendar.start(day)
        for n, person in enumerate(made if starts else ()):
            late = 15 if n % 10 == 0 else -5
            for minute, kind in ((late, IN), (215, OUT), (540, OUT)):
                made_at = (starts + timedelta(minutes=minute)).astimezone(UTC)
                row = Tap(person_id=person.id, day=day, at=made_at, kind=kind, means=Means.BADGE)
                row.stamp = "gate-1/1"
                rows.append(shape.bind(row))
    with closing(sqlite3.connect(desk.settings.desk.database)) as book:
        book.executemany(shape.insert, rows)
        book.commit()
