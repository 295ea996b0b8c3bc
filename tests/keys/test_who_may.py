"""Whose word a thing asks for, who may have it, and what is told before it goes out."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    Approval,
    Approved,
    Condition,
    Ended,
    Reason,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.people import DEPARTMENTS, Department, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.keys import (
    asking,
    booking,
    chasing,
    enrolling,
    losing,
    places,
    returning,
    service,
    stock_take,
)
from kiosk.keys.card import thing_card
from kiosk.keys.enrolling import Described
from kiosk.keys.feature import REFUSALS
from kiosk.keys.models import Decision
from kiosk.keys.outstanding import outstanding
from kiosk.keys.service import Given, Terms

SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a day off


@pytest.fixture
def managers(desk) -> dict[str, Person]:
    """Two managers of the office and one of the finance section."""
    made = {}
    with desk.write() as tx:
        finance = tx.put(Department(name="财政所"))
        office = tx.one(DEPARTMENTS)
        for staff_no, section in (("1101", office), ("1102", office), ("1103", finance)):
            made[staff_no] = tx.put(
                Person(
                    staff_no=staff_no, name=f"负责人{staff_no}", rank=Rank.DEPARTMENT_MANAGER,
                    role=Role.STAFF, department_id=section.id,
                )
            )  # fmt: skip
        tx.record("person.added")
    return made


def thing(desk: Desk, label: str, kind=ThingKind.CABINET_KEY, **more) -> Thing:
    with desk.write(by="4001") as tx:
        return enrolling.enrol(tx, Described(label=label, kind=kind, **more), "")


def refused(act, *args, **more) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return caught.value


def kinds(desk: Desk) -> list[str]:
    with desk.read() as book:
        return [one.kind for one in outstanding(desk, book) if one.kind != "stock.due"]


def by_tap(*approvers: Person) -> Terms:
    return Terms(given=Given(Approved.TAP, approvers))


def proof(desk: Desk, person: Person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


def sentence(refused: Refused) -> str:
    return REFUSALS[refused.code].format(**refused.facts)


def test_nothing_open_has_the_number_of_another(desk, people, managers):
    key = thing(desk, "306", ThingKind.OFFICE_KEY, approval=Approval.MANAGER)
    said = Given(Approved.PHONE, (managers["1101"],))
    lent = service.lend(desk, key.id, people["3001"], "2001", Terms(given=said))
    taken = stock_take.begin(desk, "2001")
    stock_take.tap(desk, taken.take_id, "2001", "04CAFE00000180")
    stock_take.finish(desk, taken.take_id, "2001")
    with desk.read() as book:
        numbers = {one.kind: one.number for one in outstanding(desk, book)}
    assert (lent.number, taken.number) == ("K1", "T1")
    assert numbers == {"loan.out": "K1", "loan.word_owed": "W1", "stock.differs": "T1"}


def test_a_new_office_key_asks_for_a_managers_word_and_a_cabinet_key_for_nobodys(desk, people):
    office = enrolling.add_thing(desk, "2001", "04FFFFFFFFFF31", "306", ThingKind.OFFICE_KEY)
    cabinet = thing(desk, "12号柜钥匙")
    asked = asking.ask(desk, (office.id, cabinet.id), people["3001"])
    assert [one.approval for one in asked] == [Approval.MANAGER, Approval.NONE]
    assert refused(service.lend, desk, office.id, people["3001"], "2001").code == (
        "keys.approval_needed"
    )


@pytest.mark.parametrize(
    ("kind", "approval"),
    [
        (ThingKind.DOOR_CARD, Approval.MANAGER),
        (ThingKind.OFFICE_KEY, Approval.MANAGER),
        (ThingKind.DESK_KEY, Approval.MANAGER),
        (ThingKind.CABINET_KEY, Approval.MANAGER),
        (ThingKind.HELMET, Approval.NONE),
    ],
)
def test_on_a_day_off_the_four_key_types_need_a_word_and_the_rest_does_not(
    desk, people, desk_clock, kind, approval
):
    wanted = thing(desk, "临时", kind)
    assert asking.ask(desk, (wanted.id,), people["3001"])[0].approval is Approval.NONE
    desk_clock.now = SATURDAY
    assert asking.ask(desk, (wanted.id,), people["3001"])[0].approval is approval


@pytest.mark.parametrize(
    ("approval", "approvers", "code"),
    [
        (Approval.MANAGER, (), "keys.approval_needed"),
        (Approval.MANAGER, ("3001",), "keys.approver_is_borrower"),
        (Approval.MANAGER, ("2001",), "keys.not_a_manager"),
        (Approval.MANAGER, ("1101",), ""),
        (Approval.OTHER_SECTION, ("1101",), "keys.same_section"),
        (Approval.OTHER_SECTION, ("1103",), ""),
        (Approval.TWO, ("1101",), "keys.two_needed"),
        (Approval.TWO, ("1101", "1101"), "keys.two_needed"),
        (Approval.TWO, ("1101", "3001"), "keys.approver_is_borrower"),
        (Approval.TWO, ("1101", "1102"), ""),
    ],
)
def test_who_can_say_yes(desk, people, managers, approval, approvers, code):
    wanted = thing(desk, "公章柜", approval=approval)
    who = {**people, **managers}
    terms = by_tap(*(who[one] for one in approvers))
    if code:
        assert refused(service.lend, desk, wanted.id, people["3001"], "2001", terms).code == code
    else:
        assert service.lend(desk, wanted.id, people["3001"], "2001", terms).owed is False


def test_who_works_at_the_desk_takes_nothing_by_himself_alone(desk, people, managers):
    """Two parties: with his own badge alone a guard would have the thing and nobody would know."""
    key = thing(desk, "12号柜钥匙")
    guard, colleague = people["2001"], people["3001"]
    assert asking.ask(desk, (key.id,), guard, "2001")[0].approval is Approval.MANAGER
    assert asking.ask(desk, (key.id,), colleague, "2001")[0].approval is Approval.NONE
    assert refused(service.lend, desk, key.id, guard, "2001").code == "keys.approval_needed"
    service.lend(desk, key.id, colleague, "2001")
    passed = refused(service.pass_on, desk, key.id, colleague, guard, "2001")
    assert passed.code == "keys.approval_needed"
    assert asking.ask_receiver(desk, key.id, guard, "2001").approval is Approval.MANAGER
    said = Terms(given=Given(Approved.PHONE, (managers["1101"],)))
    assert service.pass_on(desk, key.id, colleague, guard, "2001", said).owed


def test_two_words_by_telephone_are_two_taps_owed(desk, people, managers):
    wanted = thing(desk, "公章柜", approval=Approval.TWO)
    both = Terms(given=Given(Approved.PHONE, (managers["1101"], managers["1102"])))
    lent = service.lend(desk, wanted.id, people["3001"], "2001", both)
    for staff_no in ("1101", "1102"):
        assert "loan.word_owed" in kinds(desk)
        chasing.give_word(desk, lent.loan_id, proof(desk, managers[staff_no]), "2001")
    assert kinds(desk) == ["loan.out"]


def test_a_word_by_telephone_lets_the_key_out_and_his_own_tap_is_owed(desk, people, managers):
    wanted = thing(desk, "306", ThingKind.OFFICE_KEY, approval=Approval.MANAGER)
    said = Terms(given=Given(Approved.PHONE, (managers["1101"],)))
    lent = service.lend(desk, wanted.id, people["3001"], "2001", said)
    assert lent.owed
    returning.give_back(desk, wanted.id, "2001", Ended.TAG)
    assert kinds(desk) == ["loan.word_owed"]  # it stays owed when the key is back
    other = proof(desk, managers["1102"])
    assert refused(chasing.give_word, desk, lent.loan_id, other, "2001").code == (
        "keys.other_approver"
    )
    chasing.give_word(desk, lent.loan_id, proof(desk, managers["1101"]), "2001")
    assert kinds(desk) == []
    again = proof(desk, managers["1101"])
    assert refused(chasing.give_word, desk, lent.loan_id, again, "2001").code == "keys.word_given"


@pytest.mark.usefixtures("people")
def test_in_a_fire_the_key_goes_out_and_any_manager_gives_the_word_later(desk, managers):
    wanted = thing(desk, "配电间", approval=Approval.TWO)
    lent = places.lend_to_place(
        desk, wanted.id, "消防队", "2001", Reason.EMERGENCY, Approved.EMERGENCY
    )
    assert (lent.holder, lent.owed) == ("消防队", True)
    chasing.give_word(desk, lent.loan_id, proof(desk, managers["1103"]), "2001")
    assert kinds(desk) == ["loan.out"]


def test_only_its_own_section_has_it_and_nobody_holds_both_of_a_pair(desk, people, managers):
    office = managers["1101"].department_id
    inside = thing(desk, "保险柜", section_id=office, pair="safe")
    spare = thing(desk, "保险柜备用", pair="safe")
    stranger = refused(service.lend, desk, inside.id, managers["1103"], "2001")
    assert stranger.code == "keys.other_section"
    assert "Somebody of that section can borrow it." in sentence(stranger)
    service.lend(desk, inside.id, people["3001"], "2001")
    both = refused(service.lend, desk, spare.id, people["3001"], "2001")
    assert (both.code, both.facts["other"]) == ("keys.pair", "保险柜")
    assert "bring 保险柜 back first" in sentence(both)


def test_each_manager_holds_one_office_key_for_good_and_nobody_else_does(desk, people, managers):
    first = thing(desk, "306", ThingKind.OFFICE_KEY)
    second = thing(desk, "307", ThingKind.OFFICE_KEY)
    for_good = Terms(permanent=True, given=Given(Approved.TAP, (managers["1103"],)))
    staff = refused(service.lend, desk, first.id, people["3001"], "2001", for_good)
    assert staff.code == "keys.permanent_for_managers"
    assert service.lend(desk, first.id, managers["1101"], "2001", for_good).due_at is None
    more = refused(service.lend, desk, second.id, managers["1101"], "2001", for_good)
    assert (more.code, more.facts["other"]) == ("keys.one_office_key", "306")
    assert "bring it back first, or take this one with a due time" in sentence(more)
    assert kinds(desk) == []  # a permanent holding is nothing anybody has to do


def test_a_reservation_warns_then_blocks_and_never_takes_effect_before_its_time(
    desk, people, desk_clock
):
    wanted = thing(desk, "投影仪", ThingKind.OTHER)
    begins = desk_clock.now + timedelta(hours=8)
    booking.reserve(desk, wanted.id, people["1001"], "2001", begins, begins + timedelta(hours=2))
    assert kinds(desk) == []
    [asked] = asking.ask(desk, (wanted.id,), people["3001"])
    assert len(asked.warnings) == 1
    lent = service.lend(desk, wanted.id, people["3001"], "2001")
    assert lent.due_at == begins - timedelta(minutes=desk.rules.reservation_block_min)
    returning.give_back(desk, wanted.id, "2001", Ended.TAG)
    desk_clock.now = begins - timedelta(minutes=desk.rules.reservation_block_min)
    taken = refused(service.lend, desk, wanted.id, people["3001"], "2001")
    assert (taken.code, taken.facts["name"]) == ("keys.reserved", "张伟")
    until = desk.local(begins + timedelta(hours=2)).strftime("%m-%d %H:%M")
    assert f"for 张伟 until {until}. Wait until then, take another one" in sentence(taken)
    assert service.lend(desk, wanted.id, people["1001"], "2001").holder == "张伟"


def test_a_door_card_for_good_needs_a_word_and_waits_for_nobodys_reservation(
    desk, people, managers, desk_clock
):
    card = thing(desk, "东门卡", ThingKind.DOOR_CARD)
    helmet = thing(desk, "安全帽", ThingKind.HELMET)
    alone, said = Terms(permanent=True), by_tap(managers["1101"])
    asked = asking.ask(desk, (card.id, helmet.id), people["3001"], for_good=True)
    assert [one.approval for one in asked] == [Approval.MANAGER, Approval.NONE]
    assert refused(service.lend, desk, card.id, people["3001"], "2001", alone).code == (
        "keys.approval_needed"
    )
    begins = desk_clock.now + timedelta(days=20)
    booking.reserve(desk, card.id, people["1001"], "2001", begins, begins + timedelta(hours=2))
    signed = Terms(permanent=True, given=said.given)
    taken = refused(service.lend, desk, card.id, people["3001"], "2001", signed)
    assert (taken.code, taken.facts["name"]) == ("keys.reserved", "张伟")
    service.lend(desk, card.id, people["1001"], "2001", signed)
    passed = refused(service.pass_on, desk, card.id, people["1001"], people["3001"], "2001")
    assert passed.code == "keys.reserved"


def test_a_reservation_is_used_by_its_holder_signed_or_not_and_due_at_its_end(
    desk, people, managers, desk_clock
):
    now, until = desk_clock.now, desk_clock.now + timedelta(hours=3)
    key = thing(desk, "12号柜钥匙")
    booking.reserve(desk, key.id, people["3001"], "2001", now, until)
    assert service.lend(desk, key.id, people["3001"], "2001").due_at == until
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    assert service.lend(desk, key.id, people["1001"], "2001").holder == "张伟"
    safe = thing(desk, "保险柜", approval=Approval.OTHER_SECTION)
    other = proof(desk, managers["1103"])
    booking.reserve(desk, safe.id, people["3001"], "2001", now, until, other)
    assert asking.ask(desk, (safe.id,), people["3001"])[0].approval is Approval.NONE
    service.lend(desk, safe.id, people["3001"], "2001")
    assert refused(
        booking.reserve, desk, safe.id, people["1001"], "2001", now, until,
        proof(desk, managers["1101"]),
    ).code == "keys.same_section"  # fmt: skip


def test_a_thing_that_came_back_bent_is_not_lent_again_before_the_office_says_so(
    desk, people, managers
):
    key = thing(desk, "12号柜钥匙")
    lent = service.lend(desk, key.id, people["3001"], "2001")
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    returning.came_back_damaged(desk, lent.loan_id, "2001", Condition.BENT)
    assert refused(service.lend, desk, key.id, people["1001"], "2001").code == "keys.blocked"
    guard = refused(losing.unblock, desk, key.id, proof(desk, people["2001"]))
    assert guard.code == "keys.not_yours_to_decide"
    losing.unblock(desk, key.id, proof(desk, managers["1101"]))
    [asked] = asking.ask(desk, (key.id,), people["3001"])
    assert [one.facts["thing"] for one in asked.warnings] == ["12号柜钥匙"]


@pytest.mark.parametrize(
    ("then", "code", "state"),
    [
        ("lost", "keys.lost", ThingState.LOST),
        ("retired", "keys.gone", ThingState.RETIRED),
        ("blocked", "keys.blocked", ThingState.BLOCKED),
        ("lent", "keys.out_already", ThingState.IN_SERVICE),
        ("lent and back", "keys.out_since", ThingState.IN_SERVICE),
    ],
)
def test_that_it_came_back_damaged_changes_nothing_once_something_else_befell_it(
    desk, people, managers, desk_clock, then, code, state
):
    key = thing(desk, "12号柜钥匙")
    first = service.lend(desk, key.id, people["3001"], "2001")
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    desk_clock.advance(seconds=5)
    match then:
        case "lost":
            losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
        case "retired":
            losing.retire(desk, key.id, proof(desk, managers["1101"]))
        case "blocked":
            losing.block(desk, key.id, "2001", Condition.TAG_MISSING)
        case _:
            service.lend(desk, key.id, people["1001"], "2001")
    if then == "lent and back":
        returning.give_back(desk, key.id, "2001", Ended.TAG)
    head = desk.head
    act = returning.came_back_damaged
    assert refused(act, desk, first.loan_id, "2001", Condition.BENT).code == code
    assert desk.head == head
    assert thing_card(desk, key.id).thing.state is state


def test_a_lost_card_is_blocked_open_until_decided_and_blocked_still_when_found(
    desk, people, managers
):
    card = thing(desk, "临时门禁卡", ThingKind.DOOR_CARD, doors="东门 机房")
    service.lend(desk, card.id, people["3001"], "2001")
    lost = losing.report_lost(desk, card.id, people["3001"], "2001", desk.clock(), "食堂")
    assert (lost.doors, lost.card_blocked) == ("东门 机房", True)
    assert kinds(desk) == ["thing.lost"]
    assert refused(service.lend, desk, card.id, people["1001"], "2001").code == "keys.lost"
    losing.decide(desk, lost.loss_id, Decision.CHANGE_LOCK, proof(desk, managers["1101"]))
    assert kinds(desk) == []
    assert losing.found_again(desk, card.id, "2001") is ThingState.BLOCKED


@pytest.mark.parametrize(
    "out_of_service", ["bent", "blocked while lost before", Decision.CHANGE_LOCK, Decision.NEW_COPY]
)
def test_what_was_out_of_service_is_not_back_on_the_board_by_being_lost_and_found(
    desk, people, managers, out_of_service
):
    key = thing(desk, "12号柜钥匙")
    if out_of_service == "bent":
        losing.block(desk, key.id, "2001", Condition.BENT)
    lost = losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    if isinstance(out_of_service, Decision):
        losing.decide(desk, lost.loss_id, out_of_service, proof(desk, managers["1101"]))
    if out_of_service == "blocked while lost before":
        losing.decide(desk, lost.loss_id, Decision.NEW_COPY, proof(desk, managers["1101"]))
        losing.found_again(desk, key.id, "2001")
        losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    assert losing.found_again(desk, key.id, "2001") is ThingState.BLOCKED
    losing.unblock(desk, key.id, proof(desk, managers["1101"]))
    losing.report_lost(desk, key.id, people["3001"], "2001", desk.clock())
    assert losing.found_again(desk, key.id, "2001") is ThingState.IN_SERVICE


def test_who_lost_a_thing_does_not_decide_that_nothing_follows(desk, managers):
    key = thing(desk, "12号柜钥匙")
    service.lend(desk, key.id, managers["1101"], "2001")
    lost = losing.report_lost(desk, key.id, managers["1101"], "2001", desk.clock())
    himself, other = (proof(desk, managers[one]) for one in ("1101", "1102"))
    own = refused(losing.decide, desk, lost.loss_id, Decision.NO_ACTION, himself)
    assert own.code == "keys.lost_by_self"
    losing.decide(desk, lost.loss_id, Decision.NO_ACTION, other)


def test_passing_on_needs_the_holder_and_the_other_and_keeps_the_due_time(desk, people):
    key = thing(desk, "12号柜钥匙")
    first = service.lend(desk, key.id, people["3001"], "2001")
    stranger = refused(service.pass_on, desk, key.id, people["1001"], people["9001"], "2001")
    assert (stranger.code, stranger.facts["holder"]) == ("keys.not_the_holder", "李娜")
    same = refused(service.pass_on, desk, key.id, people["3001"], people["3001"], "2001")
    assert same.code == "keys.passed_to_self"
    then = service.pass_on(desk, key.id, people["3001"], people["1001"], "2001")
    assert (then.holder, then.due_at, then.number) == ("张伟", first.due_at, "K2")


@pytest.mark.usefixtures("people")
def test_swapped_rings_are_put_right_by_one_tap(desk):
    one = enrolling.add_thing(desk, "2001", "04FFFFFFFFFF41", "1号", ThingKind.CABINET_KEY)
    two = enrolling.add_thing(desk, "2001", "04FFFFFFFFFF42", "2号", ThingKind.CABINET_KEY)
    other = enrolling.retag(desk, one.id, "2001", "04FFFFFFFFFF42")
    assert (other.id, other.tag) == (two.id, "04FFFFFFFFFF41")
    badge = refused(enrolling.retag, desk, one.id, "2001", "04A1B2C3D4E501")
    assert badge.code == "badge.taken"
