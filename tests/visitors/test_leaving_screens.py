"""Letting visitors out by keystrokes and by scans, of today and of the night before."""

import pytest
from guard_keys import GUARD, HOST, SIZES, WANG, admitted, code_of, keys, settled

from kiosk.ui.palette import Tone
from visitors import appointments, cards, departures, no_shows, screens, slip_code
from visitors.models import How, ReturnSlip, State
from visitors.screens_list import VisitorsScreen
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")


async def test_the_number_typed_lets_somebody_out(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "0", "0", "1", "enter", "enter")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.return_slip) == (State.LEFT, ReturnSlip.SIGNED)
    assert "工具箱1" in desktop.answers[-1].lines[0]


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_of_two_days_asks_who_goes_out(desk, desktop, size, two_nights):
    earlier, today = two_nights
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        assert "11-23/001" in desktop.shown()
        await keys(desktop, pilot, "0", "0", "1", "enter")
        shown = desktop.shown()
        assert "Who is it?" in shown
        assert "11-23/001 夜客" in shown
        await keys(desktop, pilot, "escape")
        assert isinstance(desktop.screen, VisitorsScreen)
        await keys(desktop, pilot, "enter", "1")
        assert "11-23/001" in desktop.shown()
        assert "11-23 18:20" in desktop.shown()
        await keys(desktop, pilot, "1")
    assert cards.visit_card(desk, earlier).state is State.LEFT
    assert cards.visit_card(desk, today).state is State.ADMITTED
    assert "11-23/001" in desktop.answers[-1].headline


async def test_a_number_only_yesterdays_visitor_has_inside_opens_his_visit(
    desk, desktop, two_nights
):
    earlier, today = two_nights
    departures.leave(desk, GUARD, today, signed=True)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "1", "enter", "enter")
    assert cards.visit_card(desk, earlier).state is State.LEFT


async def test_a_scanned_slip_closes_the_visit_over_any_screen(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四")
        assert await screens.take_code(desktop.context, code_of(desk, visit))
        await settled(desktop, pilot)
        assert desktop.screen.text("name") == "李四"
    assert cards.visit_card(desk, visit).state is State.LEFT
    assert desktop.answers[-1].tone is Tone.GOOD


async def test_the_bars_close_the_visit_with_caps_lock_and_a_line_end(desk, desktop):
    visit = admitted(desk)
    with desk.read() as book:
        bars = slip_code.made_short(desk, visit_of(book, visit)[0], 1)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert await screens.take_code(desktop.context, f"{bars.lower()}\r\n")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.return_slip) == (State.LEFT, ReturnSlip.SIGNED)


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_late_is_amber_and_who_missed_his_day_is_found_and_written_anew(
    desk, desktop, desk_clock, size
):
    missed = appointments.expect(desk, GUARD, WANG, HOST, confirmed=How.PHONE)
    desk_clock.advance(minutes=desk.rules.visit_late_arrival_min + 10)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        assert "40 min late" in desktop.shown()
        desk_clock.advance(days=1)
        no_shows.close_no_shows(desk)
        await desktop.screen.refresh_book()
        await settled(desktop, pilot)
        assert "王小明" not in desktop.shown()
        await keys(desktop, pilot, "w", "x")
        assert "did not come 11-23" in desktop.shown()
        await keys(desktop, pilot, "enter")
        assert "did not come 11-23 08:20" in desktop.shown()
        await keys(desktop, pilot, "1")
        assert "001" in desktop.shown()
        await keys(desktop, pilot, "1", "1", "1")
    assert cards.visit_card(desk, missed).state is State.NO_SHOW
    [today] = cards.todays(desk)
    assert (today.state, today.name, today.goods) == (State.ADMITTED, "王小明", "工具箱1")


async def test_a_scan_at_the_locked_desk_closes_the_visit_but_not_the_return_slip(desk, desktop):
    visit = admitted(desk)
    desktop.context.operator = None
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert await screens.take_code(desktop.context, code_of(desk, visit))
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.MISSING


@pytest.mark.parametrize(
    "code",
    [
        "V1:",
        "V1:gate-1:20261123-001:1:AAAAAAAA",
        "V1:" + "9" * 5000,
        "v1:\x1b[2J",
        "V:",
        "V:263270001010000000",
        "V:" + "9" * 5000,
        "v:\x1b[2J",
    ],
)
async def test_a_hostile_slip_code_is_refused_in_words(desk, desktop, code):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert await screens.take_code(desktop.context, code)
    assert desktop.answers[-1].tone is Tone.AMBER
    assert cards.visit_card(desk, visit).state is State.ADMITTED


async def test_a_code_that_is_no_slip_is_left_to_others(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert not await screens.take_code(desktop.context, "6901234567892")
