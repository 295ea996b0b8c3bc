"""Personal fields in the book: sealed on the disk, readable through their subject, erasable."""

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import database
from kiosk.desk.people import Department
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text
from kiosk.desk.transaction import Erased, SubjectKey
from kiosk.desk.verify import verify

SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


def everything_on_disk(desk):
    folder = desk.settings.desk.database.parent
    return b"".join(path.read_bytes() for path in folder.glob("kiosk.db*"))


def test_sealed_words_are_read_only_through_their_subject(desk):
    with desk.write() as tx:
        subject = tx.new_subject()
        sealed = tx.seal(subject, "13800138000")
        tx.record("visit.arrived", phone=sealed)
        assert tx.seal(subject, "") == ""
    with desk.read() as book:
        assert book.unseal(sealed) == "13800138000"
        assert book.unseal("") == ""
    assert b"13800138000" not in everything_on_disk(desk)
    assert sealed.encode() in everything_on_disk(desk)


def test_a_forgotten_subject_stays_unreadable_and_the_book_intact(desk):
    with desk.write() as tx:
        subject = tx.new_subject()
        sealed = tx.seal(subject, "张三")
        tx.put(Department(name=sealed))
        tx.record("visit.arrived")
    with desk.write() as tx:
        tx.forget(tx.one(SUBJECT, id=subject))
        tx.record("subject.erased", subject=subject)
    with desk.read() as book, pytest.raises(Erased):
        book.unseal(sealed)
    reader = database.open_reader(desk.settings.desk.database)
    assert verify(reader, desk.gate).intact
    reader.close()


def test_a_second_copy_of_a_slip_knows_that_it_is_one(desk):
    slip = Slip(kind="visit", number="017", lines=(Text("王小明"),))
    with desk.write() as tx:
        subject = tx.new_subject()
        tx.print(slip, subject)
        tx.record("visit.admitted")
    with desk.write() as tx:
        tx.print(slip, subject)
        tx.record("slip.reprinted")
    with desk.read() as book:
        jobs = book.all(JOBS_OF, slip="visit", number="017")
        copies = [Slip.from_json(book.unseal(job.document)).copy for job in jobs]
    assert [(job.copy_no, job.state) for job in jobs] == [
        (2, JobState.QUEUED),
        (1, JobState.QUEUED),
    ]
    assert copies == [2, 1]
    assert "王小明".encode() not in everything_on_disk(desk)
