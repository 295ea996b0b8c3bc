"""Nothing is written without saying who did it; what is not recorded was never saved."""

import sqlite3
import threading

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import people as directory
from kiosk.desk.journal import entries
from kiosk.desk.numbers import next_number
from kiosk.desk.people import BY_STAFF_NO, Department, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import SubjectKey, Unrecorded
from kiosk.desk.verify import verify

DEPARTMENT = select(Department).where(col(Department.name) == bindparam("name"))
SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


def codes(desk):
    with desk.read() as book:
        return [entry.code for entry in entries(book.connection, desk.gate)]


def departments(desk):
    with desk.read() as book:
        return [row.name for row in book.all(directory.DEPARTMENTS)]


def is_intact(desk):
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        found = verify(book.connection, desk.gate)
        book.connection.execute("BEGIN")
    return found.intact


def test_a_use_case_is_one_entry_with_its_rows(desk):
    with desk.write(by="9001") as tx:
        row = tx.put(Department(name="财务科"))
        tx.record("department.added", name="财务科")
    with desk.read() as book:
        (entry,) = entries(book.connection, desk.gate)
        assert book.one(DEPARTMENT, name="财务科") == row
    assert (entry.by, entry.code, entry.facts_made()) == (
        "9001",
        "department.added",
        {"name": "财务科"},
    )
    (image,) = entry.images_made()
    assert (image.table, image.was, image.row["name"]) == ("department", "", "财务科")
    assert row.stamp == image.row["stamp"] == "gate-1/1"
    assert desk.head == (1, entry.hash)


def test_a_put_row_without_a_record_is_not_saved(desk):
    with pytest.raises(Unrecorded, match="without a record"), desk.write() as tx:
        tx.put(Department(name="财务科"))
    assert departments(desk) == []


def test_a_row_put_after_the_last_record_is_not_saved(desk):
    with pytest.raises(Unrecorded), desk.write() as tx:
        tx.put(Department(name="财务科"))
        tx.record("department.added")
        tx.put(Department(name="人事科"))
    assert (departments(desk), codes(desk)) == ([], [])


@pytest.mark.usefixtures("people")
def test_a_loaded_row_changed_without_put_is_noticed(desk):
    with pytest.raises(Unrecorded, match="changed but not put"), desk.write() as tx:
        person = tx.one(BY_STAFF_NO, staff_no="1001")
        person.title = "局长"
        tx.record("person.changed", person="1001")
    with desk.read() as book:
        assert book.one(BY_STAFF_NO, staff_no="1001").title == "科长"


def test_a_row_changed_again_after_its_put_is_noticed(desk):
    with pytest.raises(Unrecorded, match="changed but not put"), desk.write() as tx:
        row = tx.put(Department(name="财务科"))
        tx.record("department.added")
        row.name = "人事科"
    assert departments(desk) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE person SET name = 'x'",
        "DELETE FROM badge",
        "INSERT INTO department (id, stamp, name) VALUES ('a', '', 'x')",
    ],
)
@pytest.mark.usefixtures("people")
def test_sql_behind_the_back_saves_nothing(desk, sql):
    before = codes(desk)
    with pytest.raises(Unrecorded, match="booked"), desk.write() as tx:
        tx.put(Department(name="财务科"))
        tx.record("department.added")
        tx.connection.execute(sql)
    assert departments(desk) == ["办公室"]
    assert codes(desk) == before
    assert is_intact(desk)


def test_rows_beside_the_journal_need_a_record_too(desk):
    with pytest.raises(Unrecorded, match="beside the journal"), desk.write() as tx:
        tx.new_subject("s")
    with desk.read() as book:
        assert book.one(SUBJECT, id="s") is None


@pytest.mark.parametrize("error", [Refused("no.way"), ValueError("bug"), KeyboardInterrupt()])
def test_any_exception_leaves_nothing_behind_and_the_desk_goes_on(desk, error):
    with pytest.raises(type(error)), desk.write() as tx:
        tx.put(Department(name="财务科"))
        tx.record("department.added")
        raise error
    assert (departments(desk), codes(desk), desk.head.seq) == ([], [], 0)
    with desk.write() as tx:
        tx.put(Department(name="人事科"))
        tx.record("department.added")
    assert (departments(desk), desk.head.seq) == (["人事科"], 1)


def test_a_row_inserted_twice_in_one_use_case_is_one_image(desk):
    with desk.write() as tx:
        row = tx.put(Department(name="财务科"))
        row.name = "人事科"
        tx.put(row)
        tx.record("department.added")
    with desk.read() as book:
        (entry,) = entries(book.connection, desk.gate)
    (image,) = entry.images_made()
    assert (image.was, image.row["name"]) == ("", "人事科")
    assert is_intact(desk)


def test_several_entries_in_one_use_case_keep_their_order_and_lineage(desk):
    with desk.write() as tx:
        row = tx.put(Department(name="一"))
        tx.record("first")
        row.name = "二"
        tx.put(row)
        tx.record("second", by="2001")
    with desk.read() as book:
        first, second = entries(book.connection, desk.gate)
    assert second.prev == first.hash
    assert next(second.images_made()).was == "gate-1/1"
    assert second.by == "2001"
    assert is_intact(desk)


def test_a_row_put_and_dropped_in_one_use_case_never_was(desk):
    with desk.write() as tx:
        tx.drop(tx.put(Department(name="财务科")))
        tx.record("nothing.happened")
    with desk.read() as book:
        (entry,) = entries(book.connection, desk.gate)
    assert list(entry.images_made()) == []
    assert is_intact(desk)


def test_a_dropped_row_is_gone_and_the_journal_says_so(desk):
    with desk.write() as tx:
        tx.put(Department(name="财务科"))
        tx.record("department.added")
    with desk.write() as tx:
        tx.drop(tx.one(DEPARTMENT, name="财务科"))
        tx.record("department.dropped")
    with desk.read() as book:
        *_, entry = entries(book.connection, desk.gate)
    (image,) = entry.images_made()
    assert (image.was, image.row) == ("gate-1/1", None)
    assert departments(desk) == []
    assert is_intact(desk)


def test_dropping_what_is_not_there_is_a_bug(desk):
    with pytest.raises(Unrecorded), desk.write() as tx:
        tx.drop(Department(name="财务科"))


def test_a_row_that_moved_on_since_it_was_read_is_not_overwritten(desk):
    with desk.write() as tx:
        old = tx.put(Department(name="一"))
        tx.record("added")
    stale = Department(id=old.id, stamp=old.stamp, name="三")
    with desk.write() as tx:
        fresh = tx.one(DEPARTMENT, name="一")
        fresh.name = "二"
        tx.put(fresh)
        tx.record("changed")
    with pytest.raises(Unrecorded, match="not at gate-1/1"), desk.write() as tx:
        tx.put(stale)
        tx.record("changed")
    assert departments(desk) == ["二"]


@pytest.mark.usefixtures("people")
def test_one_row_is_one_object_however_often_it_is_read(desk):
    with desk.write() as tx:
        first = tx.one(BY_STAFF_NO, staff_no="1001")
        assert tx.one(BY_STAFF_NO, staff_no="1001") is first


def test_the_moment_of_a_use_case_is_read_once(desk, desk_clock):
    with desk.write() as tx:
        before = tx.now
        desk_clock.advance(seconds=5)
        tx.put(Department(name="一"))
        tx.record("added")
        assert tx.now == before
    with desk.read() as book:
        (entry,) = entries(book.connection, desk.gate)
    assert entry.at == "2026-11-23T00:20:00.000000Z"


def test_a_misspelt_column_is_a_bug_at_once():
    with pytest.raises(TypeError, match="unknown"):
        Department(nam="x", name="y")
    with pytest.raises(TypeError, match="missing"):
        Person(staff_no="1", name="x", rank=Rank.ORDINARY)
    row = Person(staff_no="1", name="x", rank=Rank.ORDINARY, role=Role.STAFF)
    with pytest.raises(AttributeError):
        row.titel = "科长"


def test_writing_on_a_desk_opened_to_read_is_a_bug(desk, settings):
    reading = type(desk).open_to_read(settings)
    try:
        with pytest.raises(RuntimeError, match="opened to read"), reading.write():
            pass
    finally:
        reading.close()


def test_use_cases_of_several_threads_are_one_chain(desk):
    def work(name):
        for _ in range(5):
            with desk.write() as tx:
                next_number(tx, name)
                tx.record("numbered", series=name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(codes(desk)) == desk.head.seq == 15
    assert is_intact(desk)


def test_a_forgotten_parameter_is_a_fault_and_no_empty_list(desk):
    with desk.read() as book, pytest.raises(sqlite3.ProgrammingError, match="name"):
        book.all(DEPARTMENT)
