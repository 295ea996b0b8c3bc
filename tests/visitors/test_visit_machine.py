"""Any order of steps: inside is admitted minus left, never without a yes; the book replays."""

from datetime import timedelta

import hypothesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kiosk.desk import posts
from kiosk.desk.database import open_reader
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from visitors import appointments, cards, corrections, departures, no_shows, reception, slip_code
from visitors.emergency import debt
from visitors.emergency import service as emergency
from visitors.emergency.debt import Payment
from visitors.emergency.models import Kind
from visitors.models import Answer, How, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import visit_of

GUARD, HOST = "2001", "1001"
WANG = Details(name="王小明", matter="水表检修")


def machine_of(folder, built, clock, desk_settings):  # noqa: C901 - one short rule after the other
    """Return a state machine whose runs each start from a fresh book with people in it."""

    class Visits(RuleBasedStateMachine):
        visits = Bundle("visits")

        def __init__(self):
            super().__init__()
            for left in folder.glob("kiosk.db*"):
                left.unlink()
            built.copy("people", desk_settings)
            self.desk = Desk.open(desk_settings, clock)
            with self.desk.write(by=GUARD) as tx:
                self.guard = person_by_staff_no(tx, GUARD)
                posts.take(tx, self.desk.gate, self.guard)
            self.yes: set[str] = set()
            self.inside: set[str] = set()
            self.helping: set[str] = set()

        def teardown(self):
            reader = open_reader(desk_settings.desk.database)
            found = verify(reader, self.desk.gate)
            reader.close()
            self.desk.close()
            assert found.intact, found

        def tried(self, use_case, *args, **kwargs):
            """Return whether the step was possible."""
            try:
                use_case(self.desk, GUARD, *args, **kwargs)
            except Refused:
                return False
            return True

        @rule(target=visits, confirmed=st.sampled_from([None, How.PHONE, How.MESSAGE]))
        def expected(self, confirmed):
            visit = appointments.expect(self.desk, GUARD, WANG, HOST, confirmed=confirmed)
            if confirmed:
                self.yes.add(visit)
            return visit

        @rule(target=visits)
        def walks_in(self):
            return reception.walk_in(self.desk, GUARD, WANG, HOST)

        @rule(target=visits, kind=st.sampled_from(Kind))
        def helps(self, kind):
            visit = emergency.admit_at_once(self.desk, GUARD, kind).visit
            self.inside.add(visit)
            self.helping.add(visit)
            return visit

        @rule(visit=visits)
        def debt_paid(self, visit):
            assert not self.tried(debt.pay, visit, Payment(unit="县医院")) or visit in self.helping

        @rule(visit=visits, how=st.sampled_from([How.PHONE, How.MESSAGE]))
        def asked(self, visit, how):
            self.tried(reception.ask, visit, how)

        @rule(visit=visits, said=st.sampled_from(Answer), how=st.sampled_from(How))
        def answered(self, visit, said, how):
            if self.tried(reception.answer, visit, said, how, read_back=True):
                (self.yes.add if said is Answer.YES else self.yes.discard)(visit)

        @rule(visit=visits)
        def admitted(self, visit):
            had_yes = visit in self.yes
            if self.tried(reception.admit, visit):
                assert had_yes
                self.inside.add(visit)

        @rule(visit=visits)
        def refused(self, visit):
            self.tried(reception.refuse, visit, "gave_up")

        @rule(visit=visits, signed=st.booleans())
        def left(self, visit, signed):
            was = visit in self.inside
            if self.tried(departures.leave, visit, signed=signed):
                self.inside.discard(visit)
            else:
                assert not was

        @rule(visit=visits, copy=st.integers(1, 3))
        def scanned(self, visit, copy):
            with self.desk.read() as book:
                row, _ = visit_of(book, visit)
                code = slip_code.made(self.desk, row, copy)
            if self.tried(departures.leave_by_code, code):
                assert copy == row.copy_no
                self.inside.discard(visit)

        @rule(visit=visits)
        def reprinted(self, visit):
            has_slip = visit in self.inside - self.helping
            assert self.tried(corrections.reprint, visit, "torn") is has_slip

        @rule(visit=visits, stated=st.booleans())
        def voided(self, visit, stated):
            proof = Proof(self.guard, Means.BADGE, clock()) if stated else None
            if self.tried(corrections.void, visit, "twice", proof):
                assert stated or visit not in self.inside
                self.inside.discard(visit)

        @rule()
        def nobody_came(self):
            no_shows.close_no_shows(self.desk)

        @rule(target=visits, visit=visits)
        def comes_after_all(self, visit):
            try:
                return no_shows.come_after_all(self.desk, GUARD, visit)
            except Refused:
                return visit

        @rule(visit=visits)
        def settled(self, visit):
            self.tried(departures.settle_return_slip, visit, "brought")

        @rule(minutes=st.integers(1, 90) | st.just(24 * 60))
        def time_passes(self, minutes):
            clock.now += timedelta(minutes=minutes)

        @invariant()
        def inside_is_admitted_minus_left(self):
            with self.desk.read() as book:
                things = outstanding(self.desk, book)
            assert {thing.ref for thing in things if thing.kind == "visit.inside"} == self.inside
            assert all(thing.number for thing in things)

        @invariant()
        def nobody_but_who_helps_is_inside_without_a_yes(self):
            for visit in cards.todays(self.desk):
                helps = visit.id in self.helping
                assert visit.state is not State.ADMITTED or visit.has_yes is not helps

    return Visits


def test_any_order_of_steps(tmp_path, built, desk_clock, settings):
    machine = machine_of(tmp_path, built, desk_clock, settings)
    run_state_machine_as_test(
        machine,
        settings=hypothesis.settings(
            max_examples=25, stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
