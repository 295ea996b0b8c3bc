"""What is typed about a visit, corrected, voided and settled; nothing typed is lost."""

import pytest
from guard_keys import GUARD, HOST, SIZES, WANG, admitted, keys, settled, wrong_words

from kiosk.desk import posts
from kiosk.desk.bearer import StaffCard
from kiosk.desk.words import use
from kiosk.ui.form import LabelledInput
from visitors import cards, reception
from visitors.models import Answer, How, ReturnSlip, State
from visitors.rules import Details
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_correct import CorrectScreen
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people")


async def test_wrong_input_is_explained_under_its_field_and_stays(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四", "enter", "f5")
        assert "host's name" in wrong_words(desktop, "host")
        screen = desktop.screen
        screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "w", "enter", "f5")
        assert "needed" in wrong_words(desktop, "matter")
        screen.query_one("#id_number", LabelledInput).input.value = "110105194912310021"
        screen.query_one("#matter", LabelledInput).input.value = "抄表"
        await keys(desktop, pilot, "f5")
        assert "check digit" in wrong_words(desktop, "id_number")
        assert screen.text("name") == "李四"
    assert cards.todays(desk) == []


async def test_a_name_of_ten_thousand_characters_is_refused_with_a_word(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5")
        fields = {"name": "王" * 10_000, "matter": "x"}
        for field, value in fields.items():
            desktop.screen.query_one(f"#{field}", LabelledInput).input.value = value
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "z", "w", "enter", "f5")
        assert "Too long" in wrong_words(desktop, "name")
        assert len(desktop.screen.text("name")) == 10_000
    assert cards.todays(desk) == []


@pytest.mark.parametrize("name", ["[/nope]", "𠮷田䶮", "[b]红[/b]", "O'Neill %s {x}"])
async def test_any_name_is_shown_as_it_is(desk, desktop, name):
    visit = admitted(desk, Details(name=name, matter="[/nope] {y}", unit="[red]"))
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        assert name in desktop.shown()
        await keys(desktop, pilot, "1", "enter")
        assert name in desktop.shown()
        assert "[/nope] {y}" in desktop.shown()
        await keys(desktop, pilot, "1")
    assert cards.visit_card(desk, visit).state is State.LEFT


async def test_two_hosts_that_fit_must_be_chosen(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四")
        desktop.screen.query_one("#matter", LabelledInput).input.value = "抄表"
        desktop.screen.query_one("#host", LabelledInput).focus()
        await keys(desktop, pilot, "l", "f5")
        assert "Several" in wrong_words(desktop, "host")
        await keys(desktop, pilot, "down", "enter", "f5")
    [visit] = cards.todays(desk)
    assert visit.host.staff_no == "2002"


async def test_an_appointment_is_written_with_its_hours_and_confirmation(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f7")
        assert isinstance(desktop.screen, AppointmentScreen)
        await keys(
            desktop,
            pilot,
            *"李四",
            "enter",
            "2",
            "enter",
            *"开会",
            "enter",
            "z",
            "k",
            "enter",
            "enter",
        )
        await keys(desktop, pilot, *"1430", "enter", *"16", "enter", "1", "f5")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.todays(desk)
    assert (visit.form, visit.answer_how) == ("Ms", How.PHONE)
    hours = [f"{desk.local(moment):%H:%M}" for moment in (visit.from_at, visit.until_at)]
    assert hours == ["14:30", "16:00"]


async def test_a_correction_needs_a_reason_and_is_saved_with_one(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "1", "enter", "5")
        assert isinstance(desktop.screen, CorrectScreen)
        desktop.screen.query_one("#people", LabelledInput).input.value = "3"
        await keys(desktop, pilot, "f5")
        assert "why" in wrong_words(desktop, "reason")
        await keys(desktop, pilot, *"三人", "f5")
        assert isinstance(desktop.screen, VisitScreen)
        assert "print it again" in desktop.shown()
    shown = cards.visit_card(desk, visit)
    assert (shown.people, shown.host.staff_no, shown.reason) == (3, HOST, "三人")


async def test_void_reprint_and_refusal_ask_why(desk, desktop):
    first, second = admitted(desk), reception.walk_in(desk, GUARD, WANG, HOST)
    third = reception.walk_in(desk, GUARD, WANG, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "1", "enter", "4", "1", "escape")
        assert cards.visit_card(desk, first).copy_no == 2
        await keys(desktop, pilot, "2", "enter", "3", "1")
        await keys(desktop, pilot, "3", "enter", "5", "2")
        assert "void" in desktop.answers[-1].headline
    assert cards.visit_card(desk, second).reason_code == "host_declines"
    assert cards.visit_card(desk, third).state is State.VOIDED


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_somebody_inside_is_voided_only_when_the_guard_states_that_nobody_is(
    desk, desktop, people, size, language
):
    use(language)
    with desk.write(by=GUARD) as tx:
        posts.take(tx, desk.gate, people[GUARD])
    visit = admitted(desk)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "1", "enter", "6", "enter")
        assert isinstance(desktop.screen, VisitScreen)
        await keys(desktop, pilot, "6", "2")
        assert isinstance(desktop.screen, CorrectScreen)
        await keys(desktop, pilot, "escape", "6", "3", "1")
        assert ("无人在内" if language == "zh_CN" else "nobody is inside") in desktop.shown()
        assert not desktop.screen.accepts(StaffCard("04A1B2C3D4E503", people["2002"]))
        assert cards.visit_card(desk, visit).state is State.ADMITTED
        guard = StaffCard("04A1B2C3D4E502", people[GUARD])
        assert desktop.screen.accepts(guard)
        await desktop.screen.take_card(guard)
        await keys(desktop, pilot, *"2580", "enter")
    assert cards.visit_card(desk, visit).state is State.VOIDED


async def test_escape_asks_before_it_throws_typed_text_away(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李", "escape")
        assert isinstance(desktop.screen, WalkInScreen)
        await keys(desktop, pilot, "escape")
        assert isinstance(desktop.screen, VisitorsScreen)


@pytest.mark.usefixtures("words_zh")
async def test_the_language_changes_under_a_half_filled_form(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"李四", "enter", "1")
        assert "姓名" in desktop.shown()
        use("en")
        desktop.screen.translate()
        await settled(desktop, pilot)
        assert "Name" in desktop.shown()
        assert (desktop.screen.text("name"), desktop.screen.code("form")) == ("李四", "Mr")


async def test_nobody_found_becomes_a_walk_in_with_the_typed_name(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert "Nobody is expected" in desktop.shown()
        await keys(desktop, pilot, *"李四", "enter")
        assert isinstance(desktop.screen, WalkInScreen)
        assert desktop.screen.text("name") == "李四"


async def test_a_missing_return_slip_is_settled_from_the_list(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "1", "enter", "2")
        assert "return slip missing" in desktop.shown()
        await keys(desktop, pilot, "1", "enter", "1", "2")
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.SETTLED


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_nothing_is_cut_off_in_either_language_and_size(desk, desktop, size, language):
    use(language)
    zh = language == "zh_CN"
    visit = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        bottom = desktop.shown().splitlines()[-1]
        for word in ("临时来访", "预约", "返回") if zh else ("F5 ", "F7 ", "Back"):
            assert word in bottom
        assert ("电话未接" if zh else "host not reached") in desktop.shown()
        await keys(desktop, pilot, "w", "x", "enter")
        shown = desktop.shown()
        for word in ("同意，已复述", "分机8001", "东川供水公司", "工具箱1", "未签到") if zh else (
            "agrees, read back", "extension 8001", "东川供水公司", "工具箱1", "not signed in",
        ):  # fmt: skip
            assert word in shown, word
        await keys(desktop, pilot, "end")
        assert ("作废登记" if zh else "Void the entry") in desktop.shown()
        await keys(desktop, pilot, "escape", "f5")
        shown = desktop.shown()
        for word in ("姓名", "身份证号", "只核对，不保存", "联系被访人") if zh else (
            "Name", "ID number", "only checked, never kept", "Ask the host",
        ):  # fmt: skip
            assert word in shown, word
