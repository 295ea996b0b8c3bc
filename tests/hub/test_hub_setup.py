"""The installer's script, on the machine's own PostgreSQL: TLS and SCRAM, and no other way in."""

import shutil
from dataclasses import replace

import psycopg
import pytest
from hub_site import chain
from machine import code_in
from postgres import Postgres, certificate_of_another, hub_setup, temporary_server, with_tls

from kiosk.desk.refusal import Refused
from kiosk.hub.wire import Wire

pytestmark = pytest.mark.skipif(with_tls() is None, reason="no PostgreSQL 15 or later is installed")


@pytest.fixture(scope="module")
def secure():
    server = temporary_server(with_tls())
    with psycopg.connect(server.owner(), autocommit=True) as postgres:
        for statement in hub_setup("sql").split(";\n"):
            if statement:
                postgres.execute(statement)
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def joined(secure: Postgres, reception):
    with psycopg.connect(secure.kiosk_owner) as owner:
        owner.execute("DROP SCHEMA IF EXISTS kiosk CASCADE")
    words = ("init", secure.kiosk_owner, "--at", secure.address, "--ca", str(secure.ca))
    status, out, err = reception.types("hub", *words)
    assert (status, err) == (0, "")
    status, _out, err = reception.types("hub", "join", secure.address, then=code_in(out))
    assert (status, err) == (0, "")
    return reception


def test_a_desk_joins_over_tls_and_trusts_this_one_certificate(joined, secure, tmp_path):
    hub = joined.settings.hub
    assert hub.ca.read_bytes() == secure.ca.read_bytes()
    wire = Wire.of(joined.settings)
    assert wire.append(chain("reception", 2)) == 2
    wire.close()
    with psycopg.connect(secure.owner("kiosk")) as postgres:
        [(version,)] = postgres.execute("SELECT min(version) FROM pg_stat_ssl WHERE ssl").fetchall()
    assert version in ("TLSv1.2", "TLSv1.3")
    other = certificate_of_another(tmp_path)
    with pytest.raises(Refused, match=r"hub\.certificate"):
        Wire.of(replace(joined.settings, hub=replace(hub, ca=other)))


def test_nobody_comes_in_without_tls_even_with_the_right_password(joined, secure):
    password = joined.settings.hub.password.read_text("utf-8").strip()
    line = {"host": "127.0.0.1", "port": secure.port, "user": "desk_reception", "dbname": "kiosk"}
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(**line, password=password, sslmode="disable")
    psycopg.connect(**line, password=password, sslmode="require").close()


def test_the_owner_comes_in_by_its_account_only(secure):
    with psycopg.connect(secure.kiosk_owner) as owner:
        [(great,)] = owner.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchall()
    assert not great
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(host="127.0.0.1", port=secure.port, user="kiosk_owner", dbname="kiosk")


def test_a_desk_invited_again_is_cut_off_at_once(joined, secure):
    wire = Wire.of(joined.settings)
    assert joined.types("hub", "invite", secure.kiosk_owner, "reception")[0] == 0
    with pytest.raises(Exception, match=r"hub\.cut"):
        wire.heads()
    wire.close()


def test_the_script_run_again_keeps_the_certificate(secure):
    before = (secure.data / "server.crt").read_bytes()
    hub_setup("certificate", str(secure.data))
    assert (secure.data / "server.crt").read_bytes() == before
