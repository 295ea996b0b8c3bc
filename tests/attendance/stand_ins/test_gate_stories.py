"""At the gate, for who is away: his visitor, his message and his parcel (clauses 7, 11)."""

import pytest
from on_screen import picture, settle

from kiosk import features
from kiosk.attendance import service as taps
from kiosk.attendance.outing import service as outing
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.stand_ins import service
from kiosk.desk.people import BY_ID
from kiosk.desk.signing import Means, Proof
from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.messages.screens_deliver import DeliverMessages
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from kiosk.parcels.screens_hand_out import HandOut
from visitors import cards, reception
from visitors.acts import Act
from visitors.ladder.rungs import Rung
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.screens_actions import next_act, offered
from visitors.service import visit_of

GUARD, ZHANG, LI_NA, CHEN = "2001", "1001", "3001", "9001"
BADGE_OF_LI_NA, BADGE_OF_CHEN = "04A1B2C3D4E504", "04A1B2C3D4E505"
WANG = Details(name="王小明", form="Mr", unit="东川供水公司", matter="水表检修")


@pytest.fixture
def away(desk, people, desk_clock):
    """李娜 is out, and 陈静, who is in, stands in for her."""
    for staff_no in (LI_NA, CHEN):
        taps.tap(desk, people[staff_no], "door")
    desk_clock.advance(hours=1)
    outing.start(desk, GUARD, LI_NA, Going("县里", "开会"), Approval(people[ZHANG], Means.BADGE))
    with desk.read() as book:
        what = service.behind(desk, book, people[LI_NA])
    entry = service.ask(desk, GUARD, LI_NA, CHEN, what)
    service.accept(desk, Proof(people[CHEN], Means.BADGE, desk.clock()), entry)


@pytest.mark.usefixtures("away")
def test_clause_7_the_guard_asks_the_stand_in_about_a_visitor_and_her_badge_is_the_yes(desk):
    visit = reception.walk_in(desk, GUARD, WANG, LI_NA)
    card = cards.visit_card(desk, visit)
    assert next_act(card) is Act.ASK_STAND_IN
    lines = [one.words for one in offered(card) if one.act is Act.ASK_STAND_IN]
    assert len(lines) == 1
    assert "陈" in lines[0]
    reception.ask(desk, GUARD, visit, How.PHONE, Rung.STAND_IN)
    reception.badge_yes(desk, GUARD, visit, CHEN)
    with desk.read() as book:
        row = visit_of(book, visit)[0]
    assert (row.answer, row.answer_by, row.answer_rung) == (Answer.YES, CHEN, Rung.STAND_IN)


@pytest.mark.usefixtures("away")
def test_the_stand_in_is_told_at_the_tap_that_a_visitor_waits_for_the_absent_one(desk, people):
    reception.walk_in(desk, GUARD, WANG, LI_NA)
    told = features.notes(desk, people[CHEN])
    assert "For 李娜: Visitor 001 waits for you at the gate" in told
    assert not any("王" in line for line in told)


def test_clause_11_who_signs_out_is_told_that_a_visitor_is_still_inside(desk, people, desk_clock):
    taps.tap(desk, people[LI_NA], "door")
    visit = reception.walk_in(desk, GUARD, WANG, LI_NA)
    reception.badge_yes(desk, GUARD, visit, LI_NA)
    reception.admit(desk, GUARD, visit)
    assert not any("still inside" in line for line in features.notes(desk, people[LI_NA]))
    desk_clock.advance(hours=1)
    taps.tap(desk, people[LI_NA], "door")
    assert any(
        "your visitor 001 is still inside" in line for line in features.notes(desk, people[LI_NA])
    )


@pytest.mark.usefixtures("away")
async def test_clause_65_the_stand_in_taps_for_the_message_and_the_book_says_who_it_was(
    app, desk, people
):
    messages.take(desk, GUARD, LI_NA, Said("县办", "请回电"))
    with desk.read() as book:
        [waiting] = messages.waiting_for(book, people[LI_NA].id)
    async with app.run_test() as pilot:
        app.push_screen(DeliverMessages(waiting.id))
        await settle(pilot)
        assert "陈静 stands in for 李娜" in picture(app)
        await app.tap(BADGE_OF_CHEN)
        await settle(pilot)
        await pilot.press("enter")
        await pilot.press("enter")
        await settle(pilot)
        assert (app.said[-1].headline, app.said[-1].name) == ("1 message received", "陈静")
    with desk.read() as book:
        message, _person = messages.message_by_id(book, waiting.id)
        assert book.one(BY_ID, id=message.receiver_id).staff_no == CHEN


@pytest.mark.usefixtures("away")
async def test_the_stand_in_taps_for_the_parcel(app, desk, people):
    parcels.arrive(desk, GUARD, LI_NA, Arrived("顺丰", "A1"))
    with desk.read() as book:
        [lying] = parcels.lying_for(book, people[LI_NA].id)
    async with app.run_test() as pilot:
        app.push_screen(HandOut(lying.id))
        await settle(pilot)
        assert "陈静 stands in for 李娜" in picture(app)
        await app.tap(BADGE_OF_CHEN)
        await settle(pilot)
        assert (app.said[-1].headline, app.said[-1].name) == ("1 parcel handed out", "陈静")


@pytest.mark.usefixtures("away")
async def test_back_from_the_outing_the_addressee_taps_again_for_herself(
    app, desk, people, desk_clock
):
    parcels.arrive(desk, GUARD, LI_NA, Arrived("顺丰", "A1"))
    with desk.read() as book:
        [lying] = parcels.lying_for(book, people[LI_NA].id)
    desk_clock.advance(hours=2)
    taps.tap(desk, people[LI_NA], "door")
    async with app.run_test() as pilot:
        app.push_screen(HandOut(lying.id))
        await settle(pilot)
        assert "stands in" not in picture(app)
        await app.tap(BADGE_OF_LI_NA)
        await settle(pilot)
        assert app.said[-1].name == "李娜"
