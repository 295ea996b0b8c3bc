"""The keys beside the journal: a changed one is named by the words it no longer opens."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import database
from kiosk.desk.people import Department
from kiosk.desk.secrets import SiteKey
from kiosk.desk.transaction import SubjectKey
from kiosk.desk.verify import verify

SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


def check(desk, key=None):
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        return verify(reader, desk.gate, key)


def on_disk(desk, statement, *values):
    with closing(sqlite3.connect(desk.settings.desk.database)) as book, book:
        assert book.execute(statement, values).rowcount > 0


@pytest.fixture
def sealed(desk):
    """Two sealed rows; what is given are their subjects and ids."""
    with desk.write() as tx:
        subjects = [tx.new_subject(), tx.new_subject()]
        rows = [tx.put(Department(name=tx.seal(one, "保卫科"))) for one in subjects]
        tx.record("visit.arrived")
    return [(subject, row.id) for subject, row in zip(subjects, rows, strict=True)]


def test_undamaged_keys_are_fine_and_checked_only_with_the_site_key(desk, sealed):
    assert len(sealed) == 2
    assert (check(desk).intact, check(desk).keys_checked) == (True, False)
    found = check(desk, desk.site_key)
    assert (found.intact, found.keys_checked) == (True, True)


@pytest.mark.parametrize("stored", ["s1.x", b"\x01\x02", b"", "密"])
def test_a_changed_key_is_named_by_the_row_it_opens(desk, sealed, stored):
    subject, row = sealed[1]
    on_disk(desk, "UPDATE subject_key SET wrapped = ? WHERE id = ?", stored, subject)
    found = check(desk, desk.site_key)
    assert (found.problem, found.table, found.row) == ("key_damaged", "department", row)
    assert found.seq == 1
    assert check(desk).intact


def test_a_key_of_another_subject_opens_nothing(desk, sealed):
    (first, row), (second, _) = sealed
    on_disk(
        desk,
        "UPDATE subject_key SET wrapped = (SELECT wrapped FROM subject_key WHERE id = ?)"
        " WHERE id = ?",
        second,
        first,
    )
    found = check(desk, desk.site_key)
    assert (found.problem, found.row) == ("key_damaged", row)


def test_an_erased_subject_is_no_damage(desk, sealed):
    with desk.write() as tx:
        tx.forget(tx.one(SUBJECT, id=sealed[0][0]))
        tx.record("subject.erased", subject=sealed[0][0])
    assert check(desk, desk.site_key).intact


def test_a_key_that_nobody_wrote_of_is_named_by_itself(desk):
    with desk.write() as tx:
        subject = tx.new_subject()
        tx.record("visit.arrived")
    on_disk(desk, "UPDATE subject_key SET wrapped = 'x'")
    found = check(desk, desk.site_key)
    assert (found.problem, found.table, found.row) == ("key_damaged", "subject_key", subject)


def test_words_that_only_begin_like_sealed_ones_are_words(desk):
    with desk.write() as tx:
        tx.new_subject()
        tx.put(Department(name="s1.x"))
        tx.record("visit.arrived", note="s1.y.z")
    assert check(desk, desk.site_key).intact


def test_another_sites_key_opens_no_words(desk, sealed):
    assert sealed
    assert check(desk, SiteKey(bytes(32))).problem == "key_damaged"
