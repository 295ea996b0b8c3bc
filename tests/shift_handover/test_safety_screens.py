"""The safety check's screens by keyboard and tag: walking, changing the list, the answer."""

import time

import pytest

from kiosk.desk.bearer import StaffCard, UnknownCard
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import use
from kiosk.ui.bars import KeyBar
from kiosk.ui.row_list import RowList
from shift_handover.models import Found
from shift_handover.rules import Finding
from shift_handover.safety import editing, reporting
from shift_handover.safety.points import house
from shift_handover.safety.results import last_results
from shift_handover.safety.screens_edit import SafetyListScreen
from shift_handover.safety.screens_report import AnswerReport, SayReport
from shift_handover.safety.screens_round import SafetyScreen
from shift_handover.screens import SCREENS
from shift_handover.screens_home import HandoverHome

pytestmark = pytest.mark.usefixtures("people", "compiled_words")
HALL = "04A1A1A1A1A101"
PIN = "2580"
either = pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "zh_CN"), ((120, 36), "en")], ids=["80x24-zh", "120x36-en"]
)


async def until(pilot, true, seconds=15.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still at {pilot.app.screen}"
        await pilot.pause()


async def to(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted)
    await pilot.pause()


async def begin(pilot):
    await to(pilot, HandoverHome)
    await pilot.press("1")
    await to(pilot, SafetyScreen)
    await until(pilot, lambda: pilot.app.screen._progress)
    return pilot.app.screen


def names(desk):
    with desk.read() as book:
        return [item.name for item in house(book).items()]


@either
async def test_a_tap_in_a_round_goes_to_its_place(app, desk, people, size, language):
    use(language)
    manager = Proof(people["1001"], Means.BADGE, desk.clock())
    editing.enrol(desk, manager, "hall", HALL)
    async with app.run_test(size=size) as pilot:
        screen = await begin(pilot)
        assert not screen.accepts(UnknownCard("04EEEEEEEEEE01"))
        assert not screen.accepts(StaffCard(HALL, people["3001"]))
        assert screen.accepts(UnknownCard(HALL))
        await pilot.press("1")
        await until(pilot, lambda: len(screen._progress.found) == 1)
        await screen.take_card(UnknownCard(HALL))
        assert screen._progress.next_item.code == "passages_clear"
        for done in range(2, 13):
            await pilot.press("1")
            await until(pilot, lambda done=done: len(screen._progress.found) == done)
        await to(pilot, SayReport)
        await pilot.press(*"boss", "enter", "enter", *"fine", "enter")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        results = last_results(book, desk.gate)
        assert sum(result.unproven for result in results) == 0
        assert reporting.unreported(desk, book) == []


@either
async def test_a_round_whose_report_was_broken_off_asks_for_it_again(app, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        for _item in range(12):
            await pilot.press("1")
            await pilot.pause()
        await to(pilot, SayReport)
        app.pop_screen()  # as after a power cut: nothing was said of the report
        await to(pilot, SafetyScreen)
        assert "Enter" in str(app.screen.query_one(KeyBar).render())
        await pilot.press("enter")
        await to(pilot, SayReport)
        app.pop_screen()
        app.pop_screen()
        await to(pilot, HandoverHome)
        await pilot.press("1")
        await to(pilot, SayReport)


@either
async def test_a_superiors_name_is_not_lost_by_one_slip_of_the_finger(app, desk, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        for _item in range(12):
            await pilot.press("1")
            await pilot.pause()
        await to(pilot, SayReport)
        asked = app.screen
        await pilot.press(*"boss", "escape")
        await pilot.pause()
        assert app.screen is asked
        assert asked.query_one("#whom Input").value == "boss"
        await pilot.press("enter", *"x")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is asked, "what was typed after the warning asks again"
        await pilot.press("escape")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        assert [one.facts["reported"] for one in reporting.unreported(desk, book)] == [False]


async def test_an_empty_report_is_left_by_one_esc(app):
    use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        for _item in range(12):
            await pilot.press("1")
            await pilot.pause()
        await to(pilot, SayReport)
        await pilot.press("escape")
        await to(pilot, HandoverHome)


async def test_the_list_closes_when_the_desk_locks_behind_a_manager(app, desk, people):
    use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        round_ = await begin(pilot)
        await pilot.press("l")
        await until(pilot, lambda: app.screen is not round_)
        await pilot.pause()
        await app.screen.take_card(StaffCard("04A1B2C3D4E501", people["1001"]))
        await pilot.press(*PIN, "enter")
        await to(pilot, SafetyListScreen)
        listed = app.screen
        await until(pilot, lambda: listed.query_one("#points", RowList).rows)
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query("#text"))
        guard, app.context.operator = app.context.operator, None
        await listed.refresh_book()
        app.context.operator = guard
        before = names(desk)
        await pilot.press(*"zz", "enter")
        await until(pilot, lambda: isinstance(app.screen, SafetyScreen))
        assert names(desk) == before


@either
async def test_a_manager_changes_the_list_with_badge_and_pin(app, desk, people, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        round_ = await begin(pilot)
        await pilot.press("l")
        await until(pilot, lambda: app.screen is not round_)
        asked = app.screen
        await pilot.pause()
        await asked.take_card(StaffCard("04A1B2C3D4E501", people["1001"]))
        await pilot.press(*PIN, "enter")
        await to(pilot, SafetyListScreen)
        screen = app.screen
        points = screen.query_one("#points", RowList)
        await until(pilot, lambda: points.rows)
        await pilot.press("a")
        await until(pilot, lambda: app.screen.query("#text"))
        await pilot.press(*"boat", "enter")
        await until(pilot, lambda: "boat" in names(desk))
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query("#text"))
        await pilot.press("home", *"no ", "enter")
        await until(pilot, lambda: any(name.startswith("no ") for name in names(desk)))
        await pilot.press("plus")
        await until(pilot, lambda: names(desk)[1].startswith("no "))
        await pilot.press("r")
        await until(pilot, lambda: not any(name.startswith("no ") for name in names(desk)))
        await pilot.press("end")
        assert screen.accepts(UnknownCard(HALL))
        await screen.take_card(UnknownCard(HALL))
        with desk.read() as book:
            assert house(book).tags == {HALL: "gatehouse"}
        await pilot.press("escape")
        await to(pilot, SafetyScreen)
        await until(pilot, lambda: HALL in round_._progress.tags)
        assert "boat" in [item.name for item in round_._progress.items]


async def test_a_guard_cannot_open_the_list(app, people):
    async with app.run_test(size=(80, 24)) as pilot:
        round_ = await begin(pilot)
        await pilot.press("l")
        await until(pilot, lambda: app.screen is not round_)
        await pilot.pause()
        asked = app.screen
        await asked.take_card(StaffCard("04A1B2C3D4E502", people["2001"]))
        await pilot.press(*PIN, "enter")
        await pilot.pause()
        assert not isinstance(app.screen, SafetyListScreen)


async def test_the_answer_is_written_where_the_open_thing_leads(app, desk, desk_clock, check_all):
    fault = Finding(Found.FAULT, what="灯不亮", where="楼梯", measure="警示牌", told="赵主任")
    check_all(desk, desk_clock, answer="", fire_exits=fault)
    with desk.read() as book:
        [thing] = reporting.unreported(desk, book)
    async with app.run_test(size=(80, 24)) as pilot:
        await to(pilot, HandoverHome)
        app.push_screen(SCREENS.goes_to["safety.report"](thing))
        await to(pilot, AnswerReport)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnswerReport)
        await pilot.press(*"tomorrow", "enter")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        assert reporting.unreported(desk, book) == []
        assert reporting.shown_report(book, thing.ref).report.answer == "tomorrow"
