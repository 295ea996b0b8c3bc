"""Things come back damaged, lost ones are found again, and a key goes from hand to hand."""

import pytest

from kiosk.desk.loans import OPEN_LOANS, THING, Approval, Condition, Thing, ThingKind, ThingState
from kiosk.keys import enrolling, losing, places, returning, service
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_pass import PassOn
from kiosk.keys.screens_return import FoundAgain, HowDamaged, SayDamaged, TakeBack
from kiosk.keys.screens_word import AskReason, AskWord, WordHere
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList

ZHANG, LI_NA, WANG = "04A1B2C3D4E501", "04A1B2C3D4E504", "04A1B2C3D4E503"
SUN, TAG = "04A1B2C3D4E511", "04FFFFFFFFFF01"


async def ask_about_the_loan(app, pilot):
    """From the board to the thing's card, and from the card to its question."""
    await pilot.press("enter")
    await app.front(ThingScreen)
    await app.until(lambda: app.screen.query_one("#acts", RowList).rows, "what can be done")
    await pilot.press("enter")
    await app.front(TakeBack)


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", TAG, "12号柜钥匙", ThingKind.CABINET_KEY)


def holders(desk) -> dict[str, str]:
    with desk.read() as book:
        return {
            thing.label: person.name if person else loan.place
            for loan, thing, person in book.all(OPEN_LOANS)
        }


def thing_now(desk, thing: Thing) -> tuple[ThingState, Condition]:
    with desk.read() as book:
        now = book.one(THING, id=thing.id)
    return now.state, now.condition


# Damaged.


async def test_d_after_a_return_says_that_it_is_damaged(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        assert "Came back damaged" not in app.words()
        await app.tap(TAG)
        assert app.said[-1].place == "D: damaged"
        await app._look_again()
        await pilot.pause()
        assert "D Bad" in app.words()
        await pilot.press("d")
        await app.front(SayDamaged)
        await pilot.press("1")
        await app.front(KeyBoard)
        assert thing_now(desk, key) == (ThingState.BLOCKED, Condition.BENT)
        await app.tap(TAG)
        assert "is blocked" in app.said[-1].headline
    assert holders(desk) == {}


async def test_d_is_too_late_after_its_seconds(app, desk, people, key, desk_clock):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await app.tap(TAG)
        desk_clock.advance(seconds=desk.rules.loan_damage_s + 1)
        await pilot.press("d")
        await app.front(KeyBoard)
        await pilot.pause()
    assert app.said[-1].headline.startswith("Nothing came back in the last 30 seconds.")
    assert thing_now(desk, key)[0] is ThingState.IN_SERVICE


@pytest.mark.parametrize("how", ["tag missing", "escape"])
async def test_by_hand_it_is_back_but_damaged(app, desk, people, key, how):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await ask_about_the_loan(app, pilot)
        await pilot.press("2")
        await app.front(HowDamaged)
        assert "tag missing" in app.words()
        await pilot.press("escape" if how == "escape" else "2")
        await app.front(TakeBack if how == "escape" else KeyBoard)
    if how == "escape":
        assert holders(desk) == {"12号柜钥匙": "张伟"}
        return
    assert holders(desk) == {}
    assert thing_now(desk, key) == (ThingState.BLOCKED, Condition.TAG_MISSING)
    assert (app.said[-1].tone, app.said[-1].name) == (Tone.AMBER, "张伟")


async def test_a_key_that_came_back_meanwhile_closes_its_question(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await ask_about_the_loan(app, pilot)
        returning.give_back(desk, key.id, "2001", returning.Ended.TAG)
        await pilot.press("1")
        await app.front(KeyBoard)
    assert app.said[-1].headline == "12号柜钥匙 is on the board already. Nothing was changed."


@pytest.mark.usefixtures("key")
async def test_a_key_that_was_never_out_says_so_at_the_locked_desk(app, desk):
    app.context.operator = None
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await pilot.pause()
    assert app.said[-1].headline.startswith("12号柜钥匙 is on the board already.")
    assert holders(desk) == {}


# Lost and found.


@pytest.mark.parametrize(
    ("press", "state"), [("1", ThingState.IN_SERVICE), ("2", ThingState.BLOCKED)]
)
async def test_a_lost_keys_tag_asks_whether_it_is_found(
    app, desk, people, key, desk_clock, press, state
):
    losing.report_lost(desk, key.id, people["1001"], "2001", desk_clock.now)
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await app.front(FoundAgain)
        assert thing_now(desk, key)[0] is ThingState.LOST
        await pilot.press(press)
        await app.front(HomeScreen)
    assert thing_now(desk, key)[0] is state


async def test_a_lost_keys_tag_at_the_locked_desk_goes_to_the_guard(
    app, desk, people, key, desk_clock
):
    losing.report_lost(desk, key.id, people["1001"], "2001", desk_clock.now)
    app.context.operator = None
    async with app.run_test() as pilot:
        await app.tap(TAG)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert app.said[-1].headline.endswith("Please give it to the guard at the desk.")
    assert thing_now(desk, key)[0] is ThingState.LOST


# From hand to hand.


async def begin_to_pass_on(app, pilot) -> None:
    await app.push_screen(KeyBoard())
    await app.front(KeyBoard)
    await ask_about_the_loan(app, pilot)
    await pilot.press("3")
    await app.front(PassOn)


async def test_holder_and_receiver_tap_and_it_is_passed_on(app, desk, people, key):
    lent = service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await begin_to_pass_on(app, pilot)
        assert "张伟 has it and taps first." in app.words()
        head = desk.head
        await app.tap(LI_NA)
        assert app.said[-1].headline == "张伟 has 12号柜钥匙 and must tap to pass it on."
        await app.tap(TAG)
        assert "A badge is asked for here" in app.said[-1].headline
        await app.tap(ZHANG)
        await pilot.pause()
        assert "Given by 张伟" in app.words()
        assert "Now the badge of who takes it over." in app.words()
        await app.tap(ZHANG)
        assert app.said[-1].headline.startswith("张伟 has it already.")
        assert desk.head == head
        await app.tap(LI_NA)
        await app.front(KeyBoard)
    assert holders(desk) == {"12号柜钥匙": "李娜"}
    assert desk.head.seq == head.seq + 1
    with desk.read() as book:
        assert book.all(OPEN_LOANS)[0][0].due_at == lent.due_at
    said = app.said[-1]
    assert (said.headline, said.name, said.notes) == (
        "12号柜钥匙 passed on", "李娜", ("From 张伟 to 李娜",),
    )  # fmt: skip


@pytest.mark.parametrize("taps", [0, 1])
async def test_one_tap_alone_passes_nothing_on(app, desk, people, key, taps):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await begin_to_pass_on(app, pilot)
        head = desk.head
        for badge in (ZHANG,)[:taps]:
            await app.tap(badge)
        await app.quiet(desk.rules.loan_tap_s)
        await app.front(ThingScreen)
    words = "Nobody tapped. 张伟 still has 12号柜钥匙; nothing was recorded."
    assert app.said[-1].headline == words
    assert desk.head == head


async def test_without_badges_both_give_number_and_pin(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await begin_to_pass_on(app, pilot)
        for staff_no in ("1001", "3001"):
            await pilot.press("n")
            await app.front(AskProof)
            await pilot.press(*staff_no, "enter", *"2580", "enter")
            await app.front(PassOn if staff_no == "1001" else KeyBoard)
    assert holders(desk) == {"12号柜钥匙": "李娜"}


@pytest.mark.usefixtures("managers")
async def test_a_key_that_asks_for_a_word_asks_for_the_receiver_too(app, desk, people, key):
    with desk.write() as tx:
        key.approval = Approval.MANAGER
        tx.put(key)
        tx.record("thing.changed")
    given = service.Given(service.Approved.PHONE, (people["1001"],))
    service.lend(desk, key.id, people["3001"], "2001", service.Terms(given=given))
    async with app.run_test() as pilot:
        await begin_to_pass_on(app, pilot)
        await app.tap(LI_NA)
        await app.tap(WANG)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        await app.tap(SUN)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(KeyBoard)
    assert holders(desk) == {"12号柜钥匙": "王磊"}


async def test_a_place_passes_nothing_on(app, desk, people, key):
    del people
    places.lend_to_place(
        desk, key.id, "消防队", "2001", service.Reason.EMERGENCY, service.Approved.EMERGENCY
    )
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await ask_about_the_loan(app, pilot)
        assert "消防队 has it since" in app.words()
        assert "Pass it on" not in app.words()
        await pilot.press("1")
        await app.front(KeyBoard)
    assert holders(desk) == {}


# The answer stands where it is seen: on the screen in front, not in the question that has gone.


async def test_the_answer_after_d_stands_on_the_screen_in_front(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await app.tap(TAG)
        await pilot.press("d")
        await app.front(SayDamaged)
        await pilot.press("1")
        await app.front(KeyBoard)
        await app.until(lambda: thing_now(desk, key)[0] is ThingState.BLOCKED, "blocked")
        await app.until(lambda: "came back damaged" in app.words(), "the answer")


async def test_the_answer_to_found_again_stands_on_the_screen_in_front(app, desk, people, key):
    losing.report_lost(desk, key.id, people["2001"], "2001", desk.clock())
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await app.tap(TAG)
        await app.front(FoundAgain)
        await pilot.press("1")
        await app.front(KeyBoard)
        await app.until(lambda: "is found and on the board" in app.words(), "the answer")


async def test_the_answer_to_a_damaged_return_by_hand_stands_in_front(app, desk, people, key):
    service.lend(desk, key.id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await ask_about_the_loan(app, pilot)
        await pilot.press("2")
        await app.front(HowDamaged)
        await pilot.press("1")
        await app.front(KeyBoard)
        await app.until(lambda: "came back damaged" in app.words(), "the answer")
