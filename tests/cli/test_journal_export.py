"""A real book exported by the real command, and checked by the verifier as a program of its own."""

import ast
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desk import settings
from kiosk.desk.desk import Desk
from kiosk.desk.journal import grouped

VERIFIER = Path(__file__).parents[2] / "deploy" / "verify_export.py"


def verify(*words, language="en"):
    """Run the verifier with nothing of the project in reach: its status and what it said."""
    told = subprocess.run(  # noqa: S603 - our own file, our own words
        [sys.executable, "-I", str(VERIFIER), *map(str, words), "--language", language],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert told.stderr == ""
    return told.returncode, told.stdout


@pytest.fixture
def export(run, tmp_path):
    """Export the site's journal: the file."""

    def export(*words, name="book.jsonl"):
        status, _, err = run("journal", "export", str(tmp_path / name), *words)
        assert (status, err) == (0, "")
        return tmp_path / name

    return export


def entries_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[1:-1]]


def test_a_real_book_is_exported_whole_and_holds(run, export, site):
    _, said, _ = run("verify", "--json")
    head = json.loads(said)["head"]
    made = entries_of(export())
    assert [one["entry"]["seq"] for one in made] == list(range(1, head["seq"] + 1))
    assert made[-1]["hash"] == head["hash"]
    status, out = verify(site.config.parent.parent / "book.jsonl")
    assert status == 0
    assert grouped(head["hash"]) in out
    assert "Without a sheet" in out
    assert "proves nothing" not in out


def test_every_way_to_type_a_sheets_code_finds_its_entry(export, tmp_path):
    file = export()
    third = entries_of(file)[2]
    code = grouped(third["hash"])
    full_width = code.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEF"})
    for typed in (code, code.lower(), code.replace(" ", ""), code.replace(" ", "-"), full_width):
        status, out = verify(file, "--sheet", *typed.split())
        assert (status, "that of entry 3" in out, third["entry"]["code"] in out) == (0, True, True)
        assert "Entries 1 to 3 are exactly" in out
        assert "Entries 4 to" in out
    scanned = tmp_path / "scan.txt"
    scanned.write_text(f"交接单\n校验码 {code}\n", encoding="utf-8-sig")
    assert verify(file, "--sheet-file", scanned)[0] == 0


def test_the_sheet_that_two_guards_signed_vouches_for_all_before_it(export, site, printed):
    [signed] = [one for one in site.journal() if one["code"] == "handover.accepted"]
    status, out = verify(export(), "--sheet", *grouped(printed).split(), language="zh")
    assert status == 0
    assert f"第 {signed['seq']} 条记录的" in out
    assert "handover.accepted H1" in out
    assert f"第 1 条到第 {signed['seq']} 条与打印那张交接单时完全一样" in out


def test_a_mistyped_group_is_named(export):
    file = export()
    groups = grouped(entries_of(file)[2]["hash"]).split()
    wrong = "0000" if groups[1] != "0000" else "1111"
    status, out = verify(file, "--sheet", groups[0], wrong, *groups[2:])
    assert (status, f"Group 2 of the code ({wrong})" in out, "entry 3" in out) == (4, True, True)
    status, out = verify(file, "--sheet", *groups[:3], groups[3][:3])
    assert (status, "Group 4" in out, "3 characters" in out) == (4, True, True)
    status, out = verify(file, "--sheet", "7G02", *groups[1:], language="zh")
    assert (status, "第 1 组（7G02）" in out) == (4, True)


def test_the_sheet_of_another_book_is_not_in_this_one(export):
    status, out = verify(export(), "--sheet", "7D02 93AF 00C4 B1E6")
    assert (status, "no entry has the code 7D02 93AF 00C4 B1E6" in out) == (3, True)


def test_some_days_say_what_they_do_not_prove(export, site, tmp_path):
    desk = Desk.open(settings.load(site.config, {}))
    today = desk.today()
    before = desk.head.seq
    with desk.write(by="2001") as tx:
        tx.record("desk.locked", post=desk.gate, why="asked")
    desk.close()
    every = entries_of(export())
    days = sorted({one["entry"]["at"][:10] for one in every})
    assert days[-1] >= str(today - timedelta(days=1))
    status, out = verify(export("--since", str(today), name="today.jsonl"))
    first = entries_of(tmp_path / "today.jsonl")[0]["entry"]["seq"]
    assert (status, first <= before + 1) == (0, True)
    assert ("proves nothing" in out) is (first > 1)
    file = export("--until", str(today - timedelta(days=1)), name="earlier.jsonl")
    status, out = verify(file)
    assert status == 0
    assert ("The book went on" in out) or ("has no entry" in out)


def test_a_later_part_names_where_it_begins(site, run, export, tmp_path):
    desk = Desk.open(settings.load(site.config, {}))
    later = desk.today() + timedelta(days=3)
    real = desk.clock
    desk.clock = lambda: real() + timedelta(days=3)
    with desk.write(by="2001") as tx:
        tx.record("desk.locked", post=desk.gate, why="asked")
        last = tx.head.seq
    desk.close()
    status, out = verify(export("--since", str(later), name="later.jsonl"))
    assert (status, f"Entries before {last} are not in this file" in out) == (0, True)
    _, said, _ = run("journal", "export", str(tmp_path / "b.jsonl"), "--since", str(later))
    assert f"no entry before {last}" in said
    status, out = verify(export("--until", str(later - timedelta(days=1)), name="cut.jsonl"))
    assert (status, f"went on after entry {last - 1}" in out) == (0, True)


def test_no_entry_in_those_days_proves_nothing(export):
    status, out = verify(export("--until", "2001-01-01"), language="zh")
    assert (status, "什么也证明不了" in out) == (0, True)


def test_an_export_is_never_written_over_and_days_are_days(run, export, site):
    file = export()
    before = file.read_bytes()
    status, _, err = run("journal", "export", str(file))
    assert (status, "never written over" in err, file.read_bytes()) == (1, True, before)
    status, _, err = run("journal", "export", str(site.database))
    assert (status, "never written over" in err) == (1, True)
    new = str(file.with_name("new.jsonl"))
    assert run("journal", "export", new, "--since", "yesterday")[0] == 1
    status, _, err = run("journal", "export", new, "--since", "2026-11-02", "--until", "2026-11-01")
    assert (status, "later than" in err) == (1, True)
    assert run("journal", "--reveal", "why", "export", new)[0] == 1
    assert not Path(new).exists()


def test_the_settings_may_be_named_before_the_word_export(site, run, tmp_path):
    words = ("journal", "--config", str(site.config), "export", str(tmp_path / "x.jsonl"))
    assert run(*words, config=False)[0] == 0


def test_the_verifier_is_python_3_9_and_imports_the_standard_library_only():
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 9))
    named = {
        (one.module or "") if isinstance(one, ast.ImportFrom) else one.names[0].name
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
    }
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_wrong_usage_and_a_missing_file_end_with_two(tmp_path):
    assert verify(tmp_path / "none.jsonl")[0] == 2
    (tmp_path / "photo.jsonl").write_bytes(b"\xff\xd8\xff\xe0\n")
    assert verify(tmp_path / "photo.jsonl")[0] == 1
