"""The screens of an appointment by keystrokes: entered, again and again, changed, another day."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.desk.desk import Desk
from kiosk.desk.words import use
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from visitors import appointments, cards, reception
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.screens_appointment import AppointmentScreen, ChangeScreen
from visitors.screens_conflicts import ConflictsDialog
from visitors.screens_list import VisitorsScreen
from visitors.screens_visit import VisitScreen
from visitors.service import Times

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", form="Mr", unit="供水公司", matter="水表检修")
BOTH_SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


def expected(desk, day=23, hour=10, details=WANG, confirmed=How.PHONE):
    start = datetime(2026, 11, day, hour, tzinfo=desk.zone)
    times = Times(start, start + timedelta(hours=1))
    return appointments.expect(desk, GUARD, details, HOST, times, confirmed)


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


async def filled(app, pilot, **fields):
    """Open the form and fill the usual fields by keys, the further ones by their id."""
    app.screen.action_appointment()
    await settled(app, pilot)
    await keys(
        app, pilot, *"李四", "enter", "2", "enter", *"开会", "enter", "z", "k", "enter"
    )  # fmt: skip
    for field, text in fields.items():
        app.screen.query_one(f"#{field}", LabelledInput).input.value = text
    await settled(app, pilot)


def wrong_words(app, field):
    shown = app.screen.query_one(f"#{field}", LabelledInput)
    return str(shown.query_one(".field-wrong").render()) if shown.has_class("-wrong") else ""


@BOTH_SIZES
@BOTH_LANGUAGES
@pytest.mark.usefixtures("compiled_words")
async def test_a_conflict_is_shown_before_saving_and_enter_saves_anyway(
    desk, desktop, size, language
):
    use(language)
    expected(desk)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot)
        await keys(desktop, pilot, "enter", *"1030", "f5")
        assert isinstance(desktop.screen, ConflictsDialog)
        shown = desktop.shown()
        assert ("另有来访：王先生" if language == "zh_CN" else "王先生 on 11-23") in shown
        assert len(cards.todays(desk)) == 1
        await keys(desktop, pilot, "escape")
        assert isinstance(desktop.screen, AppointmentScreen)
        assert desktop.screen.query_one("#from", LabelledInput).text == "1030"
        await keys(desktop, pilot, "f5", "enter")
        assert isinstance(desktop.screen, VisitorsScreen)
    assert len(cards.todays(desk)) == 2
    assert desktop.answers[-1].lines == ("11-23 10:30",)


async def test_nothing_against_it_saves_with_one_key(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot)
        await keys(desktop, pilot, "+", "1", "enter", *"9", "f5")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.coming(desk, "李四")
    assert f"{desk.local(visit.from_at):%m-%d %H:%M}" == "11-24 09:00"


async def test_another_day_needs_its_hour(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot, day="11-25")
        await keys(desktop, pilot, "f5")
        assert "needed" in wrong_words(desktop, "from")
        await filled_day(desktop, pilot, "nonsense")
        assert "11-25" in wrong_words(desktop, "day")
    assert cards.coming(desk, "李四") == []


async def filled_day(app, pilot, text):
    app.screen.query_one("#day", LabelledInput).input.value = text
    await keys(app, pilot, "f5")


async def test_a_series_is_made_and_the_rest_of_it_cancelled(desk, desktop):
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot, day="11-24")
        desktop.screen.query_one("#from", LabelledInput).input.value = "9"
        desktop.screen.query_one("#repeat", LabelledInput).focus()
        await keys(desktop, pilot, "1", "f5")
        assert "2027-01-19" in wrong_words(desktop, "last_day")
        await keys(desktop, pilot, *"11-27", "f5")
        assert isinstance(desktop.screen, VisitorsScreen)
        assert desktop.answers[-1].headline == "4 appointments saved."
        await keys(desktop, pilot, "l", "s", "down", "enter")
        assert "11-25" in desktop.shown()
        await keys(desktop, pilot, "4")
        assert "Cancel which" in desktop.shown()
        await keys(desktop, pilot, "2", "1")
        assert desktop.answers[-1].headline == "3 appointments cancelled."
        assert isinstance(desktop.screen, VisitorsScreen)
    assert [f"{desk.local(one.from_at):%m-%d}" for one in cards.coming(desk, "李四")] == ["11-24"]


async def test_days_of_the_week_are_typed_as_digits(desk, desktop):
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot, day="11-24", last_day="11-30")
        desktop.screen.query_one("#from", LabelledInput).input.value = "9"
        desktop.screen.query_one("#repeat", LabelledInput).focus()
        await keys(desktop, pilot, "2", "8", "f5")
        assert "Monday" in wrong_words(desktop, "weekdays")
        desktop.screen.query_one("#weekdays", LabelledInput).input.value = "15"
        await keys(desktop, pilot, "f5")
    days = [f"{desk.local(one.from_at):%m-%d}" for one in cards.coming(desk, "李四")]
    assert days == ["11-27", "11-30"]


@BOTH_SIZES
@BOTH_LANGUAGES
@pytest.mark.usefixtures("compiled_words")
async def test_who_comes_on_a_wrong_day_gets_in_with_four_keys_more(desk, desktop, size, language):
    use(language)
    planned = expected(desk, 24)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        assert "王小明" not in desktop.shown()
        await keys(desktop, pilot, "w", "x")
        assert "11-24" in desktop.shown()
        await keys(desktop, pilot, "enter")
        shown = desktop.shown()
        assert ("不是今天" if language == "zh_CN" else "not today") in shown
        assert "8001" in shown
        await keys(desktop, pilot, "1")
        assert isinstance(desktop.screen, VisitScreen)
        assert ("张科长同意" if language == "zh_CN" else "agrees, read back") in desktop.shown()
        await keys(desktop, pilot, "1", "1")
    [today] = cards.todays(desk)
    assert (today.state, today.number) == (State.ADMITTED, "001")
    assert cards.visit_card(desk, planned).state is State.VOIDED


async def test_who_is_declined_on_a_wrong_day_keeps_the_appointment(desk, desktop):
    planned = expected(desk, 24)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "1", "3", "enter", "1")
    [today] = cards.todays(desk)
    assert (today.state, today.answer) == (State.REFUSED, Answer.NO)
    assert cards.visit_card(desk, planned).state is State.EXPECTED


@BOTH_LANGUAGES
@pytest.mark.usefixtures("compiled_words")
async def test_an_appointment_of_another_gate_is_taken_over_with_one_key(
    desk, desktop, language, settings, desk_clock
):
    use(language)
    north = replace(settings, site=replace(settings.site, gate="gate-2"))
    desk.close()
    other = Desk.open(north, desk_clock)
    visit = expected(other)
    other.close()
    desktop.context.desk = here = Desk.open(settings, desk_clock)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        assert ("由本岗接待" if language == "zh_CN" else "Take over from gate gate-2") in (
            desktop.shown()
        )
        await keys(desktop, pilot, "enter")
    assert cards.visit_card(here, visit).state is State.ADMITTED
    here.close()


@BOTH_SIZES
@BOTH_LANGUAGES
@pytest.mark.usefixtures("compiled_words")
async def test_an_appointment_is_changed_by_digits_and_says_whether_to_ask_again(
    desk, desktop, size, language
):
    use(language)
    visit = expected(desk)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "5")
        assert isinstance(desktop.screen, ChangeScreen)
        await keys(desktop, pilot, "f5")
        assert wrong_words(desktop, "wish")
        await keys(desktop, pilot, "1", "enter", *["backspace"] * 5, *"14", "enter")
        await keys(desktop, pilot, *["backspace"] * 5, *"15", "f5")
        assert isinstance(desktop.screen, VisitScreen)
        assert desktop.answers[-1].headline == ("已更改。" if language == "zh_CN" else "Changed.")
        assert ("更改" if language == "zh_CN" else "Changed") in desktop.shown()
        await keys(desktop, pilot, "5", "2", *["backspace"] * 5, "+", "1", "f5")
        assert ("尚未同意" if language == "zh_CN" else "no yes") in desktop.answers[-1].headline
    card = cards.visit_card(desk, visit)
    assert (f"{desk.local(card.from_at):%m-%d %H:%M}", card.has_yes) == ("11-24 14:00", False)


async def test_a_change_of_nothing_says_so_and_keeps_the_form(desk, desktop):
    expected(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "5", "1", "f5")
        assert isinstance(desktop.screen, ChangeScreen)
        assert desktop.answers[-1].headline == "Nothing was changed."


async def test_an_appointment_is_cancelled_with_its_reason(desk, desktop):
    visit = expected(desk)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "6", "2")
        assert isinstance(desktop.screen, VisitorsScreen)
        assert "cancelled" in desktop.shown()
        await keys(desktop, pilot, "w", "x", "enter")
        assert "The visitor called it off" in desktop.shown()
    assert cards.visit_card(desk, visit).state is State.VOIDED


async def test_who_came_along_is_named_at_the_gate(desk, desktop):
    visit = expected(desk, details=replace(WANG, people=3, companions="赵六", note="走侧门"))
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        shown = desktop.shown()
        assert "赵六 (1 more to be named)" in shown
        assert "走侧门" in shown
        await keys(desktop, pilot, "7", "end", "comma", *"孙七", "enter")
        assert "赵六、孙七" in desktop.shown()
        assert "Name 1 companion" not in desktop.shown()
    assert cards.visit_card(desk, visit).companions == "赵六、孙七"


async def test_companions_typed_without_a_number_are_counted(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await filled(desktop, pilot, companions="赵六，孙七", note="走侧门")
        await keys(desktop, pilot, "enter", *"1030", "f5")
    [visit] = cards.todays(desk)
    assert (visit.people, visit.companions, visit.note) == (3, "赵六、孙七", "走侧门")


async def test_a_correction_leaves_companions_and_note_as_they_are(desk, desktop):
    visit = expected(desk, details=replace(WANG, people=3, companions="赵六", note="走侧门"))
    reception.arrive(desk, GUARD, visit)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter", "3")
        desktop.screen.query_one("#area", LabelledInput).input.value = "机房"
        desktop.screen.query_one("#reason", LabelledInput).input.value = "补"
        await keys(desktop, pilot, "f5")
    card = cards.visit_card(desk, visit)
    assert (card.area, card.companions, card.note) == ("机房", "赵六", "走侧门")


async def test_an_early_visitor_is_told_as_early_and_may_enter(desk, desktop):
    expected(desk, 23, 12)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "w", "x", "enter")
        assert "3 h early" in desktop.shown()
        await keys(desktop, pilot, "enter")
    assert desktop.answers[-1].tone is Tone.GOOD
