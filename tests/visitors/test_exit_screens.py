"""The exit by keys and taps: one scan, only some of them, something differs, the visitor card."""

from types import SimpleNamespace

import pytest

from drivers.events import CardPresented, CodeScanned
from kiosk.desk.loans import LENT_TO_VISITORS, Thing, ThingKind, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register, use
from kiosk.keys.feature import KEYS as KEYS_FEATURE
from kiosk.keys.screens import SCREENS as KEYS
from kiosk.keys.screens_return import FoundAgain
from kiosk.tap_router import TapRouter
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import refusal
from visitors import cards, departures, reception, slip_code
from visitors.exit import lending
from visitors.models import Answer, How, LeftHow, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.screens import SCREENS as VISITORS
from visitors.screens_exit import ExitScreen
from visitors.screens_exit_ask import AskHowMany, LendThing, NotBack, SettleDifference
from visitors.screens_visit import VisitScreen
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
register(KEYS_FEATURE.refusals)
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", people=3, goods="工具箱1")
CARD, KEY, STAFF = "04AA0000000107", "04AA0000000112", "04A1B2C3D4E501"
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def ledger(desk):
    with desk.write(by=GUARD) as tx:
        made = [
            tx.put(Thing(label="访客卡7", kind=ThingKind.VISITOR_CARD, tag=CARD)),
            tx.put(Thing(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, tag=KEY)),
        ]
        tx.record("thing.added", thing="访客卡7")
    return made


@pytest.fixture
def visit(desk):
    made = reception.walk_in(desk, GUARD, WANG, HOST)
    reception.answer(desk, GUARD, made, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, made)
    return made


@pytest.fixture
def gate(desk, desktop):
    """The small application with the real router before it."""
    desktop.kiosk = desktop.context
    desktop.context.show = desktop.push_screen
    desktop.devices = SimpleNamespace(role_of=lambda _name: "desk", has_door_reader=False)
    desktop.feature_screens, desktop.dialog_closed_at = (VISITORS, KEYS), -100.0
    router, seconds = TapRouter(desktop, desk.settings, desk), iter(range(3, 1000, 3))

    async def heard(event):
        try:
            await router.take(event)
        except Refused as refused:
            desktop.answer(refusal(refused))

    async def tap(uid):
        await heard(CardPresented("reader", bytes.fromhex(uid), "nfc-a", "number", next(seconds)))

    async def scan(visit_id):
        with desk.read() as book:
            row, _ = visit_of(book, visit_id)
            text = slip_code.made(desk, row, row.copy_no)
        await heard(CodeScanned("scanner", text, 0.0))

    desktop.tap, desktop.scan = tap, scan
    return desktop


async def settled(app, pilot):
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.dress()
    await pilot.pause()


async def keys(app, pilot, *pressed):
    for key in pressed:
        await pilot.press(key)
    await settled(app, pilot)


def type_into(app, text):
    app.screen.query_one("#text", LabelledInput).input.value = text


def things(desk):
    with desk.read() as book:
        return {thing.kind: thing for thing in outstanding(desk, book)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words", "ledger")
async def test_a_visitor_card_is_tied_by_a_tap_and_closes_the_visit_at_the_exit(
    desk, gate, visit, size, language
):
    use(language)
    async with gate.run_test(size=size) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VisitScreen(visit))
        await settled(gate, pilot)
        await gate.tap(CARD)
        await settled(gate, pilot)
        assert "访客卡7" in gate.shown()
        await gate.tap(CARD)  # once more in front of its visit: nothing happens
        assert gate.answers[-1].tone is Tone.INFO
        assert cards.visit_card(desk, visit).lent == ("访客卡7",)
        await keys(gate, pilot, "escape")
        await gate.tap(CARD)
        await settled(gate, pilot)
    assert cards.visit_card(desk, visit).left_how is LeftHow.CARD
    said = gate.answers[-1]
    assert said.tone is Tone.AMBER  # the slip is still asked for
    assert ("回执未收" if language == "zh_CN" else "Return slip open") in said.lines


@pytest.mark.usefixtures("ledger")
async def test_a_card_before_admission_says_admit_first(desk, gate):
    waiting = reception.walk_in(desk, GUARD, WANG, HOST)
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VisitScreen(waiting))
        await settled(gate, pilot)
        await gate.tap(CARD)
        assert "admit first" in gate.answers[-1].headline
    with desk.read() as book:
        assert book.all(LENT_TO_VISITORS) == []


async def test_a_card_of_nobody_a_lost_card_and_a_badge_are_each_answered(desk, gate, ledger):
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        await gate.tap(CARD)
        assert "No visitor has 访客卡7" in gate.answers[-1].headline
        await gate.tap(STAFF)
        assert gate.answers[-1].name == "张伟"  # signed in, as at any time
        with desk.write(by=GUARD) as tx:
            row = tx.one(lending.THING, id=ledger[0].id)
            row.state = ThingState.LOST
            tx.put(row)
            tx.record("thing.lost", thing=row.label)
        await gate.tap(CARD)
        await settled(gate, pilot)
        assert isinstance(gate.screen, FoundAgain)


async def test_another_visitors_card_closes_his_visit_whatever_visit_is_in_front(
    desk, gate, visit, ledger
):
    other = reception.walk_in(desk, GUARD, Details(name="李四", matter="抄表"), HOST)
    lending.lend(desk, GUARD, visit, ledger[0].id)
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VisitScreen(other))
        await settled(gate, pilot)
        await gate.tap(CARD)
        await settled(gate, pilot)
    assert cards.visit_card(desk, visit).state is State.LEFT
    assert cards.visit_card(desk, other).state is State.WAITING


@pytest.mark.usefixtures("ledger")
async def test_a_key_is_lent_by_one_key_and_its_tag_and_named_at_the_exit(desk, gate, visit):
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VisitScreen(visit))
        await settled(gate, pilot)
        await keys(gate, pilot, "l")
        await gate.tap(KEY)
        await settled(gate, pilot)
        assert cards.visit_card(desk, visit).lent == ("12号柜钥匙",)
        await keys(gate, pilot, "escape")
        await gate.scan(visit)
        assert "Still out: 12号柜钥匙" in gate.answers[-1].lines
        await gate.tap(KEY)  # brought a moment later: the usual way of a key
        await settled(gate, pilot)
        assert gate.answers[-1].name == "visitor 001"
    assert things(desk) == {}


@pytest.mark.usefixtures("ledger")
async def test_a_wrong_name_stays_in_the_field_with_the_reason(desk, gate, visit):
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VisitScreen(visit))
        await settled(gate, pilot)
        await keys(gate, pilot, "l")
        type_into(gate, "没有这件")
        await keys(gate, pilot, "enter")
        assert gate.screen.query_one("#text", LabelledInput).text == "没有这件"
        assert "No such thing" in gate.shown()
        type_into(gate, "柜钥匙")
        await keys(gate, pilot, "enter")
        gate.ticked += 1  # new acts are deaf for a moment: a finger may be on its way
        await keys(gate, pilot, "r")
        await keys(gate, pilot, "1")
    assert cards.visit_card(desk, visit).lent == ()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_one_scan_then_only_some_of_them_left(desk, gate, visit, size, language):
    use(language)
    async with gate.run_test(size=size) as pilot:
        await settled(gate, pilot)
        await gate.scan(visit)
        assert cards.visit_card(desk, visit).state is State.LEFT  # one scan is the whole exit
        await VISITORS.letters["n"](gate.context)
        await settled(gate, pilot)
        assert isinstance(gate.screen, AskHowMany)
        type_into(gate, "4")
        await keys(gate, pilot, "enter")
        assert isinstance(gate.screen, AskHowMany)  # refused, and what was typed stays
        type_into(gate, "1")
        await keys(gate, pilot, "enter")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.remaining) == (State.ADMITTED, 2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("compiled_words")
async def test_what_differs_is_said_line_by_line_after_the_scan(
    desk, gate, visit, ledger, size, language
):
    use(language)
    lending.lend(desk, GUARD, visit, ledger[1].id)
    with desk.write(by=GUARD) as tx:
        row, _ = visit_of(tx, visit)
        row.helmet = "12"
        tx.put(row)
        tx.record("visit.corrected", visit=visit, fields=["helmet"])
    async with gate.run_test(size=size) as pilot:
        await settled(gate, pilot)
        await gate.scan(visit)
        await VISITORS.letters["x"](gate.context)
        await settled(gate, pilot)
        assert isinstance(gate.screen, ExitScreen)
        assert "工具箱1" in gate.shown()
        assert "12号柜钥匙" in gate.shown()
        await keys(gate, pilot, "2")
        type_into(gate, "少一把扳手")
        await keys(gate, pilot, "enter")
        assert "E1 少一把扳手" in gate.shown()
        await keys(gate, pilot, "3")  # the helmet
        assert "E2" in gate.shown()
        await keys(gate, pilot, "3")  # it is here after all
        await keys(gate, pilot, "4")  # the key
    opened = things(desk)
    assert list(opened) == ["visit.differs"]
    assert opened["visit.differs"].number == "E1"


async def test_open_things_of_the_exit_lead_to_their_questions(desk, gate, visit, ledger):
    lending.lend(desk, GUARD, visit, ledger[1].id)
    departures.leave(desk, GUARD, visit, signed=True)
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VISITORS.goes_to["visit.not_back"](things(desk)["visit.not_back"]))
        await settled(gate, pilot)
        assert isinstance(gate.screen, NotBack)
        await keys(gate, pilot, "1")
        assert things(desk) == {}
        await VISITORS.letters["x"](gate.context)
        await settled(gate, pilot)
        await keys(gate, pilot, "2")
        type_into(gate, "多一个箱子")
        await keys(gate, pilot, "enter", "escape")
        gate.push_screen(VISITORS.goes_to["visit.differs"](things(desk)["visit.differs"]))
        await settled(gate, pilot)
        assert isinstance(gate.screen, SettleDifference)
        await keys(gate, pilot, "2")
    assert things(desk) == {}


async def test_an_assumed_leaving_is_settled_by_two_digits(desk, gate, visit):
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)
    async with gate.run_test(size=(80, 24)) as pilot:
        await settled(gate, pilot)
        gate.push_screen(VISITORS.goes_to["visit.assumed"](things(desk)["visit.assumed"]))
        await settled(gate, pilot)
        await keys(gate, pilot, "3")
        await keys(gate, pilot, "1")
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.reason) == (State.ADMITTED, "The host, by telephone")


async def test_nobody_who_leaves_by_card_waits_for_what_is_being_lent_to_another(
    desk, gate, visit, ledger
):
    lending.lend(desk, GUARD, visit, ledger[0].id)
    other = reception.walk_in(desk, GUARD, Details(name="李四", matter="抄表"), HOST)
    reception.answer(desk, GUARD, other, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, other)
    async with gate.run_test(size=(80, 24)) as pilot:
        question = LendThing(cards.visit_card(desk, other))
        gate.push_screen(question)
        await settled(gate, pilot)
        await gate.tap(CARD)
        await settled(gate, pilot)
        assert cards.visit_card(desk, visit).state is State.LEFT
        assert gate.screen is question
        await gate.tap(CARD)  # the card is free now: it is what this visitor gets
        await settled(gate, pilot)
    assert cards.visit_card(desk, other).lent == ("访客卡7",)
