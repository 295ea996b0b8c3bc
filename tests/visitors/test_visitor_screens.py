"""The visitors' screens by keystrokes: what a guard with one finger does, and what he then sees."""

from dataclasses import replace

import pytest

from kiosk.desk import posts
from kiosk.desk.bearer import StaffCard
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from visitors import appointments, cards, departures, no_shows, reception, screens, slip_code
from visitors.models import Answer, How, ReturnSlip, State
from visitors.rules import Details
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_correct import CorrectScreen
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", matter="水表检修", people=2, goods="工具箱1"
)
SIZES = [(80, 24), (120, 36)]


def admitted(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def code_of(desk, visit_id):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, visit.copy_no)


async def settled(app, pilot):
    """Wait until workers, the pen and the refreshed lists have come to rest."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


def wrong_words(app, field):
    shown = app.screen.query_one(f"#{field}", LabelledInput)
    return str(shown.query_one(".field-wrong").render()) if shown.has_class("-wrong") else ""


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


async def test_the_number_typed_lets_somebody_out(desk, desktop):
    visit = admitted(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "0", "0", "1", "enter", "enter")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.return_slip) == (State.LEFT, ReturnSlip.SIGNED)
    assert "工具箱1" in desktop.answers[-1].lines[0]


@pytest.fixture
def two_nights(desk, desk_clock):
    """Two visits 001: of yesterday evening and of this morning, both inside."""
    desk_clock.advance(hours=10)
    earlier = admitted(desk, replace(WANG, name="夜客"))
    desk_clock.advance(hours=14)
    return earlier, admitted(desk, replace(WANG, name="早客"))


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


async def test_the_bars_close_the_visit_with_caps_lock_and_a_line_end(desk, desktop):
    visit = admitted(desk)
    with desk.read() as book:
        bars = slip_code.made_short(desk, visit_of(book, visit)[0], 1)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        assert await screens.take_code(desktop.context, f"{bars.lower()}\r\n")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.return_slip) == (State.LEFT, ReturnSlip.SIGNED)


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
        for word in ("临时来访", "预约", "返回") if zh else ("Walk-in", "Appointment", "Back"):
            assert word in bottom
        assert ("电话未接" if zh else "host not reached") in desktop.shown()
        await keys(desktop, pilot, "w", "x", "enter")
        shown = desktop.shown()
        for word in ("9", "作废登记", "分机8001", "东川供水公司", "工具箱1", "未签到") if zh else (
            "9", "Void the entry", "extension 8001", "东川供水公司", "工具箱1", "not signed in",
        ):  # fmt: skip
            assert word in shown, word
        await keys(desktop, pilot, "escape", "f5")
        shown = desktop.shown()
        for word in ("姓名", "身份证号", "只核对，不保存", "联系被访人") if zh else (
            "Name", "ID number", "only checked, never kept", "Ask the host",
        ):  # fmt: skip
            assert word in shown, word
