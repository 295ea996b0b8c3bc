"""Remarks at the screen: written, signed and confirmed with keys alone, in both languages."""

from datetime import date

import pytest
from on_screen import picture, rows, settle
from textual.widgets import Static

from kiosk.attendance.remarks import service
from kiosk.attendance.remarks.models import OPEN, About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.remarks.screens_form import RemarkForm
from kiosk.attendance.remarks.screens_list import RemarksHome
from kiosk.attendance.remarks.screens_sign import WhatToDo
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk.words import use
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput

SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 23)
LATE = Said(TODAY, About.LATE, "送孩子看急诊")


async def proves(pilot, staff_no) -> None:
    await pilot.press(*staff_no, "enter", *"2580", "enter")
    await settle(pilot)


def remarks(desk):
    with desk.read() as book:
        return [row for row, _person in book.all(OPEN)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("compiled_words", "late")
async def test_a_late_day_asks_at_f7_1_and_the_person_writes_the_cause(app, desk, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.press("1")
        await settle(pilot)
        late = {"en": "Came late 25 min", "zh_CN": "迟到 25分"}
        assert rows(app)[0][:3] == ("11-23", "李娜", late[language])
        assert ".." not in picture(app)
        await pilot.press("enter")
        assert isinstance(app.screen, RemarkForm)
        app.screen.query_one("#cause", LabelledInput).input.value = "送孩子看急诊"
        await pilot.press("enter", "enter", "enter")
        await proves(pilot, "3001")
        assert isinstance(app.screen, RemarksHome)
        assert len(rows(app)) == 1
        assert "急诊" not in picture(app)
    assert [(row.written_by, row.missing) for row in remarks(desk)] == [("3001", 2)]


@pytest.mark.usefixtures("late")
async def test_clause_24_head_and_leader_each_sign_at_f7_1_and_read_the_cause_first(
    app, desk, proof
):
    service.enter(desk, "2001", "3001", LATE, proof("3001"))
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await settle(pilot)
        for staff_no, left in (("1001", 1), ("8001", 0)):
            await pilot.press("enter")
            await proves(pilot, staff_no)
            assert isinstance(app.screen, WhatToDo)
            assert "送孩子看急诊" in picture(app)
            await pilot.press("1")
            await settle(pilot)
            assert [row.missing for row in remarks(desk)] == [left] * left
    assert app.said[-1].headline == "BZ1 has its signatures: the day is excused."


@pytest.mark.usefixtures("late")
async def test_the_guard_and_a_colleague_never_see_a_cause(app, desk, proof):
    service.enter(desk, "2001", "3001", LATE, proof("3001"))
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await settle(pilot)
        for staff_no in ("2001", "3002", "9001"):
            await pilot.press("enter")
            await proves(pilot, staff_no)
            assert isinstance(app.screen, RemarksHome)
            assert "for the person, the head and the leaders only" in app.said[-1].headline


@pytest.mark.usefixtures("house")
async def test_clause_25_a_leaders_call_is_written_at_the_desk_and_confirmed_by_the_leader(
    app, desk
):
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"7001", "enter", "1")
        await settle(pilot)
        for name, text in (("cause", "在县里开会"), ("called-by", "本人"), ("called-at", "810")):
            app.screen.query_one(f"#{name}", LabelledInput).input.value = text
        await pilot.press(*["enter"] * 6)
        await proves(pilot, "9001")
        assert [row.unconfirmed for row in remarks(desk)] == [True]
        await pilot.press("enter")
        await proves(pilot, "7001")
        await pilot.press("1")
        await settle(pilot)
    assert [(row.unconfirmed, row.missing) for row in remarks(desk)] == [(False, 2)]


@pytest.mark.usefixtures("late")
async def test_what_is_typed_stays_when_it_is_refused(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await settle(pilot)
        await pilot.press("enter", "enter", "8", "2", "5", "enter", "x", "enter")
        form = app.screen
        assert isinstance(form, RemarkForm)
        assert form.query_one("#came", LabelledInput).text == "825"
        wrong = [str(one.render()) for one in form.query(".field-wrong").results(Static)]
        assert wrong.count("A time like 8:25, please; empty for none.") == 1
        form.query_one("#went", LabelledInput).input.value = ""
        form.query_one("#went", LabelledInput).focus()
        await pilot.press("enter")
        wrong = [str(one.render()) for one in form.query(".field-wrong").results(Static)]
        assert "What was the cause? A few words, please." in wrong
        await pilot.press("escape")
        assert app.screen is form
        await pilot.press("escape")
        assert isinstance(app.screen, RemarksHome)
    assert remarks(desk) == []


@pytest.mark.usefixtures("late")
async def test_a_day_after_the_leader_is_asked_why_and_a_no_needs_a_reason(
    app, desk, proof, desk_clock
):
    service.enter(desk, "2001", "3001", LATE, proof("3001"))
    service.enter(desk, "2001", "3001", Said(TODAY, About.TAP, "多刷"), proof("3001"))
    desk_clock.advance(days=1)
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await settle(pilot)
        await pilot.press("enter")
        await proves(pilot, "8001")
        await pilot.press("1", *"late", "enter")
        await settle(pilot)
        assert [row.missing for row in remarks(desk)] == [1, 2]
        await pilot.press("down", "enter")
        await proves(pilot, "8001")
        await pilot.press("2", *"no", "enter")
        await settle(pilot)
        assert [row.missing for row in remarks(desk)] == [1]
        assert not isinstance(app.screen, Dialog)


@pytest.mark.usefixtures("late")
async def test_clause_130_a_correction_shows_what_it_took_the_place_of_struck_through(
    app, desk, proof
):
    service.enter(desk, "2001", "3001", LATE, proof("3001"))
    async with app.run_test() as pilot:
        await app.push_screen(RemarksHome())
        await settle(pilot)
        await pilot.press("enter")
        await proves(pilot, "3001")
        await pilot.press("1")
        await settle(pilot)
        app.screen.query_one("#cause", LabelledInput).input.value = "公交车停运"
        await pilot.press("enter", "enter", "enter")
        await proves(pilot, "3001")
        assert [row[4] for row in rows(app)] == ["BZ2"]
        await pilot.press("enter")
        await proves(pilot, "1001")
        earlier = app.screen.query_one("#earlier", Static).render()
        assert str(earlier) == "BZ1 送孩子看急诊"
        assert "strike" in str(earlier.spans[0].style)
        assert "公交车停运" in picture(app)
    assert [row.number for row in remarks(desk)] == ["BZ2"]
