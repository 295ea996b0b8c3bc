"""One thing, one holder, at two desks: who may lend it, and what comes back at the other one."""

import pytest
from site_books import carry, desks_of, heal, intact, tables_of

from kiosk.desk import custody
from kiosk.desk.custody_rows import Received
from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.hub_line import Answer, Claim
from kiosk.desk.loans import (
    OPEN_LOAN_OF,
    THING,
    THINGS,
    Condition,
    Ended,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.site_desks import introduce
from kiosk.desk.table_file import FileRow
from kiosk.keys import booking, enrolling, losing, returning, service, stock_take, things_import
from kiosk.keys import custody as keeping
from kiosk.keys.inside import inside
from kiosk.keys.outstanding import outstanding
from shift_handover.stock import stock_of
from visitors import reception
from visitors.exit import by_card, lending
from visitors.models import Answer as VisitAnswer
from visitors.models import How, State
from visitors.rules import Details
from visitors.service import visit_of

GUARD = "2001"


@pytest.fixture
def desks(settings, desk_clock, built):
    opened = desks_of(settings, desk_clock, 2, built)
    yield opened
    for one in opened:
        one.close()


@pytest.fixture
def east(desks) -> Desk:
    return desks[0]


@pytest.fixture
def west(desks) -> Desk:
    return desks[1]


@pytest.fixture
def key(east, west) -> Thing:
    made = enrolling.add_thing(
        east, GUARD, "04FFFFFFFFFF01", "12号柜钥匙", ThingKind.CABINET_KEY, "1号钩"
    )
    carry(east, west)
    return made


def person(desk: Desk, staff_no: str = "1001") -> Person:
    with desk.read() as book:
        return next(one for one in book.all(EVERYONE) if one.staff_no == staff_no)


def kept_at(desk: Desk, thing: Thing) -> custody.Kept:
    with desk.read() as book:
        return custody.kept(book, book.one(THING, id=thing.id), desk.gate)


def receipts(desk: Desk) -> list[Received]:
    with desk.read() as book:
        return [one for one, _thing in book.all(custody.OPEN_RECEIPTS)]


def is_out(desk: Desk, thing: Thing) -> bool:
    with desk.read() as book:
        return book.one(OPEN_LOAN_OF, thing=thing.id) is not None


def kinds(desk: Desk) -> list[str]:
    with desk.read() as book:
        return [one.kind for one in outstanding(desk, book)]


def refused(act, *args) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value


def give(source: Desk, target: Desk, thing: Thing, loan_ref: str = "") -> Answer:
    """Ask ``source`` for the right as ``target`` would through the hub, and carry its word."""
    found = kept_at(target, thing)
    claim = Claim(thing.id, target.gate, found.fence, loan_ref)
    answer = keeping.answer(source, claim).answer
    carry(source, target)
    return answer


def test_only_the_desk_where_a_thing_was_entered_lends_it(east, west, key):
    no = refused(service.lend, west, key.id, person(west), GUARD)
    assert (no.code, no.facts["gate"]) == ("keys.elsewhere", "gate-1")
    assert not is_out(west, key)
    service.lend(east, key.id, person(east), GUARD)
    carry(east, west)
    assert is_out(west, key)


def test_a_desk_that_asks_is_given_the_thing_and_the_home_desk_may_not_lend_it_then(
    east, west, key
):
    assert give(east, west, key) is Answer.GIVEN
    assert kept_at(west, key) == kept_at(east, key) == custody.Kept("gate-2", 1)
    assert refused(service.lend, east, key.id, person(east), GUARD).code == "keys.elsewhere"
    service.lend(west, key.id, person(west), GUARD)
    carry(west, east)
    with east.read() as book:
        loan, _holder = book.one(OPEN_LOAN_OF, thing=key.id)
    assert loan.fence == 1


def test_the_same_question_twice_has_one_answer_and_an_old_fence_has_none(east, key):
    claim = Claim(key.id, "gate-2", 0)
    assert keeping.answer(east, claim).answer is Answer.GIVEN
    again = keeping.answer(east, claim)
    assert (again.answer, again.fence) == (Answer.GIVEN, 1)
    other = keeping.answer(east, Claim(key.id, "gate-3", 0))
    assert (other.answer, other.gate) == (Answer.HELD, "gate-2")


@pytest.mark.parametrize("why", ["keys.out_already", "keys.blocked", "keys.lost", "keys.reserved"])
def test_what_cannot_go_stays_where_it_is(east, key, why, desk_clock):
    match why:
        case "keys.out_already":
            service.lend(east, key.id, person(east), GUARD)
        case "keys.blocked":
            losing.block(east, key.id, GUARD, Condition.BENT)
        case "keys.lost":
            losing.report_lost(east, key.id, person(east), GUARD, desk_clock.now)
        case "keys.reserved":
            since = desk_clock.now
            desk_clock.advance(minutes=1)
            booking.reserve(
                east, key.id, person(east), GUARD, since, since.replace(hour=since.hour + 2)
            )
    said = keeping.answer(east, Claim(key.id, "gate-2", 0))
    assert (said.answer, said.why) == (Answer.REFUSED, why)
    assert kept_at(east, key) == custody.Kept("gate-1", 0)


def test_a_key_brought_to_the_other_desk_is_taken_waits_and_is_confirmed_when_heard_of(
    east, west, key
):
    service.lend(east, key.id, person(east), GUARD)
    carry(east, west)
    back = returning.give_back(west, key.id, "2002", Ended.TAG)
    assert back.waits_for == "gate-1"
    assert refused(service.lend, west, key.id, person(west), GUARD).code == "keys.unconfirmed"
    assert refused(returning.give_back, west, key.id, GUARD, Ended.TAG).code == "keys.unconfirmed"
    assert kinds(west).count("thing.received") == 1
    assert "loan.out" not in kinds(west)
    with west.read() as book:
        assert inside(west, book) == []
    carry(west, east)
    assert keeping.settle(east) == 1
    assert keeping.settle(east) == 0
    carry(east, west)
    assert not is_out(west, key)
    assert not is_out(east, key)
    assert kept_at(west, key) == custody.Kept("gate-2", 1)
    assert receipts(west) == []
    with east.read() as book:
        row = book.connection.execute("SELECT received_by, ended FROM loan").fetchone()
    assert row == ("2002", "tag")
    service.lend(west, key.id, person(west), GUARD)


def test_a_key_comes_home_when_it_is_returned_there(east, west, key):
    give(east, west, key)
    service.lend(west, key.id, person(west), GUARD)
    carry(west, east)
    assert returning.give_back(east, key.id, GUARD, Ended.TAG).waits_for == "gate-2"
    carry(east, west)
    keeping.settle(west)
    carry(west, east)
    assert kept_at(east, key) == custody.Kept("gate-1", 2)
    service.lend(east, key.id, person(east), GUARD)


def test_a_key_carried_over_is_found_by_the_stock_take(east, west, key):
    give(east, west, key)
    carry(west, east)
    take = stock_take.begin(east, GUARD)
    assert stock_take.tap(east, take.take_id, GUARD, "04FFFFFFFFFF01").label == key.label
    carry(east, west)
    keeping.settle(west)
    carry(west, east)
    assert kept_at(east, key).gate == "gate-1"


@pytest.mark.usefixtures("key")
def test_a_stock_take_expects_only_what_this_desk_has(east, west):
    take = stock_take.begin(west, GUARD)
    assert stock_take.finish(west, take.take_id, GUARD).missing == 0
    at_home = stock_take.begin(east, GUARD)
    assert stock_take.finish(east, at_home.take_id, GUARD).missing == 1


def test_each_desk_counts_its_own_board_while_the_other_counts_too(east, west, key):
    assert key.home == east.gate
    here = stock_take.begin(east, GUARD)
    stock_take.tap(east, here.take_id, GUARD, key.tag)
    carry(east, west)
    there = stock_take.begin(west, GUARD)
    assert (there.take_id != here.take_id, there.abandoned) == (True, "")
    heal([east, west])
    assert stock_take.begin(east, GUARD).take_id == here.take_id
    stock_take.finish(east, here.take_id, GUARD)
    heal([east, west])
    for desk, counted in ((east, True), (west, False)):
        with desk.read() as book:
            count = stock_of(book, desk.gate)
        assert (count is not None and count.on_board == 1) is counted


def test_a_desk_without_things_is_not_told_to_count(east, west, key):
    assert key.home == east.gate
    carry(east, west)
    assert "stock.due" in kinds(east)
    assert "stock.due" not in kinds(west)


def test_a_damaged_key_taken_in_elsewhere_is_blocked_at_both_desks(east, west, key):
    service.lend(east, key.id, person(east), GUARD)
    carry(east, west)
    returning.give_back(west, key.id, GUARD, Ended.BY_HAND, Condition.BENT)
    carry(west, east)
    keeping.settle(east)
    carry(east, west)
    for desk in (east, west):
        with desk.read() as book:
            assert book.one(THING, id=key.id).state is ThingState.BLOCKED


@pytest.mark.parametrize("here", ["gate-1", "gate-2"])
def test_two_desks_that_say_different_things_are_a_dispute_until_somebody_signs(
    east, west, key, here
):
    """The east desk took it back by hand while the cable was cut; the west desk has the tag."""
    service.lend(east, key.id, person(east), GUARD)
    carry(east, west)
    returning.give_back(west, key.id, GUARD, Ended.TAG)
    returning.give_back(east, key.id, GUARD, Ended.BY_HAND)
    heal([east, west])
    keeping.settle(east)
    heal([east, west])
    for desk in (east, west):
        assert kinds(desk).count("thing.disputed") == 1
        assert refused(service.lend, desk, key.id, person(desk), GUARD).code == "keys.disputed"
    desk = east if here == "gate-1" else west
    disputed = receipts(desk)[0]
    keeping.hangs_here(desk, disputed.id, Proof(person(desk, GUARD), Means.BADGE, desk.clock()))
    heal([east, west])
    keeping.settle(east)
    heal([east, west])
    assert receipts(east) == receipts(west) == []
    assert kept_at(east, key).gate == kept_at(west, key).gate == here
    service.lend(desk, key.id, person(desk), GUARD)
    assert intact(east)
    assert intact(west)


def test_a_thing_lost_at_one_desk_is_lost_at_both_whatever_the_other_wrote(
    east, west, key, desk_clock
):
    losing.report_lost(west, key.id, person(west), GUARD, desk_clock.now)
    desk_clock.advance(minutes=5)
    losing.block(east, key.id, GUARD, Condition.BENT)
    heal([east, west])
    for desk in (east, west):
        with desk.read() as book:
            assert book.one(THING, id=key.id).state is ThingState.LOST


def test_lent_twice_against_the_rules_the_higher_fence_has_it_and_both_loans_are_kept(
    east, west, key
):
    """As after a restored backup: the east desk has forgotten that it gave the key away."""
    give(east, west, key)
    service.lend(west, key.id, person(west), GUARD)
    with east.write() as tx:  # what a desk that forgot would write
        thing = tx.one(THING, id=key.id)
        tx.connection.execute("DELETE FROM custody")
        tx._changes_booked += 1
        service.put_loan(
            tx, thing, service.Loan(
                number="K9", thing_id=thing.id, holder_id=person(east, "3001").id, out_at=tx.now,
            ), service.Given(),
        )  # fmt: skip
        tx.record("loan.out", number="K9", thing=thing.label, holder="3001", due_at="")
    heal([east, west])
    for desk in (east, west):
        with desk.read() as book:
            loan, holder = book.one(OPEN_LOAN_OF, thing=key.id)
            assert (loan.fence, holder.staff_no) == (1, "1001")
            assert [fork.table for fork in open_forks(book) if fork.kind == "place"] == ["loan"]
    assert tables_of(east)["loan"] == tables_of(west)["loan"]
    returning.give_back(west, key.id, GUARD, Ended.TAG)
    heal([east, west])
    for desk in (east, west):  # the old fence never becomes the open one
        assert not is_out(desk, key)
        with desk.read() as book:
            assert [fork for fork in open_forks(book) if fork.table == "loan"] == []
            assert book.connection.execute("SELECT count(*) FROM loan").fetchone() == (2,)
    assert tables_of(east)["loan"] == tables_of(west)["loan"]
    assert intact(west)  # the east desk's table was changed by hand


def test_a_visitor_leaves_by_the_other_gate_and_the_card_stays_there(east, west):
    """Who leaves is never kept for a card: it is taken in, and the east desk gives it up."""
    card = enrolling.add_thing(east, GUARD, "04FFFFFFFFFF07", "访客卡7", ThingKind.VISITOR_CARD)
    visit = reception.walk_in(east, GUARD, Details(name="王小明", matter="水表检修"), "1001")
    reception.answer(east, GUARD, visit, VisitAnswer.YES, How.IN_PERSON)
    reception.admit(east, GUARD, visit)
    lending.lend(east, GUARD, visit, card.id)
    carry(east, west)
    gone = by_card.leave_by_card(west, "2002", card.id)
    assert gone.gone is not None
    with west.read() as book:
        assert lending.lent_to(book, visit) == ()
        assert visit_of(book, visit)[0].state is State.LEFT
    assert refused(by_card.leave_by_card, west, "2002", card.id).code == "keys.unconfirmed"
    carry(west, east)
    keeping.settle(east)
    carry(east, west)
    assert kept_at(west, card).gate == "gate-2"
    assert not is_out(west, card)
    assert not is_out(east, card)


def test_a_file_of_things_names_the_desk_on_whose_board_each_hangs(east, west):
    for desk in (east, west):
        introduce(desk)
    heal([east, west])
    rows = [
        FileRow(2, {"label": "投影仪", "kind": "other", "gate": "东门"}),
        FileRow(3, {"label": "雨伞", "kind": "other"}),
    ]
    with east.write() as tx:
        things_import.apply(tx, things_import.check(tx, rows, bytes.fromhex, tx.now))
    carry(east, west)
    with west.read() as book:
        homes = {one.label: one.home for one in book.all(THINGS)}
        bad = things_import.check(
            book, [FileRow(2, {"label": "雨伞", "kind": "other", "gate": "北门"})],
            bytes.fromhex, west.clock(),
        ).bad  # fmt: skip
    assert homes == {"投影仪": "gate-2", "雨伞": "gate-1"}
    assert len(bad) == 1


def test_a_thing_that_gets_another_home_is_lent_where_it_was_until_it_hangs_there(east, west, key):
    for desk in (east, west):
        introduce(desk)
    heal([east, west])
    row = FileRow(2, {"label": key.label, "kind": "cabinet_key", "gate": "gate-2"})
    with east.write() as tx:
        things_import.apply(tx, things_import.check(tx, [row], bytes.fromhex, tx.now))
    carry(east, west)
    assert kept_at(east, key) == kept_at(west, key) == custody.Kept("gate-1", 0)
    take = stock_take.begin(west, GUARD)
    stock_take.tap(west, take.take_id, GUARD, "04FFFFFFFFFF01")
    carry(west, east)
    keeping.settle(east)
    carry(east, west)
    assert kept_at(west, key) == custody.Kept("gate-2", 1)
