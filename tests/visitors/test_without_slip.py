"""Who is inside without a slip (officers, who helps): counted, and never asked for one."""

import pytest

from kiosk import features
from visitors import departures, reception
from visitors.emergency import service
from visitors.emergency.models import Kind
from visitors.exit import assumed, parting
from visitors.exit.assumed import Was
from visitors.models import Answer, How, LeftHow, ReturnSlip
from visitors.rules import Details
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"


def officers(desk):
    details = Details(
        name="钱卫国", matter="", unit="公安局", besides="警官证 0123", lane="law", people=3
    )
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def helpers(desk):
    return service.admit_at_once(desk, GUARD, Kind.REPAIR, people="3").visit


def row(desk, visit):
    with desk.read() as book:
        return visit_of(book, visit)[0]


@pytest.mark.parametrize("come", [officers, helpers])
def test_whom_nobody_saw_leave_is_looked_for_at_a_roll_call(desk, come):
    visit = come(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    with desk.read() as book:
        [found] = [one for one in features.inside(desk, book) if one.ref == visit]
    assert (found.doubt, found.people) == ("assumed to have left", 3)


@pytest.mark.parametrize("come", [officers, helpers])
def test_no_slip_is_asked_of_who_was_inside_after_all(desk, come):
    visit = come(desk)
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    assumed.settle_assumed(desk, GUARD, visit, Was.STILL_INSIDE, "被访人说还在")
    assert row(desk, visit).return_slip is ReturnSlip.NONE
    departures.leave(desk, GUARD, visit, signed=False)
    assert row(desk, visit).return_slip is ReturnSlip.NONE


@pytest.mark.parametrize("come", [officers, helpers])
def test_no_slip_is_asked_of_those_who_stayed(desk, come):
    visit = come(desk)
    departures.leave(desk, GUARD, visit, signed=False)
    parting.part_leaves(desk, GUARD, visit, 1)
    assert row(desk, visit).return_slip is ReturnSlip.NONE
