"""A book that a rejoin put away beside the live one opens nothing that was erased since."""

import argparse
import os
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desks import Post, Site, site_of, until
from site_books import desks_of
from test_loss_and_return import copied, goes_back_to_the_copy, joined, meets, sends
from test_merging import renames

from kiosk.commands.doctor import _old_books
from kiosk.commands.hub_return import rejoin_desk
from kiosk.commands.work import Work
from kiosk.desk.desk import Desk
from kiosk.desk.hub_state import Standing
from kiosk.desk.old_books import OldBooks, erase_in_old_books, old_books


@pytest.fixture
def site(hub, built, settings) -> Iterator[Site]:
    with site_of(hub, built.folder / "people.db", built.folder / "site.key", settings) as made:
        yield made


def put_away(desk: Desk) -> Path:
    """Copy the book as a rejoin keeps it."""
    desk.empty_log()
    database = desk.settings.desk.database
    kept = database.with_name(f"{database.name}.before-2026-11-23T080000")
    shutil.copy(database, kept)
    return kept


def keys_in(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as book:
        return {one for (one,) in book.execute("SELECT id FROM subject_key")}


def wrapped_in(file: Path, subject: str) -> bytes:
    with closing(sqlite3.connect(file)) as book:
        [(wrapped,)] = book.execute("SELECT wrapped FROM subject_key WHERE id = ?", (subject,))
    return wrapped.encode()


def doctor(desk: Desk) -> list[tuple[bool, str]]:
    work = Work(desk, argparse.Namespace(), print, print)
    return [(one.good, one.words) for one in _old_books(work)]


def restarted(site: Site, post: Post) -> tuple[Post, Path]:
    """Put a copy of the desk's book away, as a rejoin does, and open the desk again."""
    kept = put_away(post.desk)
    site.close(post)
    return site.open_with(post.desk.settings), kept


def test_who_is_erased_at_another_desk_is_erased_in_the_old_book_too(site):
    gate, reception = site.open("gate-1"), site.open("gate-2")
    subject, sealed = gate.seal_a_remark("头痛")
    stays, _sealed = gate.seal_a_remark("牙痛")
    until("the words to come", lambda: reception.unsealed(sealed) == "头痛")
    gate, kept = restarted(site, gate)
    secret = wrapped_in(kept, subject)
    assert secret in kept.read_bytes()
    reception.erase(subject)
    until("the key to go", lambda: subject not in keys_in(kept))
    until("its page to be overwritten", lambda: secret not in kept.read_bytes())
    assert stays in keys_in(kept)


def test_it_is_erased_while_the_hub_is_away_too(site, cable):
    gate = site.open("gate-1", cable.address)
    subject, _sealed = gate.seal_a_remark("头痛")
    until("all to be sent", lambda: gate.uplink.now().behind == 0)
    cable.cut()
    gate, kept = restarted(site, gate)
    gate.erase(subject)
    until("the key to go", lambda: subject not in keys_in(kept))
    assert gate.standing is Standing.CUT


def test_what_the_hub_alone_knew_to_be_erased_is_erased_in_the_old_copy(
    settings, desk_clock, built, hub, tmp_path
):
    pair = desks_of(settings, desk_clock, 2, built)
    east, north = pair
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
    rejoin_desk(Namespace(), joined(copy, hub))
    [kept] = old_books(copy.settings.desk.database)
    assert subject in keys_in(kept)
    again = Desk.open(copy.settings, desk_clock)
    OldBooks(again).look()
    assert subject not in keys_in(kept)
    again.close()
    north.close()


@pytest.fixture
def erased(desk) -> Iterator[tuple[Desk, Path, str]]:
    """A desk with an old book beside it, and a subject erased since."""
    with desk.write(by="9001") as tx:
        subject = tx.new_subject()
        tx.record("remark.made", words=tx.seal(subject, "头痛"))
    kept = put_away(desk)
    with desk.write() as tx:
        tx.erase(subject)
        tx.record("subjects.purged")
    return desk, kept, subject


def test_the_doctor_finishes_it_and_says_that_the_file_is_there(erased):
    desk, kept, subject = erased
    [(good, words)] = doctor(desk)
    assert (good, kept.name in words) == (True, True)
    assert subject not in keys_in(kept)
    assert sorted(kept.parent.glob(f"{kept.name}*")) == [kept]


def test_a_locked_old_book_is_told_and_the_next_look_succeeds(erased, caplog):
    desk, kept, subject = erased
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        [(good, words)] = doctor(desk)
        assert (good, kept.name in words) == (False, True)
        assert kept.name in caplog.text
        other.execute("ROLLBACK")
    assert erase_in_old_books(desk) == []
    assert subject not in keys_in(kept)


def test_an_old_book_that_somebody_reads_is_told_until_its_page_is_overwritten(erased, caplog):
    desk, kept, subject = erased
    secret = wrapped_in(kept, subject)
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM subject_key").fetchone()
        for _look in range(2):
            [(good, words)] = doctor(desk)
            assert (good, kept.name in words) == (False, True)
            assert secret in kept.read_bytes()
        assert kept.name in caplog.text
        other.execute("ROLLBACK")
        assert erase_in_old_books(desk) == []
        assert secret not in kept.read_bytes()


def test_a_damaged_old_book_is_told(erased, caplog):
    desk, kept, _subject = erased
    kept.write_bytes(b"no book at all" * 1000)
    [(good, _words)] = doctor(desk)
    assert not good
    assert kept.name in caplog.text


def test_a_second_name_of_the_live_book_is_no_old_one(desk):
    database = desk.settings.desk.database
    os.link(database, database.with_name(f"{database.name}.before-2026-11-23T080000"))
    assert old_books(database) == []
    assert doctor(desk) == []
