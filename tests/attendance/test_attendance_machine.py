"""Whatever people tap, ask, sign and close, in any order and by any clock: it stays honest.

Every acknowledged tap is in the book and on the sheet exactly once; no minute is negative; nobody
is absent on an open day; where a person is agrees with the last tap that counts; a counter has one
card a person and period; and the journal alone rebuilds the tables.
"""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

import hypothesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.attendance import service as attendance
from kiosk.attendance.closing import service as closing
from kiosk.attendance.closing.books import day_book, open_workdays
from kiosk.attendance.counters import service as counters
from kiosk.attendance.counters.models import CASES_BETWEEN
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.facts import Facts, counted
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest import service as honest
from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.models import TAPS_BETWEEN, VOIDS_BETWEEN, VoidReason
from kiosk.attendance.outing import rules as going
from kiosk.attendance.outing import service as outings
from kiosk.attendance.remarks import service as remarks
from kiosk.attendance.remarks.models import OPEN, About
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.stand_ins import service as stand_ins
from kiosk.desk.absence import OPEN_OUTINGS_OF, Half, LeaveKind
from kiosk.desk.database import open_reader
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person, Rank, Role
from kiosk.desk.presence import PRESENCE
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify

HEAD, OFFICE, LEADER, GUARD = "1001", "9001", "9901", "2001"
TAPPERS = st.sampled_from([HEAD, "3001", OFFICE])
WHICH = st.integers(0, 7)
FIRST, LAST = date(2026, 10, 20), date(2027, 3, 31)
"""Beyond everything that these clocks reach."""


def shown_in_order(taps, voided):
    """Return the taps as they were written, with the way each counts."""
    shown = {one.tap.id: one for one in counted(Facts(FIRST, taps=taps, voided=voided))}
    return [shown[one.id] for one in taps if one.id in shown]


def machine_of(folder, built, clock, desk_settings):  # noqa: C901 - one short rule after the other
    """Return a state machine whose runs each start from a fresh book with people in it."""
    begins = clock.now

    class Attendance(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            for left in folder.glob("kiosk.db*"):
                left.unlink()
            built.copy("people", desk_settings)
            clock.now = begins
            self.desk = Desk.open(desk_settings, clock)
            with self.desk.write() as tx:
                tx.put(
                    Person(
                        staff_no=LEADER, name="周明", rank=Rank.LEADER_IN_CHARGE, role=Role.STAFF
                    )
                )
                tx.record("person.added", person=LEADER)
            with self.desk.read() as book:
                self.people = {one.staff_no: one for one in book.all(EVERYONE)}
            self.acknowledged: list[str] = []

        def teardown(self):
            reader = open_reader(desk_settings.desk.database)
            found = verify(reader, self.desk.gate)
            reader.close()
            self.desk.close()
            assert found.intact, found

        def proof(self, who):
            return Proof(self.people[who], Means.BADGE, clock.now)

        def today(self):
            return self.desk.work_day(clock.now)

        def derived(self):
            with self.desk.read() as book:
                taps = book.all(TAPS_BETWEEN, first=FIRST, last=LAST)
                if not taps:
                    return []
                first, last = min(one.day for one in taps), max(one.day for one in taps)
                days = days_between(self.desk, book, first, max(last, self.today()))
                return [days.of(one, day) for one in days.people for day in days.each_day()]

        # What people do.

        @rule(who=TAPPERS)
        def taps(self, who):
            made = attendance.tap(self.desk, self.people[who], "door")
            assert made.shown_again is not bool(made.tap_id)
            if made.tap_id:
                self.acknowledged.append(made.tap_id)

        @precondition(lambda self: self.acknowledged)
        @rule(which=WHICH)
        def turns_a_tap(self, which):
            tap_id = self.acknowledged[-1 - which % len(self.acknowledged)]
            with suppress(Refused):
                attendance.change(self.desk, tap_id, GUARD)

        @precondition(lambda self: self.acknowledged)
        @rule(which=WHICH, carrier=st.sampled_from(["", HEAD, "3001"]))
        def voids_a_tap(self, which, carrier):
            tap_id = self.acknowledged[-1 - which % len(self.acknowledged)]
            with suppress(Refused):
                honest.void(self.desk, GUARD, tap_id, VoidReason.NOT_HOLDER, carrier)

        @rule(minutes=st.sampled_from([0.05, 6, 40, 180, 540, 900, 1440, 4320]))
        def time_passes(self, minutes):
            clock.advance(minutes=minutes)

        @rule(hours=st.sampled_from([-60, -26, -3, -0.2, 70, 200]))
        def the_clock_jumps(self, hours):
            clock.now = max(clock.now + timedelta(hours=hours), begins - timedelta(days=10))

        @rule(
            who=TAPPERS, start=st.integers(-2, 3), length=st.integers(0, 2),
            halves=st.tuples(st.sampled_from(Half), st.sampled_from(Half)),
            kind=st.sampled_from([LeaveKind.PERSONAL, LeaveKind.SICK]),
        )  # fmt: skip
        def asks_for_leave_and_gets_it(self, who, start, length, halves, kind):
            first = self.today() + timedelta(days=start)
            span = Span(first, halves[0], first + timedelta(days=length), halves[1])
            with suppress(Refused):
                made = asking.ask(
                    self.desk, GUARD, self.proof(who),
                    Asking(kind, span, "家中有事", matters="无", stand_in=GUARD),
                )  # fmt: skip
                with self.desk.read() as book:
                    asked = stand_ins.open_stand_ins(self.desk, book)
                for one in asked:
                    if not one.accepted:
                        stand_ins.accept(self.desk, self.proof(GUARD), one.id)
                for signer in (HEAD, LEADER):
                    with suppress(Refused):
                        granting.approve(self.desk, GUARD, made, self.proof(signer))

        @rule(who=TAPPERS)
        def reports_back(self, who):
            with suppress(Refused):
                ending.report_back(self.desk, GUARD, self.people[who], Means.BADGE)

        @rule(who=TAPPERS, not_today=st.booleans(), ahead=st.sampled_from([None, 30, 1440]))
        def goes_out(self, who, not_today, ahead):
            leaves = None if ahead is None else clock.now + timedelta(minutes=ahead)
            said = going.Going("县里", "办事", going.Back(not_today=not_today), leaves=leaves)
            with suppress(Refused):
                outings.start(
                    self.desk, GUARD, who, said, outings.Approval.signed(self.proof(LEADER))
                )

        @rule(who=TAPPERS)
        def takes_an_outing_back(self, who):
            with self.desk.read() as book:
                found = book.all(OPEN_OUTINGS_OF, person=self.people[who].id)
            for one in found[:1]:
                with suppress(Refused):
                    outings.cancel(self.desk, self.proof(who), one.id)

        @rule(who=TAPPERS, back=st.integers(0, 3), about=st.sampled_from(About))
        def writes_a_remark(self, who, back, about):
            said = Said(self.today() - timedelta(days=back), about, "路上堵车")
            with suppress(Refused):
                remarks.enter(self.desk, GUARD, who, said, self.proof(who))

        @rule(signer=st.sampled_from([HEAD, LEADER, OFFICE]))
        def signs_remarks(self, signer):
            with self.desk.read() as book:
                found = book.all(OPEN)
            for one, _person in found:
                with suppress(Refused):
                    remarks.sign(self.desk, GUARD, one.id, self.proof(signer), "属实")

        @rule(again=st.booleans())
        def the_office_closes_a_day(self, again):
            yesterday = self.today() - timedelta(days=1)
            with self.desk.read() as book:
                waiting = open_workdays(self.desk, book, yesterday)
                day = waiting[0] if waiting and not again else yesterday
                absent = day_book(self.desk, book, day).absent
            with suppress(Refused):
                closing.close_day(self.desk, self.proof(OFFICE), day, absent)

        @rule()
        def the_hour_strikes(self):
            outings.lapse(self.desk)
            stand_ins.lapse(self.desk)
            ending.note_overdue(self.desk)
            counters.lapse(self.desk)

        # What holds whatever they do.

        @invariant()
        def every_acknowledged_tap_is_in_the_book_and_on_the_sheet_once(self):
            with self.desk.read() as book:
                written = Counter(
                    one.id for one in book.all(TAPS_BETWEEN, first=FIRST, last=LAST)
                    if not one.corrects
                )  # fmt: skip
            shown = Counter(one.tap.id for day in self.derived() for one in day.taps)
            assert set(self.acknowledged) <= written.keys()
            assert shown == written == Counter(dict.fromkeys(written, 1))

        @invariant()
        def no_minute_is_negative_and_nobody_is_absent_on_an_open_day(self):
            for day in self.derived():
                minutes = (
                    day.late_min,
                    day.early_min,
                    day.worked_min,
                    day.in_hours_min,
                    day.due_min,
                )
                assert min(minutes) >= 0, day
                assert day.in_hours_min <= day.worked_min
                if not day.books_closed:
                    assert Standing.ABSENT not in {day.morning, day.afternoon}

        @invariant()
        def where_somebody_is_agrees_with_the_last_tap_that_counts(self):
            with self.desk.read() as book:
                taps = book.all(TAPS_BETWEEN, first=FIRST, last=LAST)
                voided = frozenset(
                    one.tap_id for one in book.all(VOIDS_BETWEEN, first=FIRST, last=LAST)
                )
                for person in self.people.values():
                    theirs = in_order_written([one for one in taps if one.person_id == person.id])
                    valid = [
                        one for one in shown_in_order(theirs, voided) if not one.void
                    ]  # fmt: skip
                    here = book.one(PRESENCE, person=person.id)
                    assert (here is None) is (not valid), person.staff_no
                    if here is not None:
                        assert (here.state, here.tapped_at) == (valid[-1].kind, valid[-1].tap.at)

        @invariant()
        def a_counter_has_one_card_a_person_and_period(self):
            with self.desk.read() as book:
                found = book.all(CASES_BETWEEN, first=FIRST, last=LAST)
            cards = sorted(
                (person.staff_no, one.counter, one.first_day, one.last_day)
                for one, person in found
                if one.closed_at is None
            )
            assert len(set(cards)) == len(cards), cards

    return Attendance


def test_whatever_people_do_attendance_stays_honest(tmp_path, built, desk_clock, settings):
    run_state_machine_as_test(
        machine_of(tmp_path, built, desk_clock, settings),
        settings=hypothesis.settings(
            max_examples=25, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
