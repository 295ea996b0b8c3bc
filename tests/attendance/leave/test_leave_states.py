"""Whatever people do to leave, in any order: its promises hold at every step.

Nobody grants his own leave; no half day is taken twice; what is granted has every rung; nothing
that is closed opens again; personal leave stays within its month; and the journal alone rebuilds
the tables.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.attendance.leave import asking, ending, granting, reading
from kiosk.attendance.leave.calendar import is_worked
from kiosk.attendance.leave.halves import Span, by_month, half_days, span_of
from kiosk.attendance.leave.models import APPROVALS, EVERY_LEAVE
from kiosk.attendance.leave.outstanding import outstanding
from kiosk.desk.absence import Half, LeaveKind, LeaveState
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.verify import verify

ASKERS = ("5001", "5002", "5005", "3001")
WHO = st.sampled_from(("5001", "5002", "5003", "5004", "5005", "5006", "1001", "3001"))
WHICH = st.integers(0, 5)
CLOSED = frozenset({LeaveState.REFUSED, LeaveState.WITHDRAWN, LeaveState.RETURNED})


class States(RuleBasedStateMachine):
    """A house whose people ask, sign, withdraw, come back and wait; refusals are answers."""

    def __init__(self, house) -> None:
        super().__init__()
        self.house, self.desk = house, house.desk
        self.ended: dict[str, LeaveState] = {}
        self.over: set[str] = set()

    def leaves(self):
        with self.desk.read() as book:
            return book.all(EVERY_LEAVE)

    def one(self, which):
        found = self.leaves()
        return found[which % len(found)].id

    @rule(
        who=st.sampled_from(ASKERS), start=st.integers(-3, 12), length=st.integers(0, 6),
        halves=st.tuples(st.sampled_from(Half), st.sampled_from(Half)),
        kind=st.sampled_from([LeaveKind.PERSONAL, LeaveKind.SICK]),
        word=st.sampled_from(["", "", "5003", "5002"]),
    )  # fmt: skip
    def somebody_asks(self, who, start, length, halves, kind, word):
        first = self.desk.today() + timedelta(days=start)
        span = Span(first, halves[0], first + timedelta(days=length), halves[1])
        stand_in = "9001"
        wanted = replace(self.house.asking(span, kind), stand_in=stand_in)
        leaders = asking.Word(self.house.proof(word), "特批") if word else None
        with suppress(Refused):
            made = asking.ask(self.desk, "2001", self.house.proof(who), wanted, leaders)
            if leaders is not None:
                self.over.add(who)
            self.house.accept(made)

    @precondition(lambda self: self.leaves())
    @rule(which=WHICH, who=WHO)
    def somebody_signs(self, which, who):
        with suppress(Refused):
            granting.approve(self.desk, "2001", self.one(which), self.house.proof(who))

    @precondition(lambda self: self.leaves())
    @rule(which=WHICH)
    def whoever_is_needed_signs(self, which):
        leave_id = self.one(which)
        waiting = self.house.whole(leave_id).waits_for
        if waiting is not None and waiting.people:
            granting.approve(
                self.desk, "2001", leave_id, self.house.proof(waiting.people[0].staff_no)
            )

    @precondition(lambda self: self.leaves())
    @rule(which=WHICH, who=WHO)
    def somebody_says_no(self, which, who):
        with suppress(Refused):
            granting.refuse(self.desk, "2001", self.one(which), self.house.proof(who), "忙")

    @precondition(lambda self: self.leaves())
    @rule(which=WHICH, who=WHO)
    def somebody_takes_it_back(self, which, who):
        with suppress(Refused):
            ending.withdraw(self.desk, "2001", self.one(which), self.house.proof(who))

    @rule(who=WHO)
    def somebody_reports_back(self, who):
        with suppress(Refused):
            ending.report_back(self.desk, "2001", self.house.people[who], Means.BADGE)

    @rule(hours=st.sampled_from([1, 5, 14, 24, 72]))
    def time_passes(self, hours):
        self.desk.clock.now += timedelta(hours=hours)
        ending.note_overdue(self.desk)

    @invariant()
    def no_half_day_is_taken_twice(self):
        taken: set[object] = set()
        for leave in self.standing():
            halves = {(leave.person_id, half) for half in self.halves(leave)}
            assert not halves & taken
            assert len(halves) == leave.halves
            taken |= halves

    @invariant()
    def what_is_granted_has_signatures_of_others_for_every_rung(self):
        with self.desk.read() as book:
            for leave in book.all(EVERY_LEAVE):
                signed = book.all(APPROVALS, leave=leave.id)
                assert leave.person_id not in {person.id for _one, person in signed}
                if leave.state in {LeaveState.APPROVED, LeaveState.RETURNED}:
                    rungs = [one.step for one, _person in signed if one.step]
                    assert rungs == list(range(1, len(rungs) + 1)) != []
                    assert all(one.yes for one, _person in signed)

    @invariant()
    def what_is_closed_stays_as_it_ended(self):
        for leave in self.leaves():
            assert (leave.closed_at is not None) is (leave.state in CLOSED)
            if leave.closed_at is not None:
                assert self.ended.setdefault(leave.id, leave.state) is leave.state

    @invariant()
    def personal_leave_stays_within_its_month_unless_a_leader_allowed_more(self):
        for who in ASKERS:
            person = self.house.people[who]
            mine = [
                half for leave in self.standing()
                if leave.person_id == person.id and leave.kind is LeaveKind.PERSONAL
                for half in self.halves(leave)
            ]  # fmt: skip
            if who not in self.over:
                most = 2 * self.desk.rules.leave_personal_days
                assert max(by_month(mine).values(), default=0) <= most

    @invariant()
    def overdue_is_told_once_each(self):
        with self.desk.read() as book:
            late = [one for one in reading.listed(self.desk, book) if one.overdue]
            told = [one.ref for one in outstanding(self.desk, book) if one.kind == "leave.overdue"]
        assert sorted(one.leave.id for one in late) == sorted(told)

    def standing(self):
        gone = {LeaveState.REFUSED, LeaveState.WITHDRAWN}
        return [one for one in self.leaves() if one.state not in gone]

    def halves(self, leave):
        return list(half_days(span_of(leave), lambda day: is_worked(self.desk, day)))

    def teardown(self):
        with self.desk.read() as book:
            book.connection.execute("ROLLBACK")
            found = verify(book.connection, self.desk.gate)
            book.connection.execute("BEGIN")
        assert found.intact, found


def test_whatever_people_do_to_leave_its_promises_hold(new_house):
    run_state_machine_as_test(
        lambda: States(new_house()),
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
