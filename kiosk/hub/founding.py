"""Make a hub and invite desks to it: what the owner of its PostgreSQL does, seldom and by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from kiosk.desk import secrets
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings_hub import MOST_DESKS
from kiosk.hub.join_code import new_code, secrets_of
from kiosk.hub.wire import role_of

if TYPE_CHECKING:
    from psycopg import Connection

_GROUPS = ("kiosk_desk", "kiosk_guest")


@dataclass(frozen=True, slots=True)
class HubSite:
    """The site as its hub knows it: ``ca`` is the certificate that the hub shows, PEM."""

    fingerprint: str
    name: str
    timezone: str
    address: str
    ca: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels to a new desk, sealed under its code."""

    site_key: str = field(repr=False)
    site_name: str
    timezone: str
    gate_name: str
    database: str
    number: int
    address: str
    ca: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code for one desk; said once, kept nowhere."""

    gate: str
    number: int
    address: str
    database: str
    code: str = field(repr=False)


def fingerprint(key: SiteKey) -> str:
    """Return what tells one site from another at the hub; nothing leads back to the key."""
    return key.blind("gatehouse-kiosk hub 1")


@contextmanager
def as_owner(owner: str) -> Iterator[Connection]:
    """Connect as the owner of the hub's database, in one transaction.

    ``owner`` is a PostgreSQL address, such as ``host=/var/run/postgresql dbname=kiosk``. Raises
    ``Refused("hub.owner")`` with PostgreSQL's own words.
    """
    import psycopg  # noqa: PLC0415 - only a desk that has a hub loads it

    try:
        with psycopg.connect(owner, connect_timeout=10) as connection:
            yield connection
    except psycopg.Error as error:
        raise Refused("hub.owner", why=str(error).strip()) from error


def found(connection: Connection, site: HubSite) -> bool:
    """Make the hub's tables for ``site``; return False when they were there already.

    Then only what the site's desks are told is renewed: its name, address and certificate.

    Raises ``Refused("hub.another_site")`` for the hub of another site, ``hub.too_old`` below
    PostgreSQL 15.
    """
    if connection.info.server_version < 150000:  # noqa: PLR2004 - PostgreSQL's own way to say 15
        raise Refused("hub.too_old")
    if _is_made(connection):
        _check_site(connection, site.fingerprint)
        connection.execute(
            "UPDATE kiosk.site SET name = %(name)s, timezone = %(timezone)s,"
            " address = %(address)s, ca = %(ca)s",
            asdict(site),
        )
        return False
    for group in _GROUPS:
        _make_role(connection, group)
    connection.execute(files("kiosk.hub").joinpath("schema.sql").read_bytes())
    connection.execute(
        "INSERT INTO kiosk.site (fingerprint, name, timezone, address, ca)"
        " VALUES (%(fingerprint)s, %(name)s, %(timezone)s, %(address)s, %(ca)s)",
        asdict(site),
    )
    _only_for_the_desks(connection)
    return True


def _is_made(connection: Connection) -> bool:
    [(made,)] = connection.execute("SELECT to_regclass('kiosk.site') IS NOT NULL").fetchall()
    return bool(made)


def _check_site(connection: Connection, own: str) -> None:
    [(there, name)] = connection.execute("SELECT fingerprint, name FROM kiosk.site").fetchall()
    if there != own:
        raise Refused("hub.another_site", name=name)


def _make_role(connection: Connection, name: str) -> None:
    from psycopg import sql  # noqa: PLC0415 - see as_owner

    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    if there is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))


def _only_for_the_desks(connection: Connection) -> None:
    from psycopg import sql  # noqa: PLC0415 - see as_owner

    database = sql.Identifier(connection.info.dbname)
    groups = sql.SQL(", ").join(map(sql.Identifier, _GROUPS))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, groups))


def invite(
    connection: Connection, key: SiteKey, gate: str, name: str, good_for: timedelta
) -> Invitation:
    """Make a code for the desk ``gate``; a desk that had one, or had joined, loses what it had.

    So a desk whose disk is lost joins again under its own number, and a copy of it is shut out.
    Raises ``Refused``: ``hub.not_made``, ``hub.another_site``, ``hub.too_many_desks``.
    """
    if not _is_made(connection):
        raise Refused("hub.not_made")
    _check_site(connection, fingerprint(key))
    number = _number_of(connection, gate, name)
    code = new_code()
    worth = secrets_of(code, gate)
    parcel = _parcel(connection, key, name, number)
    sealed = secrets.seal(worth.key, f"join-{gate}", json.dumps(asdict(parcel)))
    _admit_once(connection, gate, worth.password, good_for)
    connection.execute(
        "INSERT INTO kiosk.invite (gate, sealed, expires_at) VALUES (%s, %s, now() + %s)"
        " ON CONFLICT (gate) DO UPDATE SET sealed = excluded.sealed,"
        " expires_at = excluded.expires_at",
        (gate, sealed, good_for),
    )
    return Invitation(gate, number, parcel.address, parcel.database, code)


def _number_of(connection: Connection, gate: str, name: str) -> int:
    there = connection.execute(
        "UPDATE kiosk.desk SET gone_at = NULL, name = CASE WHEN %s = '' THEN name ELSE %s END"
        " WHERE gate = %s RETURNING number",
        (name, name, gate),
    ).fetchone()
    if there is not None:
        return int(there[0])
    made = connection.execute(
        "INSERT INTO kiosk.desk (gate, number, name, role)"
        " SELECT %s, min(n), %s, %s FROM generate_series(0, %s) n"
        " WHERE n NOT IN (SELECT number FROM kiosk.desk) HAVING min(n) IS NOT NULL"
        " RETURNING number",
        (gate, name, role_of(gate), MOST_DESKS - 1),
    ).fetchone()
    if made is None:
        raise Refused("hub.too_many_desks", most=MOST_DESKS)
    return int(made[0])


def _parcel(connection: Connection, key: SiteKey, name: str, number: int) -> Parcel:
    [(site, zone, address, ca)] = connection.execute(
        "SELECT name, timezone, address, ca FROM kiosk.site"
    ).fetchall()
    database = connection.info.dbname
    return Parcel(key.secret.hex(), site, zone, name, database, number, address, ca)


def _admit_once(connection: Connection, gate: str, password: str, good_for: timedelta) -> None:
    from psycopg import sql  # noqa: PLC0415 - see as_owner

    name = role_of(gate)
    _make_role(connection, name)
    role = sql.Identifier(name)
    verifier = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    [(until,)] = connection.execute("SELECT (now() + %s)::text", (good_for,)).fetchall()
    connection.execute(sql.SQL("REVOKE kiosk_desk FROM {}").format(role))
    connection.execute(sql.SQL("GRANT kiosk_guest TO {}").format(role))
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {} VALID UNTIL {}").format(
            role, sql.Literal(verifier.decode()), sql.Literal(until)
        )
    )
    _end_its_connections(connection, name)


def release(connection: Connection, gate: str) -> None:
    """Take a desk's entries again after its quarantine. Raises ``Refused("hub.no_desk")``."""
    freed = connection.execute(
        "UPDATE kiosk.desk SET quarantined = '', quarantined_seq = 0 WHERE gate = %s RETURNING 1",
        (gate,),
    ).fetchone()
    if freed is None:
        raise Refused("hub.no_desk", gate=gate)
    connection.execute("SELECT pg_notify('kiosk', 'released ' || %s)", (gate,))


def give_up(connection: Connection, gate: str) -> None:
    """Shut a desk out that the site has no more; what it did and its number stay.

    An invitation brings it back. Raises ``Refused("hub.no_desk")``.
    """
    from psycopg import sql  # noqa: PLC0415 - see as_owner

    there = connection.execute(
        "UPDATE kiosk.desk SET gone_at = coalesce(gone_at, now()) WHERE gate = %s RETURNING role",
        (gate,),
    ).fetchone()
    if there is None:
        raise Refused("hub.no_desk", gate=gate)
    connection.execute("DELETE FROM kiosk.invite WHERE gate = %s", (gate,))
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(there[0])))
    _end_its_connections(connection, there[0])
    connection.execute("SELECT pg_notify('kiosk', 'gone ' || %s)", (gate,))


def _end_its_connections(connection: Connection, role: str) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (role,)
    )
