"""A place has a thing and signs nothing: W in the question for the borrower's badge."""

from datetime import UTC, datetime

import pytest

from kiosk.desk.loans import OPEN_LOANS, Approval, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.keys import service
from kiosk.keys.enrolling import Described, enrol
from kiosk.keys.screens_lend import LendKey
from kiosk.ui.dialogs import AskText
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
        service.lend_all_to_place(desk, (mine.id,), "204", "2001")
    assert refused.value.code == "keys.other_section"
    desk_clock.now = SATURDAY
    with pytest.raises(Refused) as refused:
        service.lend_all_to_place(desk, (card.id,), "204", "2001")
    assert refused.value.code == "keys.approval_needed"
    assert out(desk) == {}
