"""What a visitor has stands in the keys' lists as "visitor 001" and comes back as from anybody."""

import pytest

from kiosk.desk.loans import LENT_TO_VISITORS, LOAN, Ended, Thing, ThingKind
from kiosk.desk.report import Period
from kiosk.keys import board_pages, card, chasing, inside, losing, reports, returning
from kiosk.keys.board_pages import Show, Sought
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_return import TakeBack
from kiosk.keys.screens_stock import StockTakeScreen
from visitors import reception
from visitors.exit import lending
from visitors.models import Answer, How
from visitors.rules import Details

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
VISITOR = "visitor 001"


@pytest.fixture
def lent(desk):
    with desk.write(by=GUARD) as tx:
        key = tx.put(Thing(label="12号柜钥匙", kind=ThingKind.CABINET_KEY, tag="04AA0000000112"))
        tx.record("thing.added", thing=key.label)
    visit = reception.walk_in(desk, GUARD, Details(name="王小明", matter="抄表"), HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return lending.lend(desk, GUARD, visit, key.id)


def test_the_board_finds_it_by_the_visitors_number_and_shows_who_has_it(desk, lent):
    with desk.read() as book:
        sought = Sought(Show.ALL, "001", desk.clock())
        assert board_pages.place(book, sought, lent.thing_id) == 0
        assert [one.host for one in inside.inside(desk, book)] == [VISITOR]
    assert card.thing_card(desk, lent.thing_id).holder_name == VISITOR


def test_the_registers_name_the_visitor_by_number_alone(desk, desk_clock, lent):
    desk_clock.advance(hours=4)
    period = Period(desk.today(), desk.today())
    with desk.read() as book:
        for build in (reports.loans, reports.overdue, reports.holders, reports.stock):
            table = build(desk, book, period)
            assert any(VISITOR in row for row in table.rows), table.title
            assert not any("王小明" in cell for row in table.rows for cell in row)
    assert chasing.remind(desk, lent.loan_id, GUARD).holder == VISITOR


def test_it_comes_back_by_its_tag_as_from_anybody(desk, lent):
    assert returning.give_back(desk, lent.thing_id, GUARD, Ended.TAG).holder == VISITOR
    with desk.read() as book:
        assert lending.lent_to(book, visit_of_loan(book, lent)) == ()


def test_reported_lost_it_is_with_the_visitor_no_more(desk, lent, people):
    losing.report_lost(desk, lent.thing_id, people[HOST], GUARD, desk.clock())
    with desk.read() as book:
        assert book.all(LENT_TO_VISITORS) == []


def visit_of_loan(book, lent):
    return book.one(LOAN, id=lent.loan_id)[0].visit_id


def with_a_card(desk, lent):
    """Give the visitor a visitor card too; return visit, card and loan."""
    with desk.write(by=GUARD) as tx:
        made = tx.put(Thing(label="访客卡7", kind=ThingKind.VISITOR_CARD, tag="04AA0000000107"))
        tx.record("thing.added", thing=made.label)
        visit = visit_of_loan(tx, lent)
    return visit, made, lending.lend(desk, GUARD, visit, made.id)


def held(desk, visit):
    with desk.read() as book:
        return [one.label for one in lending.lent_to(book, visit)]


async def test_a_count_of_the_board_takes_no_visitors_card_back_behind_his_visit(app, desk, lent):
    visit, made, _loan = with_a_card(desk, lent)
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(StockTakeScreen())
        await app.front(StockTakeScreen)
        await app.tap(made.tag)
        await app.until(lambda: app.said, "the tap to be told")
        await pilot.press("b")
        await app.until(lambda: "lets them out" in app.said[-1].headline, "what to do")
    assert made.label in held(desk, visit)


async def test_nor_does_the_boards_question(app, desk, lent):
    visit, made, loan = with_a_card(desk, lent)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(TakeBack(loan.loan_id))
        await app.front(TakeBack)
        await app.until(lambda: VISITOR in app.words(), "the holder")
        await pilot.press("1")
        await app.until(lambda: app.said, "what to do")
        assert "lets them out" in app.said[-1].headline
    assert made.label in held(desk, visit)


async def test_the_question_of_the_board_names_the_visitor(app, lent):
    async with app.run_test(size=(80, 24)):
        app.push_screen(TakeBack(lent.loan_id))
        await app.front(TakeBack)
        await app.until(lambda: VISITOR in app.words(), "the holder")


async def test_a_visitors_card_in_the_keys_own_question_is_not_taken_back_behind_his_visit(
    app, desk, lent
):
    with desk.write(by=GUARD) as tx:
        key = tx.put(Thing(label="柜钥匙", kind=ThingKind.DESK_KEY, tag="04AA0000000113"))
        tx.record("thing.added", thing=key.label)
    visit, made, _loan = with_a_card(desk, lent)
    async with app.run_test(size=(80, 24)):
        app.push_screen(LendKey(key))
        await app.front(LendKey)
        await app.tap(made.tag)
        assert VISITOR in app.said[-1].headline
    assert made.label in held(desk, visit)
