"""What another desk wrote while its cable was cut comes when the day is counted already."""

import pytest
from site_books import heal

from kiosk.attendance import service as taps
from kiosk.attendance.counters import service
from kiosk.attendance.counters.models import MARKS_OF
from kiosk.attendance.leave.ending import report_back
from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.absence import (
    OUTINGS_BETWEEN,
    Half,
    Leave,
    LeaveKind,
    LeaveState,
    Outing,
    OutingKind,
)
from kiosk.desk.people import EVERYONE, Role
from kiosk.desk.people_before import keep, stands
from kiosk.desk.signing import Means

HOST = "1001"


@pytest.fixture
def host(two):
    with two[0].read() as book:
        return next(one for one in book.all(EVERYONE) if one.staff_no == HOST)


def counting(desk, person, day):
    with desk.read() as book:
        rows = book.all(MARKS_OF, person=person.id, first=day)
    return [row.what.value for row in rows if row.counts]


def test_clause_15_who_came_in_time_by_a_desk_that_was_cut_is_late_no_more(two, host, desk_clock):
    keeper, other = two
    day = keeper.today()
    taps.tap(other, host, "")
    desk_clock.advance(minutes=22)
    taps.tap(keeper, host, "")
    desk_clock.advance(days=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == ["late"]
    heal(two)
    service.lapse(keeper)
    assert counting(keeper, host, day) == []
    assert service.lapse(keeper) == 0


def test_clause_24_a_remark_signed_at_a_desk_that_was_cut_excuses_afterwards(two, host, desk_clock):
    keeper, other = two
    day = keeper.today()
    desk_clock.advance(minutes=22)
    taps.tap(keeper, host, "")
    heal(two)
    with other.write() as tx:
        tx.put(
            Remark(
                number="R1", subject="", person_id=host.id, day=day, about=About.LATE, cause="",
                written_at=tx.now, written_by=HOST, head_id=host.id, head_at=tx.now,
                leader_id=host.id, leader_at=tx.now,
            )
        )  # fmt: skip
        tx.record("remark.entered", number="R1")
    desk_clock.advance(days=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == ["late"]
    heal(two)
    desk_clock.advance(hours=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == []


def test_clause_18_a_leave_given_back_at_a_desk_that_was_cut_excuses_no_more(two, host, desk_clock):
    keeper, other = two
    day = keeper.today()
    with keeper.write() as tx:
        tx.put(
            Leave(
                number="QJ1", subject="", person_id=host.id, kind=LeaveKind.PERSONAL,
                first_day=day, first_half=Half.MORNING, last_day=day, last_half=Half.AFTERNOON,
                halves=2, state=LeaveState.APPROVED, asked_at=tx.now, asked_by=HOST,
                approved_at=tx.now,
            )
        )  # fmt: skip
        tx.record("leave.asked", number="QJ1")
    heal(two)
    desk_clock.advance(minutes=22)
    report_back(other, HOST, host, Means.BADGE)
    taps.tap(keeper, host, "")
    desk_clock.advance(days=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == []
    heal(two)
    desk_clock.advance(hours=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == ["late"]
    assert service.lapse(keeper) == 0


def test_clause_26_an_outing_called_off_at_a_desk_that_was_cut_excuses_no_more(
    two, host, desk_clock
):
    keeper, other = two
    day, began = keeper.today(), desk_clock.now
    desk_clock.advance(minutes=22)
    with keeper.write() as tx:
        tx.put(
            Outing(
                number="WC1", subject="", person_id=host.id, kind=OutingKind.BUSINESS, day=day,
                place="", written_at=began, started_at=began, written_by=HOST, ended_at=tx.now,
                ended_by=HOST,
            )
        )  # fmt: skip
        tx.record("outing.ended", number="WC1")
    taps.tap(keeper, host, "")
    heal(two)
    with other.write() as tx:
        [outing] = tx.all(OUTINGS_BETWEEN, first=day, last=day)
        outing.cancelled_at = tx.now
        tx.put(outing)
        tx.record("outing.cancelled", number="WC1")
    desk_clock.advance(days=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == []
    heal(two)
    desk_clock.advance(hours=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == ["late"]
    assert service.lapse(keeper) == 0


def test_clause_14_who_was_moved_at_a_desk_that_was_cut_is_judged_by_it_from_that_day(
    two, host, desk_clock
):
    keeper, other = two
    day = keeper.today()
    with other.write() as tx:
        moved = next(one for one in tx.all(EVERYONE) if one.staff_no == HOST)
        was = stands(moved)
        moved.role = Role.GUARD  # who is on no roster is never late
        tx.put(moved)
        keep(tx, moved, was)
        tx.record("person.changed", person=HOST)
    desk_clock.advance(minutes=22)
    taps.tap(keeper, host, "")
    desk_clock.advance(days=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == ["late"]
    heal(two)
    desk_clock.advance(hours=1)
    service.lapse(keeper)
    assert counting(keeper, host, day) == []
    assert service.lapse(keeper) == 0
