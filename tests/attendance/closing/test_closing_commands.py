"""``kiosk day close`` and ``kiosk report month`` as they are typed, in a site of their own."""

import io
from datetime import date, timedelta

import pytest
from month_of_work import tapped
from openpyxl import load_workbook

from kiosk import cli
from kiosk.desk import settings as desk_settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE


@pytest.fixture
def run(settings, desk, people, capfd, monkeypatch, tmp_path):
    """Run one command on the book of this test, yesterday's taps in it; the desk is closed."""
    yesterday = _last_workday(desk)
    tapped(desk, people["1001"], yesterday, "08:20", "17:40")
    desk.close()
    config = tmp_path / "kiosk.toml"
    desk_settings.write_example(
        config,
        {
            "site.gate": "gate-1", "site.name": "双河镇人民政府", "site.gate_name": "南门",
            "site.language": "en", "desk.database": str(settings.desk.database),
            "desk.site_key": str(settings.desk.site_key),
        },
    )  # fmt: skip
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def run(*words, pin=""):
        capfd.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
        status = cli.main([*words, "--config", str(config)])
        said = capfd.readouterr()
        return status, said.out, said.err

    run.day = yesterday
    run.settings = settings
    return run


def _last_workday(desk) -> date:
    day = desk.work_day(system_clock()) - timedelta(days=1)
    while not desk.calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def test_the_gaps_are_listed_and_closing_asks_for_their_number(run):
    day = run.day.isoformat()
    status, out, _err = run("day", "close", "--dry-run", "--day", day)
    assert status == 0
    assert "3001 李娜 nothing is known of the day" in out
    assert "2 persons become absent." in out
    status, _out, err = run("day", "close", "--day", day, "--signed-by", "9001", pin="2580")
    assert (status, "Confirm this number" in err) == (1, True)
    signed = ("--signed-by", "9001", "--absent", "2")
    status, out, _err = run("day", "close", "--day", day, *signed, pin="2580")
    assert (status, f"{day} is closed." in out) == (0, True)


def test_a_guard_and_a_wrong_pin_close_nothing(run):
    day = ("--day", run.day.isoformat(), "--absent", "2")
    status, _out, err = run("day", "close", *day, "--signed-by", "2001", pin="2580")
    assert (status, "does not keep the books" in err) == (1, True)
    status, _out, err = run("day", "close", *day, "--signed-by", "9001", pin="1111")
    assert status == 1
    status, _out, err = run("day", "close", *day)
    assert (status, "--signed-by" in err) == (1, True)


def test_the_month_goes_into_a_workbook_of_one_section(run, tmp_path):
    month, file = f"{run.day:%Y-%m}", tmp_path / "month.xlsx"
    status, _out, _err = run(
        "report", "month", "--month", month, "--section", "办公室", "--out", str(file)
    )
    assert status == 0
    grid, detail = load_workbook(file).worksheets
    assert grid.title == month
    assert [row[1].value for row in grid.iter_rows(min_row=2, max_row=3)] == ["1001", "2001"]
    assert detail.max_row >= 2
    status, _out, err = run("report", "month", "--month", month, "--section", "没有")
    assert (status, "no section" in err) == (1, True)
    status, _out, err = run("report", "visits", "--section", "办公室")
    assert (status, "Leave --section out" in err) == (1, True)


def test_who_closed_is_in_the_journal_with_the_account(run):
    day = run.day.isoformat()
    run("day", "close", "--day", day, "--absent", "2", "--signed-by", "9001", pin="2580")
    desk = Desk.open_to_read(run.settings)
    with desk.read() as book:
        assert len(book.all(EVERYONE)) == 5
        (facts,) = [
            row[0] for row in book.connection.execute(
                "SELECT facts FROM journal WHERE code = 'day.closed'"
            )
        ]  # fmt: skip
    desk.close()
    assert '"account"' in facts
    assert '"absent":2' in facts
