"""What a closing joins: the counters, taps that are not proved, who is new and who has left."""

from datetime import date

import pytest
from month_of_work import close_all, proof, tapped
from sqlmodel import select

from kiosk.attendance.closing import service
from kiosk.attendance.closing.books import day_book
from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.closing.rules import Gap
from kiosk.attendance.closing.sheet import month_sheet
from kiosk.attendance.counters.models import AttendanceCase
from kiosk.attendance.honest.models import Doubt, TapDoubt, TapProof
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.desk import leaving, people_import
from kiosk.desk.people import BY_STAFF_NO, Person
from kiosk.desk.people_file import read_people

MON, TUE, WED, THU = (date(2026, 11, 23 + n) for n in range(4))


@pytest.fixture
def clerk(people):
    return people["9001"]


def gaps(desk, day):
    with desk.read() as book:
        found = day_book(desk, book, day).gaps
    return {(one.person.staff_no if one.person else "", one.gap) for one in found}


def arrives(desk, line: str) -> Person:
    """Bring a person in by the file of the directory."""
    rows = read_people("people.csv", f"姓名,工号\n{line}".encode()).rows
    with desk.read() as book:
        plan = people_import.check(book, rows, str)
    with desk.write(by="9001") as tx:
        people_import.apply(tx, plan)
    with desk.read() as book:
        return book.one(BY_STAFF_NO, staff_no=line.split(",")[1])


def leaves(desk, clerk, staff_no: str) -> None:
    leaving.leave(
        desk, proof(desk, clerk), staff_no, lambda _desk, _book, _who: [], lambda _tx, _who: None
    )


def worked(desk, people, *staff_nos: str) -> None:
    """Let some people work from Monday to Thursday."""
    for day in (MON, TUE, WED, THU):
        for staff_no in staff_nos:
            tapped(desk, people[staff_no], day, "08:20", "17:40")


def signs(desk, staff_no: str) -> list[str]:
    with desk.read() as book:
        sheet = month_sheet(desk, book, date(2026, 11, 1), date(2026, 11, 30), kinds=True)
    (one,) = [one for one in sheet.people if one.person.staff_no == staff_no]
    return [day.sign(kinds=True) for day in one.days if MON <= day.day.day <= THU]


def test_clause_137_the_closing_of_the_fourth_day_opens_the_card_in_its_own_transaction(
    desk, people, clerk, desk_clock
):
    worked(desk, people, "1001", "9001")
    desk_clock.advance(days=4)
    for day in (MON, TUE, WED):
        service.close_day(desk, proof(desk, clerk), day, sure_of=1)
    with desk.read() as book:
        assert book.all(select(AttendanceCase)) == []
    service.close_day(desk, proof(desk, clerk), THU, sure_of=1)
    with desk.read() as book:
        (card,) = book.all(select(AttendanceCase))
        (last,) = [one for one in book.all(select(DayClosing)) if one.day == THU]
    assert (card.person_id, card.clause, card.first_day, card.last_day) == (
        people["3001"].id, "137", MON, THU,
    )  # fmt: skip
    assert card.opened_at == last.closed_at


def test_a_tap_without_its_pin_and_one_of_a_doubtful_clock_are_gaps(desk, people, desk_clock):
    (first, _out) = tapped(desk, people["1001"], MON, "08:20", "17:40")
    (second, _out) = tapped(desk, people["3001"], MON, "08:20", "17:40")
    tapped(desk, people["9001"], MON, "08:20", "17:40")
    with desk.write(by="2001") as tx:
        unproven = tx.put(TapProof(tap_id=first.id, day=MON, asked_at=tx.now))
        tx.put(TapDoubt(tap_id=second.id, day=MON, why=Doubt.CLOCK_BACK, newest_at=tx.now))
        tx.record("tap.doubted")
    desk_clock.advance(days=1)
    assert gaps(desk, MON) == {("1001", Gap.TAP_UNPROVEN), ("3001", Gap.CLOCK_DOUBTED)}
    with desk.write(by="2001") as tx:
        unproven.proved_at = tx.now
        tx.put(unproven)
        tx.record("tap.proved")
    assert gaps(desk, MON) == {("3001", Gap.CLOCK_DOUBTED)}
    with desk.write(by="2001") as tx:  # a void tap is one gap, not two
        void = TapVoid(tap_id=second.id, day=MON, at=tx.now, by="2001", reason=VoidReason.TWICE)
        tx.put(void)
        tx.record("tap.voided", tap=second.id)
    assert Gap.CLOCK_DOUBTED not in {gap for _, gap in gaps(desk, MON)}


def test_who_came_into_the_directory_later_is_not_due_before(desk, people, clerk, desk_clock):
    worked(desk, people, *people)
    desk_clock.advance(days=2)  # Wednesday
    new = arrives(desk, "赵敏,4001")
    desk_clock.advance(days=2)
    assert gaps(desk, TUE) == set()
    assert gaps(desk, WED) == set()  # the day itself is due for who tapped
    assert gaps(desk, THU) == {("4001", Gap.NO_TAP)}
    tapped(desk, new, WED, "13:40")
    assert ("4001", Gap.NO_SIGN_OUT) in gaps(desk, WED)
    close_all(desk, clerk, THU)
    assert signs(desk, "4001") == ["○", "○", "×√", "×"]


def test_who_left_is_due_until_the_day_before_and_stays_on_the_sheet(
    desk, people, clerk, desk_clock
):
    worked(desk, people, "1001", "9001")
    desk_clock.advance(days=2)  # Wednesday
    leaves(desk, clerk, "3001")
    desk_clock.advance(days=2)
    assert gaps(desk, TUE) == {("3001", Gap.NO_TAP)}
    assert gaps(desk, WED) == gaps(desk, THU) == set()
    close_all(desk, clerk, THU)
    assert signs(desk, "3001") == ["×", "×", "○", "○"]


def test_who_left_and_came_back_is_not_absent_in_between(desk, people, clerk, desk_clock):
    leaves(desk, clerk, "3001")
    worked(desk, people, "1001", "9001")
    desk_clock.advance(days=2)
    assert arrives(desk, "李娜,3001").active
    desk_clock.advance(days=2)
    assert gaps(desk, MON) == gaps(desk, TUE) == gaps(desk, WED) == set()
    assert gaps(desk, THU) == {("3001", Gap.NO_TAP)}
