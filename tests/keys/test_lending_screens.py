"""Several keys with one badge, the badge first, held for good."""

import json
import re

import pytest

from kiosk.desk import journal
from kiosk.desk.loans import (
    OPEN_LOANS,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.words import use
from kiosk.keys import enrolling, losing
from kiosk.keys.screens_badge_first import BadgeFirst
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_word import AskWord, WordHere
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone

ZHANG, LI_NA = "04A1B2C3D4E501", "04A1B2C3D4E504"
SUN = "04A1B2C3D4E511"
TAGS = ("04FFFFFFFFFF01", "04FFFFFFFFFF02", "04FFFFFFFFFF03")


@pytest.fixture
def keys(desk) -> tuple[Thing, ...]:
    named = zip(TAGS, ("12号柜钥匙", "档案柜钥匙", "7号桌钥匙"), strict=True)
    return tuple(
        enrolling.add_thing(desk, "2001", tag, label, ThingKind.CABINET_KEY) for tag, label in named
    )


@pytest.fixture
def offices(desk) -> tuple[Thing, ...]:
    return tuple(
        enrolling.add_thing(desk, "2001", f"04FFFFFFFFFF1{n}", label, ThingKind.OFFICE_KEY)
        for n, label in enumerate(("306办公室", "402办公室"))
    )


def holders(desk) -> dict[str, str]:
    with desk.read() as book:
        return {
            thing.label: person.name if person else loan.place
            for loan, thing, person in book.all(OPEN_LOANS)
        }


def seconds_left(app) -> int:
    return int(re.search(r"(\d+) s\b", app.words())[1])


def entries(desk, since: int) -> list[tuple[str, dict]]:
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate, since))
    return [(one.code, json.loads(one.facts)) for one in found]


@pytest.mark.usefixtures("keys")
async def test_three_keys_and_one_badge_are_out_on_one_signature(app, desk, desk_clock):
    async with app.run_test():
        for tag in TAGS:
            await app.tap(tag)
            await app.front(LendKey)
        said = app.said[-1]
        assert (said.name, said.headline) == ("7号桌钥匙", "3 on one signature")
        seen = app.words()
        assert "3 on one signature" in seen
        assert all(label in seen for label in ("12号柜钥匙", "档案柜钥匙", "7号桌钥匙"))
        assert "At the desk: 李建国" in seen
        since = desk.head.seq
        await app.tap(ZHANG)
        await app.front(HomeScreen)
        assert "Borrower 张伟, issued by 李建国" in app.words()
    assert set(holders(desk).values()) == {"张伟"}
    assert len(holders(desk)) == 3
    assert [code for code, _facts in entries(desk, since)] == ["loan.out"] * 3
    with desk.read() as book:
        assert {loan.clerk for loan, _, _ in book.all(OPEN_LOANS)} == {"2001"}
        assert {loan.out_at for loan, _, _ in book.all(OPEN_LOANS)} == {desk_clock.now}
    said = app.said[-1]
    assert (said.tone, said.headline, said.name) == (Tone.GOOD, "3 things are out", "张伟")


@pytest.mark.usefixtures("people")
async def test_one_key_that_may_not_go_out_keeps_all_of_them_here(app, desk, keys):
    with desk.write() as tx:
        for one in keys[:2]:
            one.pair = "main and spare"
            tx.put(one)
        tx.record("thing.changed")
    head = desk.head
    async with app.run_test():
        for tag in TAGS:
            await app.tap(tag)
        await app.tap(ZHANG)
        await app.front(LendKey)
    assert holders(desk) == {}
    assert desk.head == head
    assert "Nobody holds it together" in app.said[-1].headline


@pytest.mark.usefixtures("keys")
async def test_a_tag_again_and_backspace_take_a_key_off(app, desk):
    async with app.run_test() as pilot:
        for tag in TAGS:
            await app.tap(tag)
        await app.front(LendKey)
        await app.tap(TAGS[0])
        await app.front(LendKey)
        assert "2 on one signature" in app.words()
        await pilot.press("backspace")
        await app.tap(ZHANG)
        await app.front(HomeScreen)
    assert holders(desk) == {"档案柜钥匙": "张伟"}


@pytest.mark.usefixtures("keys")
async def test_the_last_key_taken_off_ends_the_question(app, desk):
    head = desk.head
    async with app.run_test():
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await app.tap(TAGS[0])
        await app.front(HomeScreen)
    assert app.said[-1].headline == "It stays on the board."
    assert desk.head == head


@pytest.mark.parametrize("state", [ThingState.BLOCKED, ThingState.LOST])
async def test_a_key_that_is_not_lent_does_not_join(app, desk, people, keys, state, desk_clock):
    if state is ThingState.LOST:
        losing.report_lost(desk, keys[1].id, people["1001"], "2001", desk_clock.now)
    else:
        with desk.write() as tx:
            keys[1].state = state
            tx.put(keys[1])
            tx.record("thing.blocked")
    async with app.run_test() as pilot:
        await app.tap(TAGS[0])
        await app.tap(TAGS[1])
        await pilot.pause()
        if state is ThingState.LOST:
            assert "reported lost. Is it here again?" in app.words()
            await pilot.press("escape")
        else:
            assert "is blocked" in app.said[-1].headline
        await app.front(LendKey)
        await app.tap(ZHANG)
        await app.front(HomeScreen)
    assert holders(desk) == {"12号柜钥匙": "张伟"}


@pytest.mark.usefixtures("keys")
async def test_a_second_badge_after_the_reader_was_lost_is_number_and_pin(app, desk):
    async with app.run_test() as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await pilot.press("n")
        await app.front(AskProof)
        await app.quiet_below(desk.rules.loan_tap_s * 2)
        await pilot.press(*"1001", "enter", *"2580", "enter")
        await app.front(HomeScreen)
    assert holders(desk) == {"12号柜钥匙": "张伟"}


@pytest.mark.usefixtures("keys")
async def test_tag_and_badge_at_once_are_asked_for_one_by_one(app, desk):
    async with app.run_test():
        await app.tap(TAGS[0])
        await app.front(LendKey)
        since = desk.head.seq
        await app.tap_together(TAGS[1], ZHANG)
        [(code, facts)] = entries(desk, since)
        assert (code, facts["persons"], facts["things"], facts["unknown"]) == (
            "staff.cards_together", ["1001"], ["档案柜钥匙"], 0,
        )  # fmt: skip
        assert app.said[-1].headline == "Two cards or tags at once. Please tap them one by one."
        await app.front(LendKey)
        await app.tap(ZHANG)
        await app.front(HomeScreen)
    assert holders(desk) == {"12号柜钥匙": "张伟"}


@pytest.mark.usefixtures("keys")
async def test_a_question_that_ends_behind_the_locked_desk_does_not_open_it(app):
    async with app.run_test() as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        question = app.screen
        locked = HomeScreen(lambda: iter(()))
        await app.push_screen(locked)
        question.close(question.timed_out())
        await pilot.pause()
        assert app.screen is locked
        app.pop_screen()
        await pilot.pause()
        assert question not in app.screen_stack
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("lost", [True, False])
@pytest.mark.usefixtures("keys")
async def test_a_wait_without_a_reader_says_so_and_offers_n(app, lost):
    app.context.reader_lost = lambda: lost
    async with app.run_test(size=(80, 24)):
        await app.tap(TAGS[0])
        await app.front(LendKey)
        assert ("The reader is gone. N takes staff number and PIN." in app.words()) is lost
        await app.quiet(app.context.desk.rules.loan_tap_s)
        await app.front(HomeScreen)
        assert ("The reader is gone. N takes" in app.words()) is lost


# The badge first.


@pytest.mark.usefixtures("keys")
async def test_badge_first_then_every_key_is_out_at_once(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("b")
        await app.front(BadgeFirst)
        await app.tap(TAGS[0])
        assert app.said[-1].headline.startswith("This is the tag of 12号柜钥匙. A badge is asked")
        await app.tap(LI_NA)
        assert holders(desk) == {}
        await app.tap(TAGS[0])
        assert holders(desk) == {"12号柜钥匙": "李娜"}
        await app.tap(TAGS[1])
        assert len(holders(desk)) == 2
        await pilot.pause()
        assert "档案柜钥匙, due 17:30" in app.words()
        await app.tap(ZHANG)
        assert app.said[-1].headline.startswith("李娜 has tapped. Now the keys")
        await app.tap(TAGS[1])
        await pilot.press("enter")
        await app.front(KeyBoard)
    assert holders(desk) == {"12号柜钥匙": "李娜"}
    assert app.said[-1].headline == "12号柜钥匙 is out"


@pytest.mark.parametrize("with_badge", [True, False])
@pytest.mark.usefixtures("keys")
async def test_badge_first_and_then_nothing_says_that_nothing_was_recorded(app, desk, with_badge):
    head = desk.head
    async with app.run_test() as pilot:
        await app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await pilot.press("b")
        await app.front(BadgeFirst)
        if with_badge:
            await app.tap(LI_NA)
            await pilot.pause()
        shown = seconds_left(app)
        await app.quiet(1)
        assert seconds_left(app) < shown <= desk.rules.loan_tap_s
        await app.quiet(desk.rules.loan_tap_s)
        await app.front(KeyBoard)
    assert "Nothing was recorded" in app.said[-1].headline
    assert desk.head == head


# For good.


@pytest.mark.usefixtures("keys")
async def test_a_joiners_set_is_held_for_good_on_one_signature(app, desk):
    async with app.run_test() as pilot:
        for tag in TAGS[:2]:
            await app.tap(tag)
        await app.front(LendKey)
        await pilot.press("p")
        assert "Held for good, no due time" in app.words()
        await app.tap(LI_NA)
        await app.front(AskWord)
        await app.tap(ZHANG)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(HomeScreen)
    with desk.read() as book:
        loans = book.all(OPEN_LOANS)
    assert [(loan.due_at, loan.reason.value, who.name) for loan, _, who in loans] == [
        (None, "position", "李娜"), (None, "position", "李娜"),
    ]  # fmt: skip
    assert app.said[-1].time == "held for good"


@pytest.mark.usefixtures("managers")
async def test_only_a_manager_holds_an_office_key_for_good(app, desk, offices):
    with desk.write() as tx:
        for one in offices:
            one.approval = one.approval.NONE
            tx.put(one)
        tx.record("thing.changed")
    async with app.run_test() as pilot:
        await app.tap("04FFFFFFFFFF10")
        await app.front(LendKey)
        await pilot.press("p")
        await app.tap(LI_NA)
        await app.front(LendKey)
        assert "Only managers hold an office key for good" in app.said[-1].headline
        await app.tap(ZHANG)
        await app.front(AskWord)
        await app.tap(SUN)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(HomeScreen)
        await app.tap("04FFFFFFFFFF11")
        await app.front(LendKey)
        await pilot.press("p")
        await app.tap(ZHANG)
        await pilot.pause()
    assert app.said[-1].headline.startswith("张伟 holds 306办公室 already")
    assert holders(desk) == {"306办公室": "张伟"}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("keys", "compiled_words")
async def test_every_key_of_the_question_fits_on_the_screen(app, size, language):
    use(language)
    async with app.run_test(size=size):
        for tag in TAGS:
            await app.tap(tag)
            await app.front(LendKey)
        wanted = {
            "en": ("N No badge", "P For good", "Backspace Take the last one off", " s "),
            "zh_CN": ("N 无卡", "P 长期", "退格 去掉最后一把", "经手人：李建国", "秒"),
        }[language]
        assert [one for one in wanted if one not in app.words()] == []
