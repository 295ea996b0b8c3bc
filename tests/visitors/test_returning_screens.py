"""Who was here before: eight keys to the slip, one in the form, same host, same group."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from kiosk.desk.id_card import IdCard
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.words import use
from kiosk.ui.form import LabelledInput
from visitors import appointments, cards, departures, reception
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.screens_appointment import AppointmentScreen
from visitors.screens_list import VisitorsScreen
from visitors.screens_new import WalkInScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST, OTHER = "2001", "1001", "3001"
MOST_KEYS_RETURNING, MOST_KEYS_APPOINTMENT = 12, 15
ZHAO = Details(
    name="赵四海", form="Mr", unit="东川供水公司", matter="水表检修", phone="13900005678", people=3,
    companions="李四、王五", goods="工具箱1", plate="苏E12345", area="机房",
)  # fmt: skip
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def was_here(desk, desk_clock):
    """Return a function that lets a visit of ``days`` ago come and go."""

    def visit(details=ZHAO, host=HOST, days=3):
        made = reception.walk_in(desk, GUARD, details, host)
        reception.answer(desk, GUARD, made, Answer.YES, How.IN_PERSON)
        reception.admit(desk, GUARD, made)
        departures.leave(desk, GUARD, made, signed=True)
        desk_clock.advance(days=days)
        return made

    return visit


async def settled(app, pilot):
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    """Press and count: what a test says it needs is what it pressed."""
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)
    return len(pressed)


def field(app, name):
    return app.screen.query_one(f"#{name}", LabelledInput).input.value


def leave_the_house(desk, staff_no):
    with desk.write() as tx:
        person = tx.one(BY_STAFF_NO, staff_no=staff_no)
        person.active = False
        tx.put(person)
        tx.record("person.left", person=staff_no)


def slips(desk):
    day = f"{desk.today():%Y%m%d}-001"
    with desk.read() as book:
        return len(book.all(JOBS_OF, slip="visit", number=day))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_a_returning_visitor_needs_eight_keys_from_home_to_the_slip(
    desk, desktop, was_here, size, language
):
    use(language)
    was_here()
    was_here()
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        desktop.pop_screen()
        await settled(desktop, pilot)
        pressed = 1  # F2, of which this small application has only what it opens
        desktop.push_screen(VisitorsScreen())
        await settled(desktop, pilot)
        pressed += await keys(desktop, pilot, "z", "s")
        shown = desktop.shown()
        assert "赵四海" in shown
        assert "11-26" in shown
        assert ("来过2次" if language == "zh_CN" else "was here 2 times") in shown
        pressed += await keys(desktop, pilot, "enter")
        assert isinstance(desktop.screen, WalkInScreen)
        pressed += await keys(desktop, pilot, "f5")
        pressed += await keys(desktop, pilot, "1")
        pressed += await keys(desktop, pilot, "1")
        pressed += await keys(desktop, pilot, "1")
        assert slips(desk) == 1
    assert pressed == 8 <= MOST_KEYS_RETURNING
    [visit] = [one for one in cards.todays(desk) if one.state is State.ADMITTED]
    assert (visit.name, visit.form, visit.unit, visit.matter) == (
        "赵四海", "Mr", "东川供水公司", "水表检修",
    )  # fmt: skip
    assert (visit.phone, visit.plate, visit.area, visit.host.staff_no) == (
        "13900005678", "苏E12345", "机房", HOST,
    )  # fmt: skip
    assert (visit.goods, visit.people, visit.companions, visit.id_masked) == ("", 1, "", "")


async def test_an_appointment_is_written_and_admitted_within_fifteen_keys(
    desk, desktop, desk_clock, was_here
):
    was_here()
    desk_clock.advance(hours=2)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        pressed = 1 + await keys(desktop, pilot, "f7", *"赵四海")
        pressed += await keys(desktop, pilot, "ctrl+r")
        assert isinstance(desktop.screen, AppointmentScreen)
        pressed += await keys(desktop, pilot, "f5")
        pressed += await keys(desktop, pilot, "z", "s", "enter")
        assert isinstance(desktop.screen, VisitScreen)
        pressed += await keys(desktop, pilot, "1")
        pressed += await keys(desktop, pilot, "1")
        pressed += await keys(desktop, pilot, "1")
        assert slips(desk) == 1
    assert pressed <= MOST_KEYS_APPOINTMENT


async def test_a_confirmed_appointment_needs_five_keys_to_the_slip(desk, desktop):
    appointments.expect(desk, GUARD, ZHAO, HOST, confirmed=How.PHONE)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        pressed = 1 + await keys(desktop, pilot, "z", "s", "enter")
        pressed += await keys(desktop, pilot, "enter")
        assert slips(desk) == 1
    assert pressed == 5


async def test_the_line_says_no_more_than_is_needed_to_ask_is_this_you(desktop, was_here):
    number = "11010519491231002X"
    was_here(replace(ZHAO, id_number=number))
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "z", "s")
        shown = desktop.shown()
        assert "***5678" in shown
        for words in ("13900005678", "工具箱1", "苏E12345", "水表检修", number[-4:], "李四"):
            assert words not in shown, words
        await keys(desktop, pilot, "enter")
        assert field(desktop, "id_number") == ""
        assert field(desktop, "goods") == ""


async def test_who_is_here_or_expected_now_is_not_offered_as_returning(desk, desktop, was_here):
    was_here()
    visit = reception.walk_in(desk, GUARD, ZHAO, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "z", "s")
        [line] = desktop.screen.query_one("#visits").rows
        assert line.key == visit


async def test_a_host_who_has_left_is_named_and_the_cursor_stands_in_the_empty_field(
    desk, desktop, was_here
):
    was_here()
    leave_the_house(desk, HOST)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "z", "s")
        assert "host has left" in desktop.shown()
        await keys(desktop, pilot, "enter")
        assert "张科长" in desktop.answers[-1].headline
        assert field(desktop, "host") == ""
        assert desktop.focused is desktop.screen.query_one("#host Input", Input)
        await keys(desktop, pilot, *"3001", "enter", "f5")
        assert isinstance(desktop.screen, VisitScreen)
    [visit] = [one for one in cards.todays(desk) if one.state is State.WAITING]
    assert visit.host.staff_no == OTHER


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_typed_in_the_form_is_known_and_one_key_fills_it_in(desktop, was_here, size):
    was_here()
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"赵四")
        assert "Here before" not in desktop.shown()
        await keys(desktop, pilot, "海")
        assert "Here before: 11-23 东川供水公司 ***5678. Ctrl+R fills in." in desktop.shown()
        await keys(desktop, pilot, "enter", "enter", "enter", *"抄表", "ctrl+r")
        assert "Here before" not in desktop.shown()
        assert field(desktop, "matter") == "抄表"  # what was typed stays
        assert field(desktop, "unit") == "东川供水公司"
        assert field(desktop, "form") == "Mr"
        await keys(desktop, pilot, "f5")
        assert isinstance(desktop.screen, VisitScreen)


async def test_another_of_the_same_name_and_of_another_unit_is_not_filled_in(desktop, was_here):
    was_here()
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"赵四海", "enter", "enter", *"审计局")
        assert "Here before" not in desktop.shown()
        await keys(desktop, pilot, "ctrl+r")
        assert field(desktop, "unit") == "审计局"
        assert field(desktop, "matter") == ""


async def test_the_same_host_again_is_one_key(desk, desktop, was_here):
    was_here(host=OTHER, days=0)
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", "ctrl+b")
        assert "李娜" in field(desktop, "host")
        await keys(desktop, pilot, *"钱七", "enter", "enter", "enter", *"一起来", "f5")
        assert isinstance(desktop.screen, VisitScreen)
    [visit] = [one for one in cards.todays(desk) if one.state is State.WAITING]
    assert visit.host.staff_no == OTHER


async def test_without_a_visit_before_the_same_host_is_refused_in_words(desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "f5", *"钱七", "ctrl+b")
        assert "choose the host" in desktop.answers[-1].headline
        assert field(desktop, "name") == "钱七"


@pytest.mark.parametrize("come", [3, 2])
async def test_the_same_group_again_is_one_key_and_its_names_only_with_its_count(
    desk, desktop, was_here, come
):
    was_here()
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "z", "s", "enter", "ctrl+y")
        assert field(desktop, "people") == "3"
        desktop.screen.query_one("#people", LabelledInput).input.value = str(come)
        await keys(desktop, pilot, "f5")
    [visit] = [one for one in cards.todays(desk) if one.state is State.WAITING]
    assert visit.people == come
    assert visit.companions == ("李四、王五" if come == 3 else "")


async def test_a_visitor_who_came_alone_has_no_group(desktop, was_here):
    was_here(replace(ZHAO, people=1, companions=""))
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "z", "s", "enter", "ctrl+y")
        assert "how many people" in desktop.answers[-1].headline


async def test_a_card_knows_its_owner_under_another_unit_and_no_namesake(desk, desktop, was_here):
    number = "11010519491231002X"
    was_here(replace(ZHAO, unit="搬家公司", id_number=number))
    was_here(replace(ZHAO, phone="13811112222", id_number="440524188001010014"))
    async with desktop.run_test(size=(120, 36)) as pilot:
        await settled(desktop, pilot)
        desktop.push_screen(WalkInScreen(card=IdCard("赵四海", "Mr", number)))
        await settled(desktop, pilot)
        assert "11-23 搬家公司 ***5678" in desktop.shown()
        await keys(desktop, pilot, "ctrl+r", "f5")
    [visit] = [one for one in cards.todays(desk) if one.state is State.WAITING]
    assert (visit.unit, visit.id_masked[-4:]) == ("搬家公司", "002X")
