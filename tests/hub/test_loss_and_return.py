"""A disk that died, a hub that died, and a desk that came back from an old copy of its disk."""

import os
import shutil
import signal
import sys
from argparse import Namespace
from contextlib import closing
from dataclasses import replace
from itertools import count

import psycopg
import pytest
from hub_site import TestHub
from site_books import desks_of, heal, intact, keys_in, settings_of, tables_of
from test_merging import enrols, forks_at, renames, title_at
from test_two_books import came, visit_at

from kiosk.commands.hub_return import rejoin_desk
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import Settings
from kiosk.desk.transaction import SUBJECT_KEY
from kiosk.hub.founding import as_owner, fingerprint
from kiosk.hub.own_chain import OwnChain, compare, keys_for, take_back
from kiosk.hub.refilling import refill
from kiosk.hub.rejoining import rejoin
from kiosk.hub.wire import Quarantined
from visitors import erasing
from visitors.models import ALL_WORDS, VisitWords


@pytest.fixture
def pair(settings, desk_clock, built):
    opened = desks_of(settings, desk_clock, 2, built)
    yield opened
    for desk in opened:
        desk.close()


def sends(hub: TestHub, desk: Desk) -> None:
    """Send what the hub does not have, as the uplink does."""
    with closing(hub.wire(desk.gate)) as wire:
        there = wire.heads().get(desk.gate, journal.Head(0, journal.GENESIS))
        with desk.read() as book:
            found = list(journal.entries(book.connection, desk.gate, there.seq))
            keys = dict(book.connection.execute("SELECT id, wrapped FROM subject_key").fetchall())
        wire.append(found, keys)


def meets(hub: TestHub, desks: list[Desk]) -> None:
    for desk in desks:
        sends(hub, desk)
    for desk in desks:
        with closing(hub.wire(desk.gate)) as wire:
            take_back(desk, wire, 100)


def copied(desk: Desk, tmp_path) -> None:
    """Copy the book's files as they are now, as a disk image does."""
    desk.empty_log()
    shutil.copy(desk.settings.desk.database, tmp_path / "image.db")


def goes_back_to_the_copy(desk: Desk, tmp_path, clock) -> Desk:
    desk.close()
    database = desk.settings.desk.database
    for left in database.parent.glob("kiosk.db*"):
        left.unlink()
    shutil.copy(tmp_path / "image.db", database)
    return Desk.open(desk.settings, clock)


def test_a_lost_disk_is_filled_again_from_the_hub(pair, hub, desk_clock, built):
    east, north = pair
    renames(north, "1001", "北")
    enrols(east, "3001", "0499AA")
    meets(hub, pair)
    before, head = tables_of(east), east.head
    east.close()
    built.copy("empty", east.settings)
    again = Desk.open(east.settings, desk_clock)
    with closing(hub.wire("gate-1")) as wire:
        assert compare(again, wire) is OwnChain.BEHIND
        assert take_back(again, wire, 3) == head.seq + north.head.seq
        assert compare(again, wire) is OwnChain.SAME
    assert again.head == head
    assert tables_of(again) == before
    renames(again, "1001", "东")
    sends(hub, again)
    assert intact(again)
    again.close()


def test_an_old_backup_nobody_wrote_in_goes_on_where_the_hub_is(pair, hub, desk_clock, tmp_path):
    east, _ = pair
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "一")
    renames(east, "1001", "二")
    sends(hub, east)
    head = east.head
    again = goes_back_to_the_copy(east, tmp_path, desk_clock)
    with closing(hub.wire("gate-1")) as wire:
        assert compare(again, wire) is OwnChain.BEHIND
        assert take_back(again, wire, 500) == 2
    assert (again.head, title_at(again, "1001")) == (head, "二")
    renames(again, "1001", "三")
    sends(hub, again)
    again.close()


def test_an_old_copy_at_work_is_recognised_and_nothing_of_either_is_lost(
    pair, hub, desk_clock, tmp_path
):
    east, north = pair
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    renames(east, "3001", "真三")
    meets(hub, pair)
    truth = east.head
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    desk_clock.advance(minutes=5)
    renames(copy, "1001", "旧")
    renames(copy, "1001", "旧二")
    enrols(copy, "1001", "0499AA")
    with closing(hub.wire("gate-1")) as wire:
        assert compare(copy, wire) is OwnChain.APART
        copy.close()
        done = rejoin(copy.settings, desk_clock, wire)
        assert (done.stood, done.carried) == (OwnChain.APART, 3)
        assert done.kept is not None
        assert done.kept.exists()
    again = Desk.open(copy.settings, desk_clock)
    assert again.head.seq == truth.seq + 4
    [fork] = forks_at(again)
    assert {one.stored["title"] for one in fork.heads} == {"真", "旧二"}
    assert title_at(again, "3001") == "真三"
    meets(hub, [again, north])
    assert tables_of(again) == tables_of(north)
    assert intact(again)
    assert intact(north)
    again.close()


def test_an_old_copy_that_comes_back_a_second_time_brings_only_what_is_new(
    pair, hub, desk_clock, tmp_path
):
    east, north = pair
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    meets(hub, pair)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    renames(copy, "1001", "旧")
    enrols(copy, "1001", "0499AA")
    copied(copy, tmp_path)
    brought = []
    for title in ("旧", "旧二", "旧二"):  # the second time it has written something more
        if len(brought) == 1:
            renames(copy, "1001", title)
            copied(copy, tmp_path)
        copy.close()
        with closing(hub.wire("gate-1")) as wire:
            brought.append(rejoin(copy.settings, desk_clock, wire).carried)
        again = Desk.open(copy.settings, desk_clock)
        meets(hub, [again, north])
        [fork] = forks_at(again)
        assert {one.stored["title"] for one in fork.heads} == {"真", title}
        assert tables_of(again) == tables_of(north)
        assert intact(again)
        copy = goes_back_to_the_copy(again, tmp_path, desk_clock)
    assert brought == [2, 1, 0]
    copy.close()
    north.close()


def test_the_hub_takes_no_second_line_of_a_desk(pair, hub, desk_clock, tmp_path):
    east, north = pair
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    renames(copy, "1001", "旧")
    with copy.read() as book:
        [wrong] = journal.entries(book.connection, "gate-1", copy.head.seq - 1)
    with closing(hub.wire("gate-1")) as wire, pytest.raises(Quarantined):
        wire.append([wrong])
    with closing(hub.wire("gate-2")) as wire:
        [row] = [one for one in wire.hello("1", "1", desk_clock.now).desks if one.gate == "gate-1"]
        assert row.quarantined == "fork"
        assert take_back(north, wire, 500) == 0
    copy.close()


def test_an_erased_subject_of_the_old_copy_stays_erased(pair, hub, desk_clock, tmp_path):
    east, _ = pair
    with east.write() as tx:
        subject = tx.new_subject()
        tx.record("message.taken", words=tx.seal(subject, "电话号码"))
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    renames(copy, "1001", "旧")
    copy.close()
    with closing(hub.wire("gate-1")) as wire:
        wire.erase([subject])
        rejoin(copy.settings, desk_clock, wire)
        with Desk.open(copy.settings, desk_clock).read() as book:
            entries = list(journal.entries(book.connection, "gate-1"))
            keys = book.connection.execute("SELECT id FROM subject_key").fetchall()
        assert keys_for(wire, entries) == {}
    assert (subject,) not in keys


def test_a_book_in_use_is_not_brought_back(pair, hub, desk_clock):
    east, _ = pair
    with closing(hub.wire("gate-1")) as wire, pytest.raises(Refused, match=r"desk\.in_use"):
        rejoin(replace(east.settings), desk_clock, wire)


def test_a_lost_hub_is_filled_again_even_with_the_work_of_a_desk_that_is_lost_too(
    pair, hub, hub_maker
):
    east, north = pair
    renames(north, "1001", "北")
    with north.write() as tx:
        kept, gone = tx.new_subject(), tx.new_subject()
        tx.record("message.taken", words=tx.seal(kept, "八点到"), other=tx.seal(gone, "号码"))
    meets(hub, pair)
    with east.write() as tx:
        tx.forget(tx.one(SUBJECT_KEY, id=gone))
        tx.record("subjects.purged")
    again = hub_maker()
    for gate in ("gate-1", "gate-2"):
        again.add(gate)
    with as_owner(again.owner) as owner:
        assert refill(owner, east) == {"gate-1": east.head.seq, "gate-2": north.head.seq}
    with as_owner(again.owner) as owner:
        assert refill(owner, east) == {"gate-1": 0, "gate-2": 0}
    with closing(again.wire("gate-2")) as wire:
        assert compare(north, wire) is OwnChain.SAME
        assert wire.keys_of([kept, gone])[gone] == ""
        assert wire.keys_of([kept])[kept]
    again.close()


def test_a_desk_cannot_refill_in_the_name_of_another(hub):
    hub.add("gate-1")
    settings = hub.settings("gate-1")
    host, _, port = settings.address.rpartition(":")
    plain = f"host={host} port={port} dbname={hub.database} user=desk_gate_1 password=desk_gate_1"
    with psycopg.connect(plain) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM kiosk.append_as('gate-2', '[]', '{}')")


# What stands beside the journal, and a rejoin that is killed.


def joined(desk: Desk, hub: TestHub) -> Settings:
    """Return the settings of a desk as ``kiosk hub rejoin`` reads them; the hub is its site's."""
    hub.wire(desk.gate).close()
    with as_owner(hub.owner) as owner:
        owner.execute("UPDATE kiosk.site SET fingerprint = %s", (fingerprint(desk.site_key),))
    return replace(desk.settings, hub=hub.settings(desk.gate))


def words_in(desk: Desk) -> dict[str, VisitWords]:
    with desk.read() as book:
        return {one.id: one for one in book.all(ALL_WORDS)}


def test_after_a_rejoin_every_visitor_is_found_by_every_word(pair, hub, desk_clock, tmp_path):
    east, north = pair
    theirs = came(north)
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    ours = came(copy)
    words = words_in(copy)[ours]
    copy.close()
    assert rejoin_desk(Namespace(), joined(copy, hub)) == 0
    again = Desk.open(copy.settings, desk_clock)
    assert words_in(again) == {ours: words, theirs: words_in(north)[theirs]}
    again.close()


def test_a_lost_disk_that_is_filled_again_finds_every_visitor(pair, hub, desk_clock, built):
    east, _ = pair
    visit = came(east)
    meets(hub, pair)
    words = words_in(east)
    east.close()
    built.copy("empty", east.settings)
    assert rejoin_desk(Namespace(), joined(east, hub)) == 0
    again = Desk.open(east.settings, desk_clock)
    assert words_in(again) == words
    assert visit in words
    again.close()


def test_who_was_erased_at_the_old_copy_stays_erased(pair, hub, desk_clock, tmp_path):
    east, north = pair
    visit = came(east, gone=True)
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    with copy.write() as tx:
        erasing.erase(tx, copy, visit, "本人要求")
    copy.close()
    rejoin_desk(Namespace(), joined(copy, hub))
    again = Desk.open(copy.settings, desk_clock)
    assert words_in(again) == {}
    meets(hub, [again, north])
    for desk in (again, north):
        assert [key for key in keys_in(desk) if key.startswith(visit_at(desk, visit).subject)] == []
    again.close()


def test_a_rejoin_killed_at_any_moment_loses_nothing(pair, hub, desk_clock, tmp_path):
    east, _ = pair
    meets(hub, pair)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    renames(copy, "3001", "旧")
    settings = joined(copy, hub)
    copy.close()
    kills = 0
    while _is_killed_at_file_change(kills + 1, settings):
        kills += 1
        assert settings.desk.database.stat().st_size > 0
    assert kills > 5
    again = Desk.open(settings, desk_clock)
    assert (title_at(again, "1001"), title_at(again, "3001")) == ("真", "旧")
    assert intact(again)
    with closing(hub.wire("gate-1")) as wire:
        assert compare(again, wire) is OwnChain.SAME
    again.close()


def test_no_rejoin_while_another_machine_is_at_work_as_this_desk(pair, hub):
    east, _ = pair
    settings = joined(east, hub)
    with closing(hub.wire("gate-1")) as twin:
        assert twin.is_only_one()
        with pytest.raises(Refused, match=r"desk\.in_use"):  # the kiosk here, and no other machine
            rejoin_desk(Namespace(), settings)
        east.close()
        with pytest.raises(Refused, match=r"hub\.twice"):
            rejoin_desk(Namespace(), settings)
    assert rejoin_desk(Namespace(), settings) == 0


def test_no_book_is_filled_from_the_hub_of_another_site(pair, hub):
    east, north = pair
    sends(hub, north)
    settings = joined(east, hub)
    before = east.head
    with as_owner(hub.owner) as owner:
        owner.execute("UPDATE kiosk.site SET fingerprint = 'another'")
    east.close()
    with pytest.raises(Refused, match=r"hub\.another_site"):
        rejoin_desk(Namespace(), settings)
    with closing(Desk.open_to_read(settings)) as again:
        assert again.head == before


def test_what_the_hub_has_of_a_desk_cannot_be_true_and_a_rejoin_says_so(pair, hub):
    east, north = pair
    renames(north, "1001", "北")
    sends(hub, north)
    settings = joined(east, hub)
    with as_owner(hub.owner) as owner:
        owner.execute("UPDATE kiosk.entry SET \"by\" = '9999' WHERE seq = 1")
    east.close()
    with pytest.raises(Refused, match=r"hub\.broken_feed"):
        rejoin_desk(Namespace(), settings)


def _is_killed_at_file_change(number: int, settings: Settings) -> bool:
    """Rejoin in a process of its own that dies as it is about to do its ``number``th change."""
    child = os.fork()
    if not child:
        left = count(number, -1)

        def dies(event: str, _what: object) -> None:
            if event in {"os.remove", "os.rename", "os.link"} and next(left) == 1:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(dies)
        try:
            rejoin_desk(Namespace(), settings)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_hub_filled_anew_gives_everything_whoever_waits_for_whom(
    pair, hub_maker, settings, desk_clock, built
):
    east, north = pair
    for turn in range(6):
        renames(east, "1001", f"东{turn}")
        heal(pair)
        renames(north, "1001", f"北{turn}")
        heal(pair)
    again = hub_maker()
    for gate in ("gate-1", "gate-2"):
        again.add(gate)
    with as_owner(again.owner) as owner:
        refill(owner, east)
    made = settings_of(settings, settings.file.parent / "desk-3", 2)
    built.copy("empty", made)
    shutil.copy(east.settings.desk.site_key, made.desk.site_key)
    with closing(Desk.open(made, desk_clock)) as third, closing(again.wire("gate-3")) as wire:
        take_back(third, wire, 3)
        assert tables_of(third) == tables_of(east)
    again.close()
