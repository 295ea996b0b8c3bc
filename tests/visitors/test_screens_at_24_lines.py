"""What a guard reads and presses on a low screen: all in sight, no key with two meanings."""

import pytest
from guard_keys import GUARD, HOST, SIZES, WANG, keys, settled

from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText
from kiosk.ui.form import LabelledInput
from visitors import cards, reception
from visitors.emergency.screens import LetInAtOnce
from visitors.models import Answer, How, State
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_the_tenth_reason_is_seen_and_has_its_digit(desk, desktop, size, language):
    use(language)
    reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "3")
        shown = desktop.shown()
        assert ("0   其他" if language == "zh_CN" else "0   Other") in shown
        await keys(desktop, pilot, "0")
        assert isinstance(desktop.screen, AskText)
        await keys(desktop, pilot, *"no", "enter")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.todays(desk)
    assert (visit.state, visit.reason) == (State.REFUSED, "no")


async def test_an_ambulance_is_let_in_from_a_form_and_what_is_typed_stays(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四", "ctrl+g")
        assert isinstance(desktop.screen, LetInAtOnce)
        await keys(desktop, pilot, "1")
        assert isinstance(desktop.screen, WalkInScreen)
        assert desktop.screen.query_one("#name", LabelledInput).text == "李四"
    assert [one.state for one in cards.todays(desk)] == [State.ADMITTED]


async def test_an_ambulance_is_let_in_from_a_visit(desk, desktop):
    reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "ctrl+g", "1")
        assert isinstance(desktop.screen, VisitScreen)
    assert {one.state for one in cards.todays(desk)} == {State.ADMITTED, State.WAITING}


async def test_ctrl_t_means_who_was_asked_first_in_a_form_too(desktop):
    begun = []
    desktop.context.begin = begun.append
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四", "ctrl+t")
        assert desktop.screen.query_one("#name", LabelledInput).text == "李四"
    assert begun == ["q"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_likeliest_act_is_in_sight_when_the_visit_opens(desk, desktop, size):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        assert "agrees, read back" in desktop.shown()


async def test_the_chosen_kind_has_a_sign_beside_its_colour(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        assert "1✓" in desktop.shown()
        await keys(desktop, pilot, "4")
        shown = desktop.shown()
    assert "4✓" in shown
    assert "1✓" not in shown
