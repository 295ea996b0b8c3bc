"""The card of a thing: everything that can be done with it, one digit each, as a guard types it."""

from datetime import UTC, timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.loans import (
    OPEN_LOANS,
    THING,
    Approval,
    Approved,
    Condition,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.keys import booking, enrolling, losing, returning, service
from kiosk.keys.card import thing_card
from kiosk.keys.enrolling import Described
from kiosk.keys.screens import SCREENS
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_lose import AfterLoss, DecideLoss
from kiosk.keys.service import Given, Terms
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList

ZHANG, LI_NA, ADMIN = "04A1B2C3D4E501", "04A1B2C3D4E504", "04A1B2C3D4E505"
TAG, OTHER_TAG = "04FFFFFFFFFF01", "04FFFFFFFFFF02"


@pytest.fixture
def key(desk) -> Thing:
    described = Described(
        label="12号柜钥匙", kind=ThingKind.CABINET_KEY, place="A柜", lock="L12", doors="档案室 305"
    )
    return enrolling.add(desk, "2001", described, TAG)


@pytest.fixture
def copy(desk) -> Thing:
    described = Described(label="12号柜副匙", kind=ThingKind.CABINET_KEY, lock="L12")
    return enrolling.add(desk, "2001", described, OTHER_TAG)


def thing_now(desk, key: Thing) -> Thing:
    with desk.read() as book:
        return book.one(THING, id=key.id)


def codes(desk) -> list[str]:
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate)]


def picture(app) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def card(app, pilot, thing: Thing) -> None:
    await app.push_screen(ThingScreen(thing.id))
    await settle(pilot)


async def press(app, pilot, words: str) -> None:
    """Press the digit of the act that begins with ``words``."""
    offered = [row.cells for row in app.screen.query_one("#acts", RowList).rows]
    await pilot.press(next(digit for digit, said in offered if said.startswith(words)))
    await settle(pilot)


async def sign(app, pilot, uid: str) -> None:
    assert isinstance(app.screen, AskProof)
    await app.tap(uid)
    await pilot.press(*"2580", "enter")
    await settle(pilot)


async def test_the_card_shows_who_has_it_the_copies_and_who_had_it(
    app, desk, people, key, copy, desk_clock
):
    service.lend(desk, copy.id, people["3001"], "2001")
    service.lend(desk, key.id, people["3001"], "2001")
    returning.give_back(desk, key.id, "2001", returning.Ended.TAG)
    desk_clock.advance(hours=1)
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        seen = picture(app)
        rows = app.screen.query_one("#history", RowList).rows
    assert "张伟 (extension 8001)" in " ".join(seen.split())
    assert "12号柜副匙 (李娜)" in seen
    assert "档案室 305" not in seen  # the doors are shown when it is lost, not to who looks by
    assert [row.cells[0] for row in rows] == ["张伟", "李娜"]
    assert [row.cells[2] for row in rows] == ["not yet", "08:20"]
    assert [row.cells[3] for row in rows] == ["", "李建国"]
    assert "Had it Out at Returned To" in " ".join(seen.split())


async def test_a_reminder_is_one_digit_and_is_counted(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert "2 times, last 08:20" in picture(app)
    assert codes(desk)[-2:] == ["loan.reminded", "loan.reminded"]


async def test_that_the_head_of_section_was_told_is_one_digit(app, desk, people, key, desk_clock):
    lent = service.lend(desk, key.id, people["3001"], "2001")
    desk_clock.now = lent.due_at.astimezone(UTC) + timedelta(hours=1)
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "张伟, head of section, extension 8001")
        assert "Head told" in picture(app)
        assert "is told" not in picture(app)
    assert codes(desk)[-1] == "loan.head_told"


async def test_a_recall_needs_a_reason_and_leaves_it_due_when_it_was(app, desk, people, key):
    lent = service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Call it back")
        await pilot.press("enter")
        assert "Please type something first." in picture(app)
        await pilot.press(*"audit", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ThingScreen)
        assert "08:20 audit" in picture(app)
        assert "12号柜钥匙   Shared cabinet key   called back" in picture(app)
        assert "17:30" in picture(app)
    with desk.read() as book:
        [(loan, _, _)] = book.all(OPEN_LOANS)
    assert (loan.recalled_at, loan.due_at) == (desk.clock(), lent.due_at)


@pytest.mark.parametrize(("reporter", "number"), [("badge", "3001"), ("operator", "2001")])
async def test_a_loss_says_what_it_opens_and_who_reported_it(app, desk, key, reporter, number):
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "It is lost")
        await pilot.press(*"0730", "enter", *"yard")
        if reporter == "badge":
            await app.tap(LI_NA)
        else:
            await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AfterLoss)
        assert "档案室 305" in picture(app)
        assert "card is blocked" not in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        seen = picture(app)
    told = thing_card(desk, key.id)
    assert (told.loss.reported_by, told.where_last) == (number, "yard")
    assert desk.local(told.loss.noticed_at).strftime("%H:%M") == "07:30"
    assert "档案室 305" in seen
    assert "not decided" in seen


async def test_a_lost_card_is_blocked_and_the_door_system_is_called_to_mind(app, desk):
    made = enrolling.add_thing(desk, "2001", TAG, "门禁卡 3", ThingKind.DOOR_CARD)
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, made)
        await press(app, pilot, "It is lost")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "The card is blocked here from this moment." in picture(app)
        assert "Block it in the door system too" in picture(app)
    assert codes(desk)[-2:] == ["thing.lost", "thing.blocked"]


@pytest.mark.parametrize("typed", ["2359", "25:00", "soon", "13-45 10:00"])
async def test_a_time_to_come_or_no_time_at_all_is_not_when_it_was_noticed(app, desk, key, typed):
    head = desk.head
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "It is lost")
        await pilot.press(*typed, "enter")
        await settle(pilot)
        await app.tap(LI_NA)
        await settle(pilot)
        seen = picture(app)
    assert "time" in seen
    assert desk.head == head


async def test_a_manager_decides_about_a_loss_and_a_guard_does_not(app, desk, people, key):
    loss = losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, DecideLoss)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press(*"2001", "enter", *"2580", "enter")
        await settle(pilot)
        assert "not 李建国" in picture(app)
        assert isinstance(app.screen, AskProof)
        await sign(app, pilot, ZHANG)
        assert isinstance(app.screen, ThingScreen)
        assert "Change the lock" in picture(app)
    assert app.said[-1].headline == "Decided: Change the lock"
    assert (codes(desk)[-1], loss.number) == ("loss.decided", "L1")


@pytest.mark.parametrize(
    ("kind", "state"),
    [(ThingKind.DESK_KEY, ThingState.IN_SERVICE), (ThingKind.DOOR_CARD, ThingState.BLOCKED)],
)
async def test_what_is_found_again_hangs_there_or_stays_blocked(app, desk, people, kind, state):
    made = enrolling.add_thing(desk, "2001", TAG, "找回", kind)
    losing.report_lost(desk, made.id, people["3001"], "2001", desk.clock())
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, made)
        await press(app, pilot, "It is found again")
        await pilot.press("1")
        await settle(pilot)
    assert thing_now(desk, made).state is state
    assert app.said[-1].tone is (Tone.GOOD if state is ThingState.IN_SERVICE else Tone.AMBER)


async def test_a_bent_key_is_blocked_and_the_office_puts_it_back(app, desk, key):
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Block: bent")
        await pilot.press("1")
        await settle(pilot)
        blocked = thing_now(desk, key)
        assert (blocked.state, blocked.condition) == (ThingState.BLOCKED, Condition.BENT)
        await press(app, pilot, "Put it back into service")
        await sign(app, pilot, ADMIN)
    assert thing_now(desk, key).state is ThingState.IN_SERVICE
    assert app.said[-1].headline == "It is in service again."


async def test_a_reservation_asks_who_when_and_whose_word(app, desk, key):
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Reserve it")
        await pilot.press(*"lina", "enter")
        await settle(pilot)
        await pilot.press(*"14:00", "enter", *"1600", "enter")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert "李娜 14:00 - 16:00" in picture(app)
    [(made, person)] = thing_card(desk, key.id).booked
    assert (person.name, made.approver_id is not None) == ("李娜", True)
    assert app.said[-1].headline == "12号柜钥匙 is reserved, R1"


async def test_a_reservation_in_the_way_is_shown_and_refused_then_cancelled(app, desk, people, key):
    span = (desk.clock() + timedelta(hours=3), desk.clock() + timedelta(hours=5))
    booking.reserve(desk, key.id, people["1001"], "2001", *span)
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Reserve it")
        await app.tap(LI_NA)
        await settle(pilot)
        assert "张伟 has it reserved from 11:20 until 13:20" in picture(app)
        await pilot.press(*"12:00", "enter", *"11:00", "enter")
        assert "The end must be after the beginning." in picture(app)
        await pilot.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await pilot.press(*"12:30", "enter")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert app.said[-1].headline.startswith("12号柜钥匙 is reserved for 张伟 until ")
        await press(app, pilot, "Cancel a reservation")
        await pilot.press("1")
        await settle(pilot)
    assert thing_card(desk, key.id).booked == ()


async def test_every_open_thing_of_the_ledger_leads_to_what_closes_it(app, desk, people, key, copy):
    zhang = people["1001"]
    terms = Terms(given=Given(Approved.PHONE, (zhang,)))
    with desk.write() as tx:
        key.approval = Approval.MANAGER
        tx.put(key)
        tx.record("thing.changed")
    service.lend(desk, key.id, people["3001"], "2001", terms)
    losing.report_lost(desk, copy.id, people["3001"], "2001", desk.clock())
    with desk.read() as book:
        open_now = {one.kind: one for one in app.context.outstanding(desk, book)}
    assert set(open_now) == {"loan.out", "loan.word_owed", "thing.lost", "stock.due"}
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(SCREENS.goes_to["loan.word_owed"](open_now["loan.word_owed"]))
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert app.said[-1].headline == "The word for 12号柜钥匙 is given."
        await app.push_screen(SCREENS.goes_to["thing.lost"](open_now["thing.lost"]))
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await sign(app, pilot, ADMIN)
        await app.push_screen(SCREENS.goes_to["loan.out"](open_now["loan.out"]))
        await settle(pilot)
        assert "李娜" in picture(app)
    with desk.read() as book:
        left = {one.kind for one in app.context.outstanding(desk, book)}
    assert left == {"loan.out", "stock.due"}


@pytest.mark.usefixtures("copy")
async def test_letters_find_digits_filter_and_esc_takes_both_away(app, desk, people, key):
    service.lend(desk, key.id, people["3001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        shown = app.screen.query_one("#board", RowList)
        assert [row.cells[0] for row in shown.rows] == ["12号柜钥匙", "12号柜副匙"]
        await pilot.press("2")
        await settle(pilot)
        assert [row.cells[0] for row in shown.rows] == ["12号柜钥匙"]
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press(*"fu")
        await settle(pilot)
        assert [row.cells[0] for row in shown.rows] == ["12号柜副匙"]
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ThingScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert len(shown.rows) == 2
        await pilot.press("space", *"nina")  # n begins a search only behind the space bar
        await settle(pilot)
        assert len(shown.rows) == 0
        assert "Nothing fits what was typed" in picture(app)
