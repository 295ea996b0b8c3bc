"""A question about keys that is open when the language changes: what was done so far stays."""

import re

import pytest
from textual.widgets import Input, Static

from kiosk.desk.loans import OPEN_LOANS, Approval, Approved, Thing, ThingKind
from kiosk.desk.signing import Means
from kiosk.desk.words import use
from kiosk.keys import enrolling, service
from kiosk.keys.screens_emergency import Emergency
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_pass import PassOn
from kiosk.keys.screens_phone import AnswerOfManager, ChooseManager
from kiosk.keys.screens_return import TakeBack
from kiosk.keys.screens_word import AskReason, AskWord, WordHere
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.row_list import RowList
from kiosk.ui.tap_area import TapArea

ZHANG, LI_NA = "04A1B2C3D4E501", "04A1B2C3D4E504"
TAGS = ("04FFFFFFFFFF01", "04FFFFFFFFFF02")

pytestmark = pytest.mark.usefixtures("compiled_words", "managers")


@pytest.fixture
def keys(desk) -> tuple[Thing, ...]:
    named = zip(TAGS, ("12号柜钥匙", "档案柜钥匙"), strict=True)
    return tuple(
        enrolling.add_thing(desk, "2001", tag, label, ThingKind.CABINET_KEY) for tag, label in named
    )


@pytest.fixture
def office(desk, keys) -> Thing:
    keys[0].approval = Approval.TWO
    with desk.write() as tx:
        tx.put(keys[0])
        tx.record("thing.changed")
    return keys[0]


async def speak(app, pilot, language: str) -> None:
    """Change the language under every question, as F12 does; the last answer has gone by then."""
    use(language)
    for screen in app.screen_stack[1:]:  # the first is Textual's own, and says nothing
        screen.query_one("#tap", TapArea).rest()
        screen.translate()
    await pilot.pause()


def seconds_left(app) -> int:
    return int(re.search(r"(\d+) (?:s\b|秒)", app.words())[1])


@pytest.mark.usefixtures("keys")
async def test_keys_tapped_so_far_for_good_and_the_countdown_stay(app):
    async with app.run_test(size=(120, 36)) as pilot:
        for tag in TAGS:
            await app.tap(tag)
        await app.front(LendKey)
        await pilot.press("p")
        await app.quiet(5)
        left, english = seconds_left(app), app.words()
        assert "Held for good, no due time" in english
        await speak(app, pilot, "zh_CN")
        chinese = app.words()
        assert seconds_left(app) in {left, left - 1}
        assert "12号柜钥匙" in chinese
        assert "档案柜钥匙" in chinese
        for gone in (
            "Held for good",
            "on one signature",
            "At the desk",
            "Not for good",
            "No badge",
        ):
            assert gone in english
            assert gone not in chinese


@pytest.mark.usefixtures("keys")
async def test_who_has_no_badge_is_asked_in_the_new_language_and_the_question_below_too(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await pilot.press("n")
        await app.front(AskProof)
        assert "12号柜钥匙: borrower without a badge" in app.words()
        await speak(app, pilot, "zh_CN")
        assert "borrower" not in app.words()
        await pilot.press("escape")
        await app.front(LendKey)
        assert "Borrower, please tap" not in app.words()


async def test_the_first_of_two_taps_stays_given(app, desk, people, keys):
    service.lend(desk, keys[0].id, people["1001"], "2001")
    with desk.read() as book:
        loan, _thing, holder = book.all(OPEN_LOANS)[0]
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(PassOn(keys[0], loan, holder))
        await app.front(PassOn)
        await app.tap(ZHANG)
        await pilot.pause()
        assert "Now the badge of who takes it over." in app.words()
        assert "Given by 张伟" in app.words()
        await speak(app, pilot, "zh_CN")
        assert "张伟" in app.words()
        assert "Given by" not in app.words()
        assert "Now the badge" not in app.words()


@pytest.mark.usefixtures("office")
async def test_the_manager_who_was_found_and_the_reason_stay(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await app.tap(LI_NA)
        await app.front(AskReason)
        await pilot.press("down")
        await speak(app, pilot, "zh_CN")
        assert app.screen.query_one(RowList).cursor == 1
        await speak(app, pilot, "en")
        await pilot.press("enter")
        await app.front(AskWord)
        assert "Two managers must say yes first." in app.words()
        await speak(app, pilot, "zh_CN")
        assert "Two managers" not in app.words()
        await speak(app, pilot, "en")
        await pilot.press("2")
        await app.front(ChooseManager)
        await pilot.press("down")
        chosen = app.screen.query_one(RowList).current
        await speak(app, pilot, "zh_CN")
        assert app.screen.query_one(RowList).current == chosen
        await pilot.press(*"qqq", "left", "enter")
        await speak(app, pilot, "en")
        field = app.screen.query_one(Input)
        assert (field.value, field.cursor_position) == ("qqq", 2)
        assert app.words().count("Nobody fits.") == 2
        await pilot.press("end", *["backspace"] * 3, *"zw", "enter")
        await app.front(AnswerOfManager)
        assert "Say: 张科长, 李娜 asks for 12号柜钥匙, overtime, until 17:30." in app.words()
        await pilot.press("down")
        await speak(app, pilot, "zh_CN")
        seen = app.words().replace(" ", "")
        assert "“张科长，李娜借12号柜钥匙，加班用，17:30还，您同意吗？”" in seen
        assert app.screen.query_one(RowList).cursor == 1
        assert app.screen.query_one("#dialog-help", Static).content.spans[0].style == palette.TEXT
        await pilot.press("up", "enter")
        await app.front(AskWord)
        assert "张伟" in app.words()
        await speak(app, pilot, "en")
        assert "张伟 says yes. A second manager must say yes too." in app.words()
        await pilot.press("1")
        await app.front(WordHere)
        await speak(app, pilot, "zh_CN")
        assert "Manager:" not in app.words()


@pytest.mark.parametrize("empty", [False, True])
async def test_an_emergency_stays_red_on_its_key_with_what_was_typed(app, request, empty):
    keys = () if empty else request.getfixturevalue("keys")
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(Emergency(keys[1].id if keys else ""))
        await app.front(Emergency)
        await pilot.press("enter")
        if empty:
            assert "No key is on the board." in app.words()
        await pilot.press(*"119", "left")
        await speak(app, pilot, "zh_CN")
        for gone in ("No key is on the board", "To whom", "Emergency", "place"):
            assert gone not in app.words()
        field, shown = app.screen.query_one("#whom Input", Input), app.screen.query_one(RowList)
        assert (field.value, field.cursor_position) == ("119", 2)
        assert shown.cursor == (0 if empty else 1)
        title = app.screen.query_one("#dialog-title", Static).content
        assert palette.RED in str(title.spans[0].style)


async def test_who_has_it_is_said_in_the_new_language(app, desk, people, keys):
    word = service.Given(Approved.TAP, (people["1001"],))
    for_good = service.Terms(means=Means.BADGE, permanent=True, given=word)
    service.lend(desk, keys[0].id, people["3001"], "2001", for_good)
    with desk.read() as book:
        loan = book.all(OPEN_LOANS)[0][0]
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(TakeBack(loan.id))
        await app.until(lambda: "holds it for good since" in app.words(), "who has it")
        await pilot.press("down", "down")
        await speak(app, pilot, "zh_CN")
        seen = app.words()
        assert "李娜" in seen
        assert "holds it" not in seen
        assert "Pass it on" not in seen
        assert app.screen.query_one(RowList).cursor == 2
