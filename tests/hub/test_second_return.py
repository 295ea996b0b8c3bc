"""A desk that came back from an old copy: what is written afterwards, and what the hub lacks."""

from contextlib import closing

import pytest
from site_books import desks_of, heal, intact, tables_of
from test_loss_and_return import copied, goes_back_to_the_copy, meets, sends
from test_merging import forks_at, renames, title_at

from kiosk import features
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.purge import erase_heard
from kiosk.hub.own_chain import OwnChain, compare
from kiosk.hub.rejoining import rejoin


@pytest.fixture
def three(settings, desk_clock, built):
    opened = desks_of(settings, desk_clock, 3, built)
    yield opened
    for desk in opened:
        desk.close()


def comes_back(hub, copy, clock) -> Desk:
    copy.close()
    with closing(hub.wire(copy.gate)) as wire:
        rejoin(copy.settings, clock, wire, features.hooks())
    return Desk.open(copy.settings, clock)


def test_a_row_that_a_return_forked_is_written_on_and_the_book_is_whole(
    three, hub, desk_clock, tmp_path
):
    east, north, _ = three
    meets(hub, three)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    meets(hub, three)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    desk_clock.advance(minutes=5)
    renames(copy, "1001", "旧")
    again = comes_back(hub, copy, desk_clock)
    renames(again, "1001", "新")
    assert {one.stored["title"] for one in forks_at(again)[0].heads} == {"真", "新"}
    assert intact(again)
    meets(hub, [again, north])
    assert tables_of(again) == tables_of(north)
    assert intact(north)
    again.close()


@pytest.mark.parametrize("turns", [1, 4])
def test_what_the_hub_lacks_of_others_comes_from_the_old_copy_whoever_waits_for_whom(
    three, hub, desk_clock, tmp_path, turns
):
    """A hub that was set up anew has one desk's work, and that refers to the others'."""
    east, north, west = three
    copied(east, tmp_path)
    for turn in range(turns):
        for desk, title in ((north, "北"), (west, "西"), (north, "又北"), (east, "东")):
            renames(desk, "1001", f"{title}{turn}")
            heal(three)
    sends(hub, east)
    head = east.head
    # The old copy hears of the others as far as they do not refer to what it lost.
    copied(east, tmp_path)
    renames(east, "3001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    renames(copy, "3001", "旧")
    with copy.read() as book:
        theirs = {g: h for g, h in journal.heads(book.connection).items() if g != copy.gate}
    again = comes_back(hub, copy, desk_clock)
    assert again.head.seq == head.seq + 3
    with again.read() as book:
        assert theirs.items() <= journal.heads(book.connection).items()
    assert title_at(again, "1001") == f"东{turns - 1}"
    assert intact(again)
    with closing(hub.wire(again.gate)) as wire:
        assert compare(again, wire) is OwnChain.SAME
    sends(hub, again)
    meets(hub, [again, north, west])
    for desk in (north, west):
        assert tables_of(desk) == tables_of(again)
    again.close()


def test_who_the_old_copy_heard_was_erased_stays_erased(three, hub, desk_clock, tmp_path):
    """The hub that told it is lost, and the new one has been told by nobody yet."""
    east, _, _ = three
    with east.write() as tx:
        subject = tx.new_subject()
        tx.record("message.taken", words=tx.seal(subject, "电话号码"))
    sends(hub, east)
    copied(east, tmp_path)
    renames(east, "1001", "真")
    sends(hub, east)
    copy = goes_back_to_the_copy(east, tmp_path, desk_clock)
    with copy.write() as tx:
        erase_heard(tx, [subject])
        tx.record("subjects.erased_elsewhere", count=1)
    again = comes_back(hub, copy, desk_clock)
    with again.read() as book:
        keys = book.connection.execute("SELECT id FROM subject_key").fetchall()
    assert (subject,) not in keys
    with again.write() as tx:
        assert tx.is_erased(subject)
        tx.record("person.changed")
    again.close()
