"""The journal is the truth: what is changed behind its back is named, and replay is the tables."""

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlmodel import col, select

from kiosk.desk import badges, database, journal, people, posts, spool
from kiosk.desk.badges import enrol
from kiosk.desk.desk import Desk
from kiosk.desk.journal import GENESIS, entries
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.numbers import next_number
from kiosk.desk.people import BADGE, EVERYONE, Badge, Department, Person, Rank, Role
from kiosk.desk.print_job import IN_STATE, JobState, PrintJob
from kiosk.desk.refusal import Refused
from kiosk.desk.row import journalled
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.desk.transaction import Unrecorded
from kiosk.desk.verify import Replay, verify


def check(path, gate="gate-1"):
    with closing(database.open_reader(path)) as connection:
        return verify(connection, gate)


@pytest.fixture
def book(desk, people, settings):
    """The closed file of a desk that has worked: its people, a print job and a blocked badge."""
    assert people
    with desk.write(by="9001") as tx:
        subject = tx.new_subject()
        tx.print(Slip(kind="visit", number="017", lines=(Text("王小明"),)), subject)
        tx.record("visit.admitted", number="017")
    with desk.write(by="9001") as tx:
        badge = tx.one(BADGE, uid="04A1B2C3D4E503")
        badges.block(tx, badge, people["2002"], "lost")
    desk.close()
    return settings.desk.database


@pytest.fixture
def tamper(book):
    """Change the file with SQL, as somebody would who knows how: the guards are dropped first."""

    def tamper_(sql, *values):
        with closing(sqlite3.connect(book, isolation_level=None)) as connection:
            guards = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _sql in guards:
                connection.execute(f'DROP TRIGGER "{name}"')
            assert connection.execute(sql, values).rowcount == 1
            for _name, made in guards:
                connection.execute(made)
        return check(book)

    return tamper_


def test_an_untouched_book_is_intact(book):
    found = check(book)
    assert found.intact
    assert found.entries == found.head.seq == 12
    assert found.problem is None


def test_an_empty_book_is_intact(desk, settings):
    desk.close()
    found = check(settings.desk.database)
    assert (found.intact, found.entries, found.head.hash) == (True, 0, GENESIS)


def test_the_fingerprint_is_the_heads_first_sixteen_digits(book):
    head = check(book).head
    assert head.fingerprint.replace(" ", "") == head.hash[:16].upper()
    assert [len(group) for group in head.fingerprint.split(" ")] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-11-23T00:20:00.000001Z"),
        ("by", "2002"),
        ("code", "person.adde"),
        ("facts", '{"person":"1002"}'),
        ("images", "[]"),
        ("images", "no json"),
        ("hash", "0" * 64),
        ("prev", "1" * 64),
        ("facts", b"\xff\xfe"),
        ("by", ""),
    ],
)
def test_a_changed_entry_is_named(tamper, column, value):
    found = tamper(f'UPDATE journal SET "{column}" = ? WHERE seq = 5', value)  # noqa: S608 - from the list above
    assert (found.problem, found.seq) == ("entry_changed", 5)
    assert not found.intact


def test_a_changed_entry_with_a_matching_hash_breaks_the_chain_after_it(tamper, book):
    with closing(database.open_reader(book)) as connection:
        third = next(e for e in entries(connection, "gate-1") if e.seq == 3)
    forged = journal.seal(
        third.gate, journal.Head(2, third.prev), third.at, "2002", third.code, third.facts,
        third.images,
    )  # fmt: skip
    found = tamper('UPDATE journal SET "by" = ?, hash = ? WHERE seq = 3', forged.by, forged.hash)
    assert (found.problem, found.seq) == ("chain_broken", 4)


@pytest.mark.parametrize("seq", [1, 5])
def test_a_missing_entry_is_named(tamper, seq):
    found = tamper("DELETE FROM journal WHERE seq = ?", seq)
    assert (found.problem, found.seq) == ("entry_missing", seq)


def test_an_entry_moved_to_another_desk_is_missing_here(tamper):
    found = tamper("UPDATE journal SET gate = 'gate-2' WHERE seq = 4")
    assert (found.problem, found.seq) == ("entry_missing", 4)


def test_a_cut_off_tail_shows_in_the_head_that_was_printed(tamper, book):
    printed = check(book).head.fingerprint
    found = tamper("DELETE FROM journal WHERE seq = 12")
    # The badge of the last entry is still blocked in its table, which the journal no longer says.
    assert (found.problem, found.table) == ("row_changed", "badge")
    assert found.head.fingerprint != printed


@pytest.mark.parametrize(
    ("sql", "problem", "table"),
    [
        ("UPDATE person SET name = '张三' WHERE staff_no = '1001'", "row_changed", "person"),
        ("UPDATE person SET active = 0 WHERE staff_no = '1001'", "row_changed", "person"),
        ("UPDATE person SET department_id = NULL WHERE staff_no = '1001'", "row_changed", "person"),
        ("UPDATE badge SET state = 'active' WHERE state = 'blocked'", "row_changed", "badge"),
        ("UPDATE badge SET stamp = 'gate-1/1' WHERE state = 'blocked'", "row_changed", "badge"),
        ("UPDATE print_job SET weak = 1", "row_changed", "print_job"),
        (
            "UPDATE person SET name = CAST(X'FF' AS TEXT) WHERE staff_no = '1001'",
            "row_changed",
            "person",
        ),
        ("DELETE FROM badge WHERE state = 'blocked'", "row_missing", "badge"),
        (
            "INSERT INTO department VALUES ('x', 'gate-1/1', '保卫科')",
            "row_unrecorded",
            "department",
        ),
    ],
)
def test_a_row_changed_behind_the_journals_back_is_named(tamper, sql, problem, table):
    found = tamper(sql)
    assert (found.problem, found.table) == (problem, table)
    assert found.row


def test_a_changed_row_names_the_entry_that_wrote_it_last(tamper):
    found = tamper("UPDATE badge SET state = 'active' WHERE state = 'blocked'")
    assert found.seq == 12


NEEDLES = ("李建国", "04A1B2C3D4E503", "badge.blocked", "2026-11-23T00:20:00")


@pytest.mark.parametrize("needle", NEEDLES)
@pytest.mark.parametrize("byte", [b"\x00", b"\x7f", b"\xff", b"4"])
def test_one_byte_changed_in_the_file_by_hand_is_found_wherever_it_lies(book, needle, byte):
    good, text = book.read_bytes(), needle.encode()
    places = [at for at in range(len(good)) if good.startswith(text, at)]
    assert places
    for at in places[:12]:
        changed = at + len(text) - 1
        assert good[changed : changed + 1] != byte
        book.write_bytes(good[:changed] + byte + good[changed + 1 :])
        assert not check(book).intact
    book.write_bytes(good)
    assert check(book).intact


def test_a_page_of_rubbish_is_found(book):
    good = book.read_bytes()
    pages = range(4096, len(good), 4096)
    assert len(pages) > 10
    for page in pages:
        book.write_bytes(good[:page] + b"\xa5" * 4096 + good[page + 4096 :])
        assert not check(book).intact


def test_a_table_of_a_feature_nobody_imported_is_a_bug_and_no_silence(desk, settings):
    with desk.write() as tx:
        tx.record("nothing")
    desk.close()
    assert "ghost" not in journalled()
    with closing(sqlite3.connect(settings.desk.database)) as connection:
        prev, at = connection.execute("SELECT prev, at FROM journal").fetchone()
        connection.execute("DROP TRIGGER journal_refuses_update")
        images = json.dumps([["ghost", "1", "", {"id": "1", "stamp": "gate-1/1"}]])
        head = journal.Head(0, prev)
        forged = journal.seal("gate-1", head, at, "system", "nothing", "{}", images)
        connection.execute("UPDATE journal SET images = ?, hash = ?", (images, forged.hash))
        connection.commit()
    with pytest.raises(LookupError, match="ghost"):
        check(settings.desk.database)


# Any order of any use cases -------------------------------------------------------------------


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
            job = self.pick(tx.all(IN_STATE, state=JobState.UNKNOWN), n)
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


def test_replaying_the_journal_alone_gives_every_row(book):
    replay = Replay()
    with closing(database.open_reader(book)) as connection:
        for entry in entries(connection, "gate-1"):
            assert all(replay.apply(entry.seq, image) for image in entry.images_made())
        names = connection.execute("SELECT name FROM person ORDER BY name").fetchall()
    assert sorted(row["name"] for row in replay.rows["person"].values()) == [n for (n,) in names]
    assert len(replay.rows[PrintJob.__tablename__]) == 1
