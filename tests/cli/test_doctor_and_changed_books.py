"""``kiosk doctor``, and a book that somebody, or a disk, has changed."""

import json
import sqlite3
from contextlib import closing

import pytest
from house import kiosk


def test_the_doctor_names_what_is_absent(run, site):
    site.plug(reader=f"nfc+pn532:{site.folder}/absent", printer="escpos+tcp:127.0.0.1:9")
    status, out, _ = run("doctor", "--json")
    found = {finding["part"]: finding for finding in json.loads(out)}
    assert status == 1
    assert not found["reader"]["good"]
    assert not found["printer"]["good"]
    assert all(found[part]["good"] for part in ("database", "clock", "disk", "font")), found
    assert set(found["reader"]) == {"part", "name", "good", "state", "words"}


def test_the_doctor_says_that_no_device_is_set(run):
    status, out, _ = run("doctor", "--json")
    found = {one["part"]: one for one in json.loads(out)}
    assert (found["reader"]["state"], found["printer"]["state"]) == ("not_set", "not_set")
    assert status == 0
    assert "kiosk.toml" in found["reader"]["words"]


def test_the_doctor_names_a_setting_that_means_nobody(run, site):
    with site.config.open("a", encoding="utf-8") as file:
        file.write('\n[[windows]]\nsection = "便民大庁"\n[lanes.interview]\nhost = "1O03"\n')
    status, out, _ = run("doctor", "--json")
    found = {one["name"]: one for one in json.loads(out) if one["part"] == "setting"}
    assert (status, set(found)) == (1, {"windows.1.section", "lanes.interview.host"})
    assert "便民大庁" in found["windows.1.section"]["words"]
    assert "1O03" in found["lanes.interview.host"]["words"]


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
        book.execute(f"UPDATE subject_key SET wrapped = {changed} WHERE id = {newest}")  # noqa: S608 - our own words
    last = site.journal()[-1]["seq"]
    status, out, _ = run("verify", "--json")
    found = json.loads(out)
    assert (status, found["problem"]) == (1, "key_damaged")
    assert (found["table"], found["row"], found["keys_checked"]) == ("journal", str(last), True)
    status, out, _ = run("doctor")
    assert (status, "Their key was changed" in out) == (1, True)
