"""Things lent with a visit: one thing, one holder; the visitor card at the exit."""

import pytest

from kiosk.desk.loans import OPEN_LOAN_OF, Approval, Ended, Thing, ThingKind, ThingState
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register, sentence
from kiosk.keys import board, returning
from kiosk.keys.outstanding import outstanding as keys_outstanding
from visitors import cards, departures, reception, slip_code
from visitors.exit import by_card, lending
from visitors.feature import REFUSALS
from visitors.models import Answer, How, LeftHow, ReturnSlip, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.screens_departure import card_verdict
from visitors.service import visit_of

pytestmark = pytest.mark.usefixtures("people")
register(REFUSALS)
GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", form="Mr", matter="水表检修", people=3, goods="工具箱1")


@pytest.fixture
def thing(desk):
    """Put a thing into the ledger; return its row."""

    def made(label, kind=ThingKind.VISITOR_CARD, **more):
        with desk.write(by=GUARD) as tx:
            row = tx.put(Thing(label=label, kind=kind, **more))
            tx.record("thing.added", thing=label)
        return row

    return made


def inside(desk, details=WANG):
    visit = reception.walk_in(desk, GUARD, details, HOST)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    return visit


def code_of(desk, visit_id, copy=None):
    with desk.read() as book:
        visit, _ = visit_of(book, visit_id)
        return slip_code.made(desk, visit, copy or visit.copy_no)


def things(desk):
    with desk.read() as book:
        return {thing.kind: thing for thing in outstanding(desk, book)}


def refused(code, use_case, *args, **kwargs):
    with pytest.raises(Refused) as said:
        use_case(*args, **kwargs)
    assert said.value.code == code
    return sentence(code, said.value.facts)


# Things lent with a visit.


def test_a_thing_lent_to_a_visitor_has_that_one_holder_on_the_keys_board(desk, thing):
    visit, card = inside(desk), thing("访客卡7")
    lent = lending.lend(desk, GUARD, visit, card.id)
    with desk.read() as book:
        shown = next(one for one in board.board(book) if one.thing.id == card.id)
        assert shown.holder_name == "visitor 001"
        kinds = {one.kind for one in keys_outstanding(desk, book)}
        assert "loan.out" not in kinds  # it stands with the visit, not twice
    assert cards.visit_card(desk, visit).lent == ("访客卡7",)
    other = inside(desk, Details(name="李四", matter="抄表"))
    words = refused("visit.lent_out", lending.lend, desk, GUARD, other, card.id)
    assert "visitor 001" in words
    lending.give_back(desk, GUARD, lent.loan_id)
    assert lending.lend(desk, GUARD, other, card.id).label == "访客卡7"


def test_a_key_that_is_still_out_is_named_at_the_exit_and_stays_open_until_it_is_back(desk, thing):
    visit, key = inside(desk), thing("12号柜钥匙", ThingKind.CABINET_KEY)
    lent = lending.lend_called(desk, GUARD, visit, "12号")
    gone = departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert [one.label for one in gone.out] == ["12号柜钥匙"]
    thing_open = things(desk)["visit.not_back"]
    assert (thing_open.ref, thing_open.number) == (lent.loan_id, lent.number)
    assert "12号柜钥匙" in thing_open.what.text()
    returning.give_back(desk, key.id, GUARD, Ended.TAG)  # the keys' own way, by its tag
    assert things(desk) == {}


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("visit.lent_lost", {"state": ThingState.LOST}),
        ("visit.lent_blocked", {"state": ThingState.BLOCKED}),
        ("visit.lent_unknown", {"state": ThingState.RETIRED}),
        ("visit.lent_needs_word", {"approval": Approval.MANAGER}),
        ("visit.lent_needs_word", {"kind": ThingKind.SEAL}),
        ("visit.lent_section", {"section_id": "another"}),
    ],
)
def test_what_is_not_for_a_visitor_is_refused_with_what_to_do(desk, thing, code, more):
    visit = inside(desk)
    row = thing("物品", **{"kind": ThingKind.OTHER, **more})
    refused(code, lending.lend, desk, GUARD, visit, row.id)
    with desk.read() as book:
        assert book.one(OPEN_LOAN_OF, thing=row.id) is None


def test_a_thing_of_the_hosts_section_may_be_lent(desk, thing, people):
    visit = inside(desk)
    row = thing("物品", ThingKind.OTHER, section_id=people[HOST].department_id)
    assert lending.lend(desk, GUARD, visit, row.id).label == "物品"


def test_on_a_day_off_a_key_needs_a_word_and_a_helmet_does_not(desk, desk_clock, thing):
    desk_clock.advance(days=5)
    visit = inside(desk)
    key, helmet = thing("柜钥匙", ThingKind.CABINET_KEY), thing("安全帽3", ThingKind.HELMET)
    refused("visit.lent_needs_word", lending.lend, desk, GUARD, visit, key.id)
    lending.lend(desk, GUARD, visit, helmet.id)


def test_a_label_that_fits_several_things_is_asked_for_in_full(desk, thing):
    visit = inside(desk)
    thing("访客卡1"), thing("访客卡12")
    assert "访客卡12" in refused(
        "visit.lent_unclear", lending.lend_called, desk, GUARD, visit, "访客"
    )
    assert lending.lend_called(desk, GUARD, visit, "访客卡1").label == "访客卡1"
    refused("visit.lent_unknown", lending.lend_called, desk, GUARD, visit, "没有")


def test_nothing_is_lent_before_admission_or_after_leaving(desk, thing):
    card = thing("访客卡7")
    waiting = reception.walk_in(desk, GUARD, WANG, HOST)
    refused("visit.lent_not_inside", lending.lend, desk, GUARD, waiting, card.id)
    gone = inside(desk)
    departures.leave(desk, GUARD, gone, signed=True)
    refused("visit.lent_not_inside", lending.lend, desk, GUARD, gone, card.id)


# The visitor card at the exit.


def test_the_visitor_card_closes_the_visit_and_is_back_and_the_slip_is_still_asked_for(desk, thing):
    visit, card = inside(desk), thing("访客卡7")
    lending.lend(desk, GUARD, visit, card.id)
    back = by_card.leave_by_card(desk, GUARD, card.id)
    shown = cards.visit_card(desk, visit)
    assert (shown.state, shown.left_how) == (State.LEFT, LeftHow.CARD)
    assert (back.gone.return_slip, back.gone.out) == (ReturnSlip.MISSING, ())
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))  # now the signed slip is scanned
    assert cards.visit_card(desk, visit).return_slip is ReturnSlip.SIGNED
    assert things(desk) == {}
    refused("visit.left_already", departures.leave_by_code, desk, GUARD, code_of(desk, visit))


def test_a_slip_after_the_card_that_nobody_saw_stays_missing(desk, thing):
    visit, card = inside(desk), thing("访客卡7")
    lending.lend(desk, GUARD, visit, card.id)
    by_card.leave_by_card(desk, GUARD, card.id)
    departures.leave_by_code(desk, "system", code_of(desk, visit), seen=False)
    assert list(things(desk)) == ["visit.return_slip_missing"]


def test_a_card_of_nobody_says_what_to_do_and_a_card_after_leaving_is_only_back(desk, thing):
    visit, card = inside(desk), thing("访客卡7")
    words = refused("visit.card_of_nobody", by_card.leave_by_card, desk, GUARD, card.id)
    assert "open the visit" in words
    lending.lend(desk, GUARD, visit, card.id)
    departures.leave_by_code(desk, GUARD, code_of(desk, visit))
    assert by_card.leave_by_card(desk, GUARD, card.id).gone is None
    assert things(desk) == {}


def test_a_lost_card_and_one_of_the_staff_are_the_ledgers_to_answer(desk, thing):
    lost, free = thing("访客卡8", state=ThingState.LOST), thing("访客卡9")
    key = thing("柜钥匙", ThingKind.CABINET_KEY)
    with desk.read() as book:
        assert not by_card.is_for_the_exit(book, lost)
        assert not by_card.is_for_the_exit(book, key)
        assert by_card.is_for_the_exit(book, free)


def test_the_first_card_of_a_group_lets_one_out_and_the_last_one_closes_the_visit(desk, thing):
    visit, labels = inside(desk), ("访客卡7", "访客卡8", "访客卡9")
    tied = [thing(label) for label in labels]
    for one in tied:
        lending.lend(desk, GUARD, visit, one.id)
    back = by_card.leave_by_card(desk, GUARD, tied[0].id)
    assert (back.gone, back.out) == (None, labels[1:])
    assert (back.parted.left, back.parted.stay) == (1, 2)
    verdict = card_verdict(back)
    assert "2 stay inside" in verdict.headline
    assert verdict.notes == ("访客卡7 is back", "Still out: 访客卡8, 访客卡9")
    by_card.leave_by_card(desk, GUARD, tied[1].id)
    left = cards.visit_card(desk, visit)
    assert (left.state, left.remaining) == (State.ADMITTED, 1)
    gone = by_card.leave_by_card(desk, GUARD, tied[2].id).gone
    assert (gone.people, gone.visit.state) == (1, State.LEFT)


def test_of_two_cards_for_one_visitor_the_first_lets_nobody_out(desk, thing):
    visit = inside(desk, Details(name="李四", matter="抄表"))
    first, second = thing("访客卡7"), thing("访客卡8")
    for one in (first, second):
        lending.lend(desk, GUARD, visit, one.id)
    back = by_card.leave_by_card(desk, GUARD, first.id)
    assert (back.gone, back.parted, back.out) == (None, None, ("访客卡8",))
    assert card_verdict(back).notes == ("Still out: 访客卡8",)
    assert by_card.leave_by_card(desk, GUARD, second.id).gone is not None
