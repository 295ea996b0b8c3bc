"""The visitors' screens by keystrokes: what a guard with one finger does until somebody is in."""

from dataclasses import replace

import pytest
from guard_keys import GUARD, HOST, SIZES, WANG, keys, settled, wrong_words

from kiosk.desk.bearer import StaffCard
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from visitors import appointments, cards, reception
from visitors.models import Answer, How, State
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_an_appointment_is_found_by_two_letters_and_admitted_with_two_keys(
    desk, desktop, size, language
):
    use(language)
    visit = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.PHONE)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        assert "王小明" in desktop.shown()
        await keys(desktop, pilot, "w", "x", "enter")
        assert isinstance(desktop.screen, VisitScreen)
        shown = desktop.shown()
        assert "张科长" in shown
        assert "办公室" in shown
        assert ("未签到" if language == "zh_CN" else "not signed in") in shown
        await keys(desktop, pilot, "enter")
        assert isinstance(desktop.screen, VisitorsScreen)
        assert ("已放行" if language == "zh_CN" else "Admitted") in desktop.shown()
    assert cards.visit_card(desk, visit).state is State.ADMITTED
    assert desktop.answers[-1].tone is Tone.GOOD
    with desk.read() as book:
        assert len(book.all(JOBS_OF, slip="visit", number="20261123-001")) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_a_walk_in_is_typed_asked_answered_and_admitted(desk, desktop, size, language):
    use(language)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        assert isinstance(desktop.screen, WalkInScreen)
        await keys(desktop, pilot, *"李四", "enter", "1", *"东川供水", "enter", *"抄表", "enter")
        await keys(desktop, pilot, "z", "k")
        assert "张科长" in desktop.shown()
        await keys(desktop, pilot, "enter", "f5")
        assert isinstance(desktop.screen, VisitScreen)
        await keys(desktop, pilot, "1")
        assert "8001" in desktop.shown()
        await keys(desktop, pilot, "1", "1")
    [visit] = cards.todays(desk)
    assert (visit.state, visit.form, visit.host.staff_no) == (State.ADMITTED, "Mr", HOST)
    assert (visit.answer, visit.answer_how) == (Answer.YES, How.PHONE)


async def test_the_hosts_badge_at_the_desk_is_his_yes(desk, desktop, people):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        screen = desktop.screen
        stranger = StaffCard("04A1B2C3D4E504", people["3001"])
        assert not screen.accepts(stranger)
        host = StaffCard("04A1B2C3D4E501", people[HOST])
        assert screen.accepts(host)
        await screen.take_card(host)
        await settled(desktop, pilot)
        assert not screen.accepts(host)
    assert cards.visit_card(desk, visit).answer_how is How.BADGE


async def test_a_host_who_is_not_reached_keeps_the_door_shut(desk, desktop):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "1", "4")
        assert "not reached" in desktop.shown()
        assert "Admit and print" not in desktop.shown()
    assert cards.visit_card(desk, visit).state is State.HOST_ASKED


async def test_after_a_no_the_cursor_stands_on_turning_the_visitor_away(desk, desktop):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "1")
        assert 'Say: "' in desktop.shown()
        await keys(desktop, pilot, "3")
        assert 'Say: "' not in desktop.shown()
        await keys(desktop, pilot, "enter", "1")
    assert cards.visit_card(desk, visit).reason_code == "host_declines"


async def test_an_hour_that_is_over_is_explained_where_it_was_typed(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(
            desktop, pilot, "f7", *"李四", "enter", "enter", "enter", *"开会", "enter", "z", "k"
        )
        await keys(desktop, pilot, "enter", "enter", "5", "f5")
        assert "already over" in wrong_words(desktop, "from")
        await keys(desktop, pilot, "enter", "6", "f5")
        assert "already over" in wrong_words(desktop, "until")
    assert cards.todays(desk) == []


async def test_a_host_can_confirm_before_the_visitor_comes(desk, desktop):
    visit = appointments.expect(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "3")
        assert "You may admit" in desktop.shown()
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.number, shown.has_yes) == (State.EXPECTED, "", True)


async def test_a_careless_enter_is_never_the_hosts_yes(desk, desktop):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.ask(desk, GUARD, visit, How.PHONE)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "enter", "enter", "enter")
    assert cards.visit_card(desk, visit).answer is None


@pytest.mark.parametrize("letter", ["a", "A"])
async def test_the_tenth_act_has_a_letter_and_one_and_nought_are_no_yes(desk, desktop, letter):
    visit = reception.walk_in(desk, GUARD, replace(WANG, people=3), HOST)
    reception.ask(desk, GUARD, visit, How.PHONE)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        rows = desktop.screen.query_one("#acts").rows
        assert [row.cells[0] for row in rows] == list("123456789a")
        assert "Name 2 companions" in rows[-1].cells[1]
        await keys(desktop, pilot, "0", letter)
        assert isinstance(desktop.screen, AskText)
    assert cards.visit_card(desk, visit).answer is None
