"""``kiosk hub``: a hub is made, desks join it with a code read aloud, and all see how it stands."""

import io
import json
import os
import stat
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from hub_site import chain, now
from machine import Machine, code_in
from postgres import free_port

from kiosk.cli import main
from kiosk.desk.desk import Desk
from kiosk.desk.secrets import SiteKey
from kiosk.hub.join_code import new_code
from kiosk.hub.wire import Quarantined, Wire


@pytest.fixture
def empty(postgres):
    """An empty database, where nobody made a hub yet: its owner's address."""
    name = "kiosk"
    postgres.drop_database(name)
    yield postgres.new_database(name)
    postgres.drop_database(name)


def found(reception: Machine, empty: str, postgres) -> str:
    status, out, err = reception.types("hub", "init", empty, "--at", postgres.address)
    assert (status, err) == (0, "")
    return code_in(out)


def invited(reception: Machine, empty: str, gate: str) -> str:
    status, out, err = reception.types("hub", "invite", empty, gate, "--name", "后门")
    assert (status, err) == (0, "")
    return code_in(out)


def test_two_desks_meet_at_a_hub_by_two_codes(reception, machine, empty, postgres):
    back = machine("back")
    code = found(reception, empty, postgres)
    status, out, err = reception.types("hub", "join", postgres.address, then=code)
    assert (status, err) == (0, "")
    assert "双河镇 as reception, number 0" in out
    code = invited(reception, empty, "back-door")
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    status, _out, err = back.types(
        "hub", "join", postgres.address, "--gate", "back-door", then=spoken
    )
    assert (status, err) == (0, "")
    ours, theirs = reception.settings, back.settings
    assert SiteKey.load(theirs.desk.site_key) == SiteKey.load(ours.desk.site_key)
    assert (theirs.site.name, theirs.site.gate, theirs.site.gate_name) == (
        "双河镇", "back-door", "后门",
    )  # fmt: skip
    assert (ours.hub.desk_number, ours.hub.keeper) == (0, True)
    assert (theirs.hub.desk_number, theirs.hub.keeper) == (1, False)
    assert stat.S_IMODE(theirs.hub.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(theirs.desk.site_key.stat().st_mode) == 0o600
    one, other = Wire.of(ours), Wire.of(theirs)
    one.append(chain("reception", 2))
    assert len(other.pull({}, 9)) == 2
    one.close()
    other.close()


def test_the_hub_never_holds_anything_that_opens_the_site_key(reception, empty, postgres):
    code = found(reception, empty, postgres)
    key = SiteKey.load(reception.settings.desk.site_key)
    secrets = (key.secret.hex(), code, code.replace("-", ""))
    with psycopg.connect(empty) as owner:
        held = [
            str(owner.execute("SELECT * FROM " + table).fetchall())  # noqa: S608 - from below
            for table in ("kiosk.site", "kiosk.invite", "kiosk.desk", "pg_authid")
        ]
    assert not [secret for secret in secrets for told in held if secret in told]
    assert "s1.join-reception." in held[1]


def test_a_code_is_good_once(reception, machine, empty, postgres):
    found(reception, empty, postgres)
    code, join = invited(reception, empty, "back"), ("hub", "join", postgres.address)
    assert machine("first").types(*join, "--gate", "back", then=code)[0] == 0
    second = machine("second")
    status, _out, err = second.types(*join, "--gate", "back", then=code)
    assert status == 1
    assert "used already" in err
    assert not second.folder.exists()


def test_a_join_that_was_stopped_after_the_hub_had_taken_it_is_given_again(
    reception, machine, empty, postgres
):
    found(reception, empty, postgres)
    code, join = invited(reception, empty, "back"), ("hub", "join", postgres.address)
    back = machine("back")
    assert back.types(*join, "--gate", "back", then=code)[0] == 0
    back.settings.desk.database.unlink()  # it was stopped before the book was filled
    status, out, err = back.types(*join, then=code)
    assert (status, err) == (0, "")
    assert "joined" in out
    assert back.settings.desk.database.exists()


def test_who_ends_the_input_at_the_question_for_the_code_is_told_it_stopped(
    reception, capsys, monkeypatch
):
    keyboard = io.StringIO("")
    keyboard.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", keyboard)
    words = ["hub", "join", "127.0.0.1:1", "--config", str(reception.file)]
    assert main(words) == 1
    assert "Stopped." in capsys.readouterr().err


def test_a_desk_at_work_is_told_before_its_code_is_used_up(reception, empty, postgres):
    code, join = found(reception, empty, postgres), ("hub", "join", postgres.address)
    with closing(Desk.open(reception.settings)):
        status, _out, err = reception.types(*join, then=code)
    assert status == 1
    assert str(os.getpid()) in err
    assert reception.types(*join, then=code)[0] == 0


def test_a_code_of_another_desk_a_mistyped_one_and_a_made_up_one_are_refused(
    reception, machine, empty, postgres
):
    found(reception, empty, postgres)
    code, back = invited(reception, empty, "back"), machine("back")
    invited(reception, empty, "side")
    join = ("hub", "join", postgres.address, "--gate")
    assert "another desk's" in back.types(*join, "side", then=code)[2]
    wrong = ("0" if code[0] != "0" else "2") + code[1:]
    assert "sixteen letters" in back.types(*join, "back", then=wrong)[2]
    assert "sixteen letters" in back.types(*join, "back", then="")[2]
    assert not back.folder.exists()
    assert back.types(*join, "back", then=code)[0] == 0


def test_a_code_that_is_over_is_refused(reception, machine, empty, postgres):
    found(reception, empty, postgres)
    code, back = invited(reception, empty, "back"), machine("back")
    with psycopg.connect(empty) as owner:
        owner.execute("UPDATE kiosk.invite SET expires_at = now() - interval '1 second'")
    join = ("hub", "join", postgres.address, "--gate", "back")
    assert "over or was used" in back.types(*join, then=code)[2]
    with psycopg.connect(empty) as owner:  # and PostgreSQL itself lets nobody in after that time
        owner.execute("ALTER ROLE desk_back VALID UNTIL '2020-01-01'")
    assert "another desk's, over, or used" in back.types(*join, then=code)[2]
    with psycopg.connect(empty) as owner:
        [(until,)] = owner.execute(
            "SELECT expires_at - now() < %s FROM kiosk.invite WHERE gate = 'reception'",
            (timedelta(minutes=60),),
        ).fetchall()
    assert until


def test_a_desk_that_joins_again_keeps_its_number_and_shuts_out_the_old_machine(
    reception, machine, empty, postgres
):
    found(reception, empty, postgres)
    join = ("hub", "join", postgres.address, "--gate", "back")
    old, new = machine("old"), machine("new")
    old.types(*join, then=invited(reception, empty, "back"))
    wire = Wire.of(old.settings)
    assert new.types(*join, then=invited(reception, empty, "back"))[0] == 0
    assert new.settings.hub.desk_number == old.settings.hub.desk_number == 1
    with pytest.raises(Exception, match=r"hub\.cut"):
        wire.heads()
    wire.close()
    with pytest.raises(Exception, match=r"hub\.password"):
        Wire.of(old.settings)


def test_a_desk_with_another_sites_key_is_refused_and_keeps_its_files(
    reception, machine, empty, postgres
):
    found(reception, empty, postgres)
    code, other = invited(reception, empty, "back"), machine("other").founds("back")
    before = other.file.read_bytes()
    status, _out, err = other.types("hub", "join", postgres.address, then=code)
    assert status == 1
    assert "key of another site" in err
    seal_something(other)
    other.settings.desk.site_key.unlink()
    status, _out, err = other.types("hub", "join", postgres.address, then=code)
    assert status == 1  # the book knows too whose it is
    assert other.file.read_bytes() == before
    assert not (other.folder / "hub.password").exists()
    assert (
        machine("back").types("hub", "join", postgres.address, "--gate", "back", then=code)[0] == 0
    )  # fmt: skip - and the code was not used up


def seal_something(machine: Machine) -> None:
    desk = Desk.open(machine.settings)
    with desk.write() as tx:
        tx.seal(tx.new_subject(), "张三")
        tx.record("desk.started")
    desk.close()


def test_the_hub_of_another_site_is_refused(reception, machine, empty, postgres):
    found(reception, empty, postgres)
    other = machine("other").founds("east")
    for words in (("init", empty), ("invite", empty, "north")):
        status, _out, err = other.types("hub", *words)
        assert status == 1
        assert "another site, 双河镇" in err
    status, out, _err = reception.types("hub", "init", empty)
    assert status == 0
    assert "there already" in out


def test_a_hub_that_others_reach_needs_a_certificate(reception, empty, tmp_path):
    status, _out, err = reception.types("hub", "init", empty, "--at", "192.0.2.1:5432")
    assert status == 1
    assert "--ca" in err
    key = tmp_path / "server.key"
    key.write_text("-----BEGIN PRIVATE KEY-----", "utf-8")
    told = reception.types("hub", "init", empty, "--at", "192.0.2.1:5432", "--ca", str(key))
    assert "no certificate" in told[2]


def test_a_hub_takes_twenty_desks(reception, empty, postgres):
    found(reception, empty, postgres)
    for number in range(1, 20):
        invited(reception, empty, f"gate-{number}")
    assert "20 desks already" in reception.types("hub", "invite", empty, "gate-20")[2]
    assert "no short name" in reception.types("hub", "invite", empty, "Gate_1")[2]
    invited(reception, empty, "gate-19")  # one of the twenty, once more


def test_status_says_how_each_desk_stands(reception, machine, empty, postgres):
    reception.types("hub", "join", postgres.address, then=found(reception, empty, postgres))
    back = machine("back")
    code = invited(reception, empty, "back")
    back.types("hub", "join", postgres.address, "--gate", "back", then=code)
    wire = Wire.of(back.settings)
    wire.hello("9.9.9", "rev", now() - timedelta(hours=1))
    with pytest.raises(Quarantined):
        wire.append(chain("back", 2)[1:])
    wire.close()
    status, out, _err = reception.types("hub", "status")
    assert status == 1  # somebody must look
    ours, theirs = out.splitlines()
    assert ours.startswith("0 reception East gatehouse: ")
    assert "0 at the hub; seen 0 s ago; version 0.1.0" in ours
    assert theirs.startswith("1 back 后门: 0 entries here, 0 at the hub; seen")
    assert "version 9.9.9; its clock is 3600 s behind; QUARANTINED: entries are missing" in theirs
    told = json.loads(reception.types("hub", "status", "--json")[1])
    assert [(desk["gate"], desk["quarantined"]) for desk in told] == [
        ("reception", ""), ("back", "gap"),
    ]  # fmt: skip
    status, out, _err = reception.types("hub", "release", empty, "back")
    assert (status, "back" in out) == (0, True)
    assert "QUARANTINED" not in reception.types("hub", "status")[1]


def test_status_at_the_hub_of_another_site_says_so(reception, empty, postgres):
    reception.types("hub", "join", postgres.address, then=found(reception, empty, postgres))
    with psycopg.connect(empty) as owner:
        owner.execute("UPDATE kiosk.site SET fingerprint = 'other', name = '三河镇'")
    status, out, err = reception.types("hub", "status")
    assert (status, out) == (1, "")
    assert "another site, 三河镇" in err


def test_status_says_so_when_the_hub_is_away(reception, empty, postgres):
    reception.types("hub", "join", postgres.address, then=found(reception, empty, postgres))
    postgres.freeze()
    try:
        status, out, err = reception.types("hub", "status")
    finally:
        postgres.thaw()
    assert status == 1
    assert out.startswith("reception: ")
    assert "does not answer" in err
    assert json.loads(reception.types("hub", "status", "--json")[1])[0]["gate"] == "reception"


def test_a_desk_without_a_hub_is_told_how_to_get_one(reception):
    status, _out, err = reception.types("hub", "status")
    assert status == 1
    assert "kiosk hub join" in err


def test_joining_where_no_hub_answers_says_so(machine, empty):
    lost, nobody = machine("lost"), f"127.0.0.1:{free_port()}"
    status, _out, err = lost.types("hub", "join", nobody, "--gate", "x", then=new_code())
    assert status == 1
    assert "cannot be reached" in err
    assert "--gate" in lost.types("hub", "join", nobody, then=new_code())[2]
    assert "no hub in this database" in lost.founds("x").types("hub", "invite", empty, "y")[2]
