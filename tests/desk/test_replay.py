"""Any use cases in any order: the journal replays to the tables, and nothing is left half done."""

from contextlib import closing

from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlmodel import col, select

from kiosk.desk import badges, database, people, posts, spool
from kiosk.desk.badges import enrol
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.numbers import next_number
from kiosk.desk.people import EVERYONE, Badge, Department, Person, Rank, Role
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.desk.transaction import Unrecorded
from kiosk.desk.verify import verify


def check(path):
    with closing(database.open_reader(path)) as connection:
        return verify(connection, "gate-1")


class Day:
    """A desk on which use cases are done in any order; each may be refused, none may leave half."""

    def __init__(self, desk):
        self.desk = desk
        self.steps = (
            self.engage, self.enrol, self.block, self.dismiss, self.take_post, self.relieve,
            self.print, self.send, self.lose, self.settle, self.add_thing, self.drop_thing,
            self.fail, self.forget_to_record,
        )  # fmt: skip

    def everyone(self):
        with self.desk.read() as book:
            return book.all(EVERYONE)

    def pick(self, things, number):
        if not things:
            raise Refused("nothing.there")
        return things[number % len(things)]

    def engage(self, n):
        with self.desk.write(by="9001") as tx:
            number = str(next_number(tx, "staff"))
            role = self.pick(list(Role), n)
            tx.put(Person(staff_no=number, name="甲", rank=Rank.ORDINARY, role=role))
            tx.record("person.added", person=number)

    def enrol(self, n):
        with self.desk.write(by="9001") as tx:
            enrol(tx, f"{n % 7:014X}", self.pick(tx.all(EVERYONE), n))

    def block(self, n):
        with self.desk.write() as tx:
            badge = self.pick(tx.all(select(Badge).order_by(col(Badge.uid))), n)
            badges.block(tx, badge, people.person_by_id(tx, badge.person_id), "lost")

    def dismiss(self, n):
        with self.desk.write() as tx:
            person = self.pick(tx.all(EVERYONE), n)
            person.active = False
            tx.put(person)
            tx.record("person.left", person=person.staff_no)

    def take_post(self, n):
        with self.desk.write() as tx:
            posts.take(tx, "gate-1", self.pick(tx.all(EVERYONE), n))

    def relieve(self, n):
        with self.desk.write() as tx:
            both = tx.all(EVERYONE)
            posts.relieve(tx, "gate-1", self.pick(both, n), self.pick(both, n // 3))

    def print(self, n):
        with self.desk.write() as tx:
            subject = tx.new_subject()
            tx.print(Slip(kind="visit", number=str(n % 4), lines=(Text("王小明"),)), subject)
            tx.record("visit.admitted")

    def send(self, n):
        found = spool.next_job(self.desk)
        if found is not None:
            spool.start(self.desk, found[0].id)
            if n % 3:
                spool.confirm(self.desk, found[0].id, weak=bool(n % 2))

    def lose(self, n):
        del n
        spool.recover(self.desk)

    def settle(self, n):
        with self.desk.write() as tx:
            job = self.pick(tx.all(IN_STATE, state=JobState.UNKNOWN, gate=self.desk.gate), n)
            spool.settle(tx, job.id, "on_paper")

    def add_thing(self, n):
        with self.desk.write() as tx:
            label = f"钥匙{next_number(tx, 'key')}"
            tx.put(Thing(label=label, kind=self.pick(list(ThingKind), n), tag=None))
            tx.record("thing.added", label=label)

    def drop_thing(self, n):
        with self.desk.write() as tx:
            thing = self.pick(tx.all(select(Thing).order_by(col(Thing.label))), n)
            tx.drop(thing)
            tx.record("thing.dropped", label=thing.label)

    def fail(self, n):
        with self.desk.write() as tx:
            tx.put(Department(name=f"{n}"))
            tx.record("department.added")
            tx.put(Department(name=f"{n}-2"))
            raise Refused("in.the.middle")

    def forget_to_record(self, n):
        with self.desk.write() as tx:
            next_number(tx, f"lost-{n % 2}")


STEPS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 100)), min_size=12, max_size=40)


@trying(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_any_use_cases_in_any_order_replay_to_the_tables(
    tmp_path_factory, built, settings_in, desk_clock, steps
):
    chosen = settings_in(tmp_path_factory.mktemp("day"))
    built.copy("people", chosen)
    desk = Desk.open(chosen, desk_clock)
    try:
        day = Day(desk)
        for which, number in steps:
            head = desk.head
            try:
                day.steps[which](number)
            except (Refused, Unrecorded):
                assert desk.head == head
        head = desk.head
    finally:
        desk.close()
    found = check(chosen.desk.database)
    assert found.intact, found
    assert found.head == head
    again = Desk.open(chosen, desk_clock)
    assert again.head == head
    again.close()
