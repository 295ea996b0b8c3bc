"""A place has a thing and signs nothing: W in the question for the borrower's badge."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.loans import OPEN_LOANS, Approval, Approved, Reason, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.keys import booking, places
from kiosk.keys.enrolling import Described, enrol
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_word import ReadWarnings
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone

pytestmark = pytest.mark.usefixtures("people")
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
TAGS = ("04FFFFFFFFFF01", "04FFFFFFFFFF02")


@pytest.fixture
def keys(desk):
    with desk.write(by="2001") as tx:
        return [
            enrol(tx, Described(label=label, kind=ThingKind.CABINET_KEY), tag)
            for label, tag in zip(("12号柜钥匙", "档案柜钥匙"), TAGS, strict=True)
        ]


@pytest.fixture
def reserved_from(desk, people, keys):
    """When 李娜's reservation of the first key begins: three hours from now."""
    begins = desk.clock() + timedelta(hours=3)
    booking.reserve(desk, keys[0].id, people["3001"], "2001", begins, begins + timedelta(hours=1))
    return begins


async def type_place(app, pilot, place: str) -> None:
    await app.tap(TAGS[0])
    await app.front(LendKey)
    await pilot.press("w")
    await app.front(AskText)
    await pilot.press(*place, "enter")


def out(desk) -> dict[str, str]:
    with desk.read() as book:
        return {thing.label: loan.place for loan, thing, _ in book.all(OPEN_LOANS)}


@pytest.mark.usefixtures("keys")
async def test_w_and_a_typed_place_hand_everything_out(app, desk):
    async with app.run_test() as pilot:
        for tag in TAGS:
            await app.tap(tag)
            await app.front(LendKey)
        assert "To a place" in app.words()
        await pilot.press("w")
        await app.front(AskText)
        await pilot.press(*"Room 204", "enter")
        await app.front(HomeScreen)
    assert out(desk) == {"12号柜钥匙": "Room 204", "档案柜钥匙": "Room 204"}
    assert (app.said[-1].tone, app.said[-1].name) == (Tone.GOOD, "Room 204")


@pytest.mark.usefixtures("keys")
async def test_esc_in_the_question_for_the_place_waits_for_the_badge_again(app, desk):
    head = desk.head
    async with app.run_test() as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await pilot.press("w")
        await app.front(AskText)
        await pilot.press("escape")
        await app.front(LendKey)
    assert desk.head == head


async def test_a_key_that_needs_a_word_goes_to_no_place_and_nor_does_its_neighbour(app, desk, keys):
    with desk.write() as tx:
        keys[1].approval = Approval.MANAGER
        tx.put(keys[1])
        tx.record("thing.changed")
    async with app.run_test() as pilot:
        for tag in TAGS:
            await app.tap(tag)
            await app.front(LendKey)
        await pilot.press("w")
        await app.front(AskText)
        await pilot.press(*"Room 204", "enter")
        await app.front(LendKey)
    assert out(desk) == {}
    assert app.said[-1].headline.startswith("A manager's word is needed first")


def test_what_is_one_sections_or_asks_on_days_off_goes_to_no_place(desk, people, desk_clock):
    with desk.write(by="2001") as tx:
        mine = enrol(tx, Described(
            label="甲", kind=ThingKind.SEAL, section_id=people["1001"].department_id,
        ), "")  # fmt: skip
        card = enrol(tx, Described(label="乙", kind=ThingKind.DOOR_CARD), "")
    with pytest.raises(Refused) as refused:
        places.lend_all_to_place(desk, (mine.id,), "204", "2001")
    assert refused.value.code == "keys.other_section"
    desk_clock.now = SATURDAY
    with pytest.raises(Refused) as refused:
        places.lend_all_to_place(desk, (card.id,), "204", "2001")
    assert refused.value.code == "keys.approval_needed"
    assert out(desk) == {}


# A person is no place.


@pytest.mark.parametrize("means", [Approved.NOT_ASKED, Approved.EMERGENCY])
@pytest.mark.parametrize("typed", ["3001", "３００１", " 李娜", "李 娜", "李建国"])
def test_a_colleagues_number_or_whole_name_is_no_place(desk, keys, typed, means):
    head = desk.head
    with pytest.raises(Refused) as refused:
        places.lend_to_place(desk, keys[0].id, typed, "2001", Reason.WORK, means)
    assert refused.value.code == "keys.place_is_person"
    assert desk.head == head


@pytest.mark.parametrize("means", [Approved.NOT_ASKED, Approved.EMERGENCY])
@pytest.mark.parametrize("typed", ["3001", "李娜"])
def test_nor_is_who_has_left_the_house(desk, people, keys, typed, means):
    with desk.write() as tx:
        people["3001"].active = False
        tx.put(people["3001"])
        tx.record("person.changed")
    with pytest.raises(Refused) as refused:
        places.lend_to_place(desk, keys[0].id, typed, "2001", Reason.WORK, means)
    assert refused.value.code == "keys.place_has_left"
    assert out(desk) == {}


def test_a_place_may_have_a_persons_name_in_its_own(desk, keys):
    places.lend_all_to_place(desk, (keys[0].id,), "李娜的办公室", "2001")
    assert out(desk) == {"12号柜钥匙": "李娜的办公室"}


@pytest.mark.parametrize("typed", ["3001", "李娜", "李建国"])
@pytest.mark.usefixtures("keys")
async def test_a_colleague_typed_as_the_place_is_told_to_tap(app, desk, typed):
    async with app.run_test() as pilot:
        await type_place(app, pilot, typed)
        await app.front(LendKey)
        await app.until(lambda: app.said, "the answer")
    assert "is a person and no place: tap the badge" in app.said[-1].headline
    assert out(desk) == {}


@pytest.mark.parametrize(
    ("key", "front", "has"),
    [("1", LendKey, {}), ("2", HomeScreen, {"12号柜钥匙": "zw"}), ("escape", LendKey, {})],
    ids=["colleague", "place", "left"],
)
@pytest.mark.usefixtures("keys")
async def test_letters_that_spell_a_colleague_ask_who_takes_it(app, desk, key, front, has):
    async with app.run_test() as pilot:
        await type_place(app, pilot, "zw")
        await app.front(Choose)
        assert "张伟 1001" in app.words()
        await pilot.press(key)
        await app.front(front)
    assert out(desk) == has


# Somebody has reserved it; for good.


def test_a_place_brings_back_what_is_reserved_before_its_time(desk, keys, reserved_from):
    handed = places.lend_all_to_place(desk, [one.id for one in keys], "204", "2001")
    lead = timedelta(minutes=desk.rules.reservation_block_min)
    assert [one.due_at for one in handed] == [
        reserved_from - lead, datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "front", "has"),
    [("enter", HomeScreen, {"12号柜钥匙": "Room 204"}), ("escape", LendKey, {})],
)
@pytest.mark.usefixtures("reserved_from")
async def test_a_reservation_to_come_is_read_before_it_goes_to_a_place(app, desk, key, front, has):
    async with app.run_test() as pilot:
        await type_place(app, pilot, "Room 204")
        await app.front(ReadWarnings)
        assert "Reserved for 李娜 from 11-23 11:20" in app.words()
        await pilot.press(key)
        await app.front(front)
    assert out(desk) == has


@pytest.mark.usefixtures("keys")
async def test_nothing_is_held_for_good_by_a_place(app, desk):
    async with app.run_test() as pilot:
        await app.tap(TAGS[0])
        await app.front(LendKey)
        await pilot.press("p")
        assert "To a place" not in app.words()
        await pilot.press("w")
        await app.until(lambda: app.said, "the answer")
        assert isinstance(app.screen, LendKey)
        assert app.said[-1].headline.startswith("Only a person holds a thing for good")
        await pilot.press("p", "w")
        await app.front(AskText)
    assert out(desk) == {}
