"""A question that is open when the language changes: it says all of itself in the new one."""

import importlib
import pkgutil
import re

import pytest
from question_list import every_question
from textual.widgets import Input

import kiosk
import shift_handover
import visitors
from kiosk.attendance.screens_badges import BadgesOf
from kiosk.desk.people import person_by_staff_no
from kiosk.key_order import settled
from kiosk.ui.dialogs import Dialog
from kiosk.ui.row_list import RowList
from shift_handover.rules import ITEMS
from shift_handover.safety.screens_describe import DescribeFault

ONLY_BASES = {
    "Choose",
    "AskText",
    "AskSaved",
    "Signs",
    "Settles",
    "FindPerson",
    "AsksDesk",
    "Waiting",
    "_Taps",
    "_AskMinutes",
}  # asked with the words of who asks; seen below
PARTS = 4
"""So many tests share the questions, that none lasts long."""
COUNTDOWN = re.compile(r"\d+ s\b")


def kinds_of(base):
    """Return every question class there is."""
    below = {kind for one in base.__subclasses__() for kind in kinds_of(one)}
    return below if base is Dialog else below | {base}


async def at_rest(walk):
    """Wait until all that was begun is done and drawn."""
    await settled(walk.app)
    await walk.pilot.pause()


async def said(walk, make, rest):
    """Return what a question says: in Chinese, after F12, and asked anew in English."""

    async def words():
        await rest(walk)
        return COUNTDOWN.sub("20 s", walk.text())

    await walk.app.push_screen(make())
    chinese = await words()
    await walk.press("f12")
    changed = await words()
    walk.app.pop_screen()
    await walk.app.push_screen(make())
    english = await words()
    walk.app.pop_screen()
    await walk.press("f12")
    return chinese, changed, english


def changes(chinese, changed, english):
    """Say whether F12 changed the whole question."""
    return chinese != english == changed and bool(english.strip())


def import_every_screen():
    """Import what asks something, so that every question class there is, is known."""
    for package in (kiosk, visitors, shift_handover):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "screens" in module.name or ".ui." in module.name:
                importlib.import_module(module.name)


async def test_every_question_there_is_stands_in_this_list(kiosk_at):
    import_every_screen()
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        listed = {kind.__name__ for kind in every_question(walk)}
    assert {kind.__name__ for kind in kinds_of(Dialog)} - ONLY_BASES - listed == set()


@pytest.mark.parametrize("part", range(PARTS))
async def test_f12_says_every_question_as_if_it_had_been_asked_in_that_language(kiosk_at, part):
    different = []
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.rest()
        for kind, make in [*every_question(walk).items()][part::PARTS]:
            if changes(*await said(walk, make, at_rest)):
                continue
            patient = await said(walk, make, type(walk).picture)  # a busy machine draws late
            if not changes(*patient):
                different.append((kind.__name__, *patient[1:]))
    assert different == []


async def test_what_was_typed_and_the_reason_under_it_stay(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.press("f10")
        await walk.front("AskProof")
        await walk.line("2001")
        await walk.line("1111")
        await walk.until(lambda: "密码不对" in walk.text(), "the reason")
        await walk.press(*"25", "left", "f12")
        await walk.until(lambda: "PIN" in walk.text(), "English")
        assert "密码不对" not in walk.text()
        assert "Wrong PIN. Tries left" in walk.text()
        number, pin = walk.app.screen.query(Input)
        assert (number.value, pin.value, pin.cursor_position) == ("2001", "25", 1)
        assert walk.app.focused is pin
        await walk.press("end", *"80", "enter")
        await walk.until(lambda: walk.app.kiosk.operator is not None, "the desk to open")


async def test_the_cursor_stays_on_its_choice_and_the_reason_is_in_the_language_of_the_choice(
    kiosk_at,
):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.line("001")
        await walk.front("VisitScreen")
        await walk.press("4")
        await walk.front("Choose")
        await walk.press("down", "f12")
        await walk.until(lambda: "The visitor has lost the slip" in walk.text(), "English")
        assert walk.app.screen.query_one(RowList).cursor == 1
        await walk.press("4")
        await walk.front("AskText")
        assert "Why is the slip printed again?" in walk.text()
        await walk.press("f12")
        await walk.until(lambda: "为什么补打会客单" in walk.text(), "Chinese")
        await walk.press("enter")
        await walk.until(lambda: "请先填写内容" in walk.text(), "the reason")
        await walk.press("f12")
        await walk.until(lambda: "Please type something first." in walk.text(), "English")


async def test_what_is_asked_before_an_entry_is_void_is_said_in_the_new_language(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.line("001")
        await walk.front("VisitScreen")
        await walk.press("6")
        await walk.front("Choose")
        await walk.press("f12")
        await walk.until(lambda: "Is somebody inside under" in walk.text(), "English")
        assert "No, nobody: void it, with badge and PIN" in walk.text()
        assert ".." not in walk.text()
        await walk.press("3", "1")
        await walk.front("AskProof")
        assert "I state that nobody is inside under" in walk.text()
        assert "Who is on duty: badge, then PIN." in walk.text()
        await walk.press("f12")
        await walk.until(lambda: "I state" not in walk.text(), "Chinese")
        assert "Who is on duty" not in walk.text()


async def test_why_a_badge_is_blocked_is_asked_in_the_new_language(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        with walk.app.kiosk.desk.read() as book:
            guard = person_by_staff_no(book, "2001")
        walk.app.push_screen(BadgesOf(guard))
        await walk.front("BadgesOf")
        await walk.until(lambda: walk.app.screen.query_one(RowList).rows, "the badges")
        await walk.press("enter")
        await walk.front("Choose")
        await walk.press("down", "f12")
        await walk.until(lambda: "Block the badge of" in walk.text(), "English")
        reasons = walk.app.screen.query_one(RowList)
        assert reasons.cursor == 1
        assert all(row.cells[1].isascii() for row in reasons.rows)


@pytest.mark.parametrize("changed", [False, True])
async def test_a_place_that_the_guard_did_not_change_is_said_in_the_new_language(kiosk_at, changed):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        walk.app.push_screen(DescribeFault(ITEMS[0]))
        await walk.front("DescribeFault")
        await walk.line("门坏")
        if changed:
            await walk.press("东")
        await walk.press("f12")
        await walk.until(lambda: "Where exactly" in walk.text(), "English")
        what, where = list(walk.app.screen.query(Input))[:2]
        assert (what.value, where.value) == ("门坏", "院内东" if changed else "Yard")
