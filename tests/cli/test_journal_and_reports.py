"""``kiosk journal``, ``verify`` and ``report`` of a book that is as it should be."""

import json

import pytest
from openpyxl import load_workbook

from kiosk.desk import journal, settings
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import absorb
from kiosk.desk.journal import GENESIS, Head, grouped

HELMET = "名称,类型,持有人\n帽子1,安全帽,1002\n"


def test_the_journal_as_json_has_the_promised_shape(run, site):
    status, out, _ = run("journal", "--json")
    entries = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    for entry in entries:
        assert set(entry) == {"gate", "seq", "at", "by", "code", "facts", "hash"}
        assert entry["gate"] == "south"
        assert entry["at"].endswith(("Z", "+00:00"))
    _, out, _ = run("journal", "--json", "--since", str(len(entries) - 2))
    assert [json.loads(line)["seq"] for line in out.splitlines()] == [
        len(entries) - 1,
        len(entries),
    ]
    _, out, _ = run("journal")
    assert len(out.splitlines()) == len(entries)
    assert site.database.exists()


def test_revealing_is_an_entry_of_its_own(run):
    status, out, _ = run("journal", "--json", "--reveal", "the auditor asked")
    last = json.loads(out.splitlines()[-1])
    assert (status, last["code"]) == (0, "journal.revealed")
    assert "auditor" not in json.dumps(last["facts"])


def test_the_journal_of_another_desk_is_shown_when_asked_for(run, site):
    entry = journal.seal(
        "north",
        Head(0, GENESIS),
        "2026-11-23T00:20:00.000000Z",
        "2001",
        "badge.blocked",
        "{}",
        "[]",
    )
    desk = Desk.open(settings.load(site.config, {}))
    absorb(desk, [entry], {})
    desk.close()
    _, out, _ = run("journal", "--json")
    assert {json.loads(line)["gate"] for line in out.splitlines()} == {"south"}
    status, out, _ = run("journal", "--json", "--gate", "north")
    [shown] = [json.loads(line) for line in out.splitlines()]
    assert (status, shown["gate"], shown["hash"]) == (0, "north", entry.hash)
    _, out, _ = run("journal", "--json", "--gate", "north", "--reveal", "the auditor asked")
    assert [json.loads(line)["gate"] for line in out.splitlines()] == ["north"]
    _, out, _ = run("journal", "--json")
    assert json.loads(out.splitlines()[-1])["facts"]["of"] == "north"
    status, out, _ = run("verify", "--code", grouped(entry.hash))
    assert (status, "of desk north" in out) == (0, True)


def test_verify_says_intact(run):
    status, out, _ = run("verify", "--json")
    found = json.loads(out)
    assert (status, found["intact"], found["problem"]) == (0, True, None)
    assert found["head"]["seq"] == found["entries"]
    status, out, _ = run("verify")
    assert (status, found["fingerprint"] in out) == (0, True)


@pytest.mark.parametrize(
    "name",
    [
        "visits",
        "visitors",
        "register",
        "hourly",
        "times",
        "roll-call",
        "attendance",
        "open-things",
        "loans",
        "overdue",
        "holder",
        "stock",
        "messages",
        "parcels",
        "passes",
        "passes-out",
        "goods-kept",
        "enquiries",
        "handovers",
        "duty-log",
        "away",
        "on-duty",
        "errands",
        "cases",
        "case-sheet",
        "month",
        "day",
        "whereabouts",
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".txt"])
def test_a_report_is_written_as_its_name_says(run, tmp_path, name, suffix):
    file = tmp_path / f"report{suffix}"
    status, out, err = run("report", name, "--out", str(file))
    assert (status, err) == (0, "")
    assert str(file) in out
    if suffix == ".xlsx":
        assert load_workbook(file).active.max_row >= 1
    else:
        assert file.read_text(encoding="utf-8-sig").strip()


def test_a_report_goes_to_the_screen_or_to_paper(run, site):
    status, out, _ = run("report", "attendance", "--month", "2026-11")
    assert (status, bool(out.strip())) == (0, True)
    status, out, _ = run("report", "roll-call", "--print")
    assert (status, "printer" in out) == (0, True)
    assert [entry["code"] for entry in site.journal()][-1] == "report.printed"


def test_what_one_person_holds_is_printed_as_the_leavers_sheet(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(HELMET, encoding="utf-8")
    run("things", "import", str(file))
    status, out, _ = run("report", "holder", "--who", "1002", "--print")
    assert (status, "printer" in out) == (0, True)
    last = site.journal()[-1]
    assert (last["code"], last["facts"]["sheet"]) == ("sheet.printed", "loan.leaver")
    assert last["facts"]["number"].startswith("1002-")
    run("report", "holder", "--print")
    assert site.journal()[-1]["code"] == "report.printed"


def test_the_register_of_one_thing_names_everybody_who_had_it(run, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(HELMET + "帽子2,安全帽,1001\n帽子3,安全帽,\n", encoding="utf-8")
    run("things", "import", str(file))
    status, out, _ = run("report", "loans", "--thing", "帽子1")
    assert (status, "帽子1" in out, "1002" in out, "帽子2" in out) == (0, True, True, False)
    assert "Everybody who had 帽子1" in out
    status, out, _ = run("report", "loans", "--thing", "帽子1", "--date", "2026-01-02")
    assert (status, "帽子1, lent 2026-01-02 to 2026-01-02" in out, "1002" in out) == (
        0,
        True,
        False,
    )
    status, out, _ = run("report", "loans", "--thing", "帽子3")
    assert (status, "Nobody has had it yet." in out) == (0, True)
    written = tmp_path / "one.csv"
    assert run("report", "loans", "--thing", "帽子1", "--out", str(written))[0] == 0
    assert len(written.read_text(encoding="utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("loans", "--thing", "帽子9"), "Nothing lent is called 帽子9."),
        (("stock", "--thing", "帽子1"), "The report stock is not about one thing."),
    ],
)
def test_a_thing_that_is_none_or_a_report_of_no_thing_is_refused(run, words, told):
    status, _, err = run("report", *words)
    assert status != 0
    assert told in err


def test_the_duty_log_of_a_day_takes_day_as_well_as_date(run):
    status, out, _ = run("report", "duty-log", "--day", "2001-01-01")
    assert (status, "Nothing was written" in out, "2001-01-01" in out) == (0, True, True)
    status, out, err = run("report", "duty-log", "--print")
    assert (status, err, "Queued" in out) == (0, "", True)
