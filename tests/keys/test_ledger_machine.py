"""Whatever people do with everything lent, in any order: the ledger's promises hold at every step.

One thing has one holder; board, out, lost and blocked are all there is; every change has its two
parties; nobody approves for himself; and the journal alone rebuilds the tables.
"""

import json
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    OPEN_LOANS,
    Approval,
    Approved,
    Condition,
    Ended,
    Loan,
    Reason,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.overtime import Overtime
from kiosk.desk.people import EVERYONE, Department, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stock import MISSING_OF, ledger_count
from kiosk.desk.verify import verify
from kiosk.keys import (
    booking,
    chasing,
    enrolling,
    holdings,
    losing,
    places,
    returning,
    service,
    stock_take,
)
from kiosk.keys.models import Booked, Decision, Loss, Reservation
from kiosk.keys.outstanding import outstanding

GUARD = "2001"
NUMBERS = ("1001", "1002", "1003", "2001", "3001", "9001")
WHO = st.sampled_from(NUMBERS)
WHICH = st.integers(0, 11)
CONDITION = st.sampled_from(Condition)
HOW = st.sampled_from([Approved.NOT_ASKED, Approved.TAP, Approved.PHONE, Approved.EMERGENCY])
WORD = st.lists(st.sampled_from(["1001", "1002", "1003", "3001"]), max_size=2)
_LOANS = select(Loan).order_by(col(Loan.id))
_THINGS = select(Thing).order_by(col(Thing.id))
_LOSSES = select(Loss).order_by(col(Loss.id))
_BOOKED = select(Reservation).order_by(col(Reservation.id))
_SPELLS = select(Overtime).order_by(col(Overtime.id))


class Ledger(RuleBasedStateMachine):
    """A gatehouse with six people and whatever they enrol; refusals are answers, never faults."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.seen = desk.head.seq
        self.holders: dict[str, str] = {}  # the thing's id to who has it, as the answers said
        with desk.read() as book:
            self.people = {one.staff_no: one for one in book.all(EVERYONE)}

    def teardown(self) -> None:
        self.desk.close()

    # What is there.

    def all(self, query):
        with self.desk.read() as book:
            return book.all(query)

    def one(self, query, which):
        found = self.all(query)
        return found[which % len(found)] if found else None

    def proof(self, staff_no):
        return Proof(self.people[staff_no], Means.BADGE, self.desk.clock())

    def given(self, how, word):
        return service.Given(how, tuple(self.people[one] for one in word))

    # What people do.

    @initialize()
    def three_things_to_begin_with(self):
        for which, approval in enumerate((Approval.NONE, Approval.MANAGER, Approval.TWO)):
            self.enrol(ThingKind.OFFICE_KEY, approval, "", "对" if which else "", which)

    @rule(
        kind=st.sampled_from(ThingKind), approval=st.sampled_from(Approval),
        section=st.sampled_from(["", "1001"]), pair=st.sampled_from(["", "对"]), tag=WHICH,
    )  # fmt: skip
    def enrol(self, kind, approval, section, pair, tag):
        described = enrolling.Described(
            label=f"{kind.value} {len(self.all(_THINGS))}", kind=kind, approval=approval, pair=pair,
            section_id=self.people[section].department_id if section else "",
        )  # fmt: skip
        with suppress(Refused), self.desk.write(by=GUARD) as tx:
            enrolling.enrol(tx, described, f"04FFFFFFFFFF{tag:02X}")

    @rule(
        which=st.lists(WHICH, min_size=1, max_size=3), borrower=WHO, how=HOW, word=WORD,
        permanent=st.booleans(),
    )  # fmt: skip
    def lend(self, which, borrower, how, word, permanent):
        ids = [one.id for w in which if (one := self.one(_THINGS, w))]
        terms = service.Terms(given=self.given(how, word), permanent=permanent)
        before = self.desk.head
        try:
            done = service.lend_all(self.desk, ids, self.people[borrower], GUARD, terms)
        except Refused:
            assert self.desk.head == before  # all of them, or none
            return
        for one in done:
            assert one.thing_id not in self.holders
            self.holders[one.thing_id] = borrower

    @rule(which=WHICH, means=st.sampled_from([Approved.NOT_ASKED, Approved.EMERGENCY]))
    def lend_to_the_fire_brigade(self, which, means):
        thing = self.one(_THINGS, which)
        with suppress(Refused):
            places.lend_to_place(self.desk, thing.id, "消防队", GUARD, Reason.EMERGENCY, means)
            assert thing.id not in self.holders
            self.holders[thing.id] = "消防队"

    @rule(which=WHICH, condition=CONDITION)
    def give_back(self, which, condition):
        thing = self.one(_THINGS, which)
        try:
            returning.give_back(self.desk, thing.id, GUARD, Ended.TAG, condition)
        except Refused:
            assert thing.id not in self.holders
            return
        del self.holders[thing.id]

    @rule(which=WHICH, condition=st.sampled_from([Condition.BENT, Condition.DAMAGED]))
    def say_afterwards_that_it_came_back_damaged(self, which, condition):
        loan = self.one(_LOANS, which)
        if loan is not None:
            with suppress(Refused):
                returning.came_back_damaged(self.desk, loan.id, GUARD, condition)

    @rule(which=WHICH, giver=WHO, receiver=WHO, how=HOW, word=WORD)
    def pass_on(self, which, giver, receiver, how, word):
        thing = self.one(_THINGS, which)
        terms = service.Terms(given=self.given(how, word))
        with suppress(Refused):
            service.pass_on(
                self.desk, thing.id, self.people[giver], self.people[receiver], GUARD, terms
            )
            assert self.holders[thing.id] == giver != receiver
            self.holders[thing.id] = receiver

    @rule(which=WHICH, reporter=WHO)
    def lose(self, which, reporter):
        thing = self.one(_THINGS, which)
        with suppress(Refused):
            losing.report_lost(
                self.desk, thing.id, self.people[reporter], GUARD, self.desk.clock(), "走廊"
            )
            self.holders.pop(thing.id, None)

    @rule(which=WHICH, decision=st.sampled_from(Decision), who=WHO)
    def decide(self, which, decision, who):
        loss = self.one(_LOSSES, which)
        if loss is not None:
            with suppress(Refused):
                losing.decide(self.desk, loss.id, decision, self.proof(who))

    @rule(which=WHICH, condition=CONDITION)
    def find(self, which, condition):
        with suppress(Refused):
            losing.found_again(self.desk, self.one(_THINGS, which).id, GUARD, condition)

    @rule(which=WHICH, condition=CONDITION)
    def block(self, which, condition):
        with suppress(Refused):
            losing.block(self.desk, self.one(_THINGS, which).id, GUARD, condition)

    @rule(which=WHICH, who=WHO)
    def unblock(self, which, who):
        with suppress(Refused):
            losing.unblock(self.desk, self.one(_THINGS, which).id, self.proof(who))

    @rule(which=WHICH, who=WHO)
    def retire(self, which, who):
        with suppress(Refused):
            losing.retire(self.desk, self.one(_THINGS, which).id, self.proof(who))

    @rule(which=WHICH, who=WHO, act=st.sampled_from(["remind", "recall", "word"]))
    def chase(self, which, who, act):
        loan = self.one(_LOANS, which)
        if loan is None:
            return
        with suppress(Refused):
            if act == "remind":
                chasing.remind(self.desk, loan.id, GUARD)
            elif act == "recall":
                chasing.recall(self.desk, loan.id, GUARD, "盘点")
            else:
                chasing.give_word(self.desk, loan.id, self.proof(who), GUARD)

    @rule(
        which=WHICH, who=WHO, approver=st.sampled_from(["", "1001", "1002", "3001"]),
        ahead=st.integers(-2, 30), length=st.integers(0, 10),
    )  # fmt: skip
    def reserve(self, which, who, approver, ahead, length):
        since = self.desk.clock() + timedelta(hours=ahead)
        thing, before = self.one(_THINGS, which), dict(self.holders)
        with suppress(Refused):
            booking.reserve(
                self.desk, thing.id, self.people[who], GUARD, since,
                since + timedelta(hours=length), self.proof(approver) if approver else None,
            )  # fmt: skip
        assert self.holders == before

    @rule(which=WHICH, who=WHO, approver=WHO, ahead=st.integers(-2, 10), length=st.integers(0, 10))
    def ask_overtime(self, which, who, approver, ahead, length):
        thing = self.one(_THINGS, which)
        since = self.desk.clock() + timedelta(hours=ahead)
        with suppress(Refused):
            booking.ask_overtime(
                self.desk, self.people[who], GUARD, since, since + timedelta(hours=length), "301",
                self.proof(approver), (thing.id,),
            )  # fmt: skip

    @rule(which=WHICH)
    def take_a_booking_back(self, which):
        booked, spell = self.one(_BOOKED, which), self.one(_SPELLS, which)
        with suppress(Refused):
            if booked is not None:
                booking.cancel(self.desk, booked.id, GUARD)
            if spell is not None:
                booking.cancel_overtime(self.desk, spell.id, GUARD)

    @rule(tags=st.lists(WHICH, max_size=5))
    def count(self, tags):
        take = stock_take.begin(self.desk, GUARD)
        for tag in tags:
            stock_take.tap(self.desk, take.take_id, GUARD, f"04FFFFFFFFFF{tag:02X}")
        done = stock_take.finish(self.desk, take.take_id, GUARD)
        assert done.expected == done.present + done.missing
        with self.desk.read() as book:
            count = ledger_count(book)
            assert done.expected == count.on_board + count.blocked
            assert len(book.all(MISSING_OF, take=take.take_id)) == done.missing

    @rule(which=WHICH, tag=WHICH, who=st.sampled_from(["", "1001", "3001"]))
    def retag(self, which, tag, who):
        thing, number = self.one(_THINGS, which), f"04FFFFFFFFFF{tag:02X}"
        with suppress(Refused):
            enrolling.retag(
                self.desk, thing.id, GUARD, number, self.proof(who) if who else None
            )  # fmt: skip

    @rule(who=WHO)
    def confirm(self, who):
        with suppress(Refused):
            holdings.confirm(self.desk, self.proof(who))

    @rule(hours=st.sampled_from([1, 5, 14, 24, 24 * 6]))
    def time_passes(self, hours):
        self.desk.clock.advance(hours=hours)

    # What holds after every step.

    @invariant()
    def one_thing_has_one_holder(self):
        open_loans = self.all(OPEN_LOANS)
        counted = Counter(thing.id for _, thing, _ in open_loans)
        assert set(counted.values()) <= {1}
        now = {t.id: holder.staff_no if holder else loan.place for loan, t, holder in open_loans}
        assert now == self.holders

    @invariant()
    def board_out_lost_and_blocked_are_all(self):
        things = self.all(_THINGS)
        with self.desk.read() as book:
            count = ledger_count(book)
        assert count.all == sum(one.state is not ThingState.RETIRED for one in things)
        assert count.on_board == sum(
            one.state is ThingState.IN_SERVICE and one.id not in self.holders for one in things
        )
        assert count.out == len(self.holders)
        assert all(one.state is ThingState.IN_SERVICE for one in things if one.id in self.holders)

    @invariant()
    def what_is_lost_stays_lost_until_it_is_found(self):
        sought = {one.thing_id for one in self.all(_LOSSES) if one.found_at is None}
        lost = {one.id: one.state for one in self.all(_THINGS) if one.id in sought}
        assert set(lost.values()) <= {ThingState.LOST, ThingState.RETIRED}

    @invariant()
    def nobody_approves_for_himself(self):
        managers = {one.id for one in self.people.values() if one.rank is not Rank.ORDINARY}
        for loan in self.all(_LOANS):
            said = {loan.approver_id, loan.second_approver_id} - {None}
            assert loan.holder_id not in said
            assert said <= managers
            assert not loan.owed or loan.approved in {Approved.PHONE, Approved.EMERGENCY}

    @invariant()
    def nothing_goes_out_by_one_party_alone(self):
        for loan in self.all(_LOANS):
            alone = loan.holder_id == self.people[loan.clerk].id
            assert not alone or loan.approver_id or loan.approved is Approved.EMERGENCY

    @invariant()
    def every_change_has_its_two_parties(self):
        with self.desk.read() as book:
            new = list(journal.entries(book.connection, self.desk.gate, self.seen))
        for entry in new:
            if entry.code.startswith("loan."):
                assert entry.by
                assert json.loads(entry.facts)["holder"], entry
        self.seen = self.desk.head.seq

    @invariant()
    def the_journal_alone_rebuilds_the_tables(self):
        with self.desk.read() as book:
            book.connection.execute("ROLLBACK")
            found = verify(book.connection, self.desk.gate)
            book.connection.execute("BEGIN")
        assert found.intact, found

    @invariant()
    def what_is_open_can_be_listed(self):
        with self.desk.read() as book:
            listed = outstanding(self.desk, book)
        assert len({(one.kind, one.ref) for one in listed}) == len(listed)


@pytest.fixture
def fresh(built, settings_in, tmp_path_factory, desk_clock):
    """Make a desk of its own for every example, with three managers in two sections."""

    def make() -> Ledger:
        site = settings_in(tmp_path_factory.mktemp("ledger"))
        built.copy("people", site)
        desk = Desk.open(site, type(desk_clock)())
        with desk.write() as tx:
            sections = [tx.put(Department(name=name)) for name in ("财务科", "水务所")]
            for staff_no, section in (("1002", sections[0]), ("1003", sections[1])):
                tx.put(Person(
                    staff_no=staff_no, name=f"负责人{staff_no}", department_id=section.id,
                    rank=Rank.DEPARTMENT_MANAGER, role=Role.STAFF,
                ))  # fmt: skip
                tx.record("person.added", person=staff_no)
        return Ledger(desk)

    return make


def test_the_ledgers_promises_hold_whatever_people_do(fresh):
    run_state_machine_as_test(
        fresh,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_word_for_tomorrow_lets_nothing_out_today(fresh):
    """Ask 10: what is kept for tomorrow does not go out today by itself."""
    ledger = fresh()
    ledger.enrol(ThingKind.CABINET_KEY, Approval.MANAGER, "", "", 1)
    ledger.reserve(0, "3001", "1001", 24, 4)
    ledger.one_thing_has_one_holder()
    ledger.lend([0], "3001", Approved.NOT_ASKED, [], permanent=False)
    assert ledger.holders == {}  # the word is for tomorrow, and counts tomorrow only
    ledger.time_passes(24)
    ledger.lend([0], "3001", Approved.NOT_ASKED, [], permanent=False)
    assert set(ledger.holders.values()) == {"3001"}
    [booked] = ledger.all(_BOOKED)
    assert booked.state is Booked.USED
    ledger.teardown()
