"""A key that another desk lends, on the screens of this one."""

from dataclasses import replace

import pytest

from kiosk.desk.custody import OPEN_RECEIPTS
from kiosk.desk.custody_rows import Receipt
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import HubState, Standing
from kiosk.desk.loans import Ended, Thing, ThingKind
from kiosk.desk.settings_hub import Hub
from kiosk.desk.site_desks import SiteDesk
from kiosk.keys import custody as keeping
from kiosk.keys import enrolling, returning, service
from kiosk.keys.elsewhere import where
from kiosk.keys.enrolling import Described
from kiosk.keys.outstanding import outstanding
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_elsewhere import HangsHere
from kiosk.keys.screens_lend import LendKey

TAG, BADGE = "04FFFFFFFFFF01", "04A1B2C3D4E501"


@pytest.fixture
def settings(settings):
    return replace(settings, hub=Hub(address="127.0.0.1:1"))


@pytest.fixture
def key(desk) -> Thing:
    """A key of the east gate, ``gate-2``; this desk is ``gate-1``."""
    with desk.write() as tx:
        tx.put(SiteDesk(id="gate-2", name="东门"))
        tx.record("site_desk.introduced", gate="gate-2")
    described = Described(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, home="gate-2")
    return enrolling.add(desk, "2001", described, TAG)


async def test_without_a_line_the_key_is_lent_only_at_its_desk(app, key, words_zh):
    del key, words_zh
    async with app.run_test():
        await app.tap(TAG)
        await app.front(LendKey)
        await app.tap(BADGE)
        await app.until(lambda: app.said, "an answer")
        assert app.said[-1].headline == "东门现在连不上，12号柜钥匙 只能在东门借出。"


def lent_by_the_other_desk(desk: Desk, key: Thing, people) -> None:
    """Write a loan as the other desk's entry would bring it."""
    with desk.write() as tx:
        tx.put(service.Loan(
            number="K1", thing_id=key.id, holder_id=people["1001"].id, out_at=tx.now,
            due_at=tx.now.replace(hour=9),
        ))  # fmt: skip
        tx.record("loan.out", number="K1", thing=key.label, holder="1001", due_at="")


async def test_a_key_of_the_other_desk_is_taken_in_and_is_on_the_board_as_such(
    app, desk, key, people
):
    lent_by_the_other_desk(desk, key, people)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.tap(TAG)
        await app.until(lambda: app.said, "an answer")
        assert app.said[-1].headline == "12号柜钥匙 is taken in here"
        assert app.said[-1].lines == ("东门 has not confirmed it yet.",)
        await app.tap(TAG)
        await app.until(lambda: len(app.said) > 1, "a second answer")
        assert "not lent before 东门 has confirmed" in app.said[-1].headline
        app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await app.until(lambda: "unsure" in app.words(), "where it is")
        await pilot.press("enter")
        await app.front(ThingScreen)
        await app.until(lambda: "Lent by" in app.words(), "who lends it")
    with desk.read() as book:
        assert where(desk, book, key).unconfirmed


async def test_the_board_says_at_which_desk_a_key_hangs(app, desk, key):
    desk.hub_state = lambda: HubState(Standing.UP, fresh={"gate-2": desk.clock()})
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(KeyBoard())
        await app.front(KeyBoard)
        await app.until(lambda: "at 东门" in app.words(), "where it hangs")
        await pilot.press("enter")
        await app.front(ThingScreen)
        await app.until(lambda: "东门, up to 08:20" in app.words(), "how fresh that is")
    assert key.home == "gate-2"


async def test_a_dispute_is_settled_by_who_signs_at_the_board(app, desk, key, people):
    lent_by_the_other_desk(desk, key, people)
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    with desk.write() as tx:  # as the other desk's entry would
        receipt, thing = tx.one(OPEN_RECEIPTS)
        receipt.state, receipt.why = Receipt.DISPUTED, "back_here"
        tx.put(receipt)
        tx.record("thing.disputed", thing=thing.label, at="gate-1", why="back_here")
    with desk.read() as book:
        open_now = [one for one in outstanding(desk, book) if one.kind == "thing.disputed"]
    assert len(open_now) == 1
    async with app.run_test() as pilot:
        app.push_screen(HangsHere(open_now[0].ref, key.label))
        await app.front(HangsHere)
        await app.tap("04A1B2C3D4E502")
        await pilot.press(*"2580", "enter")
        await app.until(lambda: app.said, "an answer")
        assert app.said[-1].headline == "It hangs here; that is settled."
    with desk.read() as book:
        kinds = [one.kind for one in outstanding(desk, book)]
    assert "thing.disputed" not in kinds
    assert "thing.received" in kinds  # taken in anew: the other desk has to give it up
    assert keeping.settle(desk) == 0
