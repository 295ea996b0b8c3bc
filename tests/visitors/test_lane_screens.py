"""Kinds of visit by keystrokes, in 80x24 and 120x36, in Chinese and English."""

from dataclasses import replace
from datetime import time

import pytest

from kiosk.desk.settings_lanes import LaneSetting, Window
from kiosk.desk.words import _, use
from kiosk.ui.dialogs import Choose
from kiosk.ui.form import LabelledInput
from visitors import appointments, cards, departures, reception
from visitors.lanes.table import Lane
from visitors.models import Answer, How, LeftHow, State
from visitors.rules import Details
from visitors.screens_actions import Act
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_correct import CorrectScreen
from visitors.screens_lane_acts import HelmetQuestion, HelmetsBack
from visitors.screens_list import VisitorsScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people", "compiled_words")
GUARD, HOST = "2001", "1001"
BOTH = [
    pytest.param(size, language, id=f"{language}-{size[0]}")
    for size in ((80, 24), (120, 36)) for language in ("zh_CN", "en")
]  # fmt: skip
WORKER = Details(name="郑工", unit="宏图建筑", matter="外墙施工", lane="construction")
POLICE = Details(name="周亮", matter="", unit="派出所", besides="警官证 012345", lane="law")


async def settled(app, pilot):
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


def fields_shown(app):
    return [one.id for one in app.screen.query(LabelledInput) if one.display]


def agreed(desk, details):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


async def opened(app, pilot, visit):
    await settled(app, pilot)
    app.push_screen(VisitScreen(visit))
    await settled(app, pilot)


@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_a_courier_is_one_digit_a_company_a_name_and_gone_with_one_key(
    desk, desktop, size, language
):
    use(language)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", "5")
        assert fields_shown(desktop) == ["unit", "host"]
        words = "快件请放在传达室" if language == "zh_CN" else "leave the parcel here"
        assert words in desktop.shown()
        await keys(desktop, pilot, *"顺丰", "enter", "z", "k")
        assert "张科长" in desktop.shown()
        await keys(desktop, pilot, "enter")
        assert isinstance(desktop.screen, VisitScreen)
        await keys(desktop, pilot, "2")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.todays(desk)
    assert (visit.state, visit.left_how, visit.lane) == (
        State.LEFT, LeftHow.AT_GATE, Lane.COURIER,
    )  # fmt: skip


async def test_the_usual_kind_needs_no_key_and_a_digit_elsewhere_is_a_digit(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(
            desktop, pilot, "f5", *"李四", "enter", "1", *"58到家", "enter", *"抄表", "enter"
        )
        await keys(desktop, pilot, "z", "k", "enter", "f5")
    [visit] = cards.todays(desk)
    assert (visit.lane, visit.unit, visit.kind) == (Lane.OFFICIAL, "58到家", "")


@pytest.mark.parametrize(("size", "language"), BOTH)
@pytest.mark.parametrize("digit", list("23456789"))
async def test_every_kind_shows_its_words_whole(desktop, size, language, digit):
    use(language)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", digit)
        shown = "".join(desktop.shown().split())
        assert "".join(_(desktop.screen.asks.script).split()) in shown


async def test_f6_changes_the_kind_later_and_what_was_typed_stays(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四", "enter", "1", *"自来水", "f6")
        assert isinstance(desktop.screen, Choose)
        await keys(desktop, pilot, "9")
        assert {"name", "besides", "unit", "host"} <= set(fields_shown(desktop))
        assert "matter" not in fields_shown(desktop)
        assert desktop.screen.text("unit") == "自来水"
        desktop.screen.query_one("#besides", LabelledInput).focus()
        await keys(desktop, pilot, *"妻子", "enter", "z", "k", "enter", "f5")
    [visit] = cards.todays(desk)
    assert (visit.lane, visit.besides, visit.unit) == (Lane.FAMILY, "妻子", "自来水")


async def test_a_missing_field_of_a_kind_is_told_under_it(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", "8", *"周亮", "enter", *"派出所", "enter")
        await keys(desktop, pilot, *"警官证", "enter", "z", "k", "enter", "f5")
        shown = desktop.screen.query_one("#besides", LabelledInput)
        assert shown.has_class("-wrong")
        assert shown.input.has_focus
        await keys(desktop, pilot, *" 0123", "f5")
    [visit] = cards.todays(desk)
    assert visit.besides == "警官证 0123"


async def test_the_sites_usual_host_of_a_kind_stands_there_and_a_kind_that_is_off_is_not_offered(
    desk, desktop
):
    lanes = {"interview": LaneSetting(host="3001"), "public": LaneSetting(enabled=False)}
    desk.settings = replace(desk.settings, lanes=lanes)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", "2")
        assert desktop.screen.lane is Lane.INTERVIEW
        assert "李娜" in desktop.screen.text("host")
        await keys(desktop, pilot, *"陈新", "f5")
    [visit] = cards.todays(desk)
    assert (visit.host.staff_no, visit.lane) == ("3001", Lane.INTERVIEW)


async def test_an_open_window_admits_the_public_with_one_key(desk, desktop):
    windows = (Window("办公室", time(8, 0), time(12, 0)),)
    desk.settings = replace(desk.settings, windows=windows)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", "2", *"赵敏", "enter", "2", *"办证", "enter")
        await keys(desktop, pilot, "z", "k", "enter", "f5", "1")
    [visit] = cards.todays(desk)
    assert (visit.state, visit.answer_how) == (State.ADMITTED, How.STANDING)


async def test_an_announced_caller_of_the_public_needs_no_asking_at_an_open_window(desk, desktop):
    visit = appointments.expect(
        desk, GUARD, Details(name="赵敏", matter="办证", lane="public"), HOST
    )
    windows = (Window("办公室", time(8, 0), time(12, 0)),)
    desk.settings = replace(desk.settings, windows=windows)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        assert "The window of 张科长 is open" in desktop.shown()
        await keys(desktop, pilot, "1")
    assert cards.visit_card(desk, visit).answer_how is How.STANDING


async def test_a_petition_is_refused_by_its_section_and_not_by_the_gate(desk, desktop):
    petition = Details(name="孙强", matter="反映问题", besides="信访室", lane="petition")
    visit = reception.walk_in(desk, GUARD, petition, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "3", "1")
        assert "sent away by the gate alone" in desktop.shown()
        assert cards.visit_card(desk, visit).state is State.WAITING
        await keys(desktop, pilot, "1", "3")
        await keys(desktop, pilot, "enter", "1")
    assert cards.visit_card(desk, visit).state is State.REFUSED


@pytest.mark.parametrize(("size", "language"), BOTH)
@pytest.mark.parametrize(
    ("pressed", "kept"), [(("1", "2", "enter"), "12"), (("O",), "own"), (("n",), "stays_out")]
)
async def test_the_helmet_is_one_question_when_admitting(
    desk, desktop, size, language, pressed, kept
):
    use(language)
    visit = agreed(desk, WORKER)
    async with desktop.run_test(size=size) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "1")
        assert isinstance(desktop.screen, HelmetQuestion)
        assert cards.visit_card(desk, visit).state is State.HOST_ASKED
        await keys(desktop, pilot, *pressed)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.helmet) == (State.ADMITTED, kept)


async def test_a_helmet_that_cannot_be_taken_stays_typed_and_escape_admits_nobody(desk, desktop):
    other = agreed(desk, WORKER)
    reception.admit(desk, GUARD, other, "12")
    visit = agreed(desk, replace(WORKER, name="钱工"))
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "1", "1", "2", "enter")
        assert isinstance(desktop.screen, HelmetQuestion)
        assert desktop.screen.query_one("#helmet", LabelledInput).text == "12"
        assert "still out with 001" in desktop.shown()
        await keys(desktop, pilot, "escape")
        assert isinstance(desktop.screen, VisitScreen)
    assert cards.visit_card(desk, visit).state is State.HOST_ASKED


async def test_who_leaves_is_compared_with_the_helmet_and_one_key_takes_it_back(desk, desktop):
    visit = agreed(desk, WORKER)
    reception.admit(desk, GUARD, visit, "12")
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        await keys(desktop, pilot, "1")
        assert "helmet 12" in desktop.answers[-1].lines[0]
    assert cards.visit_card(desk, visit).helmet == ""


@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_of_officers_the_leader_is_chosen_by_a_digit(desk, desktop, size, language):
    use(language)
    visit = agreed(desk, POLICE)
    async with desktop.run_test(size=size) as pilot:
        await opened(desktop, pilot, visit)
        told = next(key for key, one in desktop.screen._acts.items() if one.act == "leader_told")
        await keys(desktop, pilot, told)
        assert "张伟" in desktop.shown()
        await keys(desktop, pilot, "1")
        assert not cards.visit_card(desk, visit).leader_waits
        words = "不打印会客单" if language == "zh_CN" else "there is no slip"
        assert words in desktop.shown()
        await keys(desktop, pilot, "1")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.copy_no) == (State.ADMITTED, 0)
    departures.leave(desk, GUARD, visit, signed=False)


async def test_the_correct_form_keeps_the_kind_and_can_change_it(desk, desktop):
    visit = agreed(desk, POLICE)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await opened(desktop, pilot, visit)
        desktop.push_screen(CorrectScreen(cards.visit_card(desk, visit)))
        await settled(desktop, pilot)
        assert desktop.screen.text("besides") == "警官证 012345"
        await keys(desktop, pilot, "f6", "1")
        desktop.screen.query_one("#matter", LabelledInput).input.value = "走访"
        desktop.screen.query_one("#reason", LabelledInput).input.value = "选错类别"
        await keys(desktop, pilot, "f5")
    shown = cards.visit_card(desk, visit)
    assert (shown.lane, shown.matter, shown.has_yes) == (Lane.OFFICIAL, "走访", False)


async def test_an_appointment_has_a_kind_too(desk, desktop):
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f7", "9", *"吴芳", "enter", "2", *"女儿", "enter")
        assert isinstance(desktop.screen, AppointmentScreen)
        await keys(desktop, pilot, "z", "k", "enter", "f5")
        await keys(desktop, pilot, "enter")  # 08:20 is before the house opens: saved all the same
    [visit] = cards.todays(desk)
    assert (visit.lane, visit.besides, visit.state) == (Lane.FAMILY, "女儿", State.EXPECTED)
    again = appointments.expect(desk, GUARD, Details(name="王五", matter="办事"), HOST)
    assert cards.visit_card(desk, again).lane is Lane.OFFICIAL


@pytest.mark.parametrize(("size", "language"), BOTH)
async def test_of_a_partys_helmets_the_guard_says_which_are_back(desk, desktop, size, language):
    use(language)
    visit = agreed(desk, replace(WORKER, people=2))
    reception.admit(desk, GUARD, visit, "12 13")
    async with desktop.run_test(size=size) as pilot:
        await opened(desktop, pilot, visit)
        await desktop.screen._do(Act.HELMET_BACK)
        await settled(desktop, pilot)
        await keys(desktop, pilot, *"14", "enter")
        assert isinstance(desktop.screen, HelmetsBack)
        await keys(desktop, pilot, *["backspace"] * 2, *"13", "enter")
        assert cards.visit_card(desk, visit).helmet == "12"
