"""Any order of steps: inside is admitted minus left, one holder for a thing; the book replays."""

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
from kiosk.desk.loans import LENT_TO_VISITORS, Thing, ThingKind
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from visitors import appointments, cards, corrections, departures, no_shows, reception, slip_code
from visitors.emergency import debt
from visitors.emergency import service as emergency
from visitors.emergency.debt import Payment
from visitors.emergency.models import Kind
from visitors.exit import assumed, by_card, lending, parting
from visitors.exit.assumed import Was
from visitors.ladder.asking import rung_of
from visitors.ladder.rungs import Rung
from visitors.lanes import gate, helmets
from visitors.models import Answer, How, LeftHow, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import visit_of

GUARD, HOST, STAND_IN = "2001", "1001", "3001"
WANG = Details(name="王小明", matter="水表检修", people=3)
COURIER = Details(name="", matter="", unit="顺丰速运", lane="courier")
WORKER = Details(name="郑工", matter="外墙施工", unit="宏图建筑", lane="construction")


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
                host = person_by_staff_no(tx, HOST)
                host.deputy_no = STAND_IN
                tx.put(host)
                posts.take(tx, self.desk.gate, self.guard)
                self.cards = [
                    tx.put(Thing(label=label, kind=ThingKind.VISITOR_CARD)).id for label in "12"
                ]
                tx.record("thing.added")
            self.yes: set[str] = set()
            self.inside: set[str] = set()
            self.gone: dict[str, int] = {}
            self.closed: set[str] = set()
            self.assumed: set[str] = set()
            self.holder: dict[str, str] = {}
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

        @rule(target=visits, who=st.sampled_from([WANG, COURIER, WORKER]))
        def walks_in(self, who):
            return reception.walk_in(self.desk, GUARD, who, HOST)

        @rule(target=visits, kind=st.sampled_from(Kind))
        def helps(self, kind):
            visit = emergency.admit_at_once(self.desk, GUARD, kind).visit
            self.inside.add(visit)
            self.helping.add(visit)
            return visit

        @rule(visit=visits)
        def debt_paid(self, visit):
            assert not self.tried(debt.pay, visit, Payment(unit="县医院")) or visit in self.helping

        @rule(
            visit=visits,
            how=st.sampled_from([How.PHONE, How.MESSAGE]),
            rung=st.sampled_from([Rung.HOST, Rung.STAND_IN]),
        )
        def asked(self, visit, how, rung):
            self.tried(reception.ask, visit, how, rung)

        @rule(visit=visits)
        def stand_in_taps(self, visit):
            with self.desk.read() as book:
                row, host = visit_of(book, visit)
                may = rung_of(book, row, host, person_by_staff_no(book, STAND_IN)) is not None
            if self.tried(reception.badge_yes, visit, STAND_IN):
                assert may
                self.yes.add(visit)

        @rule(visit=visits, said=st.sampled_from(Answer), how=st.sampled_from(How))
        def answered(self, visit, said, how):
            if self.tried(reception.answer, visit, said, how, read_back=True):
                (self.yes.add if said is Answer.YES else self.yes.discard)(visit)

        @rule(visit=visits, helmet=st.sampled_from(["", "1", "2", "o", "n"]))
        def admitted(self, visit, helmet):
            had_yes = visit in self.yes
            if self.tried(reception.admit, visit, helmet):
                assert had_yes
                self.inside.add(visit)

        @rule(visit=visits, kept=st.booleans())
        def handed_over(self, visit, kept):
            if self.tried(gate.hand_over, visit, kept=kept):
                assert visit not in self.inside

        def goes(self, visit):
            """Note that the whole party is out."""
            self.inside.discard(visit)
            self.assumed.discard(visit)
            self.closed.add(visit)

        def rest(self, visit):
            """How many of the party have not left; of who was let in uncounted, one is sure."""
            with self.desk.read() as book:
                return visit_of(book, visit)[0].people - self.gone.get(visit, 0)

        @rule(visit=visits, leaving=st.integers(0, 4))
        def part_left(self, visit, leaving):
            rest = self.rest(visit)
            inside_or_closed = visit in self.inside or visit in self.closed
            possible = inside_or_closed and 0 < leaving < rest
            assert self.tried(parting.part_leaves, visit, leaving) is possible
            if possible:
                self.gone[visit] = self.gone.get(visit, 0) + leaving
                self.closed.discard(visit)
                self.inside.add(visit)

        @rule(visit=visits, card=st.integers(0, 1))
        def lent(self, visit, card):
            thing = self.cards[card]
            possible = visit in self.inside and thing not in self.holder
            assert self.tried(lending.lend, visit, thing) is possible
            if possible:
                self.holder[thing] = visit

        @rule(card=st.integers(0, 1))
        def card_at_the_exit(self, card):
            thing = self.cards[card]
            assert self.tried(by_card.leave_by_card, thing) is (thing in self.holder)
            visit = self.holder.pop(thing, None)
            others = list(self.holder.values()).count(visit)
            if visit in self.inside and others:
                self.gone[visit] = self.gone.get(visit, 0) + (self.rest(visit) > others)
            elif visit in self.inside or visit in self.assumed:
                self.goes(visit)

        @rule(visit=visits)
        def assumed_left(self, visit):
            if self.tried(departures.leave, visit, signed=False, how=LeftHow.ASSUMED):
                assert visit in self.inside
                self.inside.discard(visit)
                self.assumed.add(visit)

        @rule(visit=visits, was=st.sampled_from(Was))
        def settled_assumed(self, visit, was):
            if self.tried(assumed.settle_assumed, visit, was, "电话"):
                assert visit in self.assumed
                if was is Was.STILL_INSIDE:
                    self.assumed.discard(visit)
                    self.inside.add(visit)
                elif was is not Was.UNKNOWN:
                    self.goes(visit)

        @rule(visit=visits)
        def refused(self, visit):
            self.tried(reception.refuse, visit, "gave_up")

        @rule(visit=visits, signed=st.booleans())
        def left(self, visit, signed):
            was = visit in self.inside or visit in self.assumed
            if self.tried(departures.leave, visit, signed=signed):
                self.goes(visit)
            else:
                assert not was

        @rule(visit=visits, copy=st.integers(1, 3))
        def scanned(self, visit, copy):
            with self.desk.read() as book:
                row, _ = visit_of(book, visit)
                code = slip_code.made(self.desk, row, copy)
            if self.tried(departures.leave_by_code, code):
                assert copy == row.copy_no or visit in self.closed  # the slip after the card
                self.goes(visit)

        @rule(visit=visits)
        def reprinted(self, visit):
            has_slip = visit in self.inside - self.helping
            assert self.tried(corrections.reprint, visit, "torn") is has_slip

        @rule(visit=visits, stated=st.booleans())
        def voided(self, visit, stated):
            proof = Proof(self.guard, Means.BADGE, clock()) if stated else None
            if self.tried(corrections.void, visit, "twice", proof):
                assert stated or visit not in self.inside | self.assumed
                for among in (self.inside, self.assumed, self.closed):
                    among.discard(visit)

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
            here = {one.ref: one for one in things if one.kind == "visit.inside"}
            assert set(here) == self.inside
            for visit, one in here.items():
                assert one.facts["people"] == self.rest(visit) > 0
            assert all(thing.number for thing in things)

        @invariant()
        def a_thing_has_one_holder(self):
            with self.desk.read() as book:
                lent = book.all(LENT_TO_VISITORS)
            assert {loan.thing_id: loan.visit_id for loan, _ in lent} == self.holder
            assert len(lent) == len(self.holder)

        @invariant()
        def nobody_but_who_helps_is_inside_without_a_yes(self):
            for visit in cards.todays(self.desk):
                helps = visit.id in self.helping
                assert visit.state is not State.ADMITTED or visit.has_yes is not helps

        @invariant()
        def no_courier_is_inside_and_nobody_without_the_helmet_of_the_zone(self):
            inside = [one for one in cards.todays(self.desk) if one.state is State.ADMITTED]
            assert not any(one.asks.at_gate for one in inside)
            assert all(one.helmet for one in inside if one.needs_helmet)

        @invariant()
        def a_helmet_is_out_once(self):
            with self.desk.read() as book:
                found = helmets.with_helmets(book)
            out = [one for visit, _host in found for one in helmets.numbers(visit.helmet)]
            assert len(out) == len(set(out))

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
