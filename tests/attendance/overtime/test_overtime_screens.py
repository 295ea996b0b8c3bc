"""Overtime with the keyboard alone: asked for, decided by the head, a leader's word noted."""

from datetime import timedelta

import pytest
from on_screen import press, rows, settle
from textual.widgets import Static

from kiosk.attendance import service as taps
from kiosk.attendance.overtime.screens_home import OvertimeHome
from kiosk.attendance.overtime.screens_new import NewOvertime, NoteWord
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk.people import Rank
from kiosk.ui.dialogs import Choose
from kiosk.ui.row_list import RowList

ZHANG_CARD = "04A1B2C3D4E501"
pytestmark = pytest.mark.usefixtures("people")


async def home(app, pilot) -> None:
    """Go there as a guard does: F7, 5."""
    await app.push_screen(AttendanceScreen())
    await press(pilot, "5")
    assert isinstance(app.screen, OvertimeHome)


async def ask(pilot) -> None:
    """Ask for 李娜, from 18:00 to 02:00 with 王磊, in 301."""
    await press(pilot, "n", *"3001", "enter")
    assert isinstance(pilot.app.screen, NewOvertime)
    await press(pilot, *"18:00", "enter", *"02:00", "enter", *"2002", "enter", *"301", "enter")
    await press(pilot, "enter", *"report", "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_request_is_typed_and_the_head_reads_why_and_says_yes(app, size):
    async with app.run_test(size=size) as pilot:
        await home(app, pilot)
        await ask(pilot)
        assert app.said[-1].headline.startswith("O1 is written down")
        assert [(one[0], one[1], one[3], one[4], one[6]) for one in rows(app)] == [
            ("O1", "李娜", "11-23 18:00", "02:00", "asked")
        ]
        await press(pilot, "enter", "1")
        await app.tap(ZHANG_CARD)
        await settle(pilot)
        await press(pilot, *"2580", "enter")
        assert isinstance(app.screen, Choose)
        assert "report" in str(app.screen.query_one("#dialog-help", Static).content)
        await press(pilot, "1")
        assert app.said[-1].headline == "O1 is on the list."
        assert [(one[6], one[7]) for one in rows(app)] == [("signed", "张伟")]
        assert all("report" not in cell for one in rows(app) for cell in one)


async def test_who_is_no_head_neither_reads_why_nor_signs(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await ask(pilot)
        await press(pilot, "enter", "1", *"2001", "enter", *"2580", "enter")
        assert isinstance(app.screen, OvertimeHome)
        assert app.said[-1].headline.startswith("李建国 cannot sign for 李娜")
        assert rows(app)[0][6] == "asked"


async def test_a_wrong_time_is_said_at_its_field_and_what_is_typed_stays(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await press(pilot, "n", *"3001", "enter", *"soon", "enter")
        field = app.screen.query_one("#from")
        assert field.text == "soon"
        assert str(field.query_one(".field-wrong", Static).content)
        await press(pilot, *(["backspace"] * 4), *"07:00", "enter", *"09:00", "enter")
        await press(pilot, "enter", "enter", "enter", *"x", "enter")
        wrong = str(app.screen.query_one("#from .field-wrong", Static).content)
        assert "in advance" in wrong
        assert isinstance(app.screen, NewOvertime)


async def test_who_is_on_no_list_is_red_and_a_leaders_word_is_noted(app, desk, people, desk_clock):
    with desk.write() as tx:
        people["2002"].rank = Rank.DUTY_LEADER
        tx.put(people["2002"])
        tx.record("person.changed", person="2002")
    taps.tap(desk, people["3001"], "door")
    desk_clock.now += timedelta(hours=11)
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        assert [(one[1], one[6]) for one in rows(app)] == [("李娜", "on no list")]
        await press(pilot, "enter", *"1001", "enter")
        wrong = str(app.screen.query_one("#dialog-wrong", Static).content)
        assert wrong == "张伟 is no leader: only a leader's word counts by telephone."
        await press(pilot, *(["backspace"] * 4), *"2002", "enter")
        assert isinstance(app.screen, NoteWord)
        await press(pilot, *"21:00", "enter", *"server", "enter")
        assert app.said[-1].headline == "The word of 王磊 is noted, O1."
        assert [(one[1], one[4], one[6], one[7]) for one in rows(app)] == [
            ("李娜", "21:00", "by telephone", "王磊")
        ]


async def test_the_list_stands_on_the_new_request_below_who_is_on_no_list(
    app, desk, people, desk_clock
):
    taps.tap(desk, people["3001"], "door")
    desk_clock.now += timedelta(hours=11)
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await press(pilot, "n", *"1001", "enter", *"21:00", "enter", *"22:00")
        await press(pilot, "enter", "enter", "enter", "enter", *"report", "enter")
        assert len(rows(app)) == 2
        assert app.screen.query_one(RowList).current.cells[:2] == ("O1", "张伟")


async def test_esc_at_every_question_writes_nothing(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        head = desk.head
        for keys in (("n", "escape"), ("n", *"3001", "enter", "escape"), ("u", "escape")):
            await press(pilot, *keys)
            assert isinstance(app.screen, OvertimeHome)
    assert desk.head == head


@pytest.mark.usefixtures("words_zh")
async def test_the_screen_speaks_chinese(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await home(app, pilot)
        await ask(pilot)
        assert rows(app)[0][6] == "申请中"
        assert "待批 1 份" in str(app.screen.query_one("#overtime-head", Static).content)
