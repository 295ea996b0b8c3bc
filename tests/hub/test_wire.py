"""What the hub takes from a desk, what it gives, and what it refuses."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from hub_site import chain, now
from patience import PATIENCE_S

from kiosk.desk.journal import Head, seal
from kiosk.desk.refusal import Refused
from kiosk.hub.founding import as_owner, release
from kiosk.hub.wire import Quarantined, Wire


def test_entries_go_in_and_come_out_at_the_other_desk_as_they_were(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    sent = chain("gate-1", 3)
    assert one.append(sent, {"s1": "wrapped"}) == 3
    assert other.pull({}, 500) == sent
    assert one.pull({}, 500) == []
    assert other.pull({"gate-1": 2}, 500) == sent[2:]
    assert other.keys_of(["s1", "s2"]) == {"s1": "wrapped"}
    assert one.heads() == other.heads() == {"gate-1": (3, sent[-1].hash)}
    assert one.own_entries(1, 1) == sent[1:2]


def test_every_character_has_the_same_hash_at_the_hub(hub):
    odd = "".join(map(chr, range(1, 0x180))) + '\u2028\ufeff 字 𠮷 \\u0000 \\ " /'
    facts = '{"x":"\\u0000\\\\"}'
    entry = seal("gate-1", Head(0, "0" * 64), odd, odd, odd, facts, "[[1,null]]")
    assert hub.wire("gate-1").append([entry]) == 1
    assert hub.wire("gate-2").pull({}, 9) == [entry]


def test_a_batch_whose_answer_was_lost_is_written_once(hub):
    one = hub.wire("gate-1")
    sent = chain("gate-1", 5)
    assert one.append(sent[:3]) == 3
    assert one.append(sent[:3]) == 3
    assert one.append(sent[1:]) == 5
    assert hub.see("SELECT count(*), max(seq) FROM kiosk.entry") == [(5, 5)]


def test_a_hole_stops_the_feed_and_keeps_what_was_good(hub):
    one, sent = hub.wire("gate-1"), chain("gate-1", 5)
    with pytest.raises(Quarantined) as stopped:
        one.append([*sent[:2], *sent[3:]])
    assert (stopped.value.gate, stopped.value.seq, stopped.value.why) == ("gate-1", 4, "gap")
    assert hub.wire("gate-2").pull({}, 500) == sent[:2]
    with pytest.raises(Quarantined):
        one.append(sent[2:])
    assert one.heads()["gate-1"].seq == 2


def test_a_batch_in_the_wrong_order_is_a_hole(hub):
    with pytest.raises(Quarantined) as stopped:
        hub.wire("gate-1").append(chain("gate-1", 2)[::-1])
    assert stopped.value.why == "gap"
    assert hub.see("SELECT count(*) FROM kiosk.entry") == [(0,)]


def test_two_books_of_one_desk_are_a_fork_and_the_others_see_none_of_it(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    common = chain("gate-1", 2)
    head = Head(2, common[-1].hash)
    one.append([*common, *chain("gate-1", 2, head, "first.copy")])
    with pytest.raises(Quarantined) as stopped:
        one.append(chain("gate-1", 1, head, "second.copy"))
    assert (stopped.value.seq, stopped.value.why) == (3, "fork")
    assert other.pull({}, 500) == common
    with pytest.raises(Quarantined):
        hub.wire("gate-1").append([])


def test_an_entry_after_another_head_is_a_fork(hub):
    one = hub.wire("gate-1")
    one.append(chain("gate-1", 1))
    with pytest.raises(Quarantined) as stopped:
        one.append(chain("gate-1", 1, Head(1, "a" * 64)))
    assert (stopped.value.seq, stopped.value.why) == (2, "fork")


def test_an_entry_whose_words_were_changed_is_forged(hub):
    sent = chain("gate-1", 3)
    with pytest.raises(Quarantined) as stopped:
        hub.wire("gate-1").append([sent[0], sent[1]._replace(by="9002"), sent[2]])
    assert (stopped.value.seq, stopped.value.why) == (2, "forged")
    assert hub.see("SELECT seq FROM kiosk.entry") == [(1,)]


def test_a_quarantine_is_told_to_the_other_desks_and_ends_when_the_owner_says_so(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    with pytest.raises(Quarantined):
        one.append(chain("gate-1", 2)[1:])
    assert other.wait(PATIENCE_S) == ("quarantine gate-1",)
    [told] = [desk for desk in other.hello("1", "r", now()).desks if desk.gate == "gate-1"]
    assert (told.quarantined, told.quarantined_seq) == ("gap", 2)
    with as_owner(hub.owner) as connection:
        release(connection, "gate-1")
    assert one.append(chain("gate-1", 2)) == 2
    with pytest.raises(Refused, match=r"hub\.no_desk"), as_owner(hub.owner) as connection:
        release(connection, "gate-9")


def test_a_desk_writes_only_its_own_chain(hub):
    with pytest.raises(Refused, match=r"hub\.not_yours"):
        hub.wire("gate-1").append(chain("gate-2", 1))
    assert hub.see("SELECT count(*) FROM kiosk.entry") == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kiosk.entry SET code = 'x'",
        "DELETE FROM kiosk.entry",
        "INSERT INTO kiosk.desk (gate, number, role) VALUES ('x', 9, 'x')",
        "SELECT * FROM kiosk.entry",
        "SELECT * FROM kiosk.subject_key",
        "UPDATE kiosk.claim SET fence = 0",
        "TRUNCATE kiosk.entry",
        "DROP SCHEMA kiosk CASCADE",
        "CREATE TABLE kiosk.mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "SELECT kiosk.digest('', '', 1, '', '', '', '', '')",
        "SET ROLE postgres",
    ],
)
def test_no_desk_can_change_what_is_there_or_look_past_the_functions(hub, statement):
    one = hub.wire("gate-1")
    one.append(chain("gate-1", 1))
    with pytest.raises(Refused, match=r"hub\.not_allowed"):
        one._line.ask(statement)
    assert hub.see("SELECT count(*) FROM kiosk.entry") == [(1,)]


def test_more_than_five_hundred_entries_at_once_are_refused(hub):
    one, sent = hub.wire("gate-1"), chain("gate-1", 501)
    with pytest.raises(Exception, match=r"hub\.troubled"):
        one.append(sent)
    assert one.append(sent[:500]) == 500
    assert one.append(sent[500:]) == 501


def test_pull_is_limited_and_goes_on_where_it_ended(hub):
    one, two, three = (hub.wire(f"gate-{n}") for n in (1, 2, 3))
    first, second = chain("gate-1", 7), chain("gate-2", 5)
    one.append(first[:4])
    two.append(second)
    one.append(first[4:])
    heads, came = {}, []
    while bite := three.pull(heads, 3):
        came += bite
        heads |= {entry.gate: entry.seq for entry in bite}
    assert came == [*first[:4], *second, *first[4:]]


def test_an_erased_key_stays_erased_whoever_sends_it_again(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    sent = chain("gate-1", 2)
    one.append(sent[:1], {"s1": "w1", "s2": "w2"})
    other.erase(["s1", "never-seen"])
    one.append(sent[1:], {"s1": "w1", "never-seen": "w3", "s2": "other"})
    assert one.keys_of(["s1", "s2", "never-seen"]) == {"s1": "", "s2": "w2", "never-seen": ""}
    [(erased,)] = hub.see("SELECT erased_at IS NOT NULL FROM kiosk.subject_key WHERE id = 's1'")
    assert erased


def test_a_clock_an_hour_off_is_measured(hub):
    one = hub.wire("gate-1")
    hello = one.hello("0.1.0", "rev", now() + timedelta(hours=1))
    assert abs(hello.offset - timedelta(hours=1)) < timedelta(seconds=2)
    assert (hello.own.number, hello.own.program, hello.own.revision) == (0, "0.1.0", "rev")
    assert abs(hello.clock - now()) < timedelta(seconds=2)
    back = hub.wire("gate-2").hello("0.1.0", "rev", now() - timedelta(hours=1))
    assert abs(back.offset + timedelta(hours=1)) < timedelta(seconds=2)
    assert [desk.number for desk in back.desks] == [0, 1]


def test_a_notice_wakes_the_other_desk_and_wake_the_own(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    began = time.monotonic()
    threading.Timer(0.1, lambda: one.append(chain("gate-1", 1))).start()
    assert other.wait(PATIENCE_S) == ("entries",)
    threading.Timer(0.1, other.wake).start()
    assert other.wait(PATIENCE_S) == ()
    assert time.monotonic() - began < PATIENCE_S  # woken, not waited out
    assert other.wait(0.05) == ()


def test_a_notice_that_came_during_a_question_is_not_lost(hub):
    one, other = hub.wire("gate-1"), hub.wire("gate-2")
    one.append(chain("gate-1", 1))
    assert len(other.pull({}, 9)) == 1
    assert other.wait(PATIENCE_S) == ("entries",)


def test_a_claim_is_asked_and_answered_with_a_growing_fence(hub):
    home, away, third = (hub.wire(f"gate-{n}") for n in (1, 2, 3))
    asked = away.ask("k1", "gate-1", 0, "loan-1")
    assert (asked.by_gate, asked.state, asked.fence) == ("gate-2", "asked", 1)
    assert third.ask("k1", "gate-1", 0, "loan-2").by_gate == "gate-2"
    assert third.answer("k1", 1, yes=True).state == "asked"  # only its home answers
    assert home.answer("k1", 9, yes=True).state == "asked"
    assert [claim.thing_id for claim in home.claims()] == ["k1"]
    assert third.claims() == []
    given = home.answer("k1", 1, yes=True)
    assert (given.state, given.by_gate) == ("given", "gate-2")
    assert third.ask("k1", "gate-1", 0, "loan-2").loan_ref == "loan-1"  # it has not seen that
    assert third.ask("k1", "gate-2", 1, "loan-2").fence == 2  # it has, and asks who keeps it now
    assert home.answer("k1", 2, yes=True).state == "asked"
    said = away.answer("k1", 2, yes=False, why="keys.lent")
    assert (said.state, said.why) == ("refused", "keys.lent")
    assert home.ask("k1", "gate-2", 1, "loan-3").by_gate == "gate-1"
    assert home.answer("nothing", 1, yes=True) is None


def test_of_many_desks_that_ask_at_once_one_gets_the_thing(hub):
    gates = [f"gate-{n}" for n in range(1, 9)]
    wires = {gate: hub.wire(gate, wait_s=10) for gate in gates}
    together = threading.Barrier(len(gates))
    won = []

    def ask(gate: str) -> None:
        for fence in range(20):
            together.wait()
            claim = wires[gate].ask(f"k{fence}", "gate-1", fence, f"{gate}/{fence}")
            if claim.loan_ref == f"{gate}/{fence}":
                won.append(fence)

    threads = [threading.Thread(target=ask, args=(gate,)) for gate in gates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(won) == list(range(20))


def test_a_wrong_password_and_an_unknown_desk_are_refused(hub):
    hub.wire("gate-1")
    settings = hub.settings("gate-1")
    with pytest.raises(Refused, match=r"hub\.password"):
        Wire.open(settings, "wrong", gate="gate-1", wait_s=2)
    with pytest.raises(Refused, match=r"hub\.password"):
        Wire.open(settings, "desk_gate_7", gate="gate-7", wait_s=2)
    with pytest.raises(Refused, match=r"hub\.no_database"):
        Wire.open(replace(settings, database="another"), "desk_gate_1", gate="gate-1", wait_s=2)


def test_a_hub_elsewhere_is_never_spoken_to_without_its_certificate(hub, tmp_path):
    hub.add("gate-1")
    settings = replace(hub.settings("gate-1"), address="192.0.2.1:5432", ca=tmp_path / "none")
    with pytest.raises(Refused, match=r"hub\.no_certificate"):
        Wire.open(settings, "desk_gate_1", gate="gate-1")


def test_a_password_file_that_others_may_read_is_refused(hub, settings):
    hub.wire("gate-1")
    section = hub.settings("gate-1")
    ours = replace(settings, hub=section)
    wire = Wire.of(ours)
    wire.close()
    section.password.chmod(0o644)
    with pytest.raises(Refused, match=r"hub\.password_open"):
        Wire.of(ours)
    section.password.unlink()
    with pytest.raises(Refused, match=r"hub\.no_password"):
        Wire.of(ours)


def test_the_owner_himself_has_no_desk(hub):
    with psycopg.connect(hub.owner) as owner, pytest.raises(psycopg.Error) as told:
        owner.execute("SELECT kiosk.append('[]', '{}')")
    assert told.value.sqlstate == "KH001"
