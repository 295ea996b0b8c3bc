"""A hub that is frozen, cut off, half gone, killed or full: the desk is told in a few seconds."""

import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg
import pytest
from hub_site import chain
from postgres import Cable, Postgres, server_user

from kiosk.hub.wire import HubGone

NOISE = json.dumps({"n": os.urandom(1500).hex()})
SOON_S = (
    12  # the wires of these tests wait 1 s for an answer, 2 for a connection; TCP waits minutes
)


@contextmanager
def gone(*why: str):
    began = time.monotonic()
    with pytest.raises(HubGone) as told:
        yield
    assert told.value.why in why
    assert time.monotonic() - began < SOON_S


def test_a_frozen_hub_is_noticed_and_the_batch_is_there_once_after_the_thaw(hub, postgres):
    one, sent = hub.wire("gate-1"), chain("gate-1", 2)
    postgres.freeze()
    try:
        with gone("hub.frozen"):
            one.append(sent)
        one.close()
        with gone("hub.frozen"):
            hub_wire_to_frozen(hub)
    finally:
        postgres.thaw()
    assert hub.wire("gate-1").append(sent) == 2
    assert hub.see("SELECT count(*) FROM kiosk.entry") == [(2,)]


def hub_wire_to_frozen(hub):
    from kiosk.hub.line import Line  # noqa: PLC0415 - the fixture would ask the frozen server

    Line(hub.postgres.address, hub.database, "desk_gate_1", "desk_gate_1", ca="", wait_s=1)


def test_a_line_that_hangs_is_noticed_and_a_new_one_works_when_it_is_whole(hub, cable: Cable):
    one, sent = hub.wire("gate-1", cable.address), chain("gate-1", 1)
    cable.hang()
    with gone("hub.frozen"):
        one.append(sent)
    cable.heal()
    assert hub.wire("gate-1", cable.address).append(sent) == 1


def test_a_line_that_hangs_while_the_desk_waits_is_noticed_at_the_next_question(hub, cable: Cable):
    one = hub.wire("gate-1", cable.address)
    cable.hang()
    assert one.wait(0.3) == ()
    with gone("hub.frozen"):
        one.heads()


def test_a_cut_cable_is_noticed_at_once_while_the_desk_waits(hub, cable: Cable):
    one = hub.wire("gate-1", cable.address)
    cable.cut()
    with gone("hub.cut"):
        one.wait(10)
    with gone("hub.cut"):
        hub.wire("gate-1", cable.address)
    cable.heal()
    assert hub.wire("gate-1", cable.address).heads() == {}


def test_a_hub_that_goes_half_is_noticed(hub, cable: Cable):
    one = hub.wire("gate-1", cable.address)
    cable.half_close()
    with gone("hub.cut", "hub.frozen"):
        one.wait(10)


def test_a_hub_killed_in_mid_work_has_what_it_said_it_has(hub, postgres: Postgres):
    one, sent = hub.wire("gate-1"), chain("gate-1", 3)
    assert one.append(sent[:2]) == 2
    postgres.kill()
    with gone("hub.cut"):
        one.append(sent[2:])
    postgres.start()
    again = hub.wire("gate-1")
    assert again.heads()["gate-1"].seq == 2
    assert again.append(sent) == 3


def test_a_wire_that_is_closed_wakes_without_harm(hub):
    one = hub.wire("gate-1")
    one.close()
    one.wake()
    with pytest.raises(HubGone):
        one.heads()


def test_a_full_disk_is_told_as_such_and_nothing_is_half_written(hub):
    one, sent = hub.wire("gate-1"), chain("gate-1", 3)
    one.append(sent[:1])
    with psycopg.connect(hub.owner) as owner:
        owner.execute(
            "CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.seq > 2 THEN RAISE disk_full; END IF; RETURN NEW; END $$"
        )
        owner.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON kiosk.entry FOR EACH ROW"
            " EXECUTE FUNCTION public.full()"
        )
    with gone("hub.full"):
        one.append(sent[1:])
    assert one.heads()["gate-1"].seq == 1
    with psycopg.connect(hub.owner) as owner:
        owner.execute("DROP TRIGGER full_disk ON kiosk.entry")
    assert one.append(sent[1:]) == 3


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a disk of nine megabytes")
def test_a_disk_that_really_fills_up_loses_nothing(hub, postgres: Postgres):
    one, place = hub.wire("gate-1", wait_s=10), postgres.folder / "small"
    place.mkdir()
    try:
        mount("mount", "-t", "tmpfs", "-o", "size=9m", "none", str(place))
    except subprocess.CalledProcessError:
        pytest.skip("this machine lets nobody mount")
    try:
        fill(hub, one, place)
    finally:
        with psycopg.connect(hub.owner, autocommit=True) as owner:
            owner.execute("ALTER TABLE kiosk.entry SET TABLESPACE pg_default")
            owner.execute("DROP TABLESPACE small")
        mount("umount", str(place))


def mount(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - words of our own


def fill(hub, one, place) -> None:
    shutil.chown(place, server_user().pw_uid, server_user().pw_gid)
    with psycopg.connect(hub.owner, autocommit=True) as owner:
        owner.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        owner.execute("ALTER TABLE kiosk.entry SET TABLESPACE small")
    sent = chain("gate-1", 6000, facts=NOISE)
    with pytest.raises(HubGone) as told:
        for at in range(0, len(sent), 500):
            one.append(sent[at : at + 500])
    assert told.value.why == "hub.full"
    kept = one.heads()["gate-1"].seq
    assert 0 < kept < 6000
    assert kept % 500 == 0
    with psycopg.connect(hub.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE kiosk.entry SET TABLESPACE pg_default")
    assert one.append(sent[kept : kept + 500]) == kept + 500
