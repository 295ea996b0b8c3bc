"""``kiosk calendar import``: the site's days and the roster, whole or not at all; the day sheet."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

SHIFTS = """
[[work_shifts]]
name = "白班"
start = "08:00"
end = "20:00"
[[work_shifts]]
name = "夜班"
start = "20:00"
end = "08:00"
"""


@pytest.fixture
def file(tmp_path):
    """A file of rows, written by the test."""

    def make(text, name="days.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return str(path)

    return make


@pytest.fixture
def shifts(site):
    """A site that names two work shifts."""
    site.config.write_text(site.config.read_text("utf-8") + SHIFTS, "utf-8")


def codes(site):
    return [entry["code"] for entry in site.journal()]


def test_every_bad_row_of_a_calendar_is_named_and_nothing_is_taken(run, site, file):
    before = codes(site)
    status, out, err = run(
        "calendar", "import",
        file("日期,类型,科室\n2026-02-30,放假,\n2027-02-13,上学,\n2027-03-08,下午放假,无此科\n"
             "2027-05-01,放假,\n2027-05-01,上班,\n"),
    )  # fmt: skip
    assert (status, out) == (1, "")
    assert "Line 2, 日期/day: “2026-02-30” is not a day such as 2026-11-25." in err
    assert "Line 3, 类型/kind: “上学” is not one of: workday" in err
    assert "Line 4, 科室/section: “无此科” is no section we know." in err
    assert "Line 6, 日期/day: “2027-05-01” is also on line 5." in err
    assert "4 rows are wrong. Nothing was taken." in err
    assert codes(site) == before


def test_a_calendar_is_checked_first_then_taken_and_taken_again_changes_nothing(run, site, file):
    rows = file(
        "日期,类型,名称\n2027/02/13,上班,春节调休\n2027-02-11,放假,春节\n", encoding="gb18030"
    )
    before = codes(site)
    status, out, _err = run("calendar", "import", rows, "--dry-run")
    assert (status, codes(site)) == (0, before)
    assert "Days: 2 new, 0 changed, 0 as before." in out
    status, out, _err = run("calendar", "import", rows)
    assert (status, out.strip()) == (0, "Days: 2 new, 0 changed, 0 as before.")
    assert codes(site)[-1] == "calendar.imported"
    status, out, _err = run("calendar", "import", rows)
    assert (status, out.strip()) == (0, "Days: 0 new, 0 changed, 2 as before.")


def test_a_day_is_taken_off_the_calendar_again(run, file):
    assert run("calendar", "import", file("day,kind\n2027-02-13,workday\n"))[0] == 0
    status, out, _err = run("calendar", "import", file("day,kind\n2027-02-13,usual\n"))
    assert (status, out.strip()) == (0, "Days: 0 new, 1 changed, 0 as before.")
    assert run("verify")[0] == 0
    status, out, _err = run("calendar", "import", file("day,kind\n2027-02-13,usual\n"))
    assert "1 as before" in out


def test_an_excel_sheet_is_a_calendar_too(run, file):
    book, content = Workbook(), io.BytesIO()
    book.active.append(["日期", "类型"])
    book.active.append([date(2027, 2, 13), "上班"])
    book.save(content)
    status, out, _err = run("calendar", "import", file(content.getvalue(), "days.xlsx"))
    assert (status, out.strip()) == (0, "Days: 1 new, 0 changed, 0 as before.")


@pytest.mark.usefixtures("shifts")
def test_every_bad_row_of_a_roster_is_named_and_nothing_is_taken(run, site, file):
    before = codes(site)
    status, _out, err = run(
        "calendar", "import",
        file("工号,日期,班次\n7777,2026-11-23,夜班\n2001,昨天,夜班\n2001,2026-11-24,中班\n"
             "2001,2026-11-25,夜班\n2001,2026-11-25,休\n"),
    )  # fmt: skip
    assert status == 1
    assert "Line 2, 工号/staff_no: “7777” is nobody of the staff." in err
    assert "Line 3, 日期/day: “昨天” is not a day" in err
    assert "Line 4, 班次/shift: “中班” is not one of: 白班, 夜班" in err
    assert "Line 6, 日期/day: “2026-11-25” is also on line 5." in err
    assert codes(site) == before


@pytest.mark.usefixtures("shifts")
def test_a_roster_is_taken_with_an_entry_for_each_person(run, site, file):
    rows = file("工号,日期,班次\n2001,2026-11-23,夜班\n2001,2026-11-24,休\n2002,2026-11-23,白班\n")
    status, out, _err = run("calendar", "import", rows)
    assert (status, out.strip()) == (0, "Roster of 2 people: 3 shifts new, 0 changed, 0 as before.")
    assert codes(site)[-3:] == ["roster.changed", "roster.changed", "roster.imported"]
    status, out, _err = run(
        "calendar",
        "import",
        file("staff_no,day,shift\n2001,2026-11-24,夜班\n2002,2026-11-23,usual\n"),
    )
    assert "2 people: 0 shifts new, 2 changed" in out
    assert run("verify")[0] == 0


def test_a_file_that_is_neither_says_what_a_calendar_needs(run, file):
    status, _out, err = run("calendar", "import", file("姓名,电话\n张伟,8001\n"))
    assert status == 1
    assert "日期" in err


@pytest.mark.usefixtures("shifts")
def test_the_day_sheet_is_written_for_a_day_and_for_one_person(run, tmp_path):
    status, out, _err = run("report", "day", "--day", "2026-11-23")
    assert status == 0
    assert "Day sheet 2026-11-23 to 2026-11-23" in out
    assert "08:30-17:30" in out
    path = tmp_path / "day.xlsx"
    assert run("report", "day", "--day", "2026-11-23", "--out", str(path))[0] == 0
    assert path.stat().st_size > 0
    status, out, _err = run("report", "day", "--day", "2026-11-23", "--who", "7777")
    assert status == 1
