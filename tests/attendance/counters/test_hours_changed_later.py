"""A calendar that is known only afterwards changes what was counted by the old one (14, 15)."""

import csv
from io import StringIO

from counters_days import DAYS, LATE, MONDAY, late_week

from kiosk.attendance.counters import service
from kiosk.attendance.counters.models import MARKS_OF
from kiosk.attendance.hours import days_import, roster_import
from kiosk.desk.table_file import FileRow


def rows_of(text):
    return [FileRow(n, row) for n, row in enumerate(csv.DictReader(StringIO(text)), 2)]


def counting(office, person):
    with office.desk.read() as book:
        rows = book.all(MARKS_OF, person=person.id, first=MONDAY)
    return [row.day for row in rows if row.counts]


def declare(office, text):
    with office.desk.read() as book:
        plan = days_import.check(book, rows_of(text))
    assert not plan.bad
    with office.desk.write() as tx:
        days_import.apply(tx, plan)


def test_clause_15_a_day_that_is_declared_off_afterwards_counts_for_nobody(office, people):
    person = people["1001"]
    late_week(office, person)
    assert counting(office, person) == DAYS[:3]
    (case,) = office.open_cases()
    assert case.reached
    declare(office, f"day,kind,section,name\n{MONDAY},holiday,,\n")
    office.clock.advance(minutes=5)
    office.count()
    assert counting(office, person) == DAYS[1:3]
    (case,) = office.open_cases()
    assert (case.units, case.units_now, case.reached) == (3, 2, False)


def test_clause_14_a_roster_written_afterwards_is_what_the_day_is_counted_by(office, people):
    person = people["1001"]
    office.works(person, MONDAY, LATE)
    office.next_morning(MONDAY)
    office.count()
    assert counting(office, person) == [MONDAY]
    with office.desk.read() as book:
        plan = roster_import.check(book, rows_of(f"staff_no,day,shift\n1001,{MONDAY},off\n"), [])
    assert not plan.bad
    with office.desk.write() as tx:
        roster_import.apply(tx, plan)
    office.clock.advance(minutes=5)
    office.count()
    assert counting(office, person) == []


def test_a_day_whose_hours_stay_the_same_is_not_counted_again(office, people):
    office.works(people["1001"], MONDAY, LATE)
    office.next_morning(MONDAY)
    office.count()
    declare(office, f"day,kind,section,name\n{DAYS[4]},holiday,,\n")
    office.clock.advance(minutes=5)
    assert service.lapse(office.desk) == 0
