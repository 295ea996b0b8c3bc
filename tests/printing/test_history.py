"""The register of what was printed: every copy, its end, its printer, and no word of an erased."""

from datetime import date

import pytest

from kiosk import all_reports
from kiosk.desk import print_history, spool
from kiosk.desk.journal import entries
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Text, Title
from kiosk.desk.transaction import SUBJECT_KEY, SubjectKey

MONDAY = Period(date(2026, 11, 23), date(2026, 11, 23))


def queue(desk, number, name="王小明"):
    with desk.write() as tx:
        slip = Slip("visit", number, (Title("会客单"), Text(name)))
        job = tx.print(slip, tx.new_subject())
        tx.record("slip.queued", slip="visit", number=number)
    return job


def test_the_register_says_what_became_of_each_copy_and_where(desk):
    first, second = queue(desk, "001"), queue(desk, "002")
    spool.start(desk, first.id, "东门")
    spool.confirm(desk, first.id, weak=True)
    spool.start(desk, second.id, "备用")
    spool.lose(desk, second.id)
    queue(desk, "003")
    with desk.read() as book:
        table = all_reports.reports()["prints"](desk, book, MONDAY)
        empty = print_history.prints(desk, book, Period(date(2026, 11, 24), date(2026, 11, 30)))
    assert table.rows == (
        ("001", "会客单", "1", "2026-11-23 08:20", "printed, unproven", "东门"),
        ("002", "会客单", "1", "2026-11-23 08:20", "in doubt", "备用"),
        ("003", "会客单", "1", "2026-11-23 08:20", "waits", ""),
    )
    assert empty.rows == ()


def test_the_list_has_the_newest_first_and_opens_the_slip(desk):
    old, new = queue(desk, "001"), queue(desk, "002")
    assert [one.job_id for one in print_history.newest(desk)] == [new.id, old.id]
    assert print_history.slip_of(desk, old.id).number == "001"


def test_an_erased_slip_keeps_its_row_and_shows_no_word(desk):
    job = queue(desk, "001")
    with desk.write() as tx:
        tx.rewrite(SubjectKey)
        tx.forget(tx.one(SUBJECT_KEY, id=job.subject))
        tx.record("slip.erased_here", number="001")
    [shown] = print_history.newest(desk)
    assert (shown.number, shown.paper) == ("001", "")
    with pytest.raises(Refused, match=r"slip\.erased"):
        print_history.slip_of(desk, job.id)


def test_one_damaged_slip_hides_no_other(desk):
    good, bad = queue(desk, "001"), queue(desk, "002")
    with desk.write() as tx:
        bad.document = f"{good.document[:-4]}AAAA"
        tx.put(bad)
        tx.record("slip.damaged_here", number="002")
    assert [one.paper for one in print_history.newest(desk)] == ["", "会客单"]
    with desk.read() as book:
        table = all_reports.reports()["prints"](desk, book, MONDAY)
    assert [row[:2] for row in table.rows] == [("001", "会客单"), ("002", "")]


def test_a_slip_that_was_taken_is_never_started_again(desk):
    job = queue(desk, "001")
    spool.start(desk, job.id, "东门")
    with pytest.raises(LookupError, match="sending"):
        spool.start(desk, job.id, "备用")
    spool.lose(desk, job.id)
    with pytest.raises(LookupError, match="unknown"):
        spool.start(desk, job.id, "备用")


def test_a_printed_visitors_slip_is_an_entry_of_its_own_and_other_papers_are_not(desk):
    visit = queue(desk, "001")
    with desk.write() as tx:
        sheet = tx.print(Slip("stock", "T1", (Title("清点"),)), tx.new_subject())
        tx.record("slip.queued", slip="stock", number="T1")
    for job in (visit, sheet):
        spool.start(desk, job.id)
        spool.confirm(desk, job.id, weak=False)
    with desk.read() as book:
        codes = [one.code for one in entries(book.connection, desk.gate) if "printed" in one.code]
    assert codes == ["visit.slip_printed", "slip.printed"]
