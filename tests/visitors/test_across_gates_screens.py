"""What the gates of one site ask on the screen, by keyboard alone at 80x24."""

from datetime import timedelta

import pytest
from guard_keys import keys, settled
from site_of_two import at_the_hub, hears

from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.people import EVERYONE
from kiosk.desk.signing import Means, Proof
from kiosk.ui.signed_act import SignedAct
from visitors import reception
from visitors.gates import twice
from visitors.gates.twice import Right
from visitors.models import Answer, How, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.screens import SCREENS
from visitors.screens_gates import WhichIsRight
from visitors.screens_visit import VisitScreen
from visitors.service import visit_of

GUARD, HOST, OFFICE = "2001", "1001", "9001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", phone="13800138000")


@pytest.fixture
def two(desk, people, other_settings, settings, desk_clock):
    assert people
    desk.settings = at_the_hub(settings, "gate-1", 0)
    other = Desk.open(at_the_hub(other_settings, "gate-2", 1), desk_clock)
    hears(other, desk)
    yield desk, other
    other.close()


def waiting(desk):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def opened(desk):
    with desk.read() as book:
        return list(outstanding(desk, book))


def proof(desk, staff_no):
    with desk.read() as book:
        [person] = [one for one in book.all(EVERYONE) if one.staff_no == staff_no]
    return Proof(person, Means.BADGE, desk.clock())


def state(desk, visit):
    with desk.read() as book:
        return visit_of(book, visit)[0].state


async def signs(desktop, pilot, staff_no):
    await keys(desktop, pilot, *staff_no, "enter", *"2580", "enter")


async def test_the_list_says_at_which_gate_somebody_waits(two, desktop):
    waiting(two[1])
    hears(two[0], two[1])
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        assert "gate-2" in desktop.shown()
        await pilot.press("enter")
        await settled(desktop, pilot)
        assert "came to gate-2" in desktop.shown()


async def test_on_old_data_a_guard_cannot_sign_and_the_office_can(two, desktop):
    a, _b = two
    visit = waiting(a)
    old = a.clock() - timedelta(hours=a.rules.hub_stale_h + 1)
    desktop.context.hub_state = lambda: HubState(Standing.CUT, fresh={"gate-2": old})
    async with desktop.run_test(size=(80, 24)) as pilot:
        desktop.push_screen(VisitScreen(visit))
        await settled(desktop, pilot)
        await pilot.press("enter")
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, SignedAct)
        assert "gate-2" in desktop.shown()
        assert state(a, visit) is State.HOST_ASKED
        await signs(desktop, pilot, GUARD)
        assert state(a, visit) is State.HOST_ASKED
        await pilot.press("escape")
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, VisitScreen)
        await pilot.press("enter")
        await settled(desktop, pilot)
        await signs(desktop, pilot, OFFICE)
        assert state(a, visit) is State.ADMITTED
        assert not isinstance(desktop.screen, SignedAct | VisitScreen)


async def test_which_of_two_visits_is_right_is_chosen_and_signed(two, desktop):
    a, b = two
    first, second = waiting(a), waiting(b)
    reception.admit(a, GUARD, first)
    reception.admit(b, GUARD, second)
    hears(a, b)
    with a.read() as book:
        [thing] = [one for one in outstanding(a, book) if one.kind == twice.KIND]
    async with desktop.run_test(size=(80, 24)) as pilot:
        desktop.push_screen(SCREENS.goes_to[twice.KIND](thing))
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, WhichIsRight)
        assert desktop.shown().count("08:20") >= 2  # the hour of both stands beside them
        await pilot.press("1")
        await settled(desktop, pilot)
        assert isinstance(desktop.screen, SignedAct)
        assert "sign which visit is right" in desktop.shown()
        await signs(desktop, pilot, GUARD)
        assert not isinstance(desktop.screen, SignedAct | WhichIsRight)
    right, wrong = (first, second) if thing.ref.startswith(first) else (second, first)
    assert (state(a, right), state(a, wrong)) == (State.ADMITTED, State.VOIDED)


async def test_the_number_that_gave_way_finds_the_visitor_and_says_under_which_he_is_kept(
    two, desktop
):
    a, b = two
    for desk in two:
        reception.admit(desk, GUARD, waiting(desk))
    hears(a, b)
    [thing] = [one for one in opened(a) if one.kind == twice.KIND]
    right, wrong = thing.ref.split("+")
    twice.decide(a, GUARD, thing.ref, Right.FIRST, proof(a, OFFICE))
    with a.read() as book:
        kept, typed = (f"{visit_of(book, one)[0].number:03}" for one in (right, wrong))
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, *typed)
        assert f"Number {typed} is kept under {kept} now" in desktop.shown()
        await keys(desktop, pilot, "enter", "enter")
    assert (state(a, right), state(a, wrong)) == (State.LEFT, State.VOIDED)
    assert kept in desktop.answers[-1].headline
