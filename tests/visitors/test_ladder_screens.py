"""The ladder by keystrokes: the clock, who is next, its end, and a mobile for a reason."""

from dataclasses import replace

import pytest

from kiosk.desk.bearer import StaffCard
from kiosk.desk.people import person_by_staff_no, sealed_for
from kiosk.desk.words import use
from kiosk.ui.row_list import RowList
from visitors import appointments, cards, reception
from visitors.acts import Act
from visitors.ladder.rungs import Rung
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.screens_act_keys import QUIET_S
from visitors.screens_mobile import AskMobile
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people", "compiled_words")
GUARD, HEAD, HOST, STAND_IN = "2001", "1001", "3001", "9001"
WANG = Details(name="王小明", form="Mr", unit="东川供水公司", matter="水表检修")
MOBILE = "13900001234"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture(autouse=True)
def _ladder(desk):
    with desk.write() as tx:
        host = person_by_staff_no(tx, HOST)
        host.deputy_no = STAND_IN
        host.mobile = sealed_for(tx, host, MOBILE)
        tx.put(host)
        tx.record("people.imported", people=1)


async def settled(app, pilot):
    """Wait until workers, the pen and the refreshed lists have come to rest."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        app.ticked += QUIET_S
        await pilot.press(key)
        await settled(app, pilot)


async def opened(app, pilot, visit):
    app.push_screen(VisitScreen(visit))
    await settled(app, pilot)


def asked(desk, *rungs):
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    for rung in rungs:
        reception.ask(desk, GUARD, visit, How.PHONE, rung)
    return visit


def pointed_at(app):
    return app.screen.query_one("#acts", RowList).current.key


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "waits", "due"),
    [
        ("zh_CN", "已等 0:30，再过 0:15 请问顶岗人", "没有答复，现在请问顶岗人"),
        ("en", "0:30, in 0:15 ask: stand-in", "No answer. Now ask: stand-in"),
    ],
)
async def test_the_clock_counts_says_once_who_is_next_and_enter_asks_them(
    desk, desk_clock, desktop, size, language, waits, due
):
    use(language)
    visit = asked(desk, Rung.HOST)
    async with desktop.run_test(size=size) as pilot:
        await opened(desktop, pilot, visit)
        desk_clock.advance(seconds=30)
        await desktop.screen.tick()
        await settled(desktop, pilot)
        assert waits in desktop.shown()
        assert desktop.answers == []
        desk_clock.advance(seconds=15)
        await desktop.screen.tick()
        await settled(desktop, pilot)
        assert due in desktop.shown()
        assert pointed_at(desktop) is Act.ASK_STAND_IN
        await desktop.screen.tick()
        assert [verdict.headline for verdict in desktop.answers] == [due]
        ladder = cards.visit_card(desk, visit).ladder
        assert ladder.asked.rung is Rung.HOST  # nobody is asked by the clock alone
        await keys(desktop, pilot, "enter")
        ladder = cards.visit_card(desk, visit).ladder
        assert ladder.asked.rung is Rung.STAND_IN
        assert ("顶岗人" if language == "zh_CN" else "stand-in") in desktop.shown()


async def test_a_key_on_its_way_when_the_clock_moves_the_cursor_does_nothing(
    desk, desk_clock, desktop
):
    visit = asked(desk, Rung.HOST)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        desk_clock.advance(seconds=45)
        await desktop.screen.tick()
        await pilot.press("enter")
        await settled(desktop, pilot)
        assert cards.visit_card(desk, visit).ladder.asked.rung is Rung.HOST


async def test_a_host_who_is_not_there_is_passed_over_with_one_digit(desk, desktop):
    visit = asked(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        shown = desktop.shown()
        assert "Ask the stand-in" in shown
        assert "(not signed in), extension 8001" in shown
        await keys(desktop, pilot, "3")
    asked_now = cards.visit_card(desk, visit).ladder.asked
    assert (asked_now.rung, asked_now.staff_no) == (Rung.STAND_IN, STAND_IN)


async def test_an_unconfirmed_appointment_of_a_host_who_is_not_there_goes_to_the_stand_in(
    desk, desktop
):
    visit = appointments.expect(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "4")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.ladder.asked.rung) == (State.HOST_ASKED, Rung.STAND_IN)


async def test_the_stand_ins_badge_is_taken_once_asked_and_a_sign_in_before(desk, desktop, people):
    visit = asked(desk)
    card = StaffCard("04A1B2C3D4E505", people[STAND_IN])
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        assert not desktop.screen.accepts(card)
        await keys(desktop, pilot, "3")
        assert desktop.screen.accepts(card)
        await desktop.screen.take_card(card)
        await settled(desktop, pilot)
        assert "stand-in" in desktop.shown()
    shown = cards.visit_card(desk, visit)
    assert (shown.has_yes, shown.answer_rung) == (True, Rung.STAND_IN)


async def test_nobody_reached_ends_the_visit_with_a_polite_sentence(desk, desktop):
    visit = asked(desk, Rung.HOST, Rung.STAND_IN, Rung.HEAD)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        assert Act.NOBODY not in {one.act for one in desktop.screen._acts.values()}
        await keys(desktop, pilot, "4")
        assert "I am sorry, I cannot reach anybody now." in desktop.shown()
        assert pointed_at(desktop) is Act.NOBODY
        await keys(desktop, pilot, "enter")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.reason_code) == (State.REFUSED, "nobody_reached")


async def test_after_a_no_nobody_else_is_offered(desk, desktop):
    visit = asked(desk, Rung.HOST)
    reception.answer(desk, GUARD, visit, Answer.NO, How.PHONE)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        assert "Ask the stand-in" not in desktop.shown()


async def test_the_list_shows_the_clock_of_who_waits(desk, desk_clock, desktop):
    asked(desk, Rung.HOST)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        desk_clock.advance(seconds=20)
        desktop.screen.tick()
        await settled(desktop, pilot)
        assert "asked 0:20" in desktop.shown()
        desk_clock.advance(seconds=60)
        desktop.screen.tick()
        await settled(desktop, pilot)
        assert "no answer 1:20" in desktop.shown()


@pytest.mark.parametrize("size", SIZES)
async def test_a_mobile_number_stands_only_after_who_and_why_and_goes_with_esc(desk, desktop, size):
    visit = asked(desk, Rung.HOST)
    async with desktop.run_test(size=size) as pilot:
        await opened(desktop, pilot, visit)
        assert Act.MOBILE not in {one.act for one in desktop.screen._acts.values()}
        await keys(desktop, pilot, "4", "m")
        dialog = desktop.screen
        assert isinstance(dialog, AskMobile)
        await keys(desktop, pilot, "enter", *"boss", "enter", "enter")
        assert MOBILE not in desktop.shown()
        await keys(desktop, pilot, *"leak", "enter")
        assert MOBILE in desktop.shown()
        with desk.read() as book:
            (count,) = book.connection.execute("SELECT count(*) FROM mobile_release").fetchone()
        assert count == 1
        await keys(desktop, pilot, "escape")
        assert MOBILE not in desktop.shown()
        assert isinstance(desktop.screen, VisitScreen)


async def test_the_number_goes_away_by_itself(desk, desktop):
    desk.rules = replace(desk.rules, mobile_shown_s=0.05)
    visit = asked(desk, Rung.HOST)
    async with desktop.run_test(size=(120, 36)) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "4", "m", *"boss", "enter", *"leak", "enter")
        for _look in range(100):
            if isinstance(desktop.screen, VisitScreen):
                break
            await pilot.pause(0.02)
        assert isinstance(desktop.screen, VisitScreen)
