"""Every command of ``kiosk``: its exit status, what it says, what it leaves behind."""

import argparse
import json
import os
import pwd
import sqlite3
from contextlib import closing

import pytest
from house import PIN, kiosk
from openpyxl import load_workbook

from kiosk import usage

# The whole program, as a shell sees it.


def test_init_makes_a_site_once(tmp_path):
    folder = tmp_path / "new"
    first = kiosk("init", str(folder), "--admin-no", "9009", typed=f"{PIN}\n", lang="en_US")
    assert (first.returncode, first.stderr) == (0, "")
    assert "9009" in first.stdout
    assert PIN not in first.stdout
    for name in ("kiosk.db", "kiosk.toml", "site.key"):
        assert (folder / name).is_file()
    assert (folder / "site.key").stat().st_mode & 0o777 == 0o600
    again = kiosk("init", str(folder), typed=f"{PIN}\n", lang="en_US")
    assert again.returncode == 1
    assert "kiosk.toml" in again.stderr


def test_init_without_a_pin_makes_one_and_refuses_a_weak_one(tmp_path):
    made = kiosk("init", str(tmp_path / "a"), lang="en_US")
    assert made.returncode == 0
    assert "PIN " in made.stdout
    weak = kiosk("init", str(tmp_path / "b"), typed="1234\n", lang="en_US")
    assert weak.returncode == 1
    assert weak.stderr.strip()
    assert not (tmp_path / "b").exists()


def test_the_settings_are_found_by_option_then_environment_then_folder(site, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[nothing]\n")
    by_folder = kiosk("verify", cwd=site.folder)
    assert by_folder.returncode == 0
    by_environment = kiosk("verify", cwd=tmp_path, more={"KIOSK_CONFIG": str(site.config)})
    assert by_environment.returncode == 0
    beats_folder = kiosk("verify", cwd=site.folder, more={"KIOSK_CONFIG": str(wrong)})
    assert beats_folder.returncode == 1
    assert "nothing" in beats_folder.stderr
    beats_both = kiosk(
        "verify", "--config", str(site.config), cwd=tmp_path, more={"KIOSK_CONFIG": str(wrong)}
    )
    assert beats_both.returncode == 0
    nowhere = kiosk("verify", cwd=tmp_path)
    assert nowhere.returncode == 1
    assert "kiosk.toml" in nowhere.stderr


def test_run_wants_a_terminal(site):
    done = site.kiosk("run")
    assert done.returncode == 1
    assert "终端" in done.stderr


# Wrong usage and refusals.


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["people"],
        ["people", "import"],
        ["people", "set-pin"],
        ["things"],
        ["things", "import"],
        ["badges"],
        ["badges", "enrol"],
        ["badges", "block", "1001"],
        ["badges", "unblock", "04A1B2C3D4E501"],
        ["badges", "list"],
        ["journal", "--since", "yesterday"],
        ["report"],
        ["verify", "--jsn"],
        ["demo", "--language", "tlh"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(run, words):
    status, out, err = run(*words, config=False)
    assert (status, out) == (2, "")
    assert "usage" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["people", "import", "absent.csv"], "absent.csv"),
        (["badges", "enrol", "7777", "--uid", "04AABBCCDDEE11"], "7777"),
        (["badges", "enrol", "1001", "--uid", "hello"], ""),
        (["badges", "enrol", "1001", "--uid", "04A1B2C3D4E502"], "2001"),
        (["badges", "enrol", "1001", "--uid", "04A1B2C3D4E509"], "1002"),
        (["badges", "block", "1001", "--reason", " "], "why"),
        (["badges", "block", "7777", "--reason", "lost"], "7777"),
        (["badges", "block", "04A1B2C3D4E509", "--reason", "lost"], "already"),
        (["badges", "unblock", "04A1B2C3D4E501", "--reason", "found"], "not blocked"),
        (["badges", "unblock", "04A1B2C3D4E509", "--reason", ""], "why"),
        (["badges", "list", "7777"], "7777"),
        (["report", "gossip"], "visits"),
        (["report", "visits", "--date", "yesterday"], "yesterday"),
        (["report", "visits", "--month", "2026-13"], "2026-13"),
        (["report", "visits", "--date", "2026-11-01", "--month", "2026-11"], ""),
        (["things", "import", "absent.csv"], "absent.csv"),
        (["report", "keys"], "overdue"),
        (["report", "holder", "--who", "7777"], "7777"),
        (["report", "visits", "--who", "1001"], "--who"),
        (["report", "visits", "--out", "visits.pdf"], ".xlsx"),
        (["journal", "--reveal", " "], "reason"),
        (["demo", "--headless"], "--play"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_refusal_is_status_1_with_a_sentence(run, site, words, told):
    before = site.database.read_bytes()
    status, out, err = run(*words, config=words[0] != "demo")
    assert (status, out) == (1, "")
    assert told in err
    assert "Traceback" not in err
    assert len(err.strip()) > len("Refused.")
    assert site.database.read_bytes() == before


def test_a_demo_never_plays_with_a_real_site(site, run):
    status, _, err = run("demo", "--play", "--headless", "--dir", str(site.folder), config=False)
    assert status == 1
    assert str(site.folder) in err


# People and badges.


def test_a_bad_row_is_named_and_nothing_is_taken(run, site, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(
        "name,staff_no,department,role,badge\n"
        "Good,3001,Office,staff,04AABBCCDDEE01\n"
        ",3002,Office,staff,\n"
        "Twice,3001,Office,staff,\n"
        "Robot,3003,Office,robot,\n"
        "Taken,3004,Office,staff,04A1B2C3D4E501\n",
        encoding="utf-8",
    )
    entries = len(site.journal())
    status, out, err = run("people", "import", str(file))
    assert (status, out) == (1, "")
    for line in ("3", "4", "5", "6"):
        assert line in err
    assert "robot" in err
    assert len(err.strip().splitlines()) >= len("3456") + 1
    assert len(site.journal()) == entries


def test_a_dry_run_writes_nothing_and_the_real_one_does(run, site, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("姓名,工号,部门\n钱多多,3001,办公室\n", encoding="gb18030")
    entries = len(site.journal())
    status, out, _ = run("people", "import", str(file), "--dry-run")
    assert (status, "1 new" in out) == (0, True)
    assert len(site.journal()) == entries
    status, out, _ = run("people", "import", str(file))
    assert (status, "1 new" in out) == (0, True)
    assert "people.imported" in [e["code"] for e in site.journal()[entries:]]
    status, out, _ = run("people", "import", str(file))
    assert (status, "1 as before" in out) == (0, True)


THINGS = (
    "名称,类型,标签,门,批准,持有人\n"
    "12号柜钥匙,共用文件柜钥匙,04B1B2B3B4B501,档案室12号柜,,\n"
    "帽子1,安全帽,04B1B2B3B4B502,,,1002\n"
)


def test_things_are_taken_whole_or_every_bad_row_is_named(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(THINGS + "帽子1,helmet,,,,\n车,自行车,,,,\n", encoding="gb18030")
    entries = len(site.journal())
    status, out, err = run("things", "import", str(file))
    assert (status, out) == (1, "")
    assert "Line 4" in err
    assert "Line 5" in err
    assert len(site.journal()) == entries


def test_a_dry_run_of_things_writes_nothing_and_the_second_run_changes_nothing(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text(THINGS, encoding="utf-8")
    entries = len(site.journal())
    status, out, _ = run("things", "import", str(file), "--dry-run")
    assert (status, "2 new" in out) == (0, True)
    assert len(site.journal()) == entries
    for told in ("2 new", "2 as before"):
        status, out, _ = run("things", "import", str(file))
        assert (status, told in out) == (0, True)
    new = [entry["code"] for entry in site.journal()[entries:]]
    assert new == ["thing.added", "thing.added", "loan.out", "things.imported"]
    assert run("verify")[0] == 0
    status, out, _ = run("report", "holder", "--who", "1002")
    assert (status, "帽子1" in out, "12号柜" in out) == (0, True, False)
    status, out, _ = run("report", "holder", "--who", "1001")
    assert (status, "帽子1" in out) == (0, False)


def test_a_tag_is_read_as_the_reader_prints_it(run, site, tmp_path):
    file = tmp_path / "things.csv"
    file.write_text("label,kind,tag\nHelmet 3,helmet,0078937366\n", encoding="utf-8")
    status, _, _ = run("things", "import", str(file), "--tag-format", "8h10d")
    assert status == 0
    added = [entry for entry in site.journal() if entry["code"] == "thing.added"]
    assert added[-1]["facts"]["tag"] == f"{78937366:08X}"


def test_a_pin_comes_from_standard_input(site):
    assert site.kiosk("people", "set-pin", "1001", typed="8024\n").returncode == 0
    assert site.journal()[-1]["code"] == "pin.set"
    weak = site.kiosk("people", "set-pin", "1001", typed="0000\n")
    none = site.kiosk("people", "set-pin", "1001", typed="")
    nobody = site.kiosk("people", "set-pin", "7777", typed="8024\n")
    assert [done.returncode for done in (weak, none, nobody)] == [1, 1, 1]
    assert all(done.stderr.strip() for done in (weak, none, nobody))
    assert "8024" not in str([entry["facts"] for entry in site.journal()])


def test_a_badge_is_enrolled_by_its_number(run, site):
    status, out, _ = run("badges", "enrol", "1001", "--uid", "04:aa:bb:cc:dd:ee:11")
    assert (status, "04AABBCCDDEE11" in out) == (0, True)
    assert site.journal()[-1]["code"] == "badge.enrolled"


def test_a_badge_is_blocked_listed_and_given_back(run, site):
    status, out, _ = run("badges", "block", "1001", "--reason", "lost")
    assert (status, "04A1B2C3D4E501" in out) == (0, True)
    status, out, _ = run("badges", "list", "1001")
    assert (status, "blocked" in out, "Lost" in out) == (0, True, True)
    status, out, _ = run("badges", "list", "1001", "--json")
    told = json.loads(out)
    assert (told["uid"], told["state"], told["blocked_for"]) == (
        "04A1B2C3D4E501", "blocked", "lost",
    )  # fmt: skip
    status, out, _ = run("badges", "unblock", "04a1b2c3d4e501", "--reason", "found in his coat")
    assert (status, "04A1B2C3D4E501" in out) == (0, True)
    status, out, _ = run("badges", "list", "1001")
    assert (status, "works" in out, "blocked" in out) == (0, True, False)
    codes = {entry["code"]: entry for entry in site.journal()}
    assert codes["badge.blocked"]["facts"]["uid"] == "04A1B2C3D4E501"
    assert "coat" not in json.dumps(codes["badge.unblocked"])


def test_every_writing_command_names_the_account_behind_it(run, site, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("姓名,工号,部门,卡号\n钱多多,3001,档案室,04AABBCCDDEE01\n", encoding="utf-8")
    before = len(site.journal())
    for words in (
        ["people", "import", str(file)],
        ["badges", "enrol", "1001", "--uid", "04AABBCCDDEE11"],
        ["badges", "block", "3001", "--reason", "lost"],
        ["badges", "unblock", "04AABBCCDDEE01", "--reason", "found"],
        ["journal", "--reveal", "the auditor asked"],
        ["report", "roll-call", "--print"],
    ):
        assert run(*words)[0] == 0
    assert site.kiosk("people", "set-pin", "1001", typed="8024\n").returncode == 0
    written = site.journal()[before:]
    assert {entry["code"] for entry in written} == {
        "person.added", "badge.enrolled", "people.imported", "badge.blocked", "badge.unblocked",
        "journal.revealed", "report.printed", "pin.set",
    }  # fmt: skip
    ours = pwd.getpwuid(os.getuid()).pw_name
    assert {(entry["by"], entry["facts"]["account"]) for entry in written} == {("system", ours)}
    assert {entry["facts"]["account"] for entry in site.journal()[:3]} == {ours}  # kiosk init


def test_no_card_in_time_is_told(run):
    status, _, err = run("badges", "enrol", "1001", "--seconds", "0")
    assert status == 1
    assert "reader" in err


# The book.


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
        "roll-call",
        "attendance",
        "open-things",
        "loans",
        "overdue",
        "holder",
        "stock",
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
    file.write_text(THINGS, encoding="utf-8")
    run("things", "import", str(file))
    status, out, _ = run("report", "holder", "--who", "1002", "--print")
    assert (status, "printer" in out) == (0, True)
    last = site.journal()[-1]
    assert (last["code"], last["facts"]["sheet"]) == ("sheet.printed", "loan.leaver")
    assert last["facts"]["number"].startswith("1002-")
    run("report", "holder", "--print")
    assert site.journal()[-1]["code"] == "report.printed"


# The doctor, without a running kiosk.


def test_the_doctor_names_what_is_absent(run, site):
    site.plug(reader=f"nfc+pn532:{site.folder}/absent", printer="escpos+tcp:127.0.0.1:9")
    status, out, _ = run("doctor", "--json")
    found = {finding["part"]: finding for finding in json.loads(out)}
    assert status == 1
    assert not found["reader"]["good"]
    assert not found["printer"]["good"]
    assert all(found[part]["good"] for part in ("database", "clock", "disk", "font")), found
    assert set(found["reader"]) == {"part", "name", "good", "state", "words"}


# Words, for who has never seen the command line before.


def told(*words, language, **options):
    return kiosk(*words, lang="C", more={"KIOSK_SITE__LANGUAGE": language}, **options)


@pytest.mark.usefixtures("compiled_words")
def test_argparse_speaks_the_language_of_the_site():
    asked = told("badges", "--help", language="zh_CN")
    assert (asked.returncode, asked.stdout.startswith("用法：kiosk badges")) == (0, True)
    assert "usage" not in asked.stdout
    wrong = told("badges", "block", "1001", language="zh_CN")
    assert (wrong.returncode, "缺少 --reason" in wrong.stderr) == (2, True)
    english = told("badges", "--help", language="en")
    assert english.stdout.startswith("usage: kiosk badges")


@pytest.mark.usefixtures("compiled_words")
def test_settings_that_are_wrong_are_told_in_the_language_of_the_environment(tmp_path):
    done = told("verify", "--config", str(tmp_path / "no.toml"), language="zh_CN")
    assert (done.returncode, "找不到" in done.stderr or "没有" in done.stderr) == (1, True)
    folder = told("verify", "--config", str(tmp_path), language="zh_CN")
    assert "是文件夹" in folder.stderr


def options(parser):
    """Yield every option and argument of every command, with the command's name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action.choices.values():
                yield from options(choice)
        else:
            yield parser.prog, action


def test_every_option_of_every_command_is_explained():
    mute = [f"{prog}: {action.dest}" for prog, action in options(usage.parser()) if not action.help]
    assert mute == []


def test_a_file_where_a_folder_should_be_is_refused_and_stays(tmp_path):
    file = tmp_path / "notes"
    file.write_text("mine")
    for folder in (file, file / "site"):
        done = kiosk("init", str(folder), lang="en_US")
        assert (done.returncode, "Not a directory" in done.stderr) == (1, True), done.stderr
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ["badges", "enrol", "1001", "--seconds", "-1"],
        ["journal", "--since", "-3"],
        ["report", "visits", "--print", "--out", "visits.csv"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_wrong_usage(run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert words[-2] in err or words[-1] in err


def test_without_a_reader_nobody_is_asked_for_a_card(run):
    status, out, err = run("badges", "enrol", "1001")
    assert (status, out) == (1, "")
    assert "--uid" in err


def test_the_doctor_says_that_no_device_is_set(run):
    status, out, _ = run("doctor", "--json")
    found = {one["part"]: one for one in json.loads(out)}
    assert (found["reader"]["state"], found["printer"]["state"]) == ("not_set", "not_set")
    assert status == 0
    assert "kiosk.toml" in found["reader"]["words"]


# A book that somebody, or a disk, has changed.


def behind_the_journal(site, *statements):
    with closing(sqlite3.connect(site.database)) as book, book:
        for name in ("update", "delete"):
            book.execute(f"DROP TRIGGER journal_refuses_{name}")
        for statement in statements:
            book.execute(statement)


@pytest.mark.parametrize(
    ("statement", "told_"),
    [
        ("UPDATE journal SET facts = replace(facts, '1001', '1002') WHERE seq = 4", "entry 4"),
        ("DELETE FROM journal WHERE seq = 6", "entry 6"),
        ("UPDATE person SET name = 'X' WHERE staff_no = '1001'", "of person was changed"),
        ("UPDATE badge SET state = 'active' WHERE state = 'blocked'", "of badge was changed"),
    ],
)
def test_verify_and_doctor_name_what_was_changed(run, site, statement, told_):
    behind_the_journal(site, statement)
    status, out, _ = run("verify")
    assert (status, told_ in out) == (1, True), out
    status, out, _ = run("doctor")
    assert (status, told_ in out) == (1, True), out


def test_a_damaged_file_is_a_sentence_and_no_trace(run, site):
    with closing(sqlite3.connect(site.database)) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = book.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'department'"
        ).fetchone()
        (size,) = book.execute("PRAGMA page_size").fetchone()
    content = bytearray(site.database.read_bytes())
    start = (page - 1) * size
    content[start : start + size] = bytes(byte ^ 0x5A for byte in content[start : start + size])
    site.database.write_bytes(content)
    staff = site.folder / "staff.csv"
    for words in (["report", "attendance"], ["people", "import", str(staff)], ["verify"]):
        status, out, err = run(*words)
        assert status == 1
        assert "damaged" in out + err
        assert "Traceback" not in err
    status, out, _ = run("doctor")
    assert (status, "None" in out, "damaged" in out) == (1, False, True)


def test_another_sites_key_seals_nothing(run, site, tmp_path):
    assert run("journal", "--reveal", "the auditor asked")[0] == 0  # something is sealed
    assert kiosk("init", str(tmp_path / "other"), lang="en_US").returncode == 0
    (tmp_path / "other" / "site.key").replace(site.folder / "site.key")
    entries = len(site.journal())
    for words in (
        ["people", "import", str(site.folder / "staff.csv")],
        ["journal", "--reveal", "x"],
    ):
        status, out, err = run(*words)
        assert (status, out) == (1, "")
        assert "site.key" in err
    assert len(site.journal()) == entries
    status, out, _ = run("verify")
    assert (status, "the site key is another one" in out) == (1, True), out
    status, out, _ = run("doctor", "--json")
    found = {finding["part"]: finding for finding in json.loads(out)}
    assert (status, found["site_key"]["state"], found["database"]["good"]) == (1, "another", False)


def test_without_the_site_key_the_chain_is_checked_and_the_journal_shown(run, site):
    assert run("journal", "--reveal", "the auditor asked")[0] == 0  # something is sealed
    (site.folder / "site.key").unlink()
    status, out, err = run("verify")
    assert (status, "Intact" in out, "not checked" in out, "site.key" in err) == (0, *[True] * 3)
    status, out, _ = run("verify", "--json")
    assert (status, json.loads(out)["keys_checked"]) == (0, False)
    status, out, _ = run("journal")
    assert (status, "reason=***" in out, "auditor" in out) == (0, True, False)
    status, out, _ = run("doctor", "--json")
    bad = [finding["part"] for finding in json.loads(out) if not finding["good"]]
    assert (status, bad) == (1, ["site_key"])


@pytest.mark.parametrize("changed", ["'x'", "x'0123'", "upper(wrapped)"])
def test_a_changed_subject_key_is_named(run, site, changed):
    for reason in ("the auditor asked", "asked again"):
        assert run("journal", "--reveal", reason)[0] == 0
    with closing(sqlite3.connect(site.database)) as book, book:
        newest = "(SELECT max(id) FROM subject_key)"
        book.execute(f"UPDATE subject_key SET wrapped = {changed} WHERE id = {newest}")  # noqa: S608 - from the list above
    last = site.journal()[-1]["seq"]
    status, out, _ = run("verify", "--json")
    found = json.loads(out)
    assert (status, found["problem"]) == (1, "key_damaged")
    assert (found["table"], found["row"], found["keys_checked"]) == ("journal", str(last), True)
    status, out, _ = run("doctor")
    assert (status, "Their key was changed" in out) == (1, True)
