"""``kiosk subject`` and ``kiosk purge``: shown, erased at the second time of asking, and proved."""

import json
from datetime import timedelta

import pytest

from kiosk import features
from kiosk.desk import settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.enquiries import service as enquiries
from kiosk.enquiries.models import FirstMeans
from kiosk.enquiries.rules import Asked
from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.parcels import service as parcels
from kiosk.parcels.rules import Arrived
from kiosk.passes import asking, gate
from kiosk.passes.rules import Asking, Item
from kiosk.roll_call import service as rolls
from kiosk.roll_call.models import RollKind
from shift_handover import matters
from shift_handover.matters import Entrusting
from shift_handover.models import Found, GiverKind
from shift_handover.rules import ITEMS, Finding
from shift_handover.safety import service as safety
from visitors import departures, reception
from visitors.appointments import expect
from visitors.appointments_change import cancel
from visitors.models import Answer, How
from visitors.rules import Details

NAME = "龘靐齉"


def visit(site, days_ago, *, leaves=True):
    """Let a visitor come so many days ago; return the number of the visit."""
    moment = system_clock() - timedelta(days=days_ago)
    desk = Desk.open(settings.load(site.config, {}), lambda: moment)
    try:
        details = Details(name=NAME, unit="罕见单位", matter="修表", phone="13800138000")
        made = reception.walk_in(desk, "2001", details, "1001")
        reception.answer(desk, "2001", made, Answer.YES, How.IN_PERSON)
        shown = reception.admit(desk, "2001", made)
        if leaves:
            departures.leave(desk, "2001", made, signed=True)
        return shown.readable
    finally:
        desk.close()


def last(site):
    entry = site.journal()[-1]
    return entry["code"], entry["facts"]


def test_a_visitor_is_shown_everything_and_that_is_an_entry(run, site):
    number = visit(site, 3)
    status, out, err = run("subject", "show", number)
    assert (status, err) == (0, "")
    for words in (NAME, "罕见单位", "13800138000", "修表", "Personal Information Protection Law"):
        assert words in out
    code, facts = last(site)
    assert (code, facts["number"], facts["on_paper"]) == ("subject.shown", 1, False)
    assert facts["account"]
    assert NAME not in json.dumps(site.journal(), ensure_ascii=False)


def test_the_visitor_gets_it_on_paper(run, site):
    number = visit(site, 3)
    status, out, _ = run("subject", "show", number, "--print")
    assert (status, NAME in out, "printer" in out) == (0, False, True)
    assert last(site)[1]["number"] == number
    assert "subject.shown" in site.codes()


def test_words_are_erased_at_the_second_time_of_asking(run, site):
    number = visit(site, 3)
    before = site.codes()
    status, out, err = run("subject", "erase", number, "--reason", "本人要求")
    assert (status, NAME in out, "--yes" in err) == (1, True, True)
    assert site.codes() == before
    status, out, err = run("subject", "erase", number, "--reason", "本人要求", "--yes")
    assert (status, err, number in out) == (0, "", True)
    assert last(site)[0] == "subject.erased"
    assert NAME.encode() not in site.database.read_bytes()
    status, out, _ = run("subject", "show", number)
    assert (status, NAME in out, "erased" in out) == (0, False, True)
    status, _, err = run("subject", "show", number, "--print")
    assert (status, "deleted" in err) == (1, True)
    status, out, _ = run("report", "visits", "--date", f"{number[:4]}-{number[4:6]}-{number[6:8]}")
    assert (status, "erased" in out) == (0, True)
    assert run("verify")[0] == 0


def test_what_was_typed_by_hand_is_found_and_left_to_the_office(run, site):
    number = visit(site, 3)
    desk = Desk.open(settings.load(site.config, {}), system_clock)
    try:
        asked = Asking((Item("椅子"),), "修", f"{NAME}师傅")
        asking.ask(desk, "2001", "1001", asked)
        asking.ask(desk, "2001", "1001", Asking((Item("桌子"),), "修", "别人"))
        gate.keep_goods(desk, "2001", "显示器", NAME)
        messages.take(desk, "2001", "1001", Said("某人", f"请回电{NAME}"))
        parcels.arrive(desk, "2001", "1001", Arrived(NAME, "架上"))
        told = Asked(enquirer=NAME, matter="问路", own_duty=True)
        enquiries.open_enquiry(desk, "2001", "1001", FirstMeans.BADGE, told)
        roll_id = rolls.begin(desk, "2001", RollKind.DRILL, features.inside)
        rolls.add(desk, "2001", roll_id, NAME)
    finally:
        desk.close()
    for more in ((), ("--yes",)):
        _, out, _ = run("subject", "erase", number, "--reason", "本人要求", *more)
        told = next(line for line in out.splitlines() if "typed by hand" in line)
        assert "D1, N1, P1, W1, X1, Q1" in told
        assert "W2" not in told
    assert NAME not in run("subject", "show", number)[1]


def test_what_a_guard_typed_about_the_shift_is_found(run, site):
    number = visit(site, 3)
    desk = Desk.open(settings.load(site.config, {}), system_clock)
    try:
        said = Entrusting(GiverKind.VISITOR, NAME, "李娜", "钥匙留给她")
        matters.entrust(desk, "2001", said)
        matters.entrust(desk, "2001", Entrusting(GiverKind.VISITOR, "别人", "李娜", "伞"))
        done = safety.begin(desk, "2001")
        for item in ITEMS:
            found = Finding(Found.NOT_CHECKED, reason=f"{NAME}还在里面")
            done = safety.answer(desk, "2001", done.round_id, item.code, found)
    finally:
        desk.close()
    _, out, _ = run("subject", "erase", number, "--reason", "本人要求")
    told = next(line for line in out.splitlines() if "typed by hand" in line)
    assert ("M1" in told, "C1" in told, "M2" in told) == (True, True, False)


@pytest.mark.parametrize("leaves", [True, False])
def test_an_open_visit_is_not_erased_without_a_word_why(run, site, leaves):
    number = visit(site, 0, leaves=leaves)
    status, _, err = run("subject", "erase", number, "--reason", "本人要求", "--yes")
    assert (status, "still open" in err) == ((0, False) if leaves else (1, True))


def test_who_never_came_is_found_shown_and_erased(run, site):
    desk = Desk.open(settings.load(site.config, {}), system_clock)
    try:
        details = Details(name=NAME, matter="修表", phone="13800138000")
        made = expect(desk, "2001", details, "1001")
        cancel(desk, "2001", made, "改期")
    finally:
        desk.close()
    status, out, err = run("subject", "find", NAME)
    assert (status, err, made in out, NAME in out, "cancelled" in out) == (0, "", True, True, True)
    assert last(site)[0] == "subject.found"
    assert NAME not in json.dumps(site.journal(), ensure_ascii=False)
    assert NAME in run("subject", "show", made)[1]
    assert run("subject", "show", made, "--print")[0] == 0
    assert NAME in run("subject", "show", f"{NAME} 8000")[1]
    status, out, _ = run("subject", "erase", made, "--reason", "本人要求", "--yes")
    assert (status, made in out) == (0, True)
    status, _, err = run("subject", "find", NAME)
    assert (status, "Nobody is found" in err) == (1, True)
    assert run("verify")[0] == 0


def test_a_purge_is_tried_done_and_proved(run, site):
    old, new = visit(site, 200), visit(site, 40)
    status, out, _ = run("purge", "--dry-run")
    assert (status, "visitors 1, phone numbers 2" in out, "180" in out) == (0, True, True)
    assert site.codes()[-1] == "visit.left"
    status, out, err = run("purge", "--prove")
    assert (status, err) == (0, ""), err
    assert "visitors 1, phone numbers 1" in out
    assert "Proved" in out
    code, facts = last(site)
    assert (code, facts["visitors"], facts["phones"]) == ("subjects.purged", 1, 1)
    assert facts["account"]
    assert NAME not in run("subject", "show", old)[1]
    shown = run("subject", "show", new)[1]
    assert NAME in shown
    assert "13800138000" not in shown
    status, out, _ = run("purge")
    assert (status, "nothing" in out) == (0, True)
    assert run("verify")[0] == 0


def test_the_proof_names_the_file_that_still_has_a_name(run, site):
    visit(site, 200)
    note = site.folder / "note.txt"
    note.write_text(f"打电话给{NAME}", encoding="utf-8")
    status, out, err = run("purge", "--prove")
    assert (status, "note.txt" in err, NAME in out + err) == (1, True, False)


def test_the_proof_names_what_is_not_deleted_yet_and_pictures_nobody_can_search(run, site):
    visit(site, 200)
    (site.folder / "slip.png").write_bytes(b"\x89PNG")
    status, _, err = run("purge", "--prove", "--dry-run")
    assert (status, "Not yet deleted: visitors 1" in err, "slip.png" in err) == (1, True, True)


def test_the_days_are_those_of_the_settings(run, site):
    site.set("rules", visitor_words_days="10", visitor_phone_days="5")
    visit(site, 11)
    assert "visitors 1" in run("purge", "--dry-run")[1]


def test_a_trace_left_in_the_book_is_counted(run, site):
    import sqlite3  # noqa: PLC0415 - only here the book is spoilt

    visit(site, 3)
    with sqlite3.connect(site.database) as book:
        book.execute("DELETE FROM subject_key")
    book.close()
    status, _, err = run("purge", "--prove", "--dry-run")
    assert (status, "traces" in err) == (1, True)


def test_whatever_a_feature_deletes_is_named(run, site, monkeypatch):
    desk = Desk.open(settings.load(site.config, {}), system_clock)
    with desk.read() as book:
        due = {kind: n for n, kind in enumerate(features.overdue(desk, book), start=1001)}
    desk.close()
    monkeypatch.setattr(features, "overdue", lambda *_: due)
    _, out, _ = run("purge", "--dry-run")
    assert [kind for kind, n in due.items() if str(n) not in out] == []


def test_a_running_kiosk_purges_at_its_start_and_carries_the_commands(site):
    old, asked = visit(site, 200), visit(site, 3)
    with site.show() as screen:
        screen.shows("职工请刷卡")
        done = site.kiosk("subject", "show", asked)
        assert (done.returncode, NAME in done.stdout) == (0, True), done.stderr
        done = site.kiosk("subject", "erase", asked, "--reason", "本人要求", "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        done = site.kiosk("purge", "--prove")
        assert (done.returncode, "核实" in done.stdout) == (0, True), done.stderr
        assert NAME not in site.kiosk("subject", "show", old).stdout
        for file in site.folder.glob("kiosk.db*"):
            if file.is_file():
                assert NAME.encode() not in file.read_bytes(), file
        screen.signal()
        assert screen.ends() == 0
    assert {"subject.shown", "subject.erased", "subjects.purged"} <= set(site.codes())
    assert site.kiosk("verify").returncode == 0
