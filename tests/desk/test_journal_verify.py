"""The journal is the truth: what is changed behind its back is named, and replay is the tables."""

import json
import sqlite3
from contextlib import closing

import pytest

from kiosk.desk import badges, database, journal
from kiosk.desk.journal import GENESIS, entries
from kiosk.desk.people import BADGE
from kiosk.desk.print_job import PrintJob
from kiosk.desk.replay import Replay, digest
from kiosk.desk.row import journalled
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.desk.verify import verify, verify_code


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
        ("UPDATE person SET name = X'FF' WHERE staff_no = '1001'", "row_changed", "person"),
        ("UPDATE person SET active = '1x' WHERE staff_no = '1001'", "row_changed", "person"),
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


def test_replaying_the_journal_alone_gives_every_row(book):
    replay = Replay()
    with closing(database.open_reader(book)) as connection:
        for entry in entries(connection, "gate-1"):
            replay.hear(entry)
        assert replay.first_broken(connection) is None
        replay.settle(connection, journalled())
        people_ = connection.execute("SELECT * FROM person").fetchall()
    assert {row[0]: replay.standing("person", row[0]) for row in people_} == {
        row[0]: digest(row) for row in people_
    }
    assert set(replay.ids("person")) == {row[0] for row in people_}
    assert len(list(replay.ids(PrintJob.__tablename__))) == 1


def look_up(path, digest):
    with closing(database.open_reader(path)) as connection:
        return verify_code(connection, "gate-1", digest[:16])


def hash_of(path, seq):
    with closing(database.open_reader(path)) as connection:
        return next(entries(connection, "gate-1", seq - 1)).hash


def test_a_code_finds_its_entry_and_vouches_for_everything_before_it(book):
    entry, found = look_up(book, hash_of(book, 7))
    assert entry.seq == found.entries == 7
    assert found.intact
    assert found.head.hash == entry.hash


def test_a_change_after_the_entry_is_not_its_business_but_one_before_it_is(book, tamper):
    printed = hash_of(book, 7)
    assert not tamper("UPDATE journal SET code = 'x' WHERE seq = ?", 9).intact
    assert look_up(book, printed)[1].intact
    tamper("UPDATE journal SET code = 'x' WHERE seq = ?", 3)
    entry, found = look_up(book, printed)
    assert (entry.seq, found.problem, found.seq) == (7, "entry_changed", 3)


def test_a_hash_put_under_a_rewritten_entry_is_seen(book, tamper):
    printed = hash_of(book, 7)
    tamper("UPDATE journal SET facts = '{}', by = '9999' WHERE seq = ?", 7)
    assert look_up(book, printed)[1].problem == "entry_changed"


def test_a_code_of_no_entry_finds_none(book):
    assert look_up(book, "0" * 16)[0] is None
    assert look_up(book, hash_of(book, 7)[1:])[0] is None


def test_a_byte_that_is_no_text_any_more_is_named_and_ends_no_look_up(book, tamper):
    printed = hash_of(book, 7)
    tamper("UPDATE journal SET facts = CAST(x'ff' AS TEXT) WHERE seq = ?", 7)
    assert look_up(book, printed)[1].problem == "entry_changed"
