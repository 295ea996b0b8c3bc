"""What a thing is, changed on its card: tag, label, rules, and that it is lent no more."""

import json

import pytest
from textual.widgets import Static

from kiosk.desk import journal
from kiosk.desk.bearer import ThingTag, whose
from kiosk.desk.loans import (
    THING,
    Approval,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.people import DEPARTMENTS
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.keys import enrolling, reports, returning, service
from kiosk.keys.card import thing_card
from kiosk.keys.enrolling import Described
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_change import ChangeThing
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.row_list import RowList

ZHANG, ADMIN = "04A1B2C3D4E501", "04A1B2C3D4E505"


TAG, OTHER_TAG, UNKNOWN = "04FFFFFFFFFF01", "04FFFFFFFFFF02", "04AABBCCDDEE01"


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


async def test_two_swapped_rings_are_put_right_and_the_other_one_is_named(app, desk, key, copy):
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Give it another tag")
        await app.tap(OTHER_TAG)
        await settle(pilot)
        assert isinstance(app.screen, ThingScreen)
    assert "12号柜副匙" in app.said[-1].headline
    assert (thing_now(desk, key).tag, thing_now(desk, copy).tag) == (OTHER_TAG, TAG)


async def test_a_new_tag_and_the_same_tag_and_a_badge(app, desk, key):
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Give it another tag")
        await app.tap(TAG)
        await settle(pilot)
        wrong = str(app.screen.query_one("#dialog-wrong", Static).content)
        assert wrong == "This is the tag of 12号柜钥匙 already. Nothing was changed."
        await app.tap(UNKNOWN)
        await settle(pilot)
    assert thing_now(desk, key).tag == UNKNOWN


async def test_a_retired_thing_is_gone_from_the_board_and_its_history_stays(
    app, desk, people, key, copy
):
    service.lend(desk, key.id, people["3001"], "2001")
    returning.give_back(desk, key.id, "2001", returning.Ended.TAG)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        shown = app.screen.query_one("#board", RowList)
        assert {row.cells[0] for row in shown.rows} == {key.label, copy.label}
        await card(app, pilot, key)
        await press(app, pilot, "Lend it no more")
        await sign(app, pilot, ADMIN)
        assert app.screen.query_one("#acts", RowList).rows == []
        history = app.screen.query_one("#history", RowList).rows
        assert [row.cells[0] for row in history] == ["李娜"]
        await pilot.press("escape")
        await settle(pilot)
        assert [row.cells[0] for row in shown.rows] == [copy.label]
    assert thing_now(desk, key).state is ThingState.RETIRED
    with desk.read() as book:
        register = reports.loans(desk, book, Period(desk.today(), desk.today()))
    assert [row[1] for row in register.rows] == [key.label]
    with desk.read() as book:
        assert not isinstance(whose(book, TAG), ThingTag)


async def test_the_form_changes_what_is_known_and_says_what_is_wrong(app, desk, key):
    async with app.run_test(size=(80, 24)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Change")
        await pilot.press("enter", "enter", "enter", "4")
        assert "two managers say yes" in picture(app)
        await pilot.press("enter", *"bangong", "enter", "enter", *"25", "f5")
        await settle(pilot)
        assert "0 to 23" in picture(app)
        await pilot.press("backspace", "backspace", *"18", "enter", *"90", "enter")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert isinstance(app.screen, ThingScreen)
        assert "changed, written down" in picture(app)
    changed = thing_now(desk, key)
    assert (changed.approval, changed.due_hour, changed.longest_min) == (Approval.TWO, 18, 90)
    assert thing_card(desk, key.id).section == "办公室"
    assert (changed.label, changed.lock, changed.doors) == ("12号柜钥匙", "L12", "档案室 305")
    assert codes(desk)[-1] == "thing.changed"


@pytest.mark.parametrize(
    ("rule", "was", "now"),
    [
        ({"approval": Approval.NONE}, "manager", "none"),
        ({"pair": ""}, "A", ""),
        ({"section_id": ""}, "办公室", ""),
    ],
)
def test_a_rule_is_changed_by_who_signs_only_and_the_entry_keeps_both(desk, people, rule, was, now):
    with desk.read() as book:
        office = next(one for one in book.all(DEPARTMENTS) if one.name == "办公室")
    known = {
        "label": "印章", "kind": ThingKind.SEAL, "approval": Approval.MANAGER, "pair": "A",
        "section_id": office.id,
    }  # fmt: skip
    thing = enrolling.add(desk, "2001", Described(**known), OTHER_TAG)
    wanted = Described(**known | rule)
    with pytest.raises(Refused) as unsigned:
        enrolling.change(desk, "2001", thing.id, wanted)
    assert unsigned.value.code == "keys.rule_unsigned"
    guard = Proof(people["2001"], Means.BADGE, desk.clock())
    with pytest.raises(Refused) as not_his:
        enrolling.change(desk, "2001", thing.id, wanted, guard)
    assert not_his.value.code == "keys.not_yours_to_decide"
    manager = Proof(people["1001"], Means.BADGE, desk.clock())
    enrolling.change(desk, "2001", thing.id, wanted, manager)
    with desk.read() as book:
        *_, entry = journal.entries(book.connection, desk.gate)
    (name,) = rule
    facts = json.loads(entry.facts)
    assert (facts["was"], facts["now"]) == ({name: was}, {name: now})
    assert facts["signed"] == "1001"


async def test_a_guard_alone_changes_no_rule(app, desk, key):
    head = desk.head
    async with app.run_test(size=(80, 24)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Change")
        await pilot.press("enter", "enter", "enter", "4", "f5")
        await settle(pilot)
        assert isinstance(app.screen, AskProof)
        await pilot.press(*"2001", "enter", *"2580", "enter")
        await settle(pilot)
        assert "A manager or the office decides this" in picture(app)
        assert isinstance(app.screen, ChangeThing)
    assert desk.head == head


async def test_nothing_changed_writes_nothing(app, desk, key):
    head = desk.head
    async with app.run_test(size=(120, 36)) as pilot:
        await card(app, pilot, key)
        await press(app, pilot, "Change")
        await pilot.press("f5")
        await settle(pilot)
        assert "Nothing of 12号柜钥匙 was changed." in picture(app)
    assert desk.head == head


async def test_a_label_that_tells_the_door_is_warned_of_once(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(KeyBoard())
        await settle(pilot)
        await app.tap(UNKNOWN)
        await settle(pilot)
        await pilot.press(*"R305", "enter", "enter", "enter", *"R305", "enter")
        assert "R305 on the ring tells a finder the door" in " ".join(picture(app).split())
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    with desk.read() as book:
        made = whose(book, UNKNOWN)
    assert (made.thing.label, made.thing.approval) == ("R305", Approval.MANAGER)
