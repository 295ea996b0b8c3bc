"""``kiosk people set-pin`` and ``kiosk badges``; every writing command names its account."""

import json
import os
import pwd
import re


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


def test_the_keys_of_a_card_are_shown_and_that_is_noted(run, site):
    status, out, _ = run("badges", "keys", "04:de:5f:1e:ac:c0:40")
    keys = re.findall(r"\b[0-9A-F]{32}\b", out.replace("e=" + "0" * 32, ""))
    assert (status, len(set(keys)), "?e=" + "0" * 32 + "&c=" + "0" * 16 in out) == (0, 2, True)
    noted = site.journal()[-1]
    assert (noted["code"], noted["facts"]["uid"]) == ("badge.keys_shown", "04DE5F1EACC040")
    assert not any(key in str(site.journal()) for key in keys)
    _, other, _ = run("badges", "keys", "04DE5F1EACC041")
    assert (keys[0] in other, keys[1] in other) == (True, False)
    status, _, error = run("badges", "keys", "0102030405")
    assert (status, "NTAG 424 DNA" in error) == (1, True)


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


def test_without_a_reader_nobody_is_asked_for_a_card(run):
    status, out, err = run("badges", "enrol", "1001")
    assert (status, out) == (1, "")
    assert "--uid" in err
