"""Rows changed at several desks at once: the same tables everywhere, and nothing overwritten."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from site_books import carry, desks_of, entries_after, heal, intact, settings_of, tables_of

from kiosk.commands.verify import in_words
from kiosk.desk import database, journal
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import BrokenFeed, absorb
from kiosk.desk.forks import open_forks
from kiosk.desk.people import BADGE, EVERYONE, Badge, BadgeState
from kiosk.desk.presence import PRESENCE, Presence, Whereabouts
from kiosk.desk.verify import verify


@pytest.fixture
def desks(settings, desk_clock, built):
    opened = desks_of(settings, desk_clock, 3, built)
    yield opened
    for desk in opened:
        desk.close()


def person(tx, staff_no):
    return next(one for one in tx.all(EVERYONE) if one.staff_no == staff_no)


def renames(desk, staff_no, title):
    with desk.write(by="2001") as tx:
        row = person(tx, staff_no)
        row.title = title
        tx.put(row)
        tx.record("person.changed", person=staff_no)


def on_disk(desk, sql):
    """Close the desk and change one row of its file behind its back; return the file."""
    desk.close()
    file = desk.settings.desk.database
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute(sql).rowcount == 1
    return file


def title_at(desk, staff_no):
    with desk.read() as book:
        return person(book, staff_no).title


def forks_at(desk):
    with desk.read() as book:
        return open_forks(book)


def test_what_one_desk_writes_the_other_has(desks):
    east, north, _ = desks
    renames(north, "1001", "主任")
    assert carry(north, east).taken == 1
    assert title_at(east, "1001") == "主任"
    renames(east, "1001", "科长")
    carry(east, north)
    assert title_at(north, "1001") == "科长"
    assert forks_at(north) == []
    assert tables_of(east) == tables_of(north)
    assert intact(east)
    assert intact(north)


def test_two_edits_of_one_row_are_both_kept_and_every_desk_shows_the_same(desks, desk_clock):
    east, north, west = desks
    renames(east, "1001", "东")
    desk_clock.advance(seconds=5)
    renames(north, "1001", "北")
    renames(north, "1001", "北二")
    heal(desks)
    assert {title_at(one, "1001") for one in desks} == {"北二"}
    [fork] = forks_at(west)
    assert (fork.kind, fork.table) == ("row", "person")
    assert {one.stored["title"] for one in fork.heads} == {"东", "北二"}
    assert tables_of(east) == tables_of(north) == tables_of(west)
    assert all(intact(one) for one in desks)


def test_a_decision_ends_the_conflict_everywhere(desks, desk_clock):
    east, north, west = desks
    renames(east, "1001", "东")
    desk_clock.advance(seconds=5)
    renames(north, "1001", "北")
    heal(desks)
    with west.write(by="9001") as tx:
        [fork] = open_forks(tx)
        row = person(tx, "1001")
        row.title = "东"
        tx.merge(row, [one.stamp for one in fork.heads])
        tx.record("conflict.decided", table=fork.table, row=fork.row_id)
    heal(desks)
    assert [forks_at(one) for one in desks] == [[], [], []]
    assert {title_at(one, "1001") for one in desks} == {"东"}
    assert tables_of(east) == tables_of(north) == tables_of(west)
    assert all(intact(one) for one in desks)


def test_two_decisions_that_differ_are_a_conflict_again(desks, desk_clock):
    east, north, west = desks
    renames(east, "1001", "东")
    renames(north, "1001", "北")
    heal(desks)
    for desk, title in ((east, "东"), (west, "西")):
        desk_clock.advance(seconds=5)
        with desk.write(by="9001") as tx:
            [fork] = open_forks(tx)
            row = person(tx, "1001")
            row.title = title
            tx.merge(row, [one.stamp for one in fork.heads])
            tx.record("conflict.decided")
    heal(desks)
    for desk in desks:
        [fork] = forks_at(desk)
        assert {one.stored["title"] for one in fork.heads} == {"东", "西"}
        assert intact(desk)
    assert tables_of(east) == tables_of(north) == tables_of(west)


def enrols(desk, staff_no, uid):
    with desk.write(by="2001") as tx:
        owner = person(tx, staff_no)
        tx.put(Badge(uid=uid, person_id=owner.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
        tx.record("badge.enrolled", person=staff_no)


def owner_at(desk, uid):
    with desk.read() as book:
        found = book.one(BADGE, uid=uid)
        return None if found is None else found.person_id


def test_two_rows_for_one_place_are_both_kept_and_the_first_has_it(desks):
    east, north, west = desks
    enrols(east, "1001", "0499AA")
    enrols(north, "3001", "0499AA")
    heal(desks)
    assert len({owner_at(one, "0499AA") for one in desks}) == 1
    with east.read() as book:
        assert owner_at(east, "0499AA") == person(book, "1001").id
    assert [[fork.kind for fork in forks_at(one)] for one in desks] == [["place"]] * 3
    assert tables_of(east) == tables_of(north) == tables_of(west)
    assert all(intact(one) for one in desks)


def test_whoever_stands_aside_gets_the_place_once_it_is_free(desks):
    east, north, west = desks
    enrols(east, "1001", "0499AA")
    enrols(north, "3001", "0499AA")
    heal(desks)
    with west.write(by="9001") as tx:
        tx.drop(tx.one(BADGE, uid="0499AA"))
        tx.record("badge.dropped")
    heal(desks)
    for desk in desks:
        with desk.read() as book:
            assert owner_at(desk, "0499AA") == person(book, "3001").id
        assert forks_at(desk) == []
        assert intact(desk)
    assert tables_of(east) == tables_of(north) == tables_of(west)


def test_an_entry_waits_for_the_one_it_continues(desks):
    east, north, west = desks
    renames(east, "1001", "东")
    carry(east, north)
    renames(north, "1001", "北")
    theirs = [one for one in entries_after(north, west) if one.gate == north.gate]
    assert absorb(west, theirs, {}).held == {north.gate: "earlier"}
    assert carry(north, west).taken == 2
    assert title_at(west, "1001") == "北"
    assert forks_at(west) == []


def test_an_entry_comes_once_however_often_it_is_sent(desks):
    east, north, _ = desks
    renames(north, "1001", "北")
    sent = entries_after(north, east)
    assert absorb(east, [*sent, *sent], {}).taken == 1
    assert absorb(east, sent, {}).taken == 0


@pytest.mark.parametrize(
    ("change", "problem"),
    [({"seq": 2}, "gap"), ({"by": "2002"}, "forged"), ({"prev": "1" * 64}, "forged")],
)
def test_a_feed_that_does_not_fit_is_not_taken(desks, change, problem):
    east, north, _ = desks
    renames(north, "1001", "北")
    [sent] = entries_after(north, east)
    with pytest.raises(BrokenFeed) as raised:
        absorb(east, [sent._replace(**change)], {})
    assert (raised.value.gate, raised.value.problem) == (north.gate, problem)
    assert title_at(east, "1001") != "北"
    assert absorb(east, [sent], {}).taken == 1


def test_a_second_chain_of_the_same_desk_is_a_fork(desks):
    east, north, west = desks
    renames(north, "1001", "北")
    carry(north, east)
    [first] = entries_after(north, west)
    head = journal.Head(0, first.prev)
    other = journal.seal(north.gate, head, first.at, "2002", first.code, "{}", first.images)
    with pytest.raises(BrokenFeed) as raised:
        absorb(east, [other], {})
    assert raised.value.problem == "fork"


def test_a_column_of_a_newer_program_holds_that_desk_and_no_other(desks):
    east, north, west = desks
    renames(north, "1001", "北")
    [sent] = entries_after(north, east)
    images = sent.images.replace('"title":', '"title_of_tomorrow":')
    newer = journal.seal(
        sent.gate, journal.Head(0, sent.prev), sent.at, sent.by, sent.code, sent.facts, images
    )
    renames(west, "3001", "西")
    done = absorb(east, [newer, *entries_after(west, east)], {})
    assert done.held == {north.gate: "newer"}
    assert title_at(east, "3001") == "西"


def test_a_lost_book_is_rebuilt_from_another_desks(desks, tmp_path, settings, built, desk_clock):
    east, north, _ = desks
    renames(north, "1001", "北")
    renames(north, "3001", "北")
    heal(desks)
    again = settings_of(settings, tmp_path / "again", 1)
    built.copy("empty", again)
    rebuilt = Desk.open(replace(again, site=north.settings.site), desk_clock)
    with east.read() as book:
        everything = [
            one for gate in journal.heads(book.connection)
            for one in journal.entries(book.connection, gate)
        ]  # fmt: skip
    absorb(rebuilt, everything, {})
    assert rebuilt.head == north.head
    assert tables_of(rebuilt) == tables_of(north)
    renames(rebuilt, "1001", "新")
    assert carry(rebuilt, east).taken == 1
    assert intact(rebuilt)
    rebuilt.close()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM fork_head WHERE stamp LIKE 'gate-1/%'",
        "UPDATE fork_head SET by = 'system' WHERE stamp LIKE 'gate-1/%'",
        "UPDATE person SET title = '西' WHERE staff_no = '1001'",
        "UPDATE set_aside SET stored = replace(stored, '0499AA', '0499AB')",
        "DELETE FROM set_aside",
        "INSERT INTO set_aside SELECT 'badge/' || id, 'badge', id, '{}' FROM badge LIMIT 1",
        "INSERT INTO tombstone VALUES ('person/x', 'gate-1/1')",
    ],
)
def test_what_is_kept_beside_the_tables_is_verified(desks, sql):
    """A conflict that is taken away, invented or changed behind the journal is named."""
    east, north, _west = desks
    renames(east, "1001", "东")
    renames(north, "1001", "北")
    enrols(east, "1001", "0499AA")
    enrols(north, "3001", "0499AA")
    heal(desks)
    assert intact(east)
    file = east.settings.desk.database
    east.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(sql).rowcount == 1
        connection.commit()
    with closing(database.open_reader(file)) as connection:
        found = verify(connection, "gate-1")
    assert found.problem in {"row_changed", "row_missing"}
    assert found.table in {"person", "badge"}


@pytest.mark.parametrize(
    "sql", ["DELETE FROM tombstone", "UPDATE tombstone SET stamp = 'gate-1/1'"]
)
def test_a_dropped_row_without_its_tombstone_is_named(desks, sql):
    """Without it an old version, brought late, would let the row rise again."""
    east, north, _west = desks
    with north.write() as tx:
        owner = person(tx, "1001")
        made = Badge(uid="0499AA", person_id=owner.id, state=BadgeState.ACTIVE, enrolled_at=tx.now)
        tx.put(made)
        tx.record("badge.enrolled")
    with north.write() as tx:
        tx.drop(tx.one(BADGE, uid="0499AA"))
        tx.record("badge.dropped")
    carry(north, east)
    assert intact(east)
    file = on_disk(east, sql)
    with closing(database.open_reader(file)) as connection:
        found = verify(connection, "gate-1")
    assert (found.problem, found.table, found.row) == ("row_changed", "badge", made.id)


def test_a_changed_row_names_the_desk_whose_entry_wrote_it(desks):
    """The numbers of two desks are not one count: entry 1 of another desk is not ours."""
    east, north, west = desks
    renames(north, "1001", "主任")
    carry(north, east)
    file = on_disk(east, "UPDATE person SET title = '科长' WHERE staff_no = '1001'")
    with closing(database.open_reader(file)) as connection:
        found = verify(connection, "gate-1")
    assert (found.problem, found.gate, found.seq) == ("row_changed", "gate-2", north.head.seq)
    assert "gate-2" in in_words(found, west)


NAMES = st.sampled_from(["1001", "3001"])
WHO = st.integers(0, 2)


def machine_of(folder, built, clock, plain):  # noqa: C901 - one short rule after the other
    class Site(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            for left in folder.glob("desk-*/kiosk.db*"):
                left.unlink()
            self.desks = desks_of(plain, clock, 3, built)
            self.written = 0

        def teardown(self):
            heal(self.desks)
            first, *others = map(tables_of, self.desks)
            for other in others:
                assert other == first
            for desk in self.desks:
                assert intact(desk)
                with desk.read() as book:
                    assert {one.seq for one in journal.heads(book.connection).values()}
                desk.close()

        @rule(at=WHO, who=NAMES, title=st.sampled_from("甲乙丙"))
        def edits(self, at, who, title):
            renames(self.desks[at], who, title)

        @rule(at=WHO, who=NAMES)
        def taps(self, at, who):
            with self.desks[at].write(by=who) as tx:
                owner = person(tx, who)
                here = tx.one(PRESENCE, person=owner.id)
                kind = Whereabouts.OUT if here and here.state is Whereabouts.IN else Whereabouts.IN
                row = here or Presence(
                    id=owner.id, person_id=owner.id, state=kind, since=tx.now, tapped_at=tx.now,
                    day=self.desks[at].today(),
                )  # fmt: skip
                row.state, row.since, row.tapped_at = kind, tx.now, tx.now
                tx.put(row)
                tx.record("staff.tapped")

        @rule(at=WHO, who=NAMES)
        def is_nowhere(self, at, who):
            with self.desks[at].write() as tx:
                here = tx.one(PRESENCE, person=person(tx, who).id)
                if here is not None:
                    tx.drop(here)
                    tx.record("staff.gone")

        @rule(at=WHO, who=NAMES, uid=st.sampled_from(["0411", "0422"]))
        def gets_a_badge(self, at, who, uid):
            if owner_at(self.desks[at], uid) is None:
                enrols(self.desks[at], who, uid)

        @rule(at=WHO, uid=st.sampled_from(["0411", "0422"]))
        def loses_a_badge(self, at, uid):
            with self.desks[at].write() as tx:
                badge = tx.one(BADGE, uid=uid)
                if badge is not None:
                    tx.drop(badge)
                    tx.record("badge.dropped")

        @rule(at=WHO)
        def decides(self, at):
            with self.desks[at].write(by="9001") as tx:
                for fork in open_forks(tx):
                    if fork.kind == "row" and fork.table == "person":
                        row = next(one for one in tx.all(EVERYONE) if one.id == fork.row_id)
                        tx.merge(row, [one.stamp for one in fork.heads])
                        tx.record("conflict.decided")

        @rule(at=WHO, other=WHO)
        def hears(self, at, other):
            if at != other:
                carry(self.desks[other], self.desks[at])

        @rule(minutes=st.sampled_from([1, 30, -45]))
        def time_passes(self, minutes):
            clock.advance(minutes=minutes)

        @rule(at=WHO)
        def restarts(self, at):
            settings = self.desks[at].settings
            self.desks[at].close()
            self.desks[at] = Desk.open(settings, clock)

        @invariant()
        def every_book_is_intact(self):
            for desk in self.desks:
                assert intact(desk)

    return Site


def test_whatever_is_written_and_cut_every_desk_ends_with_the_same(
    tmp_path, built, desk_clock, settings
):
    run_state_machine_as_test(
        machine_of(tmp_path, built, desk_clock, settings),
        settings=hypothesis.settings(
            max_examples=40, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_what_a_failing_disk_left_half_known_is_read_again_before_the_next_act(desks):
    """A bite fails, and so does reading what is kept beside the tables after its rollback."""
    first, second, _third = desks
    renames(first, "1001", "科长")
    renames(second, "1001", "站长")
    carry(first, second)
    assert len(forks_at(second)) == 1
    renames(first, "1001", "主任")

    def fails(_action, table, *_rest):
        return sqlite3.SQLITE_DENY if table == "fork_head" else sqlite3.SQLITE_OK

    with pytest.raises(sqlite3.DatabaseError), second.absorbing() as (tx, merging):
        [newest] = entries_after(first, second)
        [image] = newest.images_made()
        merging.apply(newest, image)
        tx.connection.set_authorizer(fails)
        raise sqlite3.OperationalError("disk I/O error")
    second._writer.set_authorizer(None)
    renames(second, "3001", "干事")
    heal(desks)
    assert len(forks_at(second)) == 1
    assert tables_of(first) == tables_of(second) == tables_of(desks[2])
    assert intact(second)
