"""The month sheet against one worked out by hand, cell by cell; as workbook and as paper."""

import io
from pathlib import Path

import november
import openpyxl
import pytest
from month_of_work import remark

from kiosk.attendance.closing.reports import month
from kiosk.attendance.closing.sheet import month_sheet
from kiosk.attendance.closing.sheet_words import detail_rows, grid_row
from kiosk.attendance.remarks.models import About
from kiosk.desk.absence import LeaveKind
from kiosk.desk.file_out import as_file, as_text
from kiosk.desk.people import BY_ID, Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from kiosk.desk.words import use

DAYS = 30
PERIOD = Period(november.FIRST, november.LAST)
LEAVES = len(LeaveKind)


@pytest.fixture
def book_of_november(desk, people, desk_clock):
    use("zh_CN")
    november.written(desk, people, desk_clock)
    return desk


def by_hand() -> dict[str, tuple[list[str], list[str]]]:
    text = (Path(__file__).parent / "november.txt").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            signs, sums = line.split("|")
            staff_no, *days = signs.split()
            found[staff_no] = (days, sums.split())
    return found


def made(desk, period=PERIOD):
    with desk.read() as book:
        return month(desk, book, period)


def sums_of(cells) -> list[str]:
    """Return the totals without the columns of each kind of leave."""
    totals = list(cells[3 + DAYS :])
    return totals[:9] + totals[9 + LEAVES :]


def test_clause_14_the_sheet_is_the_one_worked_out_by_hand(book_of_november):
    rows = {row[1]: row for row in made(book_of_november).rows}
    expected = by_hand()
    assert rows.keys() == expected.keys()
    for staff_no, (days, sums) in expected.items():
        assert list(rows[staff_no][3 : 3 + DAYS]) == days, staff_no
        shown = [float(cell) for cell in sums_of(rows[staff_no])]
        assert shown == [float(one) for one in sums], staff_no


def test_clause_130_taps_result_and_correction_stand_side_by_side(book_of_november):
    with book_of_november.read() as book:
        sheet = month_sheet(book_of_november, book, november.FIRST, november.LAST, kinds=True)
        rows = {(row[0], row[1]): row[4:] for row in detail_rows(book_of_november, sheet)}
    assert rows["2026-11-04", "1001"] == (
        "08:50 签到 17:40 签退", "出勤 迟到 20 分钟（已说明）", "R-1001-2026-11-04-late 已签字", "",
    )  # fmt: skip
    raw, result, corrected, since = rows["2026-11-16", "3001"]
    assert (raw, result, since) == ("08:20 签到 17:40 签退", "旷工", "")
    assert corrected == "08:20 作废；17:40 作废"
    assert ("2026-11-01", "1001") not in rows
    assert not any("送孩子" in cell or "家中有事" in cell for row in rows.values() for cell in row)


def test_what_is_mended_after_closing_stands_beside_what_it_was_closed_as(book_of_november, people):
    remark(book_of_november, people["1001"], november.day(3), About.LATE, signed=True)
    with book_of_november.read() as book:
        sheet = month_sheet(book_of_november, book, november.FIRST, november.LAST)
        changed = [row for row in detail_rows(book_of_november, sheet) if row[-1]]
    assert [(row[0], row[1], row[-1]) for row in changed] == [
        ("2026-11-03", "1001", "日结时为出勤 迟到 30 分钟，按现在为出勤")
    ]


def test_clause_132_a_leaders_days_stand_on_the_same_sheet(book_of_november, people):
    with book_of_november.write() as tx:
        leader = tx.one(BY_ID, id=people["9001"].id)
        leader.rank = Rank.PRINCIPAL_LEADER
        tx.put(leader)
        tx.record("person.changed", person=leader.staff_no)
    assert "9001" in {row[1] for row in made(book_of_november).rows}


def test_the_workbook_opens_with_both_sheets_frozen_and_across(book_of_november):
    content = as_file(made(book_of_november), ".xlsx", "month.xlsx")
    opened = openpyxl.load_workbook(io.BytesIO(content))
    grid, detail = opened.worksheets
    assert grid.title == "2026-11"
    assert [cell.value for cell in grid[1]][:5] == ["科室", "工号", "姓名", "1", "2"]
    assert (grid.freeze_panes, grid.page_setup.orientation) == ("D2", "landscape")
    assert grid.page_setup.paperSize == 9
    assert grid.print_title_rows == "$1:$1"
    first = [cell.value for cell in grid[2]]
    assert first[1:3] == ["1001", "张伟"]
    assert first[3 : 3 + DAYS] == by_hand()["1001"][0]
    assert first[3 + DAYS] == 21  # a number that a spreadsheet adds
    assert all(cell.font.b and cell.alignment.wrap_text for cell in grid[1])
    assert grid.cell(grid.max_row, 1).value == "事 事假；病 病假"
    hidden = {key for key, column in grid.column_dimensions.items() if column.hidden}
    assert {grid[f"{key}1"].value for key in hidden} == {
        "年休假", "补休", "婚假", "丧假", "产假", "护理假", "探亲假", "公假", "停薪留职"
    }  # fmt: skip
    assert detail.freeze_panes == "D2"
    assert detail.max_row > 60
    assert [cell.value for cell in detail[1]][4:] == ["原始刷卡", "当天结果", "更正", "日结后变化"]


def test_a_name_like_a_formula_stays_text_in_the_workbook(book_of_november, people):
    with book_of_november.write() as tx:
        one = tx.one(BY_ID, id=people["3001"].id)
        one.name = "=1+1"
        tx.put(one)
        tx.record("person.changed", person=one.staff_no)
    content = as_file(made(book_of_november), ".xlsx", "month.xlsx")
    grid = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    names = [row[2].value for row in grid.iter_rows(min_row=2)]
    assert "'=1+1" in names


def test_one_persons_and_one_sections_sheet_and_no_other(book_of_november):
    only = made(book_of_november, Period(november.FIRST, november.LAST, who="3001"))
    assert [row[1] for row in only.rows] == ["3001"]
    section = made(book_of_november, Period(november.FIRST, november.LAST, section="办公室"))
    assert len(section.rows) == 5
    with pytest.raises(Refused, match=r"report\.no_section"):
        made(book_of_november, Period(november.FIRST, november.LAST, section="没有"))


def test_on_paper_a_leave_says_no_kind(book_of_november):
    table = made(book_of_november)
    slip = slip_of("month", table, november.AFTER, "1")
    paper = slip.to_json()
    assert "9假 10假 11假√" in paper
    assert "事假" not in paper
    assert "2√ 3迟 4√ 5退 6× 9假" in paper  # the rest days 7 and 8 cost no paper
    assert "应出勤 21 天，出勤 17.5，迟到 1 次（30 分钟）" in paper


def test_the_text_has_every_person_and_what_the_signs_mean(book_of_november):
    text = as_text(made(book_of_november))
    assert "2026-11 考勤月报表" in text
    assert "△外出" in text


def test_a_row_of_a_day_still_to_come_is_empty(desk, people, desk_clock):
    use("zh_CN")
    desk_clock.now = november.AFTER
    first = november.AFTER.date()
    with desk.read() as book:
        sheet = month_sheet(desk, book, first, first.replace(day=31), only=people["1001"])
    cells = grid_row(sheet, sheet.people[0])
    assert cells[3:10] == ("", "", "", "", "○", "○", "")
