"""October 2026 of a 120-person site, run through the use cases, beside the sheet made by hand."""

import io
from datetime import date, time, timedelta

import october_sheet as by_hand
import openpyxl
import pytest
from october_people import Clock, founded, hours
from october_runner import CLERK, October
from october_steps import month

from kiosk.attendance.closing import months
from kiosk.attendance.closing.models import EVERY_OBJECTION
from kiosk.attendance.closing.reports import month as month_report
from kiosk.attendance.closing.sheet import month_sheet
from kiosk.attendance.closing.sheet_words import detail_rows
from kiosk.attendance.counters import service as counters
from kiosk.attendance.counters.marking import days_to_count
from kiosk.attendance.counters.models import CASES_BETWEEN
from kiosk.attendance.counters.reading import standing_of
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.leave.reading import between
from kiosk.desk import journal
from kiosk.desk.file_out import as_file
from kiosk.desk.people import person_by_id
from kiosk.desk.report import Period
from kiosk.desk.verify import verify
from kiosk.desk.words import use

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
PERIOD = Period(FIRST, LAST)
NOVEMBER = 31


def november(october: October) -> None:
    """Publish the month, take two objections, accept one and mend it, and make the month final."""
    desk, at = october.desk, october.at

    def moment(day: int, hour: int) -> None:
        october.clock.now = at(NOVEMBER + day, time(hour))

    moment(2, 17)
    october.close("30")
    october.close("31")
    months.publish(desk, october.proof(CLERK), FIRST)
    moment(3, 9)
    right = months.enter_objection(desk, october.proof("2088"), by_hand.day(21), "接送病人")
    wrong = months.enter_objection(desk, october.proof("2089"), by_hand.day(22), "堵车")
    moment(4, 9)
    with desk.read() as book:
        ids = {one.number: one.id for one in book.all(EVERY_OBJECTION)}
    october.remark_of(by_hand.day(21), "2088")
    october.sign("2003", "2088", "当时已口头同意")
    october.sign("2001", "2088", "情况属实")
    months.answer_objection(desk, october.proof(CLERK), ids[right], "属实", accepted=True)
    months.answer_objection(desk, october.proof(CLERK), ids[wrong], "不属实", accepted=False)
    october.close("21")
    moment(10, 9)
    months.close_month(desk, october.proof(CLERK), FIRST)
    while True:  # as the hours do, until nothing is left to count
        with desk.read() as book:
            if not days_to_count(desk, book):
                return
        counters.lapse(desk)


@pytest.fixture(scope="module")
def october(tmp_path_factory, settings_in, compiled_words) -> October:
    """The whole month, run once for every comparison below."""
    assert compiled_words is None
    clock = Clock()
    desk, people = founded(hours(settings_in(tmp_path_factory.mktemp("october"))), clock)
    made = October(desk, clock, people)
    made.run(month())
    november(made)
    yield made
    desk.close()


@pytest.fixture(autouse=True)
def _speak_chinese(_speak_english):
    use("zh_CN")


def report(october):
    with october.desk.read() as book:
        return month_report(october.desk, book, PERIOD)


def details(october) -> dict[tuple[int, str], tuple[str, ...]]:
    with october.desk.read() as book:
        sheet = month_sheet(october.desk, book, FIRST, LAST, kinds=True)
        rows = list(detail_rows(october.desk, sheet))
    return {(int(row[0][-2:]), row[1]): row[4:] for row in rows}


def test_the_month_of_a_hundred_and_twenty_has_the_grid_worked_out_by_hand(october):
    rows = {row[1]: row[3:34] for row in report(october).rows}
    expected = by_hand.grid()
    assert rows.keys() == expected.keys()
    wrong = {
        (who, n): (cell, rows[who][n - 1])
        for who, cells in expected.items()
        for n, cell in enumerate(cells, start=1)
        if rows[who][n - 1] != cell
    }
    assert wrong == {}


def test_the_month_of_a_hundred_and_twenty_has_the_totals_worked_out_by_hand(october):
    table = report(october)
    names = by_hand.named(table.columns)
    wrong = {}
    for row in table.rows:
        made = {name: float(row[at]) for name, at in names.items()}
        expected = by_hand.totals()[row[1]]
        if made != expected:
            wrong[row[1]] = {
                name: (expected[name], made[name]) for name in made if made[name] != expected[name]
            }
    assert wrong == {}


def test_the_month_of_a_hundred_and_twenty_shows_taps_result_and_correction(october):
    made = details(october)
    for key, expected in by_hand.details().items():
        raw, result, corrected, _since = made[key]
        found = (raw, result, by_hand.without_numbers(corrected))
        assert found == expected, key
    assert {key: row[3] for key, row in made.items() if row[3]} == {}


def test_the_month_of_a_hundred_and_twenty_reads_the_same_out_of_the_workbook(october):
    content = as_file(report(october), ".xlsx", "month.xlsx")
    grid, detail = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    names = by_hand.named([cell.value for cell in grid[1]])
    rows = [row for row in grid.iter_rows(min_row=2, values_only=True) if row[1]]
    assert {row[1]: list(row[3:34]) for row in rows} == by_hand.grid()
    totals = {row[1]: {name: row[at] for name, at in names.items()} for row in rows}
    assert totals == by_hand.totals()
    shown = {
        (int(row[0][-2:]), row[1]): tuple(cell or "" for cell in row[4:7])
        for row in detail.iter_rows(min_row=2, values_only=True)
    }
    for key, (raw, result, corrected) in by_hand.details().items():
        made = shown[key]
        assert (made[0], made[1], by_hand.without_numbers(made[2])) == (raw, result, corrected)


def test_the_month_of_a_hundred_and_twenty_opens_the_cards_worked_out_by_hand(october):
    with october.desk.read() as book:
        found = book.all(CASES_BETWEEN, first=FIRST, last=LAST)
    made = sorted(
        (who.staff_no, one.counter, one.first_day, one.last_day, one.units) for one, who in found
    )
    assert made == by_hand.cards()
    assert all(one.units_now == one.units and one.reached for one, _who in found)


def test_the_month_of_a_hundred_and_twenty_counts_as_worked_out_by_hand(october):
    at_the_end = date(2026, 10, 30)
    totals = by_hand.totals()
    with october.desk.read() as book:
        for who, person in october.people.items():
            standing = {
                one.counter.id: one.units
                for one in standing_of(october.desk, book, person, at_the_end)
            }
            assert standing["late_month"] == totals[who]["late"] + totals[who]["early"], who
            assert standing["absent_year"] == 2 * totals[who]["absent"], who


def test_the_month_of_a_hundred_and_twenty_keeps_every_tap_and_replays(october):
    raw = list(october.raw_taps())
    assert len(raw) == len(set(raw)) == len(october.acknowledged) + 4  # four went on an outing
    assert set(october.acknowledged) <= set(raw)
    assert october.refused == [
        "leave.not_yours", "leave.overlaps", "leave.personal_over"
    ]  # fmt: skip
    with october.desk.read() as book:
        book.connection.execute("ROLLBACK")
        found = verify(book.connection, october.desk.gate)
        book.connection.execute("BEGIN")
    assert found.intact, found


def test_the_month_of_a_hundred_and_twenty_tells_what_no_cell_says(
    october,
):
    desk = october.desk
    with desk.read() as book:
        doubled = [one for one in between(desk, book, FIRST, LAST) if one.doubled]
        days = days_between(desk, book, by_hand.day(19), by_hand.day(19), october.people["2087"])
        told = [
            one.facts_made() for one in journal.entries(book.connection, desk.gate)
            if one.code in {"leave.overdue", "outing.lapsed"}
        ]  # fmt: skip
        assert days.of(october.people["2087"], by_hand.day(19)).without_badge
    assert [one.person.staff_no for one in doubled] == ["2045", "2045"]
    assert sorted(one["person"] for one in told) == ["2085", "2094"]


def test_the_month_of_a_hundred_and_twenty_ends_with_its_leaver(october):
    """Who has left is on the sheet with the days he was there, and absent on none after."""
    with october.desk.read() as book:
        leaver = person_by_id(book, october.people["2096"].id)
        after = days_between(october.desk, book, by_hand.day(19), LAST, leaver)
        days = [after.of(leaver, by_hand.day(19) + timedelta(days=n)) for n in range(13)]
    assert sum(one.absent_halves for one in days) == 0
    assert sum(one.due_min for one in days) == 0
