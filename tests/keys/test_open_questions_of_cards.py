"""A question about one thing that is open when the language changes keeps what was done in it."""

import pytest
from textual.widgets import Input

from kiosk.desk.loans import Approval, ThingKind
from kiosk.desk.words import use
from kiosk.keys import enrolling
from kiosk.keys.losing import report_lost
from kiosk.keys.models import Decision
from kiosk.keys.screens_change import ChangeThing
from kiosk.keys.screens_lose import DecideLoss, ReportLost, decide_signed
from kiosk.keys.screens_reserve import AskSpan
from kiosk.keys.screens_signed import GiveWord, manager_help
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.row_list import RowList

TAG = "04FFFFFFFFFF01"

pytestmark = pytest.mark.usefixtures("compiled_words")


@pytest.fixture(autouse=True)
def english_again():
    yield
    use("en")


@pytest.fixture
def key(desk):
    return enrolling.add_thing(desk, "2001", TAG, "12号柜钥匙", ThingKind.CABINET_KEY)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def ask(app, pilot, question):
    await app.push_screen(question)
    await settle(pilot)
    return question


async def speak(app, pilot, language: str) -> None:
    use(language)
    app.screen.translate()
    await settle(pilot)


async def test_whose_word_a_thing_needs_stays_chosen_and_is_saved(app, desk, key):
    async with app.run_test(size=(80, 30)) as pilot:
        form = await ask(app, pilot, ChangeThing(key, ""))
        await pilot.press(*"B2", "enter", "enter", "enter", "4")
        assert "1 nobody's word needed" in app.words()
        await speak(app, pilot, "zh_CN")
        place, word = form.query_one("#place Input", Input), form.query_one("#approval Input")
        assert (place.value, app.focused) == ("B2", word)
        assert "two managers" not in app.words()
        assert "nobody's word" not in app.words()
        await speak(app, pilot, "en")
        assert word.value == "two managers say yes"
        await pilot.press("up")
        assert "F5 saves" in app.words()
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press(*"1001", "enter", *"2580", "enter")
        await settle(pilot)
    with desk.read() as book:
        assert enrolling.found_thing(book, key.id).approval is Approval.TWO


async def test_a_reason_under_a_field_of_the_form_is_said_anew(app, key):
    async with app.run_test(size=(80, 30)) as pilot:
        await ask(app, pilot, ChangeThing(key, ""))
        await pilot.press(*["enter"] * 6, *"25", "f5")
        await settle(pilot)
        assert "0 to 23" in app.words()
        await speak(app, pilot, "zh_CN")
        assert "0 to 23" not in app.words()
        assert app.focused.value == "25"
        await speak(app, pilot, "en")
        assert "0 to 23" in app.words()


async def test_who_was_found_stays_under_the_cursor(app):
    async with app.run_test(size=(80, 30)) as pilot:
        question = await ask(app, pilot, AskPerson(manager_help))
        await pilot.press("l", "down")
        found = question.query_one("#matches", RowList)
        chosen = found.current.key
        assert found.cursor == 1
        await speak(app, pilot, "zh_CN")
        assert (found.cursor, found.current.key.id) == (1, chosen.id)
        assert app.focused.value == "l"
        await pilot.press("9", "9", "9")
        await pilot.press("enter")
        await speak(app, pilot, "en")
        assert "Nobody fits." in app.words()
        assert "Nobody is chosen yet" in app.words()


@pytest.mark.parametrize("question", [ReportLost, lambda _key: AskSpan(manager_help)])
async def test_a_time_that_is_none_stays_with_its_reason(app, key, question):
    async with app.run_test(size=(80, 30)) as pilot:
        await ask(app, pilot, question(key))
        await pilot.press(*"soon", "enter", "left")
        english = app.words()
        await speak(app, pilot, "zh_CN")
        assert (app.focused.value, app.focused.cursor_position) == ("soon", 3)
        assert app.words() != english
        await speak(app, pilot, "en")
        assert app.words() == english


async def test_the_decision_stays_under_the_cursor_and_is_signed_in_the_new_language(
    app, desk, people, key
):
    loss = report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    async with app.run_test(size=(80, 30)) as pilot:
        question = await ask(app, pilot, DecideLoss(loss.loss_id))
        await pilot.press("down")
        await speak(app, pilot, "zh_CN")
        assert question.query_one("#choices", RowList).cursor == 1
        assert "It opens" not in app.words()
        await ask(app, pilot, decide_signed(app.context, loss.loss_id, Decision.NEW_COPY))
        assert "Have a new copy made" not in app.words()
        await speak(app, pilot, "en")
        assert "Have a new copy made" in app.words()
        assert "A manager or the office taps the badge" in app.words()


async def test_a_word_owed_says_its_title_in_the_new_language(app):
    async with app.run_test(size=(80, 30)) as pilot:
        await ask(app, pilot, GiveWord("", manager_help))
        await speak(app, pilot, "zh_CN")
        assert "The manager taps" not in app.words()
