"""A key that asks for somebody's word: the manager's, here or by telephone, and nobody's own."""

import json
from datetime import timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.loans import OPEN_LOANS, Approval, Approved, Reason, Thing, ThingKind
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import use
from kiosk.keys import booking, chasing, enrolling, service
from kiosk.keys.losing import found_again, report_lost
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_phone import AnswerOfManager, ChooseManager
from kiosk.keys.screens_word import AskReason, AskWord, ReadWarnings, WordHere
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone

ZHANG, LI_NA, WANG = "04A1B2C3D4E501", "04A1B2C3D4E504", "04A1B2C3D4E503"
SUN, ZHOU = "04A1B2C3D4E511", "04A1B2C3D4E512"
OFFICE, VAULT, FINANCE, PLAIN = (f"04FFFFFFFFFF0{n}" for n in range(1, 5))


@pytest.fixture(autouse=True)
def things(desk, managers) -> dict[str, Thing]:
    del managers
    made = {
        tag: enrolling.add_thing(desk, "2001", tag, label, ThingKind.CABINET_KEY)
        for tag, label in (
            (OFFICE, "306办公室"), (VAULT, "印章柜"), (FINANCE, "财务室"), (PLAIN, "12号柜"),
        )
    }  # fmt: skip
    approvals = {
        OFFICE: Approval.MANAGER, VAULT: Approval.TWO, FINANCE: Approval.OTHER_SECTION,
    }  # fmt: skip
    with desk.write() as tx:
        for tag, approval in approvals.items():
            made[tag].approval = approval
            tx.put(made[tag])
        tx.record("thing.changed")
    return made


def loans(desk) -> list[tuple[str, str, Approved, bool]]:
    with desk.read() as book:
        return [
            (thing.label, person.name, loan.approved, loan.owed)
            for loan, thing, person in book.all(OPEN_LOANS)
        ]


def codes(desk, since: int) -> list[str]:
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate, since)]


async def ask_for(app, tag: str, badge: str = LI_NA) -> None:
    await app.tap(tag)
    await app.front(LendKey)
    await app.tap(badge)


async def test_the_manager_says_yes_here_with_badge_and_pin(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("2")
        await app.front(AskWord)
        assert "A manager must say yes first." in app.words()
        assert loans(desk) == []
        await app.tap(ZHANG)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(HomeScreen)
    assert loans(desk) == [("306办公室", "李娜", Approved.TAP, False)]
    with desk.read() as book:
        assert book.all(OPEN_LOANS)[0][0].reason is Reason.OVERTIME


async def test_by_number_and_pin_where_the_reader_is_dead(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        await pilot.press("1")
        await app.front(WordHere)
        await pilot.press(*"2002", "enter", *"2580", "enter")
        await app.front(WordHere)
        assert "王磊 is no manager" in app.words()
        await pilot.press("escape")
        await app.front(AskWord)
        await pilot.press("1")
        await app.front(WordHere)
        await pilot.press(*"1001", "enter", *"2580", "enter")
        await app.front(HomeScreen)
    assert loans(desk) == [("306办公室", "李娜", Approved.TAP, False)]


async def test_by_telephone_the_sentence_is_shown_and_the_word_is_owed(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("2")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        await pilot.press(*"szz", "backspace", "backspace", "backspace", *"zk", "enter")
        await app.front(AnswerOfManager)
        seen = app.words()
        assert "Call 张科长, extension 8001" in seen
        assert "张科长, 李娜 asks for 306办公室, overtime, until 17:30. Do you agree?" in seen
        await pilot.press("1")
        await app.front(HomeScreen)
        assert "The manager's own tap is owed." in app.words()
    assert loans(desk) == [("306办公室", "李娜", Approved.PHONE, True)]
    assert app.said[-1].tone is Tone.AMBER


async def test_on_a_day_off_the_manager_hears_that_it_is_for_overtime(app, desk, desk_clock):
    desk_clock.advance(days=5)  # Saturday
    async with app.run_test() as pilot:
        await ask_for(app, PLAIN)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        await pilot.press("enter")
        await app.front(AnswerOfManager)
        assert "李娜 asks for 12号柜, overtime, until 12:20." in app.words()
        await pilot.press("1")
        await app.front(HomeScreen)
    assert loans(desk) == [("12号柜", "李娜", Approved.PHONE, True)]
    with desk.read() as book:
        assert book.all(OPEN_LOANS)[0][0].reason is Reason.OVERTIME


@pytest.mark.usefixtures("compiled_words")
async def test_the_sentence_in_chinese(app):
    use("zh_CN")
    async with app.run_test(size=(120, 36)) as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("2")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        await pilot.press(*"zw", "enter")
        await app.front(AnswerOfManager)
        seen = app.words().replace(" ", "")
        assert "“张科长，李娜借306办公室，加班用，17:30还，您同意吗？”" in seen


async def test_not_reached_asks_another_and_a_no_is_recorded(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        since = desk.head.seq
        await pilot.press("enter")
        await app.front(AnswerOfManager)
        await pilot.press("3")
        await app.front(ChooseManager)
        await pilot.press("down", "enter")
        await app.front(AnswerOfManager)
        await pilot.press("2")
        await app.front(LendKey)
    assert loans(desk) == []
    assert codes(desk, since) == ["loan.word_refused"]
    with desk.read() as book:
        [entry] = journal.entries(book.connection, desk.gate, since)
    facts = json.loads(entry.facts)
    assert facts == {"things": ["306办公室"], "holder": "3001", "approver": "1005"}
    assert app.said[-1].headline == "孙建华 says no. Nothing goes out; the no is recorded."


async def test_nobody_says_yes_for_himself(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE, ZHANG)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        head = desk.head
        await app.tap(ZHANG)
        await app.front(AskWord)
        assert app.said[-1].headline == "张伟 borrows it: somebody else must say yes."
        await pilot.press("1")
        await app.front(WordHere)
        await app.tap(ZHANG)
        assert app.said[-1].headline == "张伟 borrows it: somebody else must say yes."
        await app.tap(PLAIN)
        assert app.said[-1].headline.startswith("This is the tag of 12号柜. A badge is asked")
        assert desk.head == head
        await pilot.press("escape")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        assert "张伟" not in app.words()
        assert "孙建华" in app.words()
    assert loans(desk) == []


async def test_a_colleague_who_signs_in_meanwhile_is_not_held_up(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        since = desk.head.seq
        await app.tap(WANG)
        await app.front(AskWord)
    assert codes(desk, since) == ["staff.signed_in"]


async def test_two_managers_one_here_and_one_by_telephone(app, desk, managers, people):
    async with app.run_test() as pilot:
        await ask_for(app, VAULT)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        assert "Two managers must say yes first." in app.words()
        await app.tap(ZHANG)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(AskWord)
        assert "张伟 says yes. A second manager must say yes too." in app.words()
        await app.tap(ZHANG)
        assert app.said[-1].headline == "Two different managers must say yes."
        assert loans(desk) == []
        await pilot.press("2")
        await app.front(ChooseManager)
        assert "张伟" not in app.words()
        await pilot.press(*"sjh", "enter")
        await app.front(AnswerOfManager)
        await pilot.press("1")
        await app.front(HomeScreen)
    assert loans(desk) == [("印章柜", "李娜", Approved.PHONE, True)]
    with desk.read() as book:
        loan = book.all(OPEN_LOANS)[0][0]
    assert {loan.approver_id, loan.second_approver_id} == {
        managers["1005"].id, people["1001"].id,
    }  # fmt: skip
    with pytest.raises(Exception, match="other_approver"):
        chasing.give_word(desk, loan.id, proof(desk, people["1001"]), "2001")
    assert chasing.give_word(desk, loan.id, proof(desk, managers["1005"]), "2001").owed is False


def test_two_words_by_telephone_are_two_debts(desk, people, managers, things):
    both = (managers["1005"], managers["1006"])
    given = service.Given(Approved.PHONE, both)
    out = service.lend(desk, things[VAULT].id, people["3001"], "2001", service.Terms(given=given))
    assert chasing.give_word(desk, out.loan_id, proof(desk, both[0]), "2001").owed is True
    with pytest.raises(Exception, match="other_approver"):
        chasing.give_word(desk, out.loan_id, proof(desk, both[0]), "2001")
    assert chasing.give_word(desk, out.loan_id, proof(desk, both[1]), "2001").owed is False


def proof(desk, person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


async def test_a_manager_of_the_same_section_does_not_do(app, desk):
    async with app.run_test() as pilot:
        await ask_for(app, FINANCE)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        assert "A manager of another section must say yes first." in app.words()
        await app.tap(ZHANG)
        assert app.said[-1].headline.startswith("张伟 is of the same section.")
        await app.tap(ZHOU)
        await app.front(WordHere)
        await pilot.press(*"2580", "enter")
        await app.front(HomeScreen)
    assert loans(desk) == [("财务室", "李娜", Approved.TAP, False)]


async def test_of_several_keys_only_the_one_that_asks_owes_a_word(app, desk):
    async with app.run_test() as pilot:
        await app.tap(PLAIN)
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await pilot.press("1")
        await app.front(AskWord)
        await pilot.press("2")
        await app.front(ChooseManager)
        await pilot.press("enter")
        await app.front(AnswerOfManager)
        await pilot.press("1")
        await app.front(HomeScreen)
    assert sorted(loans(desk)) == [
        ("12号柜", "李娜", Approved.NOT_ASKED, False),
        ("306办公室", "李娜", Approved.PHONE, True),
    ]


async def test_a_word_given_before_is_shown_and_nothing_is_asked(
    app, desk, people, things, desk_clock
):
    now = desk_clock.now
    booking.ask_overtime(
        desk, people["3001"], "2001", now, now + timedelta(hours=14), "306",
        proof(desk, people["1001"]), [things[OFFICE].id, things[PLAIN].id],
    )  # fmt: skip
    async with app.run_test(size=(120, 36)):
        await ask_for(app, OFFICE)
        await app.front(HomeScreen)
        assert "Approved before: 张伟" in app.words()
    assert loans(desk) == [("306办公室", "李娜", Approved.BEFORE, False)]
    assert app.said[-1].time == "due 22:20"


async def test_a_warning_is_read_with_one_enter(app, desk, people, things, desk_clock):
    service.lend(desk, things[PLAIN].id, people["3001"], "2001")
    report_lost(desk, things[PLAIN].id, people["3001"], "2001", desk_clock.now)
    found_again(desk, things[PLAIN].id, "2001")
    async with app.run_test() as pilot:
        await ask_for(app, PLAIN)
        await app.front(ReadWarnings)
        assert "李娜 lost 12号柜 on 2026-11-23." in app.words()
        assert loans(desk) == []
        await pilot.press("escape")
        await app.front(LendKey)
        assert loans(desk) == []
        await app.tap(LI_NA)
        await app.front(ReadWarnings)
        await pilot.press("enter")
        await app.front(HomeScreen)
    assert [(label, who) for label, who, _how, _owed in loans(desk)] == [("12号柜", "李娜")]


@pytest.mark.parametrize("steps", [0, 1, 2])
async def test_esc_anywhere_leaves_nothing_and_keeps_the_keys(app, desk, steps):
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        head = desk.head
        presses = (("1", AskWord), ("2", ChooseManager))
        for key, screen in presses[:steps]:
            await pilot.press(key)
            await app.front(screen)
        await pilot.press("escape")
        if steps == 2:
            await app.front(AskWord)
            await pilot.press("escape")
        await app.front(LendKey)
        assert "306办公室" in app.words()
        await app.quiet(desk.rules.loan_tap_s)
        await app.front(HomeScreen)
    assert "nothing was recorded" in app.said[-1].headline
    assert desk.head == head


async def test_what_came_back_meanwhile_does_not_hurry_who_phones(app, desk, things, people):
    service.lend(desk, things[PLAIN].id, people["1001"], "2001")
    async with app.run_test() as pilot:
        await ask_for(app, OFFICE)
        await app.front(AskReason)
        await app.tap(PLAIN)
        await app.front(AskReason)
        assert loans(desk) == []
        await app.quiet_below(desk.rules.loan_tap_s + 1)
        await app.front(AskReason)
        await pilot.press("escape")
        await app.front(LendKey)
