"""A site's hub in a test: desks that have joined it, and the chains they write."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from postgres import Postgres
from psycopg import sql

from kiosk.desk import journal
from kiosk.desk.journal import GENESIS, Entry, Head
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings_hub import Hub
from kiosk.hub.founding import HubSite, as_owner, fingerprint, found, invite
from kiosk.hub.wire import Wire, role_of

START = Head(0, GENESIS)
FACTS = '{"字":"a\\n\\"b"}'
AT = "2026-11-23T00:00:00.000000Z"


class TestHub:
    """One database of the server as the hub of a site with the key ``key``."""

    __test__ = False  # pytest: a helper, not a test

    def __init__(self, postgres: Postgres, owner: str, database: str, folder: Path) -> None:
        self.postgres, self.owner, self.database, self.folder = postgres, owner, database, folder
        self.key = SiteKey(b"k" * 32)
        self._wires: list[Wire] = []
        with as_owner(owner) as connection:
            found(connection, self.site())

    def site(self, key: SiteKey | None = None) -> HubSite:
        ca = self.postgres.ca.read_text("utf-8") if self.postgres.tls else ""
        return HubSite(
            fingerprint(key or self.key), "双河镇", "Asia/Shanghai", self.postgres.address, ca
        )

    def add(self, gate: str) -> None:
        """Make the desk ``gate`` with the password of ``password`` (its role's name)."""
        role = role_of(gate)
        with as_owner(self.owner) as connection:
            invite(connection, self.key, gate, gate, timedelta(minutes=5))
            connection.execute("DELETE FROM kiosk.invite")
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {} VALID UNTIL 'infinity'").format(
                    sql.Identifier(role), sql.Literal(role)
                )
            )
            connection.execute(sql.SQL("GRANT kiosk_desk TO {}").format(sql.Identifier(role)))

    def settings(self, gate: str, address: str = "") -> Hub:
        """Return the [hub] section of a desk, with its files."""
        password = self.folder / f"{gate}.password"
        password.write_text(role_of(gate), "utf-8")
        password.chmod(0o600)
        with psycopg.connect(self.owner) as connection:
            number = connection.execute(
                "SELECT number FROM kiosk.desk WHERE gate = %s", (gate,)
            ).fetchone()[0]
        return Hub(
            address=address or self.postgres.address, database=self.database,
            ca=self.postgres.ca, password=password, desk_number=number, keeper=number == 0,
        )  # fmt: skip

    def wire(self, gate: str, address: str = "", wait_s: float = 1.0) -> Wire:
        """Connect as ``gate``; the desk is made at its first time."""
        with psycopg.connect(self.owner) as connection:
            there = connection.execute("SELECT 1 FROM kiosk.desk WHERE gate = %s", (gate,))
            known = there.fetchone() is not None
        if not known:
            self.add(gate)
        wire = Wire.open(self.settings(gate, address), role_of(gate), gate=gate, wait_s=wait_s)
        self._wires.append(wire)
        return wire

    def see(self, query: str, *values: object) -> list[tuple]:
        """Ask the database as its owner."""
        with psycopg.connect(self.owner) as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        for wire in self._wires:
            wire.close()


def chain(
    gate: str, count: int, head: Head = START, code: str = "x.y", facts: str = FACTS
) -> list[Entry]:
    """Return ``count`` true entries after ``head``."""
    made = []
    for _entry in range(count):
        entry = journal.seal(gate, head, AT, "9001", code, facts, "[]")
        made.append(entry)
        head = Head(entry.seq, entry.hash)
    return made


def now() -> datetime:
    """Return the machine's own time: PostgreSQL reads the same clock."""
    return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)
