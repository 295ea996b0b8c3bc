"""An outing and a leave of one person: who is back from leave reports back first (18, 26)."""

from datetime import date, timedelta

import pytest

from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.outing import purging, service
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.attendance.weather import service as weather
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.features import inside

GUARD, ZHANG, LI_NA, CHEN = "2001", "1001", "3001", "9001"
TUESDAY = date(2026, 11, 24)


def proof(desk, people, staff_no):
    return Proof(people[staff_no], Means.BADGE, desk.clock())


def go(desk, people, leaves=None):
    said = Going("镇政府", "开会", leaves=leaves)
    return service.start(desk, GUARD, LI_NA, said, Approval(people[ZHANG], Means.BADGE))


@pytest.fixture
def asked(desk, people):
    """李娜 asked for Tuesday morning; 陈 stands in."""
    span = Span(TUESDAY, Half.MORNING, TUESDAY, Half.MORNING)
    wanted = Asking(LeaveKind.ANNUAL, span, "回老家", "", "无", CHEN)
    made = asking.ask(desk, GUARD, proof(desk, people, LI_NA), wanted)
    with desk.read() as book:
        (entry,) = stand_ins.open_stand_ins(desk, book)
    stand_ins.accept(desk, proof(desk, people, CHEN), entry.id)
    return made


def refused(desk, people, leaves=None):
    with pytest.raises(Refused) as told:
        go(desk, people, leaves)
    return told.value.code


def test_clause_26_nobody_goes_out_from_a_leave_that_was_granted(desk, people, desk_clock, asked):
    morning = desk.local(desk.clock()).replace(day=24, hour=9)
    granting.approve(desk, GUARD, asked, proof(desk, people, ZHANG))
    assert refused(desk, people, morning) == "outing.on_leave"
    afternoon = go(desk, people, morning.replace(hour=14))  # the other half of the day
    service.cancel(desk, proof(desk, people, LI_NA), afternoon.id)
    desk_clock.advance(days=1)
    assert refused(desk, people) == "outing.on_leave"
    ending.report_back(desk, GUARD, people[LI_NA], Means.BADGE)
    assert go(desk, people).number == "OT2"


def test_an_outing_is_planned_over_a_leave_that_is_only_asked_for(desk, people, asked):
    assert asked
    assert go(desk, people, desk.local(desk.clock()).replace(day=24, hour=9)).planned


def test_a_name_typed_as_the_safe_place_is_found(desk, people, desk_clock):
    shown = go(desk, people)
    desk_clock.advance(minutes=5)
    weather.switch_on(desk, GUARD, desk.settings.weather_signals[0].name, "气象台", inside)
    desk_clock.now += timedelta(minutes=1)
    weather.mark_safe(desk, GUARD, shown.id, "王小明家")
    with desk.read() as book:
        assert purging.naming(book, "王小明") == ["OT1"]
