"""Where kinds of visit, exit, emergency and watch list meet in the life of one visit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.desk.loans import OPEN_LOAN_OF, Thing, ThingKind
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register, sentence
from shift_handover.from_open_things import records_of
from shift_handover.wording import text_of
from visitors import cards, corrections, departures, reception, slip_code
from visitors.corrections import Corrected
from visitors.emergency import debt, service
from visitors.emergency.debt import Payment
from visitors.emergency.models import Kind
from visitors.exit import by_card, differing, lending, parting
from visitors.exit.assumed import Was, settle_assumed
from visitors.exit.models import Differs, Settled
from visitors.feature import REFUSALS
from visitors.lanes import gate, helmets
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.returning.known import called
from visitors.rules import Details
from visitors.screens_actions import Act, next_act, offered
from visitors.screens_departure import card_verdict
from visitors.service import visit_of
from visitors.watch_models import Level

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", matter="水表检修")
WORKER = Details(name="郑工", unit="宏图建筑", matter="外墙施工", lane="construction")
OFFICER = Details(name="周警官", unit="公安局", matter="", lane="law", besides="警官证 1234")
COURIER = Details(name="", unit="顺丰", matter="", lane="courier")


def agreed(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    return visit


def inside(desk, details=WANG, helmet=""):
    visit = agreed(desk, details)
    reception.admit(desk, GUARD, visit, helmet)
    return visit


def helps(desk, people=""):
    return service.admit_at_once(desk, GUARD, Kind.REPAIR, people).visit


def assume(desk, visit):
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.ASSUMED)


def scan(desk, visit_id):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        code = slip_code.made(desk, visit, visit.copy_no)
    return departures.leave_by_code(desk, GUARD, code)


def refused(code, use_case, *args, **kwargs):
    with pytest.raises(Refused) as said:
        use_case(*args, **kwargs)
    assert said.value.code == code
    words = sentence(code, said.value.facts)
    assert "{" not in words
    return words


def lend(desk, visit, label):
    with desk.write(by=GUARD) as tx:
        tx.put(Thing(label=label, kind=ThingKind.VISITOR_CARD))
        tx.record("thing.added", thing=label)
    return lending.lend_called(desk, GUARD, visit, label)


def kinds(desk):
    with desk.read() as book:
        return [one.kind for one in outstanding(desk, book)]


def acts(desk, visit):
    return {one.act for one in offered(cards.visit_card(desk, visit))}


def roll_call(desk):
    with desk.read() as book:
        return [(one.people, one.doubt) for one in features.inside(desk, book)]


def test_who_has_no_slip_and_was_not_seen_to_leave_is_looked_for_in_the_roll_call(desk):
    for visit in (inside(desk, OFFICER), helps(desk, "3")):
        assume(desk, visit)
    assert roll_call(desk) == [(1, "assumed to have left"), (3, "assumed to have left")]


def test_nobody_of_a_delivery_at_the_gate_is_inside_without_a_yes(desk):
    visit = inside(desk, replace(WANG, people=2))
    scan(desk, visit)
    courier = reception.walk_in(desk, GUARD, replace(COURIER, people=3), HOST)
    gate.hand_over(desk, GUARD, courier, kept=True)
    assert Act.PART_LEAVES not in acts(desk, courier)
    refused("visit.not_possible", parting.part_leaves, desk, GUARD, courier, 1)
    assert cards.visit_card(desk, courier).state is State.LEFT
    assert parting.left_last(desk).id == visit


def test_who_stayed_when_the_scan_counted_all_still_wears_the_helmets(desk):
    visit = inside(desk, replace(WORKER, people=2), "12 13")
    scan(desk, visit)
    parting.part_leaves(desk, GUARD, visit, 1)
    assert "visit.helmet_out" in kinds(desk)
    other = agreed(desk, replace(WORKER, name="钱工"))
    refused("visit.helmet_out", reception.admit, desk, GUARD, other, "13")


def test_who_has_no_slip_owes_none_after_all(desk):
    parted, found = inside(desk, replace(OFFICER, people=2)), helps(desk, "3")
    departures.leave(desk, GUARD, parted, signed=True)
    parting.part_leaves(desk, GUARD, parted, 1)
    assume(desk, found)
    settle_assumed(desk, GUARD, found, Was.STILL_INSIDE, "张科长说还在")
    for visit in (parted, found):
        assert departures.leave(desk, GUARD, visit, signed=False).return_slip is ReturnSlip.NONE
    assert "visit.return_slip_missing" not in kinds(desk)


def test_who_was_let_in_as_an_emergency_is_looked_up_once_the_name_is_known(desk, listed):
    listed(Level.CALL)
    visit = helps(desk, "1")
    debt.pay(desk, GUARD, visit, Payment(name="章薇"))
    assert cards.visit_card(desk, visit).watch.first is not None
    assert "visit.watched" in kinds(desk)


def test_who_helps_leaves_in_parts_and_is_never_fewer_than_have_left(desk):
    visit = helps(desk, "5")
    assert Act.PART_LEAVES in acts(desk, visit)
    parting.part_leaves(desk, GUARD, visit, 3)
    words = refused("visit.people_gone", debt.pay, desk, GUARD, visit, Payment(people="3"))
    assert words.startswith("3 of them have left")
    debt.pay(desk, GUARD, visit, Payment(people="4"))
    assert roll_call(desk) == [(1, "")]


def test_where_nobody_knows_everything_else_can_still_be_settled(desk):
    """Nobody is stuck with an open thing that no key closes."""
    helped, visitor = helps(desk, "1"), inside(desk)
    for visit in (helped, visitor):
        assume(desk, visit)
        settle_assumed(desk, GUARD, visit, Was.UNKNOWN, "问过了，没人知道")
    assert debt.pay(desk, GUARD, helped, Payment("刘工", "电力", "1", "抢修", "张科长", HOST)) == ()
    assert Act.SETTLE in acts(desk, visitor)
    departures.settle_return_slip(desk, GUARD, visitor, "找到了")
    assert kinds(desk) == []


def test_the_handover_says_of_who_waits_what_the_list_says(desk, listed):
    """Somebody held at the gate is never handed over as one whom the host lets in."""
    listed(Level.CALL)
    agreed(desk, replace(WANG, name="章薇"))
    reception.walk_in(desk, GUARD, COURIER, HOST)
    with desk.read() as book:
        things = [one for one in outstanding(desk, book) if one.kind == "visit.waiting"]
    told = [text_of(record) for record in records_of(things)]
    assert len(told) == 2
    assert set(told) == {one.what.text() for one in things}


def test_the_helmets_of_a_part_are_back_and_the_others_are_worn(desk):
    visit = inside(desk, replace(WORKER, people=3), "12 13 O")
    parting.part_leaves(desk, GUARD, visit, 1)
    words = refused("visit.helmet_not_out", helmets.back, desk, GUARD, visit, "14")
    assert "12 13" in words
    helmets.back(desk, GUARD, visit, "１２")
    other = agreed(desk, replace(WORKER, name="钱工"))
    refused("visit.helmet_out", reception.admit, desk, GUARD, other, "13")
    assert reception.admit(desk, GUARD, other, "12").helmet == "12"
    assert scan(desk, visit).helmet == "13"


def test_who_is_left_of_a_group_or_had_stayed_out_gets_a_helmet(desk):
    group, outside = inside(desk, replace(WORKER, people=3), "n"), inside(desk, WORKER, "n")
    parting.part_leaves(desk, GUARD, group, 1)
    for visit, typed in ((group, "12 13"), (outside, "14")):
        assert Act.HELMET_GIVEN in acts(desk, visit)
        helmets.give(desk, GUARD, visit, typed)
        assert Act.HELMET_GIVEN not in acts(desk, visit)


def test_no_slip_is_printed_again_for_the_zone_once_the_helmet_is_back(desk):
    visit = inside(desk, WORKER, "12")
    helmets.back(desk, GUARD, visit)
    refused("visit.helmet_missing", corrections.reprint, desk, GUARD, visit, "撕坏了")


@pytest.mark.parametrize("by_screen", [True, False])
def test_a_helmet_missing_at_the_exit_is_open_once_and_given_to_nobody(desk, by_screen):
    visit, other = inside(desk, WORKER, "12"), agreed(desk, replace(WORKER, name="钱工"))
    scan(desk, visit)
    differing.differs(desk, GUARD, visit, Differs.HELMET)
    assert sorted(kinds(desk)) == ["visit.differs", "visit.waiting"]
    refused("visit.helmet_out", reception.admit, desk, GUARD, other, "12")
    if by_screen:
        helmets.back(desk, GUARD, visit)
    else:
        [found] = differing.compared(desk, visit).found
        differing.settle(desk, GUARD, found.id, Settled.BROUGHT)
    assert kinds(desk) == ["visit.waiting"]
    assert reception.admit(desk, GUARD, other, "12").helmet == "12"


def test_a_helmet_of_a_void_visit_is_still_out(desk):
    visit = inside(desk, WORKER, "12")
    departures.leave(desk, GUARD, visit, signed=False, how=LeftHow.CARD)
    corrections.void(desk, GUARD, visit, "写错了")
    assert kinds(desk) == ["visit.helmet_out"]
    assert acts(desk, visit) == {Act.HELMET_BACK}
    helmets.back(desk, GUARD, visit)
    assert (kinds(desk), acts(desk, visit)) == ([], set())


def test_a_host_who_has_left_the_house_lets_nobody_in(desk):
    visit = agreed(desk)
    with desk.write(by="9001") as tx:
        host = person_by_staff_no(tx, HOST)
        host.active = False
        tx.put(host)
        tx.record("person.left", person=HOST)
    assert "张科长" in refused("visit.host_left", reception.admit, desk, GUARD, visit)
    refused("visit.host_left", reception.ask, desk, GUARD, visit, How.PHONE)
    until = cards.visit_card(desk, visit).until_at
    corrections.correct(desk, GUARD, visit, Corrected(WANG, "9001", until), "张科长已离职")
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    assert reception.admit(desk, GUARD, visit).state is State.ADMITTED


def test_one_of_a_group_whose_card_is_tapped_leaves_and_the_others_are_inside(desk):
    visit = inside(desk, replace(WANG, people=3))
    lend(desk, visit, "访客卡1")
    lend(desk, visit, "访客卡2")
    with desk.read() as book:
        first, second = (one.thing_id for one in lending.lent_to(book, visit))
    back = by_card.leave_by_card(desk, GUARD, first)
    assert (back.gone, back.parted.left, back.parted.stay) == (None, 1, 2)
    assert card_verdict(back).notes[0] == "访客卡1 is back"
    assert cards.visit_card(desk, visit).state is State.ADMITTED
    last = by_card.leave_by_card(desk, GUARD, second)
    assert (last.gone.people, cards.visit_card(desk, visit).state) == (2, State.LEFT)


def test_what_is_lent_is_due_when_the_visit_ends_also_once_that_is_later(desk):
    visit = inside(desk)
    lent = lend(desk, visit, "访客卡1")
    until = cards.visit_card(desk, visit).until_at + timedelta(hours=2)
    corrections.correct(desk, GUARD, visit, Corrected(WANG, HOST, until), "延长")
    with desk.read() as book:
        loan, _ = book.one(OPEN_LOAN_OF, thing=lent.thing_id)
    assert loan.due_at == until


def test_who_comes_along_besides_gets_a_helmet_too_and_none_is_forgotten(desk):
    visit = inside(desk, WORKER, "12")
    until = cards.visit_card(desk, visit).until_at
    three = Corrected(replace(WORKER, people=3), HOST, until)
    corrections.correct(desk, GUARD, visit, three, "来了三人")
    assert Act.HELMET_GIVEN in acts(desk, visit)
    refused("visit.helmet_out", helmets.give, desk, GUARD, visit, "13 14 15")
    helmets.give(desk, GUARD, visit, "12 13 14")
    assert Act.HELMET_GIVEN not in acts(desk, visit)


def test_no_key_is_offered_that_would_turn_a_petition_away_alone(desk):
    details = Details(name="赵芳", matter="反映问题", lane="petition", besides="接访室")
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.ask(desk, GUARD, visit, How.PHONE)
    reception.answer(desk, GUARD, visit, Answer.NOT_REACHED, How.PHONE)
    shown = cards.visit_card(desk, visit)
    assert shown.ladder.next is None
    assert Act.NOBODY not in acts(desk, visit)
    assert next_act(shown) is Act.PHONE
    refused("visit.petition_alone", reception.refuse, desk, GUARD, visit, "nobody_reached")


def test_an_ambulance_is_nobody_who_comes_again(desk):
    visit = helps(desk, "1")
    departures.leave(desk, GUARD, visit, signed=True)
    assert called(desk, "Urgent repair") == []
    debt.pay(desk, GUARD, visit, Payment(name="赵师傅"))
    assert [one.name for one in called(desk, "赵师傅")] == ["赵师傅"]
