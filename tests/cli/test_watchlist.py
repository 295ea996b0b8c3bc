"""``kiosk watchlist``: whole or not at all, signed with a PIN, and no number comes out again."""

import csv
import os
import pwd
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

ID = "11010519491231002X"
ROWS = (
    "姓名,别名,处置,通知,话术,原因,有效至,身份证号,电话,车牌\n"
    f"章薇,章微;小薇,婉拒,,今天不便接待,曾大闹前台,2099-12-31,{ID},13900139000,\n"
    ",,先打电话,1001,,讨债,,,,京A12345\n"
)


@pytest.fixture
def listed(site, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="gb18030")
    done = site.kiosk("watchlist", "import", str(file), "--signed-by", "9001", typed="2580\n")
    assert (done.returncode, done.stderr) == (0, "")
    return file


def codes(site, code):
    return [entry["facts"] for entry in site.journal() if entry["code"] == code]


def test_a_file_is_listed_by_whoever_signs_and_twice_changes_nothing(site, listed):
    ours = pwd.getpwuid(os.getuid()).pw_name
    told = [(one["signed_by"], one["account"], one["level"]) for one in codes(site, "watch.added")]
    assert told == [("9001", ours, "refuse"), ("9001", ours, "call")]
    again = site.kiosk("watchlist", "import", str(listed), "--signed-by", "9001", typed="2580\n")
    assert (again.returncode, "原有 2 条" in again.stdout) == (0, True)
    assert len(codes(site, "watch.added")) == len(told)


def test_every_bad_row_is_named_and_nothing_is_taken(site, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "name,level,reason,whom,until,id_number,phone,born,say\n"
        "A,maybe,r,,,,,,\n"
        "B,refuse,,,,,,,\n"
        "C,tell,r,,,,,,\n"
        "D,tell,r,7777,,,,,\n"
        "E,escort,r,,2020-01-01,,,,\n"
        "F,escort,r,,tomorrow,,,,\n"
        f"G,escort,r,,,{ID[:-1]}1,,,\n"
        ",escort,r,,,,8000,,\n"
        "I,escort,r,,,,,49,\n"
        "J,escort,r,,,,,,\n"
        "j,escort,r,,,,,,\n"
        f"K,escort,r,,,,,,{'x' * 130}\n",
        encoding="utf-8",
    )
    done = site.kiosk("watchlist", "import", str(file), "--signed-by", "9001", typed="2580\n")
    assert (done.returncode, done.stdout) == (1, "")
    named = {line.split("行")[0].strip("第 ") for line in done.stderr.splitlines()}
    assert {str(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13)} <= named, done.stderr
    assert "11" not in named
    assert ID[:10] not in done.stderr
    assert codes(site, "watch.added") == []


def test_a_dry_run_asks_for_no_pin_and_writes_nothing(site, tmp_path):
    book = Workbook()
    book.active.append(["姓名", "处置", "原因", "有效至"])
    book.active.append(["章薇", "陪同", "r", datetime(2099, 12, 31)])  # noqa: DTZ001 - as a sheet has it
    file = tmp_path / "list.xlsx"
    book.save(file)
    entries = len(site.journal())
    done = site.kiosk("watchlist", "import", str(file), "--dry-run")
    assert (done.returncode, "新列入 1 条" in done.stdout) == (0, True), done.stderr
    assert len(site.journal()) == entries


@pytest.mark.parametrize(
    ("signer", "pin"), [("", ""), ("2001", "2580\n"), ("9001", "1111\n"), ("9001", "")]
)
def test_nobody_lists_without_the_signature_of_a_manager_or_the_office(site, tmp_path, signer, pin):
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8")
    signed = ["--signed-by", signer] if signer else []
    done = site.kiosk("watchlist", "import", str(file), *signed, typed=pin)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert codes(site, "watch.added") == []


@pytest.mark.usefixtures("listed")
def test_the_list_goes_out_without_numbers_and_with_reasons_only_when_signed(site, tmp_path):
    plain, full = tmp_path / "plain.csv", tmp_path / "full.xlsx"
    assert site.kiosk("watchlist", "export", str(plain)).returncode == 0
    rows = list(csv.DictReader(plain.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["姓名"] for row in rows] == ["章薇", ""]
    assert rows[0]["有效至"] == "2099-12-31"
    for secret in ("大闹", ID, "13900139000"):
        assert secret not in plain.read_text(encoding="utf-8-sig")
    guard = site.kiosk("watchlist", "export", str(full), "--reasons", "2001", typed="2580\n")
    assert (guard.returncode, full.exists()) == (1, False)
    office = site.kiosk("watchlist", "export", str(full), "--reasons", "9001", typed="2580\n")
    assert office.returncode == 0, office.stderr
    cells = [cell.value for row in load_workbook(full).active for cell in row]
    assert "曾大闹前台" in cells
    assert ID not in cells
    told = [(one["reasons"], one["signed_by"]) for one in codes(site, "watch.exported")]
    assert told == [(False, ""), (True, "9001")]
    back = site.kiosk("watchlist", "import", str(full), "--dry-run")
    assert (back.returncode, "原有 2 条" in back.stdout) == (0, True), back.stderr


@pytest.mark.usefixtures("listed")
def test_a_file_that_cannot_be_written_is_said(site, tmp_path):
    done = site.kiosk("watchlist", "export", str(tmp_path / "nowhere" / "a.csv"))
    assert (done.returncode, bool(done.stderr.strip())) == (1, True)
    done = site.kiosk("watchlist", "export", str(tmp_path / "a.pdf"))
    assert (done.returncode, ".csv" in done.stderr) == (1, True)
