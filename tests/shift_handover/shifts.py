"""Whatever shifts bring, in any order: the handover's promises hold at every step.

Everything open is in a handover exactly once and under the number it had; what is signed never
changes; two people sign; one guard is responsible at any moment; nothing open goes away except by
its own closing; and the journal alone rebuilds the tables.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)
from sqlmodel import col, select

from kiosk import features
from kiosk.desk import journal, posts
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Condition, Ended, Thing, ThingKind
from kiosk.desk.people import DESK_ROLES, EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.verify import verify
from kiosk.keys import returning
from kiosk.keys import service as keys
from shift_handover import frozen as view
from shift_handover import matters, service
from shift_handover.exits import questions
from shift_handover.matters import Entrusting
from shift_handover.models import Ending, Found, GiverKind, Handover, HandoverState, Mark
from shift_handover.records import ENDS_WITH_IT
from shift_handover.rules import Finding
from shift_handover.safety import faults
from visitors import departures, reception
from visitors.models import Answer, How
from visitors.rules import Details

OUTGOING, GUARDS = "2001", ("2001", "2002", "3001")
WHO = st.sampled_from(["1001", "2001", "2002", "3001", "9001"])
GUARD = st.sampled_from(GUARDS)
WHICH = st.integers(0, 7)
WANG = Details(name="王小明", matter="水表检修", people=2)
FAULT = Finding(Found.FAULT, what="窗坏", where="二楼", measure="已用木板挡住", told="赵主任")
SIGNED = {
    HandoverState.ACCEPTED, HandoverState.ACCEPTED_WITH_EXCEPTIONS, HandoverState.TAKEN_OVER_ALONE,
    HandoverState.ENDED_WITHOUT_SUCCESSOR,
}  # fmt: skip
CLOSINGS = {
    "matter": {"matter.closed"},
    "loan.out": {"loan.returned"},
    "visit.inside": {"visit.left"},
    "visit.waiting": {"visit.admitted", "visit.refused"},
    "visit.return_slip_missing": {"visit.return_slip_back"},
    "safety.fault": {"safety.fault_closed"},
    "safety.report": {"safety.reported", "safety.checked"},
}
A_FEW = 3
_HANDOVERS = select(Handover).order_by(col(Handover.id))
_POSTS = select(posts.Duty).where(col(posts.Duty.until).is_(None))


class Shifts(RuleBasedStateMachine):
    """One gatehouse, five people; refusals are answers, never faults."""

    closings = CLOSINGS

    def __init__(self, desk: Desk, check_all, seen: Counter[str]) -> None:
        super().__init__()
        self.desk, self.check_all = desk, check_all
        self.numbers: dict[tuple[str, str], str] = {}
        self.sealed: dict[str, tuple] = {}
        self.visits: list[str] = []
        self.seen = seen
        with desk.read() as book:
            self.people = {one.staff_no: one for one in book.all(EVERYONE)}

    def teardown(self) -> None:
        with self.desk.read() as book:
            book.connection.execute("ROLLBACK")
            found = verify(book.connection, self.desk.gate)
            book.connection.execute("BEGIN")
        self.desk.close()
        assert found.intact, found

    # What is there.

    def all(self, query):
        with self.desk.read() as book:
            return book.all(query)

    def open_things(self):
        with self.desk.read() as book:
            return features.outstanding(self.desk, book)

    def holder(self):
        [duty] = self.all(_POSTS)
        return next(one.staff_no for one in self.people.values() if one.id == duty.person_id)

    def proof(self, staff_no):
        return Proof(self.people[staff_no], Means.BADGE, self.desk.clock())

    def handover(self, which):
        found = self.all(_HANDOVERS)
        return found[-1 - which % len(found)] if found else None

    def frozen(self, row):
        with self.desk.read() as book:
            return view.handover_by_id(book, row.id)

    # What people do.

    @initialize()
    def a_guard_takes_the_post_and_a_key_hangs_there(self):
        with self.desk.write(by=OUTGOING) as tx:
            posts.take(tx, self.desk.gate, self.people[OUTGOING])
            thing = tx.put(Thing(label="301", kind=ThingKind.OFFICE_KEY))
            tx.record("thing.added", thing=thing.id)
        self.key = thing.id
        self.check_all(self.desk, self.desk.clock)
        self.seq, self.before = self.desk.head.seq, self.open_things()

    @rule(hours=st.sampled_from([0, 1, 6, 30]))
    def somebody_entrusts_a_matter(self, hours):
        due = self.desk.clock() + timedelta(hours=hours) if hours else None
        said = Entrusting(GiverKind.VISITOR, "吴桂英", "李娜", "转交材料", due=due)
        matters.entrust(self.desk, self.holder(), said)

    @rule(which=WHICH, receiver=st.sampled_from(["", "3001"]))
    def a_matter_is_done(self, which, receiver):
        with self.desk.read() as book:
            found = matters.open_matters(book)
        if found:
            person = self.people[receiver] if receiver else None
            one = found[which % len(found)]
            matters.close(self.desk, self.holder(), one.id, Ending.TOLD, "李娜", person)

    @rule(faulty=st.booleans(), told=st.booleans())
    def the_house_is_checked(self, faulty, told):
        odd = {"windows_shut": FAULT} if faulty else {}
        with suppress(Refused):
            self.check_all(self.desk, self.desk.clock, "赵主任" if told else "", **odd)

    @rule(which=WHICH)
    def a_fault_is_put_right(self, which):
        with self.desk.read() as book:
            found = faults.open_faults(book)
        if found:
            ref = found[which % len(found)].ref
            faults.close_fault(self.desk, self.holder(), ref, "已修好", "赵主任")

    @rule(yes=st.sampled_from([True, True, True, False]))
    def a_visitor_comes(self, yes):
        guard = self.holder()
        visit = reception.walk_in(self.desk, guard, WANG, "1001")
        self.visits.append(visit)
        if yes:
            reception.answer(
                self.desk, guard, visit, Answer.YES, How.PHONE, read_back=True, who="1001"
            )
            with suppress(Refused):
                reception.admit(self.desk, guard, visit)

    @rule(which=WHICH, signed=st.booleans())
    def a_visitor_leaves(self, which, signed):
        if self.visits:
            visit = self.visits[which % len(self.visits)]
            with suppress(Refused):
                departures.leave(self.desk, self.holder(), visit, signed=signed)

    @rule(who=WHO)
    def the_key_goes_out(self, who):
        with suppress(Refused):
            keys.lend(self.desk, self.key, self.people[who], self.holder())

    @rule()
    def the_key_comes_back(self):
        with suppress(Refused):
            returning.give_back(self.desk, self.key, self.holder(), Ended.TAG, Condition.GOOD)

    @rule(minutes=st.sampled_from([1, 9, 45, 300]))
    def time_passes(self, minutes):
        self.desk.clock.advance(minutes=minutes)
        self.before = self.open_things()  # a due time changes how urgent things are

    @rule(by=WHO)
    def freeze(self, by):
        now = [
            (one.kind, one.ref, one.number)
            for one in self.open_things()
            if one.kind not in ENDS_WITH_IT
        ]
        with suppress(Refused):
            made = service.freeze(self.desk, by, features.outstanding)
            assert by == self.holder()
            document = self.frozen(made).document
            said = [(one.kind, one.ref, one.number) for one in document.things]
            assert sorted(said) == sorted(set(now))
            assert len({one[:2] for one in said}) == len(said)

    @rule(by=GUARD, mark=st.sampled_from(Mark), which=WHICH, everything=st.booleans())
    def read(self, by, mark, which, everything):
        row = self.handover(0)
        if row is None:
            return
        things = self.frozen(row).document.things
        wanted = things if everything else things[which : which + 1]
        for thing in wanted:
            with suppress(Refused):
                service.mark(
                    self.desk, by, row.id, thing.key, mark, "哪一间？", picked=thing.next_step
                )
                if everything and mark is Mark.QUESTION:
                    questions.answer(self.desk, self.holder(), row.id, thing.key, "二楼")

    @rule(which=st.integers(0, 1), by=WHO, act=st.sampled_from(["withdraw", "refuse"]))
    def not_this_one(self, which, by, act):
        row = self.handover(which)
        if row is None:
            return
        with suppress(Refused):
            if act == "withdraw":
                service.withdraw(self.desk, by, row.id)
            else:
                service.refuse(self.desk, row.id, self.proof(by), "钥匙不对")

    @rule(which=st.integers(0, 1), outgoing=WHO, incoming=WHO)
    def sign(self, which, outgoing, incoming):
        row, before = self.handover(which), self.holder()
        if row is None:
            return
        try:
            service.accept(
                self.desk, row.id, self.proof(outgoing), self.proof(incoming), features.outstanding
            )
        except Refused:
            assert self.holder() == before
            return
        assert before == outgoing != incoming
        assert self.people[incoming].role in DESK_ROLES
        assert self.holder() == incoming
        self.seal(row.id)

    @rule(incoming=GUARD)
    def hand_over_as_one_should(self, incoming):
        """The whole way, so that most runs have shifts that change."""
        outgoing = self.holder()
        self.the_house_is_checked(faulty=False, told=True)
        self.freeze(outgoing)
        self.read(incoming, Mark.KNOWN, 0, everything=True)
        self.sign(0, outgoing, incoming)

    def seal(self, row_id):
        """Remember a handover as it was signed."""
        self.sealed[row_id] = self.image(row_id)
        with self.desk.read() as book:
            things = view.handover_by_id(book, row_id).document.things
        self.seen.update(one.kind for one in things)

    def image(self, row_id):
        with self.desk.read() as book:
            found = view.handover_by_id(book, row_id)
            return view.row_of(book, row_id).document, found.document, found.state, found.marks

    # What holds after every step.

    @invariant()
    def one_guard_is_responsible(self):
        assert self.holder()

    @invariant()
    def numbers_never_change(self):
        for one in self.open_things():
            number = one.number.rpartition("/")[2]  # a visit of another day names its day too
            assert self.numbers.setdefault((one.kind, one.ref), number) == number

    @invariant()
    def what_is_signed_never_changes(self):
        for row_id, image in self.sealed.items():
            assert self.image(row_id) == image
        for row in self.all(_HANDOVERS):
            assert (row.id in self.sealed) == (row.state in SIGNED)

    @invariant()
    def nothing_open_goes_away_by_itself(self):
        with self.desk.read() as book:
            new = list(journal.entries(book.connection, self.desk.gate, self.seq))
        said, now = {one.code for one in new}, self.open_things()
        for kind, _ref in {(o.kind, o.ref) for o in self.before} - {(o.kind, o.ref) for o in now}:
            assert self.closings[kind] & said, (kind, said)
        self.seq, self.before = self.desk.head.seq, now
