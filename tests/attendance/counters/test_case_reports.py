"""The registers of case cards: all of them, one person's, and the sheet with every day."""

from datetime import timedelta

import pytest
from counters_days import MONDAY

from kiosk import all_reports
from kiosk.desk import list_papers, print_history
from kiosk.desk.file_out import as_text
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of


@pytest.fixture
def known(office, people):
    """张伟 has a card of the week, 李娜 is near one; it is Thursday."""
    for n in range(3):
        office.works(people["1001"], MONDAY + timedelta(days=n), "08:42")
        if n:
            office.works(people["3001"], MONDAY + timedelta(days=n), "08:50")
    office.next_morning(MONDAY + timedelta(days=2))
    office.count()
    return office


def table(office, name, who=""):
    day = office.desk.today()
    with office.desk.read() as book:
        return all_reports.reports()[name](office.desk, book, Period(day, day, who))


def test_the_register_lists_open_cards_and_who_is_near_a_limit(known):
    made = table(known, "cases")
    assert [row[:4] for row in made.rows] == [("KA1", "张伟", "1001", "Late or early in a week")]
    assert made.foot == ("Near the limit: 李娜, Late or early in a week: 2 times, allowed 2 times",)


def test_clause_142_the_register_names_the_principal_leader_for_cards_open_too_long(known):
    known.clock.advance(days=15)
    made = table(known, "cases")
    assert made.foot[0] == "For the principal leader, open for more than 14 days: 1"
    assert made.rows[0][7] == "open !!"


def test_the_register_of_one_person_has_no_other(known):
    made = table(known, "cases", "3001")
    assert made.rows == ()
    assert "李娜" in made.foot[0]
    assert table(known, "cases", "1001").foot == ()
    assert {"cases", "case-sheet"} <= all_reports.of_one_person()


def test_clause_15_the_sheet_shows_each_day_tap_and_remark_with_lines_to_sign(known):
    made = table(known, "case-sheet", "1001")
    assert [row[2:6] for row in made.rows] == [
        (f"2026-11-{23 + n}", "late 12 min", "08:42 17:35", "no remark") for n in range(3)
    ]
    assert made.signatures == ("Leader in charge", "Person concerned")
    assert "talk of admonition" in as_text(made)


@pytest.mark.parametrize("name", ["cases", "case-sheet"])
def test_the_gate_does_not_open_a_printed_register_of_cards(known, desk, name):
    assert known
    with desk.write() as tx:
        table = all_reports.reports()[name](desk, tx, Period(MONDAY, MONDAY))
        job = list_papers.put_on_paper(tx, slip_of(name, table, desk.local(tx.now), "1"))
        tx.record("report.queued", report=name)
    with pytest.raises(Refused, match=r"slip\.private"):
        print_history.slip_of(desk, job.id)
