"""Two keys let in whoever helps; the form of the debt keeps what is typed and takes a part."""

import pytest

from kiosk.desk.words import use
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from visitors import cards
from visitors.emergency import debt, service
from visitors.emergency.models import OWED, Kind
from visitors.emergency.screens import LetInAtOnce
from visitors.emergency.screens_debt import DebtScreen
from visitors.models import Origin, State
from visitors.screens_list import VisitorsScreen
from visitors.screens_visit import VisitScreen

pytestmark = pytest.mark.usefixtures("people")
GUARD = "2001"
SIZES = [(80, 24), (120, 36)]


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


def field(app, name):
    return app.screen.query_one(f"#{name}", LabelledInput)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_one_key_and_one_digit_let_in(desk, desktop, size, language):
    use(language)
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        assert "Ctrl+G" in desktop.shown()
        await keys(desktop, pilot, "ctrl+g")
        shown = desktop.shown()
        for word in ("救护车", "消防队") if language == "zh_CN" else ("Ambulance", "Urgent repair"):
            assert word in shown
        await keys(desktop, pilot, "2")
        assert isinstance(desktop.screen, VisitorsScreen)
    [visit] = cards.todays(desk)
    assert (visit.state, visit.origin, visit.owed) == (State.ADMITTED, Origin.EMERGENCY, OWED)
    assert visit.name == ("消防队" if language == "zh_CN" else "Fire brigade")
    assert desktop.answers[-1].tone is Tone.GOOD


async def test_number_and_plate_are_typed_where_there_is_a_second(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "ctrl+g", "tab", *"3x", "enter", *"云A12345", "enter", "1")
        assert isinstance(desktop.screen, LetInAtOnce)
        assert "number" in desktop.shown()
        assert field(desktop, "people").text == "3x"
        assert cards.todays(desk) == []
        await keys(desktop, pilot, "backspace", "enter", "enter", "1")
    [visit] = cards.todays(desk)
    assert (visit.people, "people" in visit.owed) == (3, False)
    assert debt.owes(desk, visit.id).known["plate"] == "云A12345"


async def test_a_digit_that_is_no_kind_lets_nobody_in(desk, desktop):
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "ctrl+g", "7")
        assert "Press 1, 2, 3 or 4" in desktop.shown()
        await keys(desktop, pilot, "escape")
    assert cards.todays(desk) == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_debt_is_paid_in_parts_and_what_is_wrong_stays_typed(desk, desktop, size):
    visit = service.admit_at_once(desk, GUARD, Kind.REPAIR).visit
    async with desktop.run_test(size=size) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "enter")
        assert isinstance(desktop.screen, VisitScreen)
        await keys(desktop, pilot, "2")
        assert isinstance(desktop.screen, DebtScreen)
        assert field(desktop, "name").text == ""
        await keys(desktop, pilot, "enter", *"供电所", "enter", *"many", "f5")
        assert isinstance(desktop.screen, DebtScreen)
        assert (field(desktop, "people").text, field(desktop, "unit").text) == ("many", "供电所")
        await keys(desktop, pilot, *["backspace"] * 4, "2", "f5")
        assert isinstance(desktop.screen, VisitScreen)
        assert "4" in desktop.answers[-1].headline
        assert cards.visit_card(desk, visit).owed == ("name", "matter", "told", "host")
        desktop.ticked += 1.0  # that some of two may leave is offered now: the keys were deaf
        await keys(desktop, pilot, "2")
        assert (field(desktop, "people").text, field(desktop, "unit").text) == ("2", "供电所")
        await keys(desktop, pilot, *"赵师傅", "enter", "enter", "enter", *"抢修线路", "enter")
        await keys(desktop, pilot, *"总务已告知", "enter", *"zk")
        await keys(desktop, pilot, "enter", "f5")
    shown = cards.visit_card(desk, visit)
    assert (shown.owed, shown.name, shown.host.staff_no) == ((), "赵师傅", "1001")
    assert desktop.answers[-1].tone is Tone.GOOD


async def test_one_key_closes_while_the_debt_is_open(desk, desktop):
    visit = service.admit_at_once(desk, GUARD, Kind.AMBULANCE).visit
    async with desktop.run_test(size=(80, 24)) as pilot:
        await settled(desktop, pilot)
        await keys(desktop, pilot, "enter")
        acts = [row.cells[1] for row in desktop.screen.query_one("#acts", RowList).rows]
        assert acts[0] == "They leave"
        assert not [act for act in acts if "slip" in act or "Correct" in act]
        await keys(desktop, pilot, "1")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.owed) == (State.LEFT, OWED)
