"""Wrong cards, swapped rings, people who are gone, and twenty hands for fifteen keys."""

import threading
from collections import Counter

import pytest
from sqlmodel import select

from kiosk.desk import badges
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, whose
from kiosk.desk.loans import OPEN_LOANS, Approval, Approved, Ended, Loan, ThingKind
from kiosk.desk.people import BADGES_OF, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stock import Seen, ledger_count
from kiosk.desk.verify import verify
from kiosk.keys import chasing, enrolling, losing, returning, service, stock_take
from kiosk.keys.service import Given, Terms

GUARD = "2001"
BADGE = "04A1B2C3D4E504"  # 李娜's, 3001
TAGS = [f"04B1B2B3B4B5{number:02X}" for number in range(15)]


@pytest.fixture
def keys(desk, people):  # noqa: ARG001 - a desk with its people
    return [
        enrolling.add_thing(desk, GUARD, tag, f"钥匙{number}", ThingKind.CABINET_KEY)
        for number, tag in enumerate(TAGS)
    ]


def refused(code, use_case, *args):
    with pytest.raises(Refused) as said:
        use_case(*args)
    assert said.value.code == code
    return said.value


def holders(desk):
    with desk.read() as book:
        return {thing.label: person.staff_no for _, thing, person in book.all(OPEN_LOANS)}


def is_intact(desk):
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        found = verify(book.connection, desk.gate)
        book.connection.execute("BEGIN")
    return found.intact


def test_twenty_hands_for_fifteen_keys_and_no_key_in_two(desk, keys):
    """Every hand tries every key at the same moment, each from its own thread."""
    with desk.write() as tx:
        hands = [
            tx.put(Person(
                staff_no=f"50{number:02}", name=f"手{number}", rank=Rank.ORDINARY, role=Role.STAFF,
            ))
            for number in range(20)
        ]  # fmt: skip
        tx.record("people.imported", new=len(hands))
    at_once = threading.Barrier(len(hands))
    got: list[str] = []
    said: Counter[str] = Counter()

    def take(person):
        at_once.wait(10)
        for key in keys:
            try:
                got.append(service.lend(desk, key.id, person, GUARD).label)
            except Refused as no:
                said[no.code] += 1

    threads = [threading.Thread(target=take, args=(one,)) for one in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(got) == sorted(key.label for key in keys)
    assert said == {"keys.out_already": len(hands) * len(keys) - len(keys)}
    with desk.read() as book:
        count = ledger_count(book)
        loans = book.all(select(Loan))
    assert (count.out, count.on_board) == (15, 0)
    assert len({loan.number for loan in loans}) == len(loans) == 15
    assert is_intact(desk)


def test_a_badge_is_no_key_and_a_key_is_no_badge(desk, people, keys):
    refused("badge.taken", enrolling.add_thing, desk, GUARD, BADGE, "新钥匙", ThingKind.OFFICE_KEY)
    refused("badge.taken", enrolling.retag, desk, keys[0].id, GUARD, BADGE)
    with pytest.raises(Refused) as said, desk.write() as tx:
        badges.enrol(tx, TAGS[0], people["3001"])
    assert (said.value.code, said.value.facts["label"]) == ("badge.is_a_tag", "钥匙0")
    with desk.read() as book:
        assert isinstance(whose(book, BADGE), StaffCard)
        assert isinstance(whose(book, TAGS[0]), ThingTag)


def test_a_badge_tapped_while_counting_is_an_unknown_tag(desk, keys):  # noqa: ARG001 - a board
    take = stock_take.begin(desk, GUARD)
    assert stock_take.tap(desk, take.take_id, GUARD, BADGE).seen is Seen.UNKNOWN
    assert stock_take.tap(desk, take.take_id, GUARD, BADGE).seen is Seen.DOUBLE
    assert stock_take.finish(desk, take.take_id, GUARD).expected == len(TAGS)


def test_swapped_rings_are_put_right_and_the_holder_keeps_the_thing(desk, people, keys):
    """The loan is of the thing, not of the tag: its holder keeps it whatever hangs on it."""
    service.lend(desk, keys[0].id, people["3001"], GUARD)
    other = enrolling.retag(desk, keys[0].id, GUARD, TAGS[1])
    assert other is not None
    assert other.label == "钥匙1"
    with desk.read() as book:
        assert whose(book, TAGS[1]).thing.label == "钥匙0"
        assert whose(book, TAGS[0]).thing.label == "钥匙1"
    assert holders(desk) == {"钥匙0": "3001"}
    refused("keys.tag_same", enrolling.retag, desk, keys[0].id, GUARD, TAGS[1])
    assert is_intact(desk)


def test_a_thing_that_is_not_lent_any_more_gets_no_tag(desk, people, keys):
    """Its tag may hang on another ring tomorrow: a tag it kept in secret would stop that one."""
    losing.retire(desk, keys[0].id, Proof(people["1001"], Means.BADGE, desk.clock()))
    refused("keys.gone", enrolling.retag, desk, keys[0].id, GUARD, "04CCCCCCCCCC02")
    enrolling.add_thing(desk, GUARD, TAGS[0], "新钥匙", ThingKind.DESK_KEY)


def leaves(desk, staff_no):
    with desk.write(by="9001") as tx:
        gone = tx.one(select(Person).where(Person.staff_no == staff_no))
        gone.active = False
        tx.put(gone)
        tx.record("person.left", person=staff_no)
    return gone


def test_who_is_gone_borrows_nothing_and_what_he_has_comes_back(desk, people, keys):
    service.lend(desk, keys[0].id, people["3001"], GUARD)
    service.lend(desk, keys[2].id, people["1001"], GUARD)
    gone = leaves(desk, "3001")
    refused("keys.person_left", service.lend, desk, keys[1].id, gone, GUARD)
    refused("keys.person_left", service.pass_on, desk, keys[2].id, people["1001"], gone, GUARD)
    assert holders(desk) == {"钥匙0": "3001", "钥匙2": "1001"}
    with desk.read() as book:
        assert isinstance(whose(book, BADGE), ClosedCard)
    assert returning.give_back(desk, keys[0].id, GUARD, Ended.TAG).holder == "李娜"
    assert holders(desk) == {"钥匙2": "1001"}


def test_a_blocked_badge_takes_nothing_and_its_bearers_loan_stays_and_ends(desk, people, keys):
    service.lend(desk, keys[0].id, people["3001"], GUARD)
    with desk.write(by="9001") as tx:
        [badge] = tx.all(BADGES_OF, person=people["3001"].id)
        badges.block(tx, badge, people["3001"], "lost")
    with desk.read() as book:
        assert isinstance(whose(book, BADGE), ClosedCard)
    assert holders(desk) == {"钥匙0": "3001"}
    returning.give_back(desk, keys[0].id, GUARD, Ended.TAG)
    assert holders(desk) == {}


@pytest.fixture
def asked(desk, people):  # noqa: ARG001 - a desk with its people
    """A key that asks for a manager's word."""
    described = enrolling.Described(
        label="金库", kind=ThingKind.OFFICE_KEY, approval=Approval.MANAGER
    )
    with desk.write(by=GUARD) as tx:
        return enrolling.enrol(tx, described, "04CCCCCCCCCC01")


@pytest.mark.parametrize("how", [Approved.TAP, Approved.PHONE, Approved.BEFORE])
def test_nobody_approves_his_own_loan(desk, people, asked, how):
    own = Terms(given=Given(how, (people["1001"],)))
    refused("keys.approver_is_borrower", service.lend, desk, asked.id, people["1001"], GUARD, own)
    assert holders(desk) == {}


def test_nor_does_he_give_the_word_that_is_owed_after_a_fire(desk, people, asked):
    fire = Terms(given=Given(Approved.EMERGENCY))
    lent = service.lend(desk, asked.id, people["1001"], GUARD, fire)
    assert lent.owed
    proof = Proof(people["1001"], Means.BADGE, desk.clock())
    refused("keys.approver_is_borrower", chasing.give_word, desk, lent.loan_id, proof, GUARD)


@pytest.mark.parametrize("how", [Approved.TAP, Approved.PHONE])
def test_a_word_that_nobody_gave_is_none_and_never_owed(desk, people, keys, asked, how):
    nobody = Terms(given=Given(how))
    refused("keys.approval_needed", service.lend, desk, asked.id, people["3001"], GUARD, nobody)
    assert not service.lend(desk, keys[0].id, people["3001"], GUARD, nobody).owed


def test_what_was_never_out_does_not_come_back(desk, keys):
    head = desk.head
    refused("keys.in_already", returning.give_back, desk, keys[0].id, GUARD, Ended.TAG)
    refused("keys.gone", returning.give_back, desk, "no such thing", GUARD, Ended.BY_HAND)
    assert desk.head == head


def test_several_things_go_out_all_or_none(desk, people, keys):
    service.lend(desk, keys[2].id, people["2002"], GUARD)
    head = desk.head
    refused(
        "keys.out_already", service.lend_all, desk, [one.id for one in keys[:3]], people["3001"],
        GUARD,
    )  # fmt: skip
    assert desk.head == head
    assert holders(desk) == {"钥匙2": "2002"}
