"""Absence with a leave behind it, and the count that belongs to the closing of a day."""

from datetime import date, timedelta

from counters_days import MONDAY, workdays

from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.counters import service
from kiosk.attendance.counters.models import CASES_OF, MARKED_SINCE
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState
from kiosk.desk.site_days import DayKind, SiteDay


def on_leave(office, person, first: date, last: date) -> None:
    with office.desk.write(by=person.staff_no) as tx:
        tx.put(
            Leave(
                number="L1", subject="", person_id=person.id, kind=LeaveKind.ANNUAL,
                first_day=first, first_half=Half.MORNING, last_day=last, last_half=Half.AFTERNOON,
                halves=4, state=LeaveState.APPROVED, asked_at=tx.now, asked_by=person.staff_no,
                approved_at=tx.now,
            )
        )  # fmt: skip
        tx.record("leave.approved", number="L1")


def test_clause_21_days_of_leave_do_not_count_and_those_after_it_without_return_do(office, people):
    days = workdays(office.desk, MONDAY, 6)
    on_leave(office, people["1001"], days[0], days[1])
    office.next_morning(days[-1])
    office.close(people["9001"], *days)
    office.count()
    with office.desk.read() as book:
        found = {one.counter: one for one in book.all(CASES_OF, person=people["1001"].id)}
    assert {name: (one.first_day, one.units) for name, one in found.items()} == {
        "absent_short": (days[2], 8)
    }


def test_a_leave_approved_later_takes_absence_out_of_the_count(office, people):
    days = workdays(office.desk, MONDAY, 4)
    office.next_morning(days[-1])
    office.close(people["9001"], *days)
    office.count()
    office.clock.advance(hours=1)
    on_leave(office, people["1001"], days[0], days[0])
    office.count()
    with office.desk.read() as book:
        (case,) = book.all(CASES_OF, person=people["1001"].id)
    assert (case.reached, case.units, case.units_now) == (False, 8, 6)


def test_clause_137_a_day_off_of_the_own_section_ends_no_row_of_absence(office, people):
    days = workdays(office.desk, MONDAY, 5)
    with office.desk.write() as tx:
        tx.put(SiteDay(day=days[2], section="办公室", kind=DayKind.HOLIDAY, name=""))
        tx.record("calendar.imported", new=1, changed=0, same=0)
    office.next_morning(days[-1])
    office.close(people["9001"], *days)
    office.count()
    with office.desk.read() as book:
        found = book.all(CASES_OF, person=people["1001"].id)
    assert [(one.counter, one.units) for one in found] == [("absent_short", 8)]


def test_closing_a_day_counts_it_in_the_same_transaction(office, people):
    days = workdays(office.desk, MONDAY, 4)
    office.next_morning(days[-1])
    with office.desk.write(by="9001") as tx:
        opened = []
        for day in days:
            tx.put(
                DayClosing(
                    day=day, closed_at=tx.now, closed_by_id=people["9001"].id, gaps=0, outcome="{}"
                )
            )
            opened.append(len(service.count(office.desk, tx, day)))
        tx.record("day.closed", days=len(days))
    away = 3  # all of the five but the two guards, whose days the roster gives
    assert opened == [0, 0, 0, away]
    assert service.lapse(office.desk) == 4  # a closing of the same moment is looked at once more
    assert len(office.open_cases()) == away


def test_half_a_day_counts_half(office, people):
    office.works(people["1001"], MONDAY, "08:20", "10:00")
    office.next_morning(MONDAY)
    office.close(people["9001"], MONDAY)
    office.count()
    with office.desk.read() as book:
        marks = book.all(MARKED_SINCE, first=MONDAY - timedelta(days=1))
    mine = sorted(one.what.value for one in marks if one.person_id == people["1001"].id)
    assert mine == ["absent_afternoon", "early"]
