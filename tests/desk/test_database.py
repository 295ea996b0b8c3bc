"""The file on the disk: who may open it, what is refused, and that the journal only grows."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest
from alembic.operations import Operations
from sqlmodel import SQLModel

from kiosk import features
from kiosk.desk import journal
from kiosk.desk.database import NEWEST_REVISION
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENTS, Department
from kiosk.desk.refusal import Refused
from kiosk.desk.row import SideRow, journalled


def refused(call, *args):
    with pytest.raises(Refused) as refusal:
        call(*args)
    return refusal.value


def add_department(desk, name="财务科"):
    with desk.write(by="9001") as tx:
        tx.put(Department(name=name))
        tx.record("department.added", name=name)


@pytest.fixture
def path(settings):
    return settings.desk.database


@pytest.fixture
def closed(desk, settings):
    """The settings of a desk that has one entry and is closed."""
    add_department(desk)
    desk.close()
    return settings


def test_the_writer_survives_a_power_cut(desk):
    pragma = {
        name: desk._writer.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
    }
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_what_was_written_is_there_after_a_restart(closed):
    again = Desk.open(closed)
    with again.read() as book:
        assert [row.name for row in book.all(DEPARTMENTS)] == ["财务科"]
    assert again.head.seq == 1
    again.close()


@pytest.mark.usefixtures("closed")
def test_closing_leaves_one_file_that_has_everything(path):
    assert not path.with_name("kiosk.db-wal").exists()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET code = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT gate, 1, at, by, code, 1, 1, 1, 1 FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
    ],
)
def test_the_journal_is_only_ever_added_to(desk, sql):
    add_department(desk)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        desk._writer.execute(sql)
    with desk.read() as book:
        (entry,) = journal.entries(book.connection, desk.gate)
    assert entry.code == "department.added"


@pytest.mark.parametrize(
    "sql", ["DELETE FROM department", "CREATE TABLE x (y)", "PRAGMA user_version = 3"]
)
def test_a_reader_cannot_write(desk, sql):
    add_department(desk)
    with desk.read() as book, pytest.raises(sqlite3.OperationalError, match="readonly"):
        book.connection.execute(sql)


def test_a_reader_sees_one_moment_while_the_desk_goes_on(desk):
    add_department(desk, "一")
    with desk.read() as book:
        before = len(book.all(DEPARTMENTS))
        add_department(desk, "二")
        assert len(book.all(DEPARTMENTS)) == before == 1
    with desk.read() as book:
        assert len(book.all(DEPARTMENTS)) == 2


def test_a_reading_command_works_beside_a_running_kiosk(desk, settings):
    add_department(desk)
    beside = Desk.open_to_read(settings)
    add_department(desk, "人事科")
    with beside.read() as book:
        assert len(book.all(DEPARTMENTS)) == 2
    assert beside.head.seq == 1
    beside.close()


def test_a_reading_command_works_when_no_kiosk_runs(closed):
    alone = Desk.open_to_read(closed)
    assert alone.head.seq == 1
    alone.close()


def test_a_second_desk_in_the_same_process_is_refused(desk, settings):
    refusal = refused(Desk.open, settings)
    assert refusal.code == "desk.in_use"
    assert int(refusal.facts["pid"]) > 0
    add_department(desk)


SECOND = """
import sys
from pathlib import Path
from kiosk.desk import database
from kiosk.desk.refusal import Refused
try:
    database.lock(Path(sys.argv[1]))
except Refused as refusal:
    print(refusal.code, refusal.facts["pid"])
"""


def test_a_second_process_is_refused_and_told_who_works(desk, path):
    add_department(desk)
    command = [sys.executable, "-c", SECOND, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - our own program
    assert ran.stdout.split() == ["desk.in_use", str(os.getpid())]


def test_the_lock_is_free_again_after_closing(desk, settings):
    desk.close()
    Desk.open(settings).close()


def test_a_refused_start_frees_the_lock(settings, desk, path):
    desk.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert refused(Desk.open, settings).code == "database.newer"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (NEWEST_REVISION,))
        connection.commit()
    Desk.open(settings).close()


def test_a_book_of_a_newer_kiosk_is_refused_and_untouched(closed, path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    for start in (Desk.open, Desk.open_to_read):
        refusal = refused(start, closed)
        assert (refusal.code, refusal.facts["found"]) == ("database.newer", "9999")
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_untouched(settings, path, built):
    built.copy("empty", settings)
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE music (song)")
        connection.commit()
    assert refused(Desk.open, settings).code == "database.not_ours"
    assert refused(Desk.open_to_read, settings).code == "database.not_ours"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("music",)]


@pytest.mark.parametrize(
    "content", [b"hello " * 500, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_damaged_and_kept(settings, path, built, content):
    built.copy("empty", settings)
    path.write_bytes(content)
    assert refused(Desk.open, settings).code == "database.damaged"
    assert refused(Desk.open_to_read, settings).code == "database.damaged"
    assert path.read_bytes() == content


def test_a_missing_book_is_not_made_by_a_reading_command(closed, path):
    path.unlink()
    assert refused(Desk.open_to_read, closed).code == "database.missing"
    assert not path.exists()


def test_a_missing_folder_is_named(closed, tmp_path):
    elsewhere = replace(closed, desk=replace(closed.desk, database=tmp_path / "no" / "kiosk.db"))
    assert refused(Desk.open, elsewhere).code == "database.unreachable"
    assert refused(Desk.open_to_read, elsewhere).code == "database.missing"


def test_a_folder_in_the_books_place_is_named(closed, tmp_path):
    (tmp_path / "kiosk.db2").mkdir()
    elsewhere = replace(closed, desk=replace(closed.desk, database=tmp_path / "kiosk.db2"))
    assert refused(Desk.open, elsewhere).code == "database.unreachable"
    assert refused(Desk.open_to_read, elsewhere).code == "database.unreachable"


def test_without_the_site_key_no_book_is_opened(closed, path):
    before = path.read_bytes()
    closed.desk.site_key.unlink()
    assert refused(Desk.open, closed).code == "site_key.missing"
    assert path.read_bytes() == before


def test_without_the_site_key_a_book_is_read_but_for_its_sealed_words(desk, settings):
    with desk.write() as tx:
        sealed = tx.seal(tx.new_subject(), "王小明")
        tx.record("visit.arrived", name=sealed)
    settings.desk.site_key.unlink()
    reading = Desk.open_to_read(settings)
    with reading.read() as book:
        assert [e.code for e in journal.entries(book.connection, desk.gate)] == ["visit.arrived"]
        assert refused(book.read_sealed, sealed).code == "site_key.missing"
    reading.close()


@pytest.mark.parametrize("stored", ["'x'", "x'0123'"])
def test_one_damaged_subject_key_stops_no_start(desk, settings, stored):
    with desk.write() as tx:
        subjects = [tx.new_subject() for _ in range(3)]
        tx.record("visit.arrived")
    desk.close()
    with closing(sqlite3.connect(settings.desk.database)) as book, book:
        changed = f"UPDATE subject_key SET wrapped = {stored} WHERE id = ?"  # noqa: S608 - from the list above
        book.execute(changed, (subjects[0],))
    Desk.open(settings).close()


def test_an_empty_file_becomes_a_book(settings, path, built):
    built.copy("empty", settings)
    path.write_bytes(b"")
    desk = Desk.open(settings)
    add_department(desk)
    desk.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(settings, path, built, monkeypatch):
    built.copy("empty", settings)
    path.write_bytes(b"")

    def break_off(*_args, **_kwargs):
        raise RuntimeError("power")

    monkeypatch.setattr(Operations, "create_index", break_off)
    with pytest.raises(RuntimeError, match="power"):
        Desk.open(settings)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    Desk.open(settings).close()


def test_the_migrations_make_exactly_the_tables_and_columns_of_the_code(desk):
    assert features.FEATURES is not None
    with desk.read() as book:
        made = {
            table: {row[1] for row in book.connection.execute(f'PRAGMA table_info("{table}")')}
            for (table,) in book.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        }
    declared = {
        table.name: {column.name for column in table.columns}
        for table in SQLModel.metadata.sorted_tables
        if table.name in _ours()
    }
    missing = {name: sorted(columns) for name, columns in declared.items() if name not in made}
    assert missing == {}
    assert {name: made[name] for name in declared} == declared


def _ours():
    beside = {str(kind.__table__.name) for kind in SideRow.__subclasses__()}
    return {"journal", *journalled(), *beside}


def test_resting_moves_the_log_into_the_file(desk, path):
    add_department(desk)
    assert desk.entries_since_rest == 1
    desk.rest()
    assert desk.entries_since_rest == 0
    assert "财务科".encode() in path.read_bytes()
