"""F7, 2 by keyboard alone: leave asked, signed, opened by who may, and reported back from."""

import asyncio
from dataclasses import replace

import pytest
from textual.widgets import Input

from kiosk.attendance.leave.screens_home import LeaveHome
from kiosk.desk import signing
from kiosk.desk.absence import Half, LeaveKind, LeaveState
from kiosk.desk.signing import Means
from kiosk.desk.words import use
from kiosk.ui.row_list import RowList

ZHAO, ZHOU, WU, ZHENG, FENG, CHEN = "5001", "5002", "5003", "5004", "5005", "5006"
SIZES = [(80, 24), (120, 36)]
PIN = "2580"


class Hands:
    """Somebody at the keyboard: types, taps, and waits for what is to come."""

    def __init__(self, app, pilot, house):
        self.app, self.pilot, self.house = app, pilot, house

    async def until(self, seen, told):
        for _ in range(400):
            await self.pilot.pause()
            if seen():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{told}:\n{self.text()}")

    async def front(self, name):
        await self.until(lambda: type(self.app.screen).__name__ == name, name)

    async def press(self, *keys):
        await self.pilot.press(*keys)

    async def line(self, text):
        """Fill the field that has the cursor and press Enter."""
        self.app.screen.query_one("Input:focus", Input).value = text
        await self.press("enter")
        await self.pilot.pause()

    async def prove(self, staff_no):
        """Answer a question for badge and PIN with number and PIN."""
        await self.line(staff_no)
        await self.line(PIN)

    async def home(self):
        self.app.push_screen(LeaveHome())
        await self.front("LeaveHome")

    async def open(self, staff_no):
        """Open the leave under the cursor."""
        await self.until(self.rows, "a leave in the list")
        await self.press("enter")
        await self.front("AskProof")
        await self.prove(staff_no)
        await self.front("LeaveOpened")
        await self.until(lambda: "QJ" in self.text(), "the leave")

    def rows(self):
        found = self.app.screen.query("#leave-list")
        return [row.cells for row in found.first(RowList).rows] if found else []

    def text(self):
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in line) for line in strips)


@pytest.fixture
def at_desk(app):
    def run(size=(80, 24)):
        return app.run_test(size=size)

    return run


async def fill(hands, *, first="11-24", last="", reason="回老家", matters="无"):
    for text in (first, last, reason, "", matters):
        await hands.line(text)


async def begin(hands, kind="3"):
    await hands.press("n")
    await hands.front("AskProof")
    await hands.prove(ZHAO)
    await hands.front("Choose")
    await hands.press(kind)
    await hands.front("AskLeave")


async def stand_in(hands, staff_no="3001"):
    await hands.front("AskPerson")
    await hands.until(lambda: hands.app.screen._people, "the people")
    await hands.line(staff_no)
    await hands.front("SendLeave")


def words(hands):
    """Return what the screen says, its line breaks taken out."""
    return " ".join(hands.text().split())


def said(app):
    return [one.headline for one in app.said]


@pytest.mark.parametrize("size", SIZES)
async def test_leave_is_asked_by_keyboard_alone_and_told_before_it_is_sent(
    app, house, at_desk, size
):
    async with at_desk(size) as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await begin(hands)
        await fill(hands, last="11-27 am")
        await stand_in(hands)
        for told in ("3.5 workdays", "stands in: 李娜", "Head of the section, Leader in charge"):
            assert told in words(hands)
        await hands.press("1")
        await hands.front("LeaveHome")
        await hands.until(hands.rows, "the new leave")
        assert hands.rows()[0][:4] == ("QJ1", "赵敏", "11-24 to 11-27 am", "asked, not granted yet")
        assert "Annual" not in hands.text()


async def test_what_is_wrong_stands_under_its_field_and_all_typed_stays(app, house, at_desk):
    house.ask(house.span(24, 24))
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await begin(hands)
        for given, told in (
            ({"first": "soon"}, "A day like 11-30"),
            ({"last": "11-20"}, "It ends before it begins"),
            ({"reason": ""}, "A few words"),
            ({"matters": ""}, "its next step"),
        ):
            app.screen.query_one("#first Input", Input).focus()
            await fill(hands, **given)
            await hands.until(lambda told=told: told in words(hands), told)
        app.screen.query_one("#first Input", Input).focus()
        await fill(hands)
        await stand_in(hands)
        await hands.press("1")
        await hands.front("AskLeave")
        await hands.until(lambda: "There is leave QJ1 already" in words(hands), "the overlap")
        assert app.screen.query_one("#reason Input", Input).value == "回老家"


async def test_clause_19_over_the_limit_a_leader_in_charge_may_allow_more(
    app, house, at_desk, desk
):
    with_pin(desk, house, WU)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await begin(hands, "1")
        await hands.until(
            lambda: "Personal leave this month: 0 workdays of 3" in words(hands), "used"
        )
        await fill(hands, first="11-23", last="11-26")
        await stand_in(hands)
        await hands.press("1")
        await hands.until(lambda: "0 days used, 3 left" in words(hands), "the limit")
        await hands.press("2")
        await hands.front("AskText")
        await hands.line("家中急事")
        await hands.front("SignedAct")
        await hands.prove(WU)
        await hands.front("LeaveHome")
        await hands.until(hands.rows, "the new leave")
    assert house.codes() == ["leave.requested"]


async def test_the_head_opens_it_reads_why_and_grants_it_with_one_pin(app, house, at_desk):
    asked = house.ask(house.span(24, 24))
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.open(ZHOU)
        for told in ("Annual leave", "回老家", "李娜 accepted", "Head of the section: 周涛"):
            assert told in words(hands)
        await hands.press("y")
        await hands.front("LeaveHome")
        await hands.until(lambda: "QJ1 is granted." in said(app), "the answer")
    assert house.row(asked).state is LeaveState.APPROVED


async def test_a_no_asks_for_its_reason_and_the_asker_reads_it(app, house, at_desk):
    asked = house.ask(house.span(24, 24))
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.open(ZHOU)
        await hands.press("n")
        await hands.front("AskText")
        await hands.line("年底盘点")
        await hands.front("LeaveHome")
        await hands.open(ZHAO)
        await hands.until(lambda: "年底盘点" in words(hands), "the reason")
    assert house.row(asked).state is LeaveState.REFUSED


async def test_a_guard_who_opens_it_sees_no_reason_and_can_do_nothing(app, house, at_desk):
    asked = house.ask(house.span(24, 24), kind=LeaveKind.SICK)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.open("2001")
        assert "Kind and reason are shown to" in words(hands)
        for hidden in ("Sick leave", "回老家", "13800000000"):
            assert hidden not in words(hands)
        await hands.press("y", "n", "w", "p", "d")
        await hands.front("LeaveOpened")
    assert house.row(asked).state is LeaveState.ASKED
    assert house.codes("slip.") == []


async def test_what_was_opened_closes_itself_before_the_next_in_the_queue_reads_it(
    app, house, at_desk, desk
):
    house.ask(house.span(24, 24))
    desk.rules = replace(desk.rules, leave_open_s=1)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.open(ZHAO)
        await hands.front("LeaveHome")


async def test_clause_18_r_and_the_badge_report_back(app, house, at_desk, at):
    granted = house.granted(house.span(24, 25))
    at(26)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.press("r")
        await hands.front("ReportBack")
        await app.tap("04A1B2C3D4E502")  # 李建国 is on no leave: the question stays
        await hands.until(lambda: "no leave that has begun" in words(hands), "why not")
        await app.tap("04A1B2C3D4E510")
        await hands.front("LeaveHome")
        await hands.until(lambda: "Reported back from leave QJ1" in said(app), "the answer")
    assert house.row(granted).state is LeaveState.RETURNED


async def test_clause_18_without_a_badge_number_and_pin_report_back(app, house, at_desk, at):
    granted = house.granted(house.span(24, 25))
    at(26)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.press("r")
        await hands.front("ReportBack")
        await hands.prove(ZHAO)
        await hands.front("LeaveHome")
    assert house.row(granted).returned_means is Means.NO_BADGE


async def test_the_office_notes_a_call_and_takes_the_papers_in(app, house, at_desk, desk):
    with_pin(desk, house, CHEN)
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.press("t")
        await hands.front("AskPerson")
        await hands.until(lambda: app.screen._people, "the people")
        await hands.line(ZHAO)
        await hands.front("Choose")
        await hands.press("2")
        await hands.front("AskLeave")
        await fill(hands, matters="")
        await hands.front("SendLeave")
        await hands.press("1")
        await hands.front("SignedAct")
        await hands.prove(CHEN)
        await hands.front("LeaveHome")
        await hands.open(CHEN)
        assert "by telephone papers owed" in words(hands)
        assert "回老家" not in words(hands)
        await hands.press("d")
        await hands.front("LeaveHome")
    assert house.codes() == ["leave.requested", "leave.papers_in"]


async def test_the_asker_takes_it_back_and_prints_the_slip(app, house, at_desk):
    asked = house.ask(house.span(24, 24))
    async with at_desk() as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.open(ZHAO)
        await hands.press("p")
        await hands.until(lambda: "leave.printed" in house.codes(), "the slip")
        await hands.press("w")
        await hands.front("LeaveHome")
    assert house.row(asked).state is LeaveState.WITHDRAWN


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_list_shows_the_overdue_first_in_both_languages(app, house, at_desk, at, size):
    house.granted(house.span(23, 23))
    for day in (*range(1, 5), *range(7, 12), *range(14, 19), *range(21, 26)):
        for half in Half:
            house.ask(house.span(day, day, half, half, month=12), "3001", stand_in=ZHAO)
    at(24, 9)
    use("zh_CN")
    async with at_desk(size) as pilot:
        hands = Hands(app, pilot, house)
        await hands.home()
        await hands.until(hands.rows, "the list")
        assert hands.rows()[0][3] == "逾期未归，自 11-24"
        assert "1 人逾期未归" in hands.text()
        use("en")
        app.screen.translate()
        await hands.until(lambda: "1 not back" in hands.text(), "English")


def with_pin(desk, house, staff_no):
    with desk.write() as tx:
        signing.set_pin(tx, desk.site_key, house.people[staff_no], PIN)
