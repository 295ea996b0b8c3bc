"""The ledger of everything lent in the handover: where things are, and whether counted."""

import json
import time

import pytest

from kiosk.desk.loans import Approval, Approved, Condition, Reason, ThingKind
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Field, Heading, Item
from kiosk.desk.words import use
from kiosk.keys import outstanding as keys_outstanding
from kiosk.keys import stock_take
from kiosk.keys.enrolling import Described, enrol
from kiosk.keys.losing import block, report_lost
from kiosk.keys.places import lend_to_place
from kiosk.keys.service import Given, Terms, lend
from shift_handover import frozen as view
from shift_handover import service
from shift_handover.record_json import from_json, to_json
from shift_handover.records_of_loans import CountDiffers, LoanOut, ThingLost, WordOwed
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_review import ReviewScreen
from shift_handover.screens_signing import WhoReads
from shift_handover.slips import Signed, handover_slip
from shift_handover.stock import stock_of

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")
GUARD = "2001"
LABELS = ("12号柜钥匙", "3号安全帽", "二楼门禁卡", "小钥匙")


def tag(number: int) -> str:
    return f"04B1B2B3B4B50{number}"


@pytest.fixture
def things(desk):
    with desk.write(by=GUARD) as tx:
        return [
            enrol(tx, Described(label=label, kind=ThingKind.CABINET_KEY), tag(number))
            for number, label in enumerate(LABELS)
        ]


def count(desk, *numbers):
    take = stock_take.begin(desk, GUARD)
    for number in numbers:
        stock_take.tap(desk, take.take_id, GUARD, tag(number))
    stock_take.finish(desk, take.take_id, GUARD)


def frozen(desk):
    return service.freeze(desk, GUARD, keys_outstanding.outstanding)


def sheet(desk):
    made = frozen(desk)
    return handover_slip(made.document, Signed("王磊", desk.clock(), made.fingerprint), desk)


def fields(slip):
    return {line.label: line.value for line in slip.lines if isinstance(line, Field)}


def test_where_everything_is_adds_up(desk, people, things):
    for_good = Terms(permanent=True, given=Given(Approved.TAP, (people["1001"],)))
    lend(desk, things[0].id, people["3001"], GUARD)
    lend(desk, things[1].id, people["3001"], GUARD, for_good)
    report_lost(desk, things[2].id, people["3001"], GUARD, desk.clock())
    stock = frozen(desk).document.stock
    assert (stock.on_board, stock.out, stock.permanent) == (1, 2, 1)
    assert (stock.lost, stock.blocked) == (1, 0)
    assert stock.all == len(LABELS)


@pytest.mark.usefixtures("words_zh")
def test_counted_at_relief_and_complete(desk, things):
    count(desk, *range(len(things)))
    slip = sheet(desk)
    assert fields(slip)["台账"] == "在架 4，借出 0"
    assert fields(slip)["清点"] == "08:26 李建国：相符，4 件都在"
    assert ("钥匙及物品", "在册 4") in {
        (line.text, line.right) for line in slip.lines if isinstance(line, Heading)
    }
    assert draw(slip, 384).width == 384


@pytest.mark.usefixtures("words_zh")
def test_what_is_blocked_is_counted_too(desk, things):
    block(desk, things[2].id, GUARD, Condition.DAMAGED)
    count(desk, 0, 1, 3)
    assert fields(sheet(desk))["清点"] == "08:26 李建国：少 1（二楼门禁卡）"
    count(desk, *range(len(things)))
    slip = sheet(desk)
    assert fields(slip)["台账"] == "在架 3，借出 0，停用 1"
    assert fields(slip)["清点"] == "08:26 李建国：相符，4 件都在"


@pytest.mark.usefixtures("words_zh")
def test_a_count_begun_before_the_relief_is_not_finished_by_the_relief(
    desk, desk_clock, people, things
):
    taken = stock_take.begin(desk, GUARD)
    for number in range(len(things)):
        stock_take.tap(desk, taken.take_id, GUARD, tag(number))
    desk_clock.advance(days=3)
    with desk.write(by=GUARD) as tx:
        service.posts.relieve(tx, desk.gate, people[GUARD], people["2002"])
    anew = stock_take.begin(desk, "2002")
    stock_take.finish(desk, anew.take_id, "2002")
    with desk.read() as book:
        stock = stock_of(book, desk.gate)
    assert (stock.in_shift, stock.agrees, stock.present) == (True, False, 0)


@pytest.mark.usefixtures("words_zh")
def test_what_is_missing_is_named(desk, people, things):
    lend(desk, things[3].id, people["3001"], GUARD)
    count(desk, 1, 2, 3)
    assert fields(sheet(desk))["清点"] == "08:26 李建国：少 1（12号柜钥匙），另有 1 处不符"


@pytest.mark.usefixtures("words_zh", "things")
def test_a_shift_that_did_not_count_says_so(desk, desk_clock, people):
    assert fields(sheet(desk))["清点"] == "从未清点"
    count(desk, *range(len(LABELS)))
    desk_clock.advance(minutes=30)
    with desk.write(by="2002") as tx:
        service.posts.relieve(tx, desk.gate, people[GUARD], people["2002"])
    with desk.read() as book:
        stock = stock_of(book, desk.gate)
    assert not stock.in_shift
    assert stock.agrees
    with desk.write(by=GUARD) as tx:
        service.posts.relieve(tx, desk.gate, people["2002"], people[GUARD])
    assert fields(sheet(desk))["清点"] == "本班未清点；上次 08:26 李建国：相符，4 件都在"


def test_a_gate_that_lends_nothing_says_nothing_of_it(desk):
    document = frozen(desk).document
    assert document.stock is None


def test_a_handover_frozen_before_there_was_a_count_still_reads(desk, things):  # noqa: ARG001 - a ledger
    document = frozen(desk).document
    old = json.loads(to_json(document))
    del old["stock"]
    read = from_json(json.dumps(old))
    assert read.stock is None
    assert read.things == document.things
    assert from_json(to_json(document)) == document


def test_owed_word_lost_thing_and_difference_are_there_once_under_their_numbers(
    desk, people, things
):
    with desk.write() as tx:
        things[0].approval = Approval.MANAGER
        tx.put(things[0])
        tx.record("thing.changed")
    phone = Terms(given=Given(Approved.PHONE, (people["1001"],)))
    with desk.write(by=GUARD) as tx:
        things[0].approval = Approval.MANAGER
        tx.put(things[0])
        tx.record("thing.changed")
    owed = lend(desk, things[0].id, people["3001"], GUARD, phone)
    fire = lend_to_place(desk, things[1].id, "消防队", GUARD, Reason.EMERGENCY, Approved.EMERGENCY)
    lost = report_lost(desk, things[2].id, people["3001"], GUARD, desk.clock())
    count(desk, 0)
    found = [(type(one), one.kind, one.number) for one in frozen(desk).document.things]
    assert sorted(found, key=str) == sorted(
        [
            (ThingLost, "thing.lost", lost.number),
            (LoanOut, "loan.out", owed.number),
            (LoanOut, "loan.out", fire.number),
            (WordOwed, "loan.word_owed", f"W{owed.number[1:]}"),
            (WordOwed, "loan.word_owed", f"W{fire.number[1:]}"),
            (CountDiffers, "stock.differs", "T1"),
        ],
        key=str,
    )


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_has_a_group_for_what_is_lost(desk, people, things):
    lost = report_lost(desk, things[2].id, people["3001"], GUARD, desk.clock())
    slip = sheet(desk)
    assert ("挂失的物品", "1") in {
        (line.text, line.right) for line in slip.lines if isinstance(line, Heading)
    }
    assert [line.text for line in slip.lines if isinstance(line, Item)][:1] == ["二楼门禁卡已挂失"]
    assert lost.number in {line.number for line in slip.lines if isinstance(line, Item)}


def seen(app):
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.mark.usefixtures("compiled_words")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_both_steps_show_the_count_and_k_leads_to_counting(desk, people, app, things, size):
    lend(desk, things[3].id, people["3001"], GUARD)
    count(desk, 1, 2)
    led = []
    app.context.go_to = led.append
    use("zh_CN")

    async def to(pilot, kind):
        end = time.monotonic() + 8
        while not (isinstance(pilot.app.screen, kind) and "少 1" in seen(pilot.app)):
            assert time.monotonic() < end, seen(pilot.app)
            await pilot.pause()

    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("3")
        await to(pilot, ReviewScreen)
        assert "在架 3，借出 1" in seen(pilot.app)
        await pilot.press("k", "enter")
        while not isinstance(pilot.app.screen, WhoReads):
            await pilot.pause()
        await pilot.press(*"2002", "enter")
        await to(pilot, ReadScreen)
        await pilot.press("k")
        await pilot.pause()
        assert "四组全部正常" in seen(pilot.app)
    assert [thing.kind for thing in led] == ["stock.due", "stock.due"]
    with desk.read() as book:
        assert view.open_handover(book, desk.gate).document.stock.missing == 1
