"""One connection to PostgreSQL on which nothing waits longer than its deadline."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kiosk.hub.troubles import HubGone, at_the_door, of_statement

if TYPE_CHECKING:
    from kiosk.hub.timely import TimelyConnection

NOTICES = "kiosk"
"""The channel on which the hub says that something is new."""

_HERE = ("127.", "[::1]:", "localhost:")
_HUBS_SIDE = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
    " -c tcp_user_timeout=10000"
)
"""The hub must notice a dead desk as well: its connection says that a desk is at work already."""

_LEAST_WAIT_S = 2  # libpq knows no shorter wait for a connection


def is_here(address: str) -> bool:
    """Say whether ``host:port`` is this machine itself."""
    return address.startswith(_HERE)


class Line:
    """A connection of one thread; only ``wake`` may be called from others.

    TLS is always on, and the hub must show the certificate of the file ``ca``. Without one (a desk
    that joins) SCRAM's channel binding proves that whoever shows a certificate knows the password.
    Only a hub on this very machine may do without TLS: nobody is between it and the desk.
    """

    def __init__(
        self, address: str, database: str, user: str, password: str, *, ca: str, wait_s: float
    ) -> None:
        """Connect. Raises ``HubGone`` and ``Refused("hub.*")``."""
        self.address, self._wait_s = address, wait_s
        self._woken, self._waker = socket.socketpair()
        self._waker.settimeout(0)
        self._noticed: list[str] = []
        try:
            self._connection = self._connect(database, user, password, ca)
        except BaseException:
            self._close_ears()
            raise

    def _connect(self, database: str, user: str, password: str, ca: str) -> TimelyConnection:
        import psycopg  # noqa: PLC0415 - only a desk that has a hub loads it

        from kiosk.hub.timely import TimelyConnection  # noqa: PLC0415 - the same

        host, _, port = self.address.rpartition(":")
        plain = not ca and is_here(self.address)
        try:
            connection = TimelyConnection.connect(
                host=host.strip("[]"), port=port, dbname=database, user=user, password=password,
                sslmode="prefer" if plain else "verify-ca" if ca else "require",
                sslrootcert=ca or None, channel_binding="prefer" if plain else "require",
                require_auth="scram-sha-256", gssencmode="disable",
                connect_timeout=max(_LEAST_WAIT_S, round(self._wait_s)), autocommit=True,
                keepalives=1, keepalives_idle=5, keepalives_interval=2, keepalives_count=3,
                tcp_user_timeout=round(self._wait_s * 1000), application_name="gatehouse-kiosk",
                options=_HUBS_SIDE,
            )  # fmt: skip
        except psycopg.OperationalError as error:
            raise at_the_door(error, self.address) from error
        connection.longest_s = self._wait_s
        connection.add_notify_handler(lambda notice: self._noticed.append(notice.payload))
        return connection

    def ask(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows. Raises ``HubGone`` and ``Refused("hub.*")``."""
        import psycopg  # noqa: PLC0415 - see _connect

        try:
            cursor = self._connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise of_statement(error.sqlstate, str(error), self.address) from error

    def verifier(self, password: str, user: str) -> str:
        """Return what the hub keeps of a new password: it never hears the password itself."""
        made = self._connection.pgconn.encrypt_password(
            password.encode(), user.encode(), b"scram-sha-256"
        )
        return made.decode()

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Wait for a notice or ``wake``; return the notices that came, none when time is over.

        Raises ``HubGone`` when the line breaks; a half-open one is noticed by the next ``ask``.
        """
        until = time.monotonic() + seconds
        while not (self._collect() or self._was_woken()):
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                select.select([self._connection.pgconn.socket, self._woken.fileno()], [], [], left)
            except (OSError, ValueError) as error:
                raise HubGone("hub.cut", str(error)) from error
        came, self._noticed = tuple(self._noticed), []
        return came

    def _collect(self) -> bool:
        import psycopg  # noqa: PLC0415 - see _connect

        pgconn = self._connection.pgconn
        try:
            pgconn.consume_input()
            while notice := pgconn.notifies():
                self._noticed.append(notice.extra.decode("utf-8", "replace"))
        except psycopg.Error as error:
            raise HubGone("hub.cut", str(error)) from error
        return bool(self._noticed)

    def _was_woken(self) -> bool:
        ready, _, _ = select.select([self._woken], [], [], 0)
        return bool(ready and self._woken.recv(4096))

    def wake(self) -> None:
        """End the ``wait`` of the connection's thread; from any thread, and after ``close``."""
        with suppress(OSError):  # full: it is awake already; closed: nobody waits any more
            self._waker.send(b".")

    def close(self) -> None:
        """Close the connection at once, without asking a hub that may be frozen."""
        self._connection.pgconn.finish()
        self._close_ears()

    def _close_ears(self) -> None:
        self._woken.close()
        self._waker.close()
