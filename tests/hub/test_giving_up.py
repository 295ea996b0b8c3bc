"""A desk that the site has given up: gone from every list, and what it did stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from desks import Post, Site, site_of, until
from machine import code_in

from kiosk.desk.freshness import parts
from kiosk.desk.hub_state import Standing
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import introduce, site_desks
from kiosk.desk_line.desks import desks_now
from kiosk.desk_line.service import send, sent_from_here
from kiosk.hub.founding import as_owner, give_up
from kiosk.hub.wire import Wire
from kiosk.hub_light import hub_lights


@pytest.fixture
def site(hub, built, settings) -> Iterator[Site]:
    with site_of(hub, built.folder / "people.db", built.folder / "site.key", settings) as made:
        yield made


@pytest.fixture
def three(site) -> list[Post]:
    """Three desks at the hub that know each other by name."""
    posts = [site.open(gate) for gate in ("gate-1", "gate-2", "gate-3")]
    for one in posts:
        one.pen.queue(introduce, one.desk).result()
    for one in posts:
        until("all to be heard of", lambda one=one: len(one.uplink.now().fresh) == 2)
        until("all names to come", lambda one=one: len(others(one)) == 2)
        one.desk.hub_state = one.uplink.now
    return posts


def others(post: Post) -> list[str]:
    with post.desk.read() as book:
        return [one.id for one in site_desks(post.desk, book).others]


def shown(post: Post) -> list[str]:
    return [one.gate for one in desks_now(post.desk, lambda *_: [], lambda *_: []).desks]


def aged(post: Post) -> list[str]:
    with post.desk.read() as book:
        return [one.gate for one in parts(post.desk, book)]


def gives_up(site: Site, gate: str) -> None:
    with as_owner(site.hub.owner) as owner:
        give_up(owner, gate)


def test_a_desk_that_is_given_up_is_gone_everywhere_and_its_work_stays(site, three):
    gate, reception, third = three
    third.rename("1001", "张伟明")
    until("its work to come", lambda: gate.name("1001") == "张伟明")
    line = gate.pen.queue(send, gate.desk, "9001", "", "热水停了").result()
    gives_up(site, "gate-3")
    for one in (gate, reception):
        until("the others to hear of it", lambda one=one: "gate-3" not in others(one))
        until("nobody to wait for it", lambda one=one: "gate-3" not in one.uplink.now().fresh)
        assert "gate-3" not in shown(one)
        assert "gate-3" not in aged(one)
        assert one.name("1001") == "张伟明"
        assert one.chain("gate-3") == third.chain("gate-3")
    with gate.desk.read() as book:
        known = site_desks(gate.desk, book)
        [sent] = sent_from_here(gate.desk, book, known)
    assert (sent.line.id, [one for one, _reading in sent.readings]) == (line, ["gate-2"])
    with pytest.raises(Refused, match=r"desk_line\.no_such_desk"):
        gate.pen.queue(send, gate.desk, "9001", "gate-3", "在吗").result()


def test_it_is_gone_after_a_start_without_the_hub_too(site, three, cable):
    gate, *_others = three
    gives_up(site, "gate-3")
    until("the gate to hear of it", lambda: "gate-3" not in others(gate))
    site.close(gate)
    cable.cut()
    gate = site.open("gate-1", cable.address, off=timedelta(hours=1))
    gate.desk.hub_state = gate.uplink.now
    until("the book to be read", lambda: gate.uplink.state.fresh)
    assert gate.uplink.state.fresh.keys() == {"gate-2"}
    assert aged(gate) == ["gate-2"]


def test_the_desk_itself_is_shut_out_and_told_why(site, three):
    *_others, third = three
    gives_up(site, "gate-3")
    until("it to be told", lambda: third.uplink.state.why == "hub.gone")
    assert third.standing is Standing.REFUSED
    [light] = hub_lights(third.desk, third.uplink.now())
    assert "given this desk up" in light.word
    with pytest.raises(Refused, match=r"hub\.gone"):
        Wire.of(third.desk.settings)


def test_a_desk_that_is_invited_again_is_back_with_its_number(site, three):
    gate, _reception, third = three
    number = third.desk.settings.hub.desk_number
    gives_up(site, "gate-3")
    until("the gate to hear of it", lambda: "gate-3" not in others(gate))
    site.hub.add("gate-3")
    until("it to be back", lambda: "gate-3" in others(gate))
    until("it to be let in", lambda: third.standing is Standing.UP)
    until("it to be heard of", lambda: "gate-3" in gate.uplink.now().fresh)
    assert site.hub.see("SELECT number FROM kiosk.desk WHERE gate = 'gate-3'") == [(number,)]


def test_the_command_says_it_and_the_status_names_it(reception, postgres):
    owner = postgres.new_database("given_up")
    try:
        init = reception.types("hub", "init", owner, "--at", postgres.address)
        joins = ("hub", "join", postgres.address, "--database", "given_up")
        assert reception.types(*joins, then=code_in(init[1]))[0] == 0
        reception.types("hub", "invite", owner, "back")
        assert "itself" in reception.types("hub", "give-up", owner, "reception")[2]
        assert "no desk nobody" in reception.types("hub", "give-up", owner, "nobody")[2]
        status, out, _err = reception.types("hub", "give-up", owner, "back")
        assert (status, "back" in out) == (0, True)
        assert "given up" in reception.types("hub", "status")[1]
        assert reception.types("hub", "invite", owner, "back")[0] == 0
        assert "given up" not in reception.types("hub", "status")[1]
    finally:
        postgres.drop_database("given_up")
