"""A printed sheet against the book: which entry it is, and whether the book holds up to it."""

import json
import sqlite3
from contextlib import closing

import pytest

from kiosk import features
from kiosk.desk import posts, settings, spool
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip_lines import Fingerprint
from shift_handover import service
from shift_handover.models import Found, Mark
from shift_handover.rules import ITEMS, Finding, Report
from shift_handover.safety import service as safety


def hand_over(desk):
    """Let 2001 hand over to 2002; return what is written under 校验码 on the sheet."""
    with desk.write(by="2001") as tx:
        outgoing, incoming = (person_by_staff_no(tx, who) for who in ("2001", "2002"))
        posts.take(tx, desk.gate, outgoing)
    done = safety.begin(desk, "2001")
    for item in ITEMS:
        done = safety.answer(desk, "2001", done.round_id, item.code, Finding(Found.NORMAL))
    safety.finish(desk, "2001", done.round_id, Report("赵主任", "电话"))
    frozen = service.freeze(desk, "2001", features.outstanding)
    for thing in frozen.document.things:
        service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN)
    first, second = (Proof(one, Means.BADGE, desk.clock()) for one in (outgoing, incoming))
    service.accept(desk, frozen.id, first, second, features.outstanding)
    slip = spool.next_job(desk)[1]
    return next(line.value for line in slip.lines if isinstance(line, Fingerprint))


@pytest.fixture
def printed(site):
    """The code on the sheet of a handover of this site."""
    desk = Desk.open(settings.load(site.config, {}))
    try:
        return hand_over(desk)
    finally:
        desk.close()


def in_groups(code, between=" "):
    return between.join(code[at : at + 4] for at in range(0, len(code), 4))


def change(site, sql):
    with closing(sqlite3.connect(site.database, isolation_level=None)) as book:
        guards = book.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        made = guards.fetchall()
        for name, _sql in made:
            book.execute(f'DROP TRIGGER "{name}"')
        assert book.execute(sql).rowcount == 1
        for _name, sql_ in made:
            book.execute(sql_)


def test_the_code_of_a_sheet_leads_to_its_entry(run, site, printed):
    status, out, err = run("verify", "--code", in_groups(printed))
    [entry] = [one for one in site.journal() if one["code"] == "handover.accepted"]
    assert (status, err) == (0, "")
    assert f"Entry {entry['seq']} of 20" in out
    assert "shift handover H1 signed by both, from 2001 to 2002" in out
    assert f"up to this one: {entry['seq']} entries" in out


def test_the_guard_reads_it_in_chinese(site, printed):
    done = site.kiosk("verify", "--code", in_groups(printed))
    assert done.returncode == 0
    assert "交接班 H1 双方签字" in done.stdout
    assert "完好" in done.stdout


@pytest.mark.parametrize(
    "written",
    [
        lambda code: [code], lambda code: [code.lower()], lambda code: [in_groups(code, "-")],
        lambda code: in_groups(code).split(), lambda code: [in_groups(code, "  ").lower()],
        lambda code: ["".join(chr(ord(one) + 0xFEE0) for one in code)],
    ],
    ids=["bare", "small", "dashes", "unquoted", "wide-spaces", "full-width"],
)  # fmt: skip
def test_however_the_code_is_typed_it_is_found(run, printed, written):
    status, out, _ = run("verify", "--json", "--code", *written(printed))
    found = json.loads(out)
    assert (status, found["intact"], found["entry"]["facts"]["number"]) == (0, True, "H1")
    assert found["fingerprint"] == in_groups(printed)


def test_a_code_that_no_entry_has_is_said_to_be_of_a_changed_book_or_another_desk(run, printed):
    wrong = printed[:-1] + ("0" if printed[-1] != "0" else "1")
    status, out, _ = run("verify", "--code", wrong)
    assert status == 1
    assert "No entry of this book" in out
    assert in_groups(wrong) in out
    status, out, _ = run("verify", "--json", "--code", wrong)
    assert (status, json.loads(out)["entry"], json.loads(out)["intact"]) == (1, None, False)


@pytest.mark.parametrize(
    "typed", ["", "7D02", "7D02 93AF 00C4 B1E", "7D02 93AF 00C4 B1EG", "校验码"]
)
def test_what_is_no_code_is_refused_with_what_is_expected(run, typed):
    status, out, err = run("verify", "--code", typed)
    assert (status, out) == (1, "")
    assert "16 digits and letters A to F" in err


def test_a_book_changed_before_the_sheet_is_named_and_its_entry_not_believed(run, site, printed):
    change(site, "UPDATE journal SET by = '9999' WHERE code = 'safety.checked'")
    status, out, _ = run("verify", "--code", printed)
    assert status == 1
    assert "Broken at entry" in out
    assert "signed by both" not in out


def test_a_book_changed_after_the_sheet_does_not_make_the_sheet_wrong(run, site, printed):
    change(site, "UPDATE journal SET by = '9999' WHERE code = 'slip.queued'")
    assert run("verify")[0] == 1
    status, out, _ = run("verify", "--code", printed)
    assert (status, "signed by both" in out) == (0, True)


def test_the_code_that_verify_says_is_one_too_whatever_happened_there(run, printed):
    assert printed
    head = json.loads(run("verify", "--json")[1])["fingerprint"]
    status, out, _ = run("verify", "--code", head)
    assert status == 0
    assert "slip.queued copy=1 number=H1 slip=handover" in out
