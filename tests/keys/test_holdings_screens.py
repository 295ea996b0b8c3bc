"""What somebody holds is confirmed with the PIN; the badge closes when all of it is back."""

import pytest

from kiosk.desk import journal
from kiosk.desk.leaving import leave
from kiosk.desk.loans import THINGS, Approved, Ended, Thing, ThingKind
from kiosk.desk.people import BADGE, BY_ID, BadgeState
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof, prove_by_badge
from kiosk.desk.words import use
from kiosk.features import FEATURES, end_for_leaver, holdings
from kiosk.keys import enrolling, losing, returning, service
from kiosk.keys.screens import SCREENS
from kiosk.keys.screens_board import KeyBoard
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_holdings import HoldingsScreen
from kiosk.keys.screens_lose import DecideLoss
from kiosk.keys.service import Given, Terms
from kiosk.ui.ask_proof import AskProof

ZHANG, GUARD, LI_NA, ADMIN = "04A1B2C3D4E501", "04A1B2C3D4E502", "04A1B2C3D4E504", "04A1B2C3D4E505"
TAG = "04FFFFFFFFFF01"


@pytest.fixture
def key(desk) -> Thing:
    return enrolling.add_thing(desk, "2001", TAG, "12号柜钥匙", ThingKind.CABINET_KEY, "1号钩")


def picture(app) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def sign(app, pilot, uid: str) -> None:
    assert isinstance(app.screen, AskProof)
    await app.tap(uid)
    await pilot.press(*"2580", "enter")
    await settle(pilot)


def for_good(approver) -> Terms:
    return Terms(permanent=True, given=Given(Approved.TAP, (approver,)))


def codes(desk) -> list[str]:
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate)]


async def at_the_board(app, pilot, letter: str) -> None:
    await app.push_screen(KeyBoard())
    await settle(pilot)
    await pilot.press(letter)
    await settle(pilot)


@pytest.mark.parametrize("by", ["badge", "pinyin"])
async def test_the_holder_confirms_everything_held_with_the_pin(
    app, desk, people, managers, key, by
):
    service.lend(desk, key.id, people["1001"], "2001", for_good(managers["1005"]))
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_board(app, pilot, "p")
        if by == "badge":
            await app.tap(ZHANG)
        else:
            await pilot.press(*"zhangw", "enter")
        await settle(pilot)
        assert isinstance(app.screen, HoldingsScreen)
        assert "12号柜钥匙" in picture(app)
        assert "permanent" in picture(app)
        await pilot.press("c")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
        assert "2026-11-23" in picture(app)
    assert app.said[-1].headline == "1 thing confirmed"
    assert codes(desk)[-1] == "loan.confirmed"


async def test_an_unconfirmed_holding_leads_here(app, desk, people, managers, key, desk_clock):
    service.lend(desk, key.id, people["1001"], "2001", for_good(managers["1005"]))
    desk_clock.advance(days=366)
    with desk.read() as book:
        [thing] = [
            one for one in app.context.outstanding(desk, book) if one.kind == "loan.unconfirmed"
        ]
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(SCREENS.goes_to[thing.kind](thing))
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        await sign(app, pilot, ZHANG)
    with desk.read() as book:
        kinds = [one.kind for one in app.context.outstanding(desk, book)]
    assert "loan.unconfirmed" not in kinds


async def test_a_leaver_gives_everything_back_before_the_badge_is_closed(app, desk, people, key):
    service.lend(desk, key.id, people["3001"], "2001")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_board(app, pilot, "p")
        await app.tap(LI_NA)
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        assert "1 thing must come back" in picture(app)
        assert "give it back, place 1号钩" in picture(app)
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(app.screen, HoldingsScreen)  # nothing is closed yet
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ThingScreen)
        await app.tap(TAG)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "Everything is back." in picture(app)
        await pilot.press("l")
        await settle(pilot)
        await sign(app, pilot, ADMIN)
        assert "the badge is closed" in picture(app)
    with desk.read() as book:
        badge, person = book.one(BADGE, uid=LI_NA), book.one(BY_ID, id=people["3001"].id)
    assert (badge.state, person.active) == (BadgeState.BLOCKED, False)
    assert codes(desk)[-2:] == ["badge.blocked", "person.left"]


async def test_a_leavers_undecided_loss_stands_in_the_list_and_is_decided_from_there(
    app, desk, people, key
):
    service.lend(desk, key.id, people["3001"], "2001")
    losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    async with app.run_test(size=(120, 36)) as pilot:
        await app.push_screen(HoldingsScreen(people["3001"].id))
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        assert "12号柜钥匙: lost, undecided" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DecideLoss)
        await pilot.press("2")
        await settle(pilot)
        await sign(app, pilot, ADMIN)
        assert "Everything is back." in picture(app)


@pytest.mark.parametrize(
    ("clerk", "leaver", "code"),
    [
        ("2001", "3001", "person.leave_not_yours"),
        ("1001", "3001", "person.leave_not_yours"),
        ("9001", "9001", "person.leaves_alone"),
        ("9001", "3001", "person.still_holds"),
        ("9001", "7777", "person.unknown"),
    ],
)
def test_who_may_close_which_badge(desk, people, key, clerk, leaver, code):
    service.lend(desk, key.id, people["3001"], "2001")
    head = desk.head
    proof = Proof(people[clerk], Means.BADGE, desk.clock())
    with pytest.raises(Refused) as refused:
        leave(desk, proof, leaver, holdings, end_for_leaver)
    assert refused.value.code == code
    assert desk.head == head


def test_who_has_left_opens_and_signs_nothing(desk, people):
    proof = Proof(people["9001"], Means.BADGE, desk.clock())
    assert leave(desk, proof, "3001", holdings, end_for_leaver) == 1
    with pytest.raises(Refused) as refused:
        prove_by_badge(desk, LI_NA, "2580")
    assert refused.value.code == "badge.blocked"


def test_the_ledger_of_things_tells_what_a_leaver_holds(desk, people, key):
    service.lend(desk, key.id, people["3001"], "2001")
    assert any(feature.holdings is not None for feature in FEATURES)
    with desk.read() as book:
        [one] = holdings(desk, book, people["3001"])
        assert holdings(desk, book, people["1001"]) == []
    assert (one.number, one.what.text()) == ("K1", "12号柜钥匙")


@pytest.mark.usefixtures("key")
async def test_sheets_are_printed_for_who_takes_brings_back_and_leaves(app, desk, people):
    with desk.read() as book:
        lent = service.lend(desk, book.all(THINGS)[0].id, people["1001"], "2001")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_board(app, pilot, "p")
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert app.said[-1].headline == "The sheet is being printed."
        await pilot.press("l", "p")
        await settle(pilot)
        await pilot.press("escape", "r")
        await settle(pilot)
        assert app.said[-1].headline == "张伟 has brought nothing back today."
        returning.give_back(desk, lent.thing_id, "2001", Ended.TAG)
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert app.said[-1].headline == "张伟 holds nothing."
    with desk.read() as book:
        queued = [job.slip for job in book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)]
    assert queued == ["loan.delivery", "loan.leaver", "loan.return"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("compiled_words")
async def test_labels_and_names_stand_whole_in_every_list(
    app, desk, people, managers, size, language
):
    label = "306办公室文件柜备用钥匙"
    thing = enrolling.add_thing(desk, "2001", TAG, label, ThingKind.CABINET_KEY, "1号钩")
    service.lend(desk, thing.id, people["1001"], "2001", for_good(managers["1005"]))
    use(language)
    screens = (HoldingsScreen(people["1001"].id), KeyBoard(), ThingScreen(thing.id))
    async with app.run_test(size=size) as pilot:
        for screen in screens:
            await app.push_screen(screen)
            await settle(pilot)
            screen.set_class(size[1] == 24, "-low")
            await settle(pilot)
            seen = picture(app)
            assert label in seen, type(screen)
            assert "张伟" in seen, type(screen)
