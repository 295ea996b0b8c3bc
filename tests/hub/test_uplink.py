"""The line to the hub: what is written at one desk is at the others, whatever happens between."""

import argparse
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from desks import Post, RealClock, Site, site_of, until
from hub_site import AT, chain

from kiosk.commands.doctor_hub import hub as looks_at_hub
from kiosk.commands.finding import Finding
from kiosk.commands.work import Work
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import Standing
from kiosk.desk.journal import GENESIS, Head
from kiosk.desk.pen import Pen
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey
from kiosk.desk.site_desks import introduce
from kiosk.hub import sending
from kiosk.hub.founding import as_owner, release
from kiosk.hub.wire import HubGone, Wire
from kiosk.hub_light import hub_lights
from kiosk.ui.palette import Tone


@pytest.fixture
def site(hub, built, settings) -> Iterator[Site]:
    with site_of(hub, built.folder / "people.db", built.folder / "site.key", settings) as made:
        yield made


@pytest.fixture
def two(site) -> tuple[Post, Post]:
    """Gatehouse and reception, both at the hub."""
    gate, reception = site.open("gate-1"), site.open("gate-2")
    stands(gate, Standing.UP)
    stands(reception, Standing.UP)
    return gate, reception


def stands(post: Post, standing: Standing) -> None:
    until(f"{post.desk.gate} to be {standing}", lambda: post.standing is standing)


def greeted_twice(post: Post) -> None:
    """Wait until a desk has gone round twice more and greeted the hub each time."""
    for _greeting in range(2):
        before = post.uplink._greeted_at
        until("another greeting", lambda before=before: post.uplink._greeted_at > before)


def test_what_one_desk_writes_is_at_the_other_and_both_have_the_same_chains(two):
    gate, reception = two
    gate.rename("1001", "张伟明")
    until("the name to come", lambda: reception.name("1001") == "张伟明")
    reception.rename("2001", "李建军")
    until("the name to come back", lambda: gate.name("2001") == "李建军")
    for one in ("gate-1", "gate-2"):
        assert gate.chain(one) == reception.chain(one)
    assert gate.person("1001") == reception.person("1001")


def test_a_desk_that_was_cut_off_goes_on_and_everything_comes_afterwards(site, cable):
    gate, reception = site.open("gate-1", cable.address), site.open("gate-2")
    stands(gate, Standing.UP)
    cable.cut()
    stands(gate, Standing.CUT)
    for number in range(30):
        gate.rename("1001", f"张伟{number}")
        reception.rename("2001", f"李建国{number}")
    assert gate.name("2001") == "李建国"
    cable.heal()
    until("the gate's work to come", lambda: reception.name("1001") == "张伟29")
    until("the reception's work to come", lambda: gate.name("2001") == "李建国29")
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)


def test_a_backlog_of_many_batches_comes_whole_and_in_order(site, cable):
    gate = site.open("gate-1", cable.address)
    stands(gate, Standing.UP)
    cable.cut()
    for number in range(1200):
        gate.rename("1001", f"张伟{number}")
    cable.heal()
    reception = site.open("gate-2")
    until("the last of it to come", lambda: reception.name("1001") == "张伟1199")
    assert reception.chain("gate-1") == gate.chain("gate-1")


@pytest.mark.parametrize("fault", ["freeze", "hang"])
def test_a_hub_that_says_nothing_more_is_noticed_and_nothing_here_waits(
    site, cable, postgres, fault
):
    gate = site.open("gate-1", cable.address)
    stands(gate, Standing.UP)
    postgres.freeze() if fault == "freeze" else cable.hang()
    began = time.monotonic()
    for number in range(20):
        gate.rename("1001", f"张伟{number}")
    assert time.monotonic() - began < 20 * gate.desk.rules.hub_wait_s / 2
    stands(gate, Standing.CUT)
    assert gate.uplink.now().behind > 0
    postgres.thaw()
    cable.heal()
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)


@pytest.mark.parametrize("fault", ["freeze", "hang", "cut", "none"])
def test_the_kiosk_ends_within_a_second_however_the_hub_is(site, cable, postgres, fault):
    gate = site.open("gate-1", cable.address)
    stands(gate, Standing.UP)
    if fault == "freeze":
        postgres.freeze()
    elif fault == "hang":
        cable.hang()
    elif fault == "cut":
        cable.cut()
    gate.rename("1001", "张伟明")
    began = time.monotonic()
    site.close(gate)
    assert time.monotonic() - began < 5  # a second, and what a slow disk takes
    postgres.thaw()


def test_a_desk_whose_hub_is_away_at_its_start_begins_at_once_and_joins_later(site, cable):
    cable.cut()
    gate = site.open("gate-1", cable.address)
    assert gate.uplink.state.standing is not Standing.UP
    gate.rename("1001", "张伟明")
    assert gate.standing is Standing.CUT
    cable.heal()
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)


def test_a_wrong_password_is_said_and_the_right_one_goes_on(site):
    settings = site.settings("gate-1")
    right = settings.hub.password.read_text("utf-8")
    settings.hub.password.write_text("wrong", "utf-8")
    gate = site.open_with(settings)
    stands(gate, Standing.REFUSED)
    assert gate.uplink.state.why == "hub.password"
    gate.rename("1001", "张伟明")
    settings.hub.password.write_text(right, "utf-8")
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)


def test_the_hub_of_another_site_gets_nothing(site, hub):
    site.settings("gate-1")
    with as_owner(hub.owner) as connection:
        other = hub.site(SiteKey(b"o" * 32)).fingerprint
        connection.execute("UPDATE kiosk.site SET fingerprint = %s", (other,))
    gate = site.open("gate-1")
    stands(gate, Standing.REFUSED)
    assert gate.uplink.state.why == "hub.another_site"
    assert hub.see("SELECT count(*) FROM kiosk.entry") == [(0,)]
    for known in (gate.desk.hub_state, gate.uplink.now):
        gate.desk.hub_state = known
        assert "another site, 双河镇" in doctor(gate)["hub"].words


def test_the_bar_calls_a_desk_as_that_desk_calls_itself(site):
    reception = site.open("gate-2")
    renamed = site.settings("gate-1")
    gate = site.open_with(replace(renamed, site=replace(renamed.site, gate_name="新东门")))
    gate.pen.queue(introduce, gate.desk).result()

    def in_the_bar():
        return [one.name for one in hub_lights(reception.desk, reception.uplink.now())]

    until("the new name to be in the bar", lambda: "新东门" in in_the_bar())


def test_a_clock_an_hour_ahead_is_measured_at_the_hub(site):
    gate = site.open("gate-1", off=timedelta(hours=1))
    stands(gate, Standing.UP)
    assert gate.uplink.state.clock_off_s == pytest.approx(3600, abs=5)


def test_the_same_desk_started_twice_from_a_copied_disk_is_refused_and_the_first_goes_on(
    site, hub, tmp_path
):
    gate = site.open("gate-1")
    stands(gate, Standing.UP)
    settings = site.settings("gate-1")
    copied = tmp_path / "copied.db"
    site.close(gate)
    shutil.copy(settings.desk.database, copied)
    gate = site.open("gate-1")
    stands(gate, Standing.UP)
    twin = site.copy_of("gate-1", copied)
    stands(twin, Standing.REFUSED)
    assert twin.uplink.state.why == "hub.twice"
    twin.rename("1001", "张假冒")
    gate.rename("1001", "张伟明")
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)
    assert hub.see("SELECT quarantined FROM kiosk.desk WHERE gate = 'gate-1'") == [("",)]


def restored(site: Site, tmp_path, *, then: str = "") -> Post:
    """Bring ``gate-1`` back from a backup that lacks a name; ``then`` is written in it first."""
    gate = site.open("gate-1")
    stands(gate, Standing.UP)
    settings = site.settings("gate-1")
    site.close(gate)
    shutil.copy(settings.desk.database, tmp_path / "backup.db")
    gate = site.open("gate-1")
    gate.rename("1001", "张伟明")
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)
    site.close(gate)
    shutil.copy(tmp_path / "backup.db", settings.desk.database)
    if then:
        alone = Desk.open(settings, RealClock())
        Post(alone, Pen(), None, RealClock()).rename("1001", then)
        alone.close()
    return site.open("gate-1")


def test_a_desk_restored_from_an_old_backup_fills_its_book_from_the_hub(site, tmp_path):
    gate = restored(site, tmp_path)
    until("the name to be back", lambda: gate.name("1001") == "张伟明")
    stands(gate, Standing.UP)
    gate.rename("1001", "张明")
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)
    assert gate.standing is Standing.UP


def test_an_old_backup_in_which_somebody_wrote_is_told_and_writes_no_second_chain(
    site, hub, tmp_path
):
    gate = restored(site, tmp_path, then="张旧")
    stands(gate, Standing.REFUSED)
    assert gate.uplink.now().why == "hub.book_apart"
    assert hub.see("SELECT quarantined FROM kiosk.desk WHERE gate = 'gate-1'") == [("",)]
    gate.rename("1001", "张还能写")
    assert gate.name("1001") == "张还能写"


def test_a_desk_in_quarantine_goes_on_working_and_hears_of_the_others(two, hub):
    gate, reception = two
    with as_owner(hub.owner) as connection:
        connection.execute(
            "UPDATE kiosk.desk SET quarantined = 'fork', quarantined_seq = 999"
            " WHERE gate = 'gate-1'"
        )
    gate.rename("1001", "张伟明")
    stands(gate, Standing.QUARANTINED)
    reception.rename("2001", "李建军")
    until("the reception's work to come", lambda: gate.name("2001") == "李建军")
    assert reception.name("1001") == "张伟"
    assert gate.uplink.now().behind == 1
    with as_owner(hub.owner) as connection:
        release(connection, "gate-1")
    until("the gate's work to come", lambda: reception.name("1001") == "张伟明")
    stands(gate, Standing.UP)


def test_a_hole_is_filled_by_the_desk_itself_once_it_is_freed(two, hub):
    gate, reception = two
    for name in ("张一", "张二"):
        gate.rename("1001", name)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)
    with as_owner(hub.owner) as owner:
        owner.execute(
            "DELETE FROM kiosk.entry WHERE gate = 'gate-1' AND seq > %s", (gate.desk.head.seq - 2,)
        )
    gate.rename("1001", "张三")
    stands(gate, Standing.QUARANTINED)
    assert gate.uplink.now().why == "gap"
    with as_owner(hub.owner) as owner:
        release(owner, "gate-1")
    stands(gate, Standing.UP)
    until("all of it to be sent", lambda: gate.uplink.now().behind == 0)
    until("the name to come", lambda: reception.name("1001") == "张三")
    there = hub.see("SELECT hash FROM kiosk.entry WHERE gate = 'gate-1' ORDER BY seq")
    assert [one for (one,) in there] == [one.hash for one in gate.chain("gate-1")]


def test_how_fresh_a_copy_is_stands_still_while_that_desk_is_cut_off(site, cable):
    gate, reception = site.open("gate-1", cable.address), site.open("gate-2")
    stands(gate, Standing.UP)
    until("the gate to be known", lambda: "gate-1" in reception.uplink.state.fresh)
    at_first = reception.uplink.state.fresh["gate-1"]
    until("time to pass", lambda: reception.uplink.state.fresh["gate-1"] > at_first)
    cable.cut()
    stands(gate, Standing.CUT)
    greeted_twice(reception)  # what was on its way has arrived
    then = reception.uplink.state.fresh["gate-1"]
    greeted_twice(reception)
    # By the reception's clock, which is measured anew at each greeting.
    assert abs(reception.uplink.state.fresh["gate-1"] - then) < timedelta(seconds=1)
    assert reception.standing is Standing.UP
    assert abs(reception.clock() - then) < timedelta(seconds=20)


def test_a_new_desk_whose_work_is_here_counts_as_heard_of_before_its_next_greeting(site):
    reception, seldom = site.open("gate-2"), site.settings("gate-3")
    new = site.open_with(replace(seldom, rules=replace(seldom.rules, hub_poll_s=60)))
    new.rename("1001", "张伟明")
    until("its work to come", lambda: "gate-3" in reception.uplink.state.fresh)
    assert reception.name("1001") == "张伟明"


def test_after_a_start_without_the_hub_a_copy_is_as_old_as_its_newest_entry(site, cable):
    gate, reception = site.open("gate-1"), site.open("gate-2", cable.address)
    stands(gate, Standing.UP)
    gate.rename("1001", "张伟明")
    until("the name to come", lambda: reception.name("1001") == "张伟明")
    site.close(reception)
    cable.cut()
    reception = site.open("gate-2", cable.address, off=timedelta(days=2))
    until("the book to be read", lambda: reception.uplink.state.fresh)
    [newest] = reception.chain("gate-1")[-1:]
    known = reception.uplink.state.fresh["gate-1"]
    assert known.isoformat() == newest.at.replace("Z", "+00:00")
    assert reception.uplink.state.is_stale(reception.clock(), reception.desk.rules)


def test_what_is_erased_at_one_desk_is_erased_at_the_other_and_comes_back_nowhere(two, hub):
    gate, reception = two
    subject, sealed = gate.seal_a_remark("头痛")
    until("the words to come", lambda: reception.unsealed(sealed) == "头痛")
    reception.erase(subject)
    until("the key to go", lambda: gate.unsealed(sealed) == "-")
    assert hub.see("SELECT wrapped FROM kiosk.subject_key WHERE id = %s", subject) == [("",)]
    gate.rename("1001", "张伟明")
    until("the name to come", lambda: reception.name("1001") == "张伟明")
    assert reception.unsealed(sealed) == "-"


def test_what_a_newer_program_writes_waits_and_the_other_desks_work_goes_on(two, hub):
    gate, reception = two
    newer = hub.wire("gate-3")
    images = '[["drone","d1","",{"id":"d1","stamp":"gate-3/1","height":30}]]'
    entry = journal.seal("gate-3", Head(0, GENESIS), AT, "9001", "drone.seen", "{}", images)
    newer.append([entry, *chain("gate-3", 1, Head(1, entry.hash))])
    stands(gate, Standing.HELD)
    assert gate.uplink.now().held == {"gate-3"}
    assert gate.uplink.now().why == "newer"
    gate.desk.hub_state = gate.uplink.now
    assert "the program of gate-3 is newer" in doctor(gate)["hub"].words
    reception.rename("1001", "张伟明")
    until("the name to come", lambda: gate.name("1001") == "张伟明")
    assert gate.chain("gate-3") == []


def test_a_forged_entry_at_the_hub_itself_is_not_taken_and_the_good_ones_before_it_are(two, hub):
    gate, reception = two
    good = chain("gate-3", 3)
    hub.wire("gate-3").append(good[:2])
    until("the good ones to come", lambda: gate.chain("gate-3") == good[:2])
    with as_owner(hub.owner) as connection:
        forged = good[2]._replace(by="9999")
        connection.execute(
            'INSERT INTO kiosk.entry (gate, seq, "at", "by", code, facts, images, prev, hash)'
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            forged,
        )
    stands(gate, Standing.HELD)
    assert gate.uplink.now().why == "forged"
    gate.desk.hub_state = gate.uplink.now
    assert "has of gate-3 cannot be true" in doctor(gate)["hub"].words
    assert gate.chain("gate-3") == good[:2]
    reception.rename("1001", "张伟明")
    until("the name to come", lambda: gate.name("1001") == "张伟明")


def test_a_feed_that_was_mended_at_the_hub_goes_on_by_itself(two, hub):
    gate, reception = two
    good = chain("gate-3", 2)
    hub.wire("gate-3").append(good)
    until("both to come", lambda: gate.chain("gate-3") == reception.chain("gate-3") == good)
    [more] = chain("gate-3", 1, Head(2, good[1].hash))
    with as_owner(hub.owner) as owner:
        owner.execute(
            'INSERT INTO kiosk.entry (gate, seq, "at", "by", code, facts, images, prev, hash)'
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            more._replace(by="9999"),
        )
    stands(gate, Standing.HELD)
    with as_owner(hub.owner) as owner:
        owner.execute("UPDATE kiosk.entry SET \"by\" = %s WHERE gate = 'gate-3'", (more.by,))
        release(owner, "gate-3")
    until("the good one to come", lambda: gate.chain("gate-3") == [*good, more])
    stands(gate, Standing.UP)


def test_a_hub_filled_anew_in_another_order_is_taken_in_by_a_desk_at_work(site, hub):
    gate, reception = (site.open(one) for one in ("gate-1", "gate-2"))
    for turn in range(4):
        gate.rename("1001", f"门{turn}")
        until("it to come", lambda turn=turn: reception.name("1001") == f"门{turn}")
        reception.rename("1001", f"台{turn}")
        until("it to come", lambda turn=turn: gate.name("1001") == f"台{turn}")
    until("all of it to be sent", lambda: reception.uplink.now().behind == 0)
    with as_owner(hub.owner) as owner:
        owner.execute(
            "CREATE TEMP TABLE kept AS SELECT * FROM kiosk.entry; TRUNCATE kiosk.entry;"
            ' INSERT INTO kiosk.entry (gate, seq, "at", "by", code, facts, images, prev, hash)'
            ' SELECT gate, seq, "at", "by", code, facts, images, prev, hash FROM kept'
            " ORDER BY gate, seq"
        )
    settings = site.settings("gate-3")
    small = replace(settings, rules=replace(settings.rules, hub_batch=2))
    third = site.open_with(small)
    until("the last name to come", lambda: third.name("1001") == "台3")
    for one in ("gate-1", "gate-2"):
        assert third.chain(one) == gate.chain(one)


def test_a_question_to_the_hub_is_answered_in_time_or_the_line_is_called_cut(two, postgres):
    gate, _reception = two
    assert gate.uplink.ask(lambda wire: wire.heads().keys(), 5) >= {"gate-1"}
    with pytest.raises(Refused, match="no"):
        gate.uplink.ask(_says_no, 5)
    postgres.freeze()
    began = time.monotonic()
    with pytest.raises(HubGone):
        gate.uplink.ask(lambda wire: wire.heads(), 0.3)
    assert time.monotonic() - began < 3
    postgres.thaw()
    stands(gate, Standing.UP)


def _says_no(_wire: Wire) -> None:
    raise Refused("hub.no")


def test_a_desk_that_the_site_gave_up_makes_no_copy_old(site, hub):
    site.settings("gate-3")
    gate = site.open("gate-1")
    hub.wire("gate-3").append(chain("gate-3", 1))
    until("its work to come", lambda: len(gate.chain("gate-3")) == 1)
    site.close(gate)
    with as_owner(hub.owner) as connection:
        connection.execute("DELETE FROM kiosk.entry WHERE gate = 'gate-3'")
        connection.execute("DELETE FROM kiosk.desk WHERE gate = 'gate-3'")
    gate = site.open("gate-1")
    stands(gate, Standing.UP)
    until("it to be left out", lambda: "gate-3" not in gate.uplink.now().fresh)


def test_a_book_that_cannot_be_read_at_the_start_of_the_line_does_not_end_it(site, monkeypatch):
    ours, read = threading.Event(), sending.newest_of_others

    def busy_once(desk):
        if not ours.is_set():
            ours.set()
            raise sqlite3.OperationalError("database is locked")
        return read(desk)

    monkeypatch.setattr(sending, "newest_of_others", busy_once)
    gate = site.open("gate-1")
    until("the fault to be told", lambda: gate.uplink.state.why == "hub.broken")
    gate.desk.hub_state = gate.uplink.now
    assert "written in the log" in doctor(gate)["hub"].words
    [light] = hub_lights(gate.desk, gate.uplink.now())
    assert (light.tone, light.word) == (Tone.RED, "the program has a fault: tell the office")
    stands(gate, Standing.UP)


def doctor(post: Post) -> dict[str, Finding]:
    work = Work(post.desk, argparse.Namespace(), print, print)
    return {one.part: one for one in looks_at_hub(work)}


def test_the_doctor_says_how_the_hub_is(two, cable, site):
    gate, _reception = two
    found = doctor(gate)["hub"]
    assert (found.good, found.state) == (True, "up")
    wrong = site.settings("gate-1").hub.password
    wrong.write_text("wrong", "utf-8")
    assert doctor(gate)["hub"].state == "password"
    cable.cut()
    away = replace(gate.desk.settings, hub=replace(gate.desk.settings.hub, address=cable.address))
    gate.desk.settings = away
    assert doctor(gate)["hub"].state == "cut"


def test_the_doctor_of_a_running_kiosk_asks_its_line_and_waits_for_nobody(two, postgres):
    gate, _reception = two
    gate.desk.hub_state = gate.uplink.now
    assert doctor(gate)["hub"].state == "up"
    postgres.freeze()
    try:
        stands(gate, Standing.CUT)
        began = time.perf_counter()
        assert doctor(gate)["hub"].state == "frozen"
        assert time.perf_counter() - began < gate.desk.rules.hub_wait_s
    finally:
        postgres.thaw()


def test_the_doctor_of_a_second_book_says_what_to_do(site, tmp_path):
    gate = restored(site, tmp_path, then="张旧")
    stands(gate, Standing.REFUSED)
    for known in (gate.desk.hub_state, gate.uplink.now):
        gate.desk.hub_state = known
        found = doctor(gate)["hub"]
        assert (found.good, found.state) == (False, "book_apart")
        assert "kiosk hub rejoin" in found.words


def test_the_doctor_names_a_clock_that_is_wrong_by_the_hubs(site):
    gate = site.open("gate-1", off=timedelta(hours=1))
    stands(gate, Standing.UP)
    found = doctor(gate)["hub_clock"]
    assert not found.good
    assert "3600" in found.words or "3599" in found.words
