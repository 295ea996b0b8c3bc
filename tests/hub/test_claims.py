"""A key asked for at another desk, with a real hub between two desks."""

import threading
import time
from collections.abc import Iterator

import pytest
from desks import Post, Site, site_of, until

from kiosk.desk import custody
from kiosk.desk.hub_line import Answer
from kiosk.desk.hub_state import Standing
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Ended, Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.features import claimed
from kiosk.following import Following
from kiosk.hub.claims import Claims
from kiosk.keys import enrolling, fetching, returning, service
from kiosk.keys.outstanding import outstanding

GUARD = "2001"


@pytest.fixture
def site(hub, built, settings) -> Iterator[Site]:
    with site_of(hub, built.folder / "people.db", built.folder / "site.key", settings) as made:
        yield made


def line_of(post: Post) -> Claims:
    post.uplink.each_round.append(Following(post.desk, post.pen))
    return Claims(post.desk, post.pen, post.uplink, claimed)


def on_pen(post: Post, act, *args):
    return post.pen.queue(act, post.desk, *args).result()


def kept_at(post: Post, thing: Thing) -> custody.Kept:
    with post.desk.read() as book:
        found = book.one(THING, id=thing.id)
        return custody.kept(book, found, post.desk.gate) if found else custody.Kept("", -1)


def holder_at(post: Post, thing: Thing) -> str:
    with post.desk.read() as book:
        found = book.one(OPEN_LOAN_OF, thing=thing.id)
    return found[1].staff_no if found else ""


@pytest.fixture
def two(site, cable) -> tuple[Post, Post]:
    """The east desk, on a cable that can be cut, and the west desk."""
    east, west = site.open("gate-1", cable.address), site.open("gate-2")
    until("both to be up", lambda: {east.standing, west.standing} == {Standing.UP})
    return east, west


@pytest.fixture
def lines(two) -> tuple[Claims, Claims]:
    return line_of(two[0]), line_of(two[1])


@pytest.fixture
def key(two) -> Thing:
    east, west = two
    thing = on_pen(east, enrolling.add_thing, GUARD, "04FFFFFFFFFF01", "投影仪", ThingKind.OTHER)
    until("the key to be known", lambda: kept_at(west, thing).fence == 0)
    return thing


def fetch(post: Post, line: Claims, thing: Thing) -> None:
    fetching.fetch(post.desk, line, fetching.elsewhere(post.desk, [thing.id]))


def test_a_key_asked_for_at_the_other_desk_is_given_and_goes_out_there(two, lines, key):
    east, west = two
    fetch(west, lines[1], key)
    assert kept_at(west, key) == custody.Kept("gate-2", 1)
    on_pen(west, service.lend, key.id, west.person("1001"), GUARD)
    until("the loan to be known", lambda: holder_at(east, key) == "1001")
    assert fetching.elsewhere(east.desk, [key.id])[0].gate == "gate-2"


def test_a_key_that_is_out_is_not_given_and_the_asker_is_told_who_has_it(two, lines, key):
    east, west = two
    on_pen(east, service.lend, key.id, east.person("3001"), GUARD)
    with pytest.raises(Refused) as no:
        fetch(west, lines[1], key)
    assert no.value.code in {"keys.out_there", "keys.out_since_there"}
    until("the loan to be known", lambda: holder_at(west, key) == "3001")
    with pytest.raises(Refused) as no:
        fetch(west, lines[1], key)
    assert no.value.code == "keys.out_since_there"
    assert no.value.facts["holder"] == "李娜"
    on_pen(east, returning.give_back, key.id, GUARD, Ended.TAG)
    fetch(west, lines[1], key)  # a no keeps nobody from asking again
    assert kept_at(west, key).gate == "gate-2"


def test_a_desk_that_cannot_be_reached_gives_nothing_and_the_asker_waits_no_longer_than_that(
    two, lines, key, cable
):
    east, west = two
    cable.cut()
    until("the cut to be noticed", lambda: east.standing is Standing.CUT)
    began = time.monotonic()
    with pytest.raises(Refused) as no:
        fetch(west, lines[1], key)
    assert no.value.code == "keys.desk_cut"
    assert time.monotonic() - began < 5 * west.desk.rules.claim_wait_ms / 1000
    with pytest.raises(Refused) as no:
        fetching.fetch(east.desk, lines[0], [fetching.Away(key.id, "gate-2")])
    assert no.value.code == "keys.desk_cut"
    on_pen(east, service.lend, key.id, east.person("1001"), GUARD)  # at home nothing waits
    assert holder_at(east, key) == "1001"


def test_two_desks_that_ask_at_once_get_one_yes(site, two, lines, key):
    east, west = two
    south = site.open("gate-3")
    until("the key to be known", lambda: kept_at(south, key).fence == 0)
    third = line_of(south)
    said: dict[str, Answer] = {}

    def ask(post: Post, line: Claims) -> None:
        said[post.desk.gate] = line.ask(key.id, "gate-1", 0, "", 5.0).answer

    threads = [threading.Thread(target=ask, args=one) for one in ((west, lines[1]), (south, third))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(said.values()) == [Answer.GIVEN, Answer.HELD]
    winner = next(gate for gate, answer in said.items() if answer is Answer.GIVEN)
    for post in (east, west, south):
        until("all to know", lambda post=post: kept_at(post, key) == custody.Kept(winner, 1))


def test_a_key_returned_at_the_other_desk_is_lent_there_a_moment_later(two, lines, key):
    del lines  # they answer
    east, west = two
    on_pen(east, service.lend, key.id, east.person("1001"), GUARD)
    until("the loan to be known", lambda: holder_at(west, key) == "1001")
    assert on_pen(west, returning.give_back, key.id, GUARD, Ended.TAG).waits_for
    until("the east desk's word", lambda: kept_at(west, key) == custody.Kept("gate-2", 1))
    on_pen(west, service.lend, key.id, west.person("3001"), GUARD)
    until("the loan to be known", lambda: holder_at(east, key) == "3001")


def test_a_key_returned_while_the_cable_is_cut_is_confirmed_when_it_is_back(two, lines, key, cable):
    del lines  # they answer
    east, west = two
    on_pen(east, service.lend, key.id, east.person("1001"), GUARD)
    until("the loan to be known", lambda: holder_at(west, key) == "1001")
    cable.cut()
    until("the cut to be noticed", lambda: east.standing is Standing.CUT)
    on_pen(west, returning.give_back, key.id, GUARD, Ended.TAG)
    with west.desk.read() as book:
        assert "thing.received" in {one.kind for one in outstanding(west.desk, book)}
    with pytest.raises(Refused) as no:
        on_pen(west, service.lend, key.id, west.person("3001"), GUARD)
    assert no.value.code == "keys.unconfirmed"
    cable.heal()
    until("the east desk's word", lambda: kept_at(west, key) == custody.Kept("gate-2", 1))
    with west.desk.read() as book:
        assert "thing.received" not in {one.kind for one in outstanding(west.desk, book)}


def test_a_question_nobody_answered_keeps_nobody_else_for_long(site, two, lines, key, cable, hub):
    """The east desk was cut when the west desk asked; later the south desk gets the key."""
    east, _west = two
    south = site.open("gate-3")
    until("the key to be known", lambda: kept_at(south, key).fence == 0)
    third = line_of(south)
    cable.cut()
    until("the cut to be noticed", lambda: east.standing is Standing.CUT)
    assert lines[1].ask(key.id, "gate-1", 0, "", 0.3).answer is Answer.AWAY
    assert third.ask(key.id, "gate-1", 0, "", 0.3).answer is Answer.HELD
    hub.see("UPDATE kiosk.claim SET asked_at = now() - interval '11 seconds' RETURNING 1")
    assert third.ask(key.id, "gate-1", 0, "", 0.3).answer is Answer.AWAY
    cable.heal()
    until("the south desk to get it", lambda: kept_at(south, key).gate == "gate-3")
