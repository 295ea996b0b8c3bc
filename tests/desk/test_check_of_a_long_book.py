"""The check of a book of years has room in a small PC, and loses nothing for it."""

import sqlite3
import tracemalloc
from contextlib import closing

from kiosk.desk import database, journal
from kiosk.desk.people import Department
from kiosk.desk.verify import verify

ROWS, AT_ONCE = 4_000, 50
MOST_BYTES = 450
"""Of memory for a row: its id, its place in a table of hashes, and 26 bytes about it."""


def check(desk, key=None):
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        return verify(reader, desk.gate, key)


def peak_of_a_check(desk, key=None):
    tracemalloc.start()
    assert check(desk, key).intact
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_check_keeps_some_hundred_bytes_of_each_row(desk):
    assert check(desk, desk.site_key).intact
    before = peak_of_a_check(desk, desk.site_key)
    for first in range(0, ROWS, AT_ONCE):
        with desk.write() as tx:
            for number in range(first, first + AT_ONCE):
                tx.put(Department(name=f"第{number}科" + "很长的名字" * 40))
            tx.record("department.added")
    assert (peak_of_a_check(desk, desk.site_key) - before) / ROWS < MOST_BYTES


def test_the_words_of_a_subject_that_only_an_entry_tells_are_opened(desk):
    with desk.write() as tx:
        subject = tx.new_subject()
        tx.record("visit.arrived", words=tx.seal(subject, "找王科长"))
    assert check(desk, desk.site_key).intact
    with desk.write() as tx:
        other = tx.new_subject()
        tx.record("visit.arrived")
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        book.execute(
            "UPDATE subject_key SET wrapped = (SELECT wrapped FROM subject_key WHERE id = ?)"
            " WHERE id = ?",
            (other, subject),
        )
    found = check(desk, desk.site_key)
    assert (found.problem, found.table, found.row) == ("key_damaged", "journal", "1")


def test_an_image_older_than_a_column_is_completed_with_its_default(desk, people):
    """As a book is after an update: the row has the new column, its image never heard of it."""
    with desk.write(by="9001") as tx:
        person = people["1001"]
        tx.put(person)
        tx.record("person.changed")
    file, last = desk.settings.desk.database, desk.head.seq
    desk.close()
    with closing(sqlite3.connect(file)) as book, book:
        entry = next(journal.entries(book, desk.gate, last - 1))
        [image] = entry.images_made()
        older = {name: value for name, value in image.row.items() if value is not None}
        assert len(older) < len(image.row)
        images = journal.canonical([[image.table, image.id, image.was, older]])
        forged = journal.seal(
            entry.gate, journal.Head(last - 1, entry.prev), entry.at, entry.by, entry.code,
            entry.facts, images,
        )  # fmt: skip
        book.execute("DROP TRIGGER journal_refuses_update")
        book.execute(
            "UPDATE journal SET images = ?, hash = ? WHERE seq = ?", (images, forged.hash, last)
        )
    assert check(desk).intact


def test_two_entries_that_continue_each_other_are_named_and_end_no_check(desk):
    with desk.write() as tx:
        row = tx.put(Department(name="保卫科"))
        tx.record("department.added")
    file = desk.settings.desk.database
    desk.close()
    with closing(sqlite3.connect(file)) as book, book:
        book.execute("DELETE FROM department")
        book.execute("DROP TRIGGER journal_refuses_delete")
        book.execute("DELETE FROM journal")
        for gate, was in (("gate-1", "gate-2/1"), ("gate-2", "gate-1/1")):
            stored = {"id": row.id, "stamp": f"{gate}/1", "name": "保卫科"}
            images = journal.canonical([["department", row.id, was, stored]])
            head = journal.Head(0, journal.GENESIS)
            entry = journal.seal(gate, head, "", "system", "x", "{}", images)
            book.execute(journal.INSERT, entry)
    found = check(desk)
    assert (found.problem, found.gate, found.seq) == ("lineage_broken", "gate-2", 1)
