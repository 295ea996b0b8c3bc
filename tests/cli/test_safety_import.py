"""``kiosk safety import`` and ``kiosk report safety``: the whole list, or nothing of it."""

import pytest

HEAD = "组别,检查项目,地点,依据\n"
GOOD = (
    "清场,无滞留人员和外来车辆,院内,146\n清场,大棚内无人,大棚,\n消防,锅炉已熄火,锅炉房,146\n"
    "用电,水泵已断电,泵房,92\n防盗,各门已锁,大厅,92\n"
)
TOML = """
[[item]]
group = "clearing"
item = "Greenhouse is empty"
place = "Greenhouse"

[[item]]
group = "fire"
item = "Boiler is out"
place = "Boiler room"
clause = "146"

[[item]]
group = "{group}"
item = "Pumps are off"
place = ""

[[item]]
group = "theft"
item = "Gate is locked"
place = "Gate"
"""


def codes(site, code):
    return [entry for entry in site.journal() if entry["code"] == code]


@pytest.fixture
def file(tmp_path):
    """A file of items, written by the test."""

    def make(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make


def test_every_bad_row_is_named_and_nothing_is_taken(run, site, file):
    bad = (
        HEAD
        + GOOD
        + "清洁,扫地,院内,\n,无火种,大厅,\n防盗,各门已锁,大厅,\n消防,"
        + "长" * 41
        + ",院内,\n"
    )
    entries = len(site.journal())
    status, out, err = run("safety", "import", file(bad))
    assert (status, out) == (1, "")
    for line, said in ((7, "清洁"), (8, "empty"), (9, "line 6"), (10, "too long")):
        assert any(f"Line {line}," in one and said in one for one in err.splitlines()), (line, err)
    assert len(site.journal()) == entries


def test_a_dry_run_writes_nothing_and_the_real_one_takes_the_list(run, site, file):
    entries = len(site.journal())
    status, out, _ = run("safety", "import", file(HEAD + GOOD), "--dry-run")
    assert status == 0
    assert "3 new" in out
    assert len(site.journal()) == entries
    status, out, err = run("safety", "import", file(HEAD + GOOD))
    assert (status, err) == (0, "")
    assert "3 new, 1 changed or moved, 1 as before, 10 retired." in out
    [entry] = codes(site, "safety.list_imported")
    assert entry["facts"]["retired"] == 10
    entries = len(site.journal())
    status, out, _ = run("safety", "import", file(HEAD + GOOD))
    assert "0 new, 0 changed or moved, 5 as before, 0 retired." in out
    assert len(site.journal()) == entries


def test_a_group_without_an_item_is_refused(run, site, file):
    entries = len(site.journal())
    status, _, err = run("safety", "import", file(HEAD + GOOD.replace("用电", "消防")))
    assert status == 1
    assert "Electricity" in err
    assert len(site.journal()) == entries


def test_a_toml_file_names_the_line_of_each_item_with_a_fault(run, site, file):
    status, _, err = run("safety", "import", file(TOML.format(group="water"), "list.toml"))
    assert status == 1
    assert [line.split(",")[0] for line in err.splitlines()[:2]] == ["Line 13", "Line 13"]
    assert "water" in err
    good = TOML.format(group="electricity").replace('place = ""', 'place = "Pump house"')
    status, out, err = run("safety", "import", file(good, "list.toml"))
    assert (status, err) == (0, "")
    assert "4 new" in out
    assert len(codes(site, "safety.list_imported")) == 1


@pytest.mark.parametrize("text", ["[[item]\n", "x = 1\n", 'item = ["a"]\n'])
def test_what_is_no_list_is_refused_kindly(run, site, file, text):
    entries = len(site.journal())
    status, _, err = run("safety", "import", file(text, "list.toml"))
    assert status == 1
    assert "list.toml" in err
    assert len(site.journal()) == entries


def test_a_retired_item_comes_back_with_its_file(run, site, file):
    run("safety", "import", file(HEAD + GOOD))
    run(
        "safety",
        "import",
        file(HEAD + GOOD.replace("消防,锅炉已熄火,锅炉房,146", "消防,无火种,大厅,")),
    )
    status, out, _ = run("safety", "import", file(HEAD + GOOD))
    assert status == 0
    assert "0 new, 1 changed or moved, 4 as before, 1 retired." in out
    assert len(codes(site, "safety.list_imported")) == 3


def test_the_report_of_checks_is_made_from_an_empty_book_too(run):
    status, out, _ = run("report", "safety", "--month", "2026-11")
    assert status == 0
    assert "No safety check was finished" in out


def test_a_list_nobody_can_walk_before_a_handover_is_refused(run, site, file):
    rows = "".join(f"清场,第{nth}处,院内,\n" for nth in range(300))
    status, _, err = run("safety", "import", file(HEAD + GOOD + rows))
    assert status == 1
    assert "305 items" in err
    assert codes(site, "safety.list_imported") == []
