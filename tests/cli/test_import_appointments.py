"""``kiosk appointments import``: whole or not at all, told first, and twice the same is once."""

from datetime import timedelta

import pytest

from kiosk.desk.clock import system_clock

DAY = (system_clock() + timedelta(days=3)).date()
HEADER = "编号,被访人工号,来访人,事由,日期,从,至,状态\n"


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "visits.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="gb18030")
        return str(path)

    return write


def row(ref, name, *, state="", host="1001", start="9:30"):
    return f"{ref},{host},{name},检修,{DAY},{start},11:00,{state}"


def test_a_dry_run_says_what_would_be_and_writes_nothing(run, site, file):
    entries = len(site.journal())
    status, out, _ = run(
        "appointments", "import", file(row("1", "王小明"), row("2", "李四")), "--dry-run"
    )
    assert status == 0
    assert f"Line 2: new, {DAY} 09:30 王小明, visiting 1001" in out
    assert "2 new, 0 changed, 0 cancelled, 0 as before" in out
    assert len(site.journal()) == entries


def test_a_newer_file_changes_and_cancels_and_the_same_file_does_nothing(run, site, file):
    entries = len(site.journal())
    first = (row("1", "王小明"), row("2", "李四"))
    newer = (row("1", "王小明", start="10:00"), row("2", "李四", state="取消"), row("3", "赵六"))
    for rows, told in (
        (first, "2 new, 0 changed, 0 cancelled, 0 as before"),
        (first, "0 new, 0 changed, 0 cancelled, 2 as before"),
        (newer, "1 new, 1 changed, 1 cancelled, 0 as before"),
        (newer, "0 new, 0 changed, 0 cancelled, 3 as before"),
    ):
        status, out, _ = run("appointments", "import", file(*rows))
        assert (status, told in out) == (0, True), out
    codes = [entry["code"] for entry in site.journal()[entries:]]
    assert codes == [
        "visit.expected", "visit.expected", "visits.imported",
        "visit.expected", "visit.changed", "visit.cancelled", "visits.imported",
    ]  # fmt: skip
    assert run("verify")[0] == 0


def test_every_bad_cell_is_named_and_nothing_is_taken(run, site, file):
    entries = len(site.journal())
    bad = file(row("1", "王小明"), row("2", "李四", host="7777", start="25:00"))
    status, out, err = run("appointments", "import", bad)
    assert (status, out) == (1, "")
    assert "Line 3, 被访人工号/host_no: “7777”" in err
    assert "Line 3, 从/from: “25:00”" in err
    assert "1 row is wrong. Nothing was taken." in err
    assert len(site.journal()) == entries
