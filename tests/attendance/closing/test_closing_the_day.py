"""The books of a day: gaps first, absent only by closing, in order, and once more after a mend."""

import json
from dataclasses import replace
from datetime import date, time

import pytest
from month_of_work import close_all, on_leave, proof, remark, tapped
from sqlmodel import select

from kiosk.attendance.closing import service
from kiosk.attendance.closing.books import day_book, open_workdays
from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.closing.outstanding import outstanding
from kiosk.attendance.closing.rules import Gap
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.attendance.remarks.models import About
from kiosk.desk.absence import LeaveKind, LeaveState
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_hours import WorkShift

MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def clerk(people):
    return people["9001"]


def derived(desk, person, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(person, day)


def gaps(desk, day):
    with desk.read() as book:
        found = day_book(desk, book, day).gaps
    return {(one.person.staff_no if one.person else "", one.gap) for one in found}


def closings(desk):
    with desk.read() as book:
        return book.all(select(DayClosing).order_by(DayClosing.closed_at))


def test_clause_130_nobody_is_absent_before_the_books_are_closed(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=1)
    assert derived(desk, people["3001"], MON).morning is Standing.NOT_SIGNED
    with pytest.raises(Refused) as asked:
        service.close_day(desk, proof(desk, clerk), MON)
    assert (asked.value.code, asked.value.facts["absent"]) == ("closing.ask_again", 2)
    assert derived(desk, people["3001"], MON).morning is Standing.NOT_SIGNED
    done = service.close_day(desk, proof(desk, clerk), MON, sure_of=2)
    assert (done.absent, done.again) == (2, False)
    assert derived(desk, people["3001"], MON).absent_halves == 2
    assert derived(desk, people["1001"], MON).absent_halves == 0


def test_the_number_the_clerk_confirms_must_be_todays(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=1)
    tapped(desk, people["3001"], MON, "08:25", "17:40")  # came in with the mend of a colleague
    with pytest.raises(Refused, match="ask_again"):
        service.close_day(desk, proof(desk, clerk), MON, sure_of=2)
    assert service.close_day(desk, proof(desk, clerk), MON, sure_of=1).absent == 1


def test_every_gap_is_named_with_its_person(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20")
    (tap, _out) = tapped(desk, people["3001"], MON, "08:20", "17:40")
    with desk.write(by="2001") as tx:
        tx.put(TapVoid(tap_id=tap.id, day=MON, at=tx.now, by="2001", reason=VoidReason.TWICE))
        tx.record("tap.voided", tap=tap.id)
    remark(desk, people["1001"], MON, About.NO_SIGN_OUT, signed=False)
    on_leave(
        desk, clerk, LeaveKind.PERSONAL, date(2026, 11, 19), date(2026, 11, 20),
        state=LeaveState.APPROVED, closed_at=None,
    )  # fmt: skip
    desk_clock.advance(days=1)
    assert gaps(desk, MON) == {
        ("1001", Gap.NO_SIGN_OUT), ("1001", Gap.REMARK_UNSIGNED),
        ("3001", Gap.HALF_MISSING), ("3001", Gap.TAP_VOID),
        ("9001", Gap.NO_TAP), ("9001", Gap.LEAVE_OVERDUE),
    }  # fmt: skip


def test_who_is_on_leave_is_no_gap_and_a_leave_not_over_is_not_overdue(desk, people, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    on_leave(desk, people["3001"], LeaveKind.SICK, MON, TUE, state=LeaveState.APPROVED,
             closed_at=None)  # fmt: skip
    desk_clock.advance(days=1)
    assert gaps(desk, MON) == {("9001", Gap.NO_TAP)}


def test_a_day_without_any_tap_makes_nobody_absent(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=2)
    close_all(desk, clerk, MON)
    assert gaps(desk, TUE) == {("", Gap.NO_TAPS_AT_ALL)}
    assert service.close_day(desk, proof(desk, clerk), TUE).absent == 0
    assert derived(desk, people["3001"], TUE).morning is Standing.NOT_SIGNED
    assert derived(desk, people["3001"], MON).morning is Standing.ABSENT


def test_days_are_closed_in_order_and_never_before_they_are_over(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    with pytest.raises(Refused, match="day_not_over"):
        service.close_day(desk, proof(desk, clerk), MON)
    desk_clock.advance(days=2)
    with pytest.raises(Refused) as told:
        service.close_day(desk, proof(desk, clerk), TUE)
    assert (told.value.code, told.value.facts) == (
        "closing.earlier_open", {"first": "2026-11-23", "n": 1},
    )  # fmt: skip
    close_all(desk, clerk, TUE)
    assert [one.day for one in closings(desk)] == [MON, TUE]
    with desk.read() as book:
        assert open_workdays(desk, book, TUE) == []


@pytest.mark.parametrize("staff_no", ["1001", "2001", "3001"])
def test_only_a_clerk_or_administrator_closes(desk, people, staff_no, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=1)
    with pytest.raises(Refused, match="not_yours"):
        service.close_day(desk, proof(desk, people[staff_no]), MON, 2)
    assert closings(desk) == []


def test_closing_once_more_after_a_mend_keeps_the_old_closing(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "09:30", "17:40")
    desk_clock.advance(days=1)
    service.close_day(desk, proof(desk, clerk), MON, 2)
    remark(desk, people["1001"], MON, About.LATE, signed=True)
    desk_clock.advance(minutes=5)
    assert service.close_day(desk, proof(desk, clerk), MON, 2).again
    first, second = closings(desk)
    who = people["1001"].id
    assert [json.loads(one.outcome)[who] for one in (first, second)] == ["pp 60 0", "pp"]
    assert people["1001"].name not in first.outcome


def test_the_clock_set_back_closes_no_day_twice_by_itself(desk, people, clerk, desk_clock):
    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=1)
    service.close_day(desk, proof(desk, clerk), MON, 2)
    desk_clock.advance(days=-1)
    with pytest.raises(Refused, match="day_not_over"):
        service.close_day(desk, proof(desk, clerk), MON, 2)
    assert derived(desk, people["1001"], MON).books_closed


def test_a_late_day_is_a_quiet_open_thing_once_books_are_kept(desk, people, clerk, desk_clock):
    def waiting():
        with desk.read() as book:
            return [(one.kind, one.ref) for one in outstanding(desk, book)]

    tapped(desk, people["1001"], MON, "08:20", "17:40")
    desk_clock.advance(days=1)
    assert waiting() == []
    service.close_day(desk, proof(desk, clerk), MON, 2)
    desk_clock.advance(days=2)
    assert waiting() == []
    desk_clock.advance(days=1)  # Friday: Tuesday is open for more than two days
    assert waiting() == [("closing.days", "2026-11-24")]
    close_all(desk, clerk, TUE)
    assert waiting() == []


def test_a_day_off_on_which_the_roster_has_a_shift_is_to_be_closed_too(
    desk, people, clerk, desk_clock
):
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    desk.settings = replace(
        desk.settings, work_shifts=(WorkShift(name="夜班", start=time(22), end=time(6)),)
    )
    tapped(desk, people["1001"], saturday, "09:00", "10:00")
    with desk.write() as tx:
        for day, shift in ((saturday, "夜班"), (sunday, "")):
            tx.put(ShiftDay(person_id=people["2002"].id, day=day, shift=shift))
        tx.record("roster.imported", new=2, changed=0, same=0)
    desk_clock.advance(days=7)
    with desk.read() as book:
        assert open_workdays(desk, book, sunday) == [saturday]
    close_all(desk, clerk, sunday)
    assert derived(desk, people["2002"], saturday).morning is Standing.ABSENT
    assert derived(desk, people["1001"], saturday).morning is Standing.OFF
