"""Where the exit meets visits without a slip: brigades, and kinds of visit that get none."""

import pytest
from guard_keys import GUARD, keys, settled

from visitors import cards, departures
from visitors.emergency import service
from visitors.emergency.models import Kind
from visitors.exit.parting import part_leaves
from visitors.models import ReturnSlip, State

pytestmark = pytest.mark.usefixtures("people")


def let_in(desk, people="5"):
    service.admit_at_once(desk, GUARD, Kind.FIRE, people, "")
    [visit] = cards.todays(desk)
    return visit.id


def test_who_had_no_slip_owes_none_when_only_some_left(desk):
    visit = let_in(desk)
    departures.leave(desk, GUARD, visit, signed=False)
    part_leaves(desk, GUARD, visit, 3)
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.NONE
    gone = departures.leave(desk, GUARD, visit, signed=False)
    assert gone.return_slip is ReturnSlip.NONE


async def test_only_some_of_a_brigade_leave_by_its_letter(desk, desktop):
    visit = let_in(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "0", "0", "1", "enter", "n", "3", "enter")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.remaining) == (State.ADMITTED, 2)


async def test_a_brigade_of_unknown_number_can_be_lent_a_key(desk, desktop):
    let_in(desk, people="")
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "0", "0", "1", "enter")
        assert "Lend something" in desktop.shown()
