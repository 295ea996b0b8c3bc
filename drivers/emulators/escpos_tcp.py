"""An emulated slip printer on TCP, as network printers have it on port 9100.

`python -m drivers.emulators.escpos_tcp --port 9100 --folder slips` runs it by itself.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
from pathlib import Path
from typing import Any, Final

from drivers.emulators.escpos_printer import EscposPrinter, HostSide

_HOST: Final = "127.0.0.1"
_CLOSE_WITH_RESET: Final = struct.pack("ii", 1, 0)


class TcpSide(HostSide):
    """A listening port that serves one host at a time; the next one waits, as at real printers."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener: socket.socket | None = None
        self._host: socket.socket | None = None

    def plug(self) -> None:
        """Listen; port 0 is a free one, and the same from then on."""
        listener = socket.create_server((_HOST, self._port), backlog=4)
        self._port = listener.getsockname()[1]
        self.address = f"escpos+tcp:{_HOST}:{self._port}"
        self._listener = listener

    def unplug(self) -> None:
        """Stop listening and cut the host off with a reset."""
        if self._host is not None:
            self._host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_WITH_RESET)
        for end in (self._listener, self._host):
            if end is not None:
                end.close()
        self._host = self._listener = None

    def fileno(self) -> int:
        """Return the connection's descriptor, or the listener's while nobody is connected."""
        end = self._host or self._listener
        return -1 if end is None else end.fileno()

    def read(self, at_most: int) -> bytes:
        """Return the host's bytes; let the next host in when there is none."""
        if self._host is None:
            self._let_in()
            return b""
        try:
            received = self._host.recv(at_most)
        except OSError:
            received = b""
        if not received:
            self._host.close()
            self._host = None
        return received

    def write(self, data: bytes) -> None:
        """Send `data`, or lose it."""
        if self._host is not None:
            with contextlib.suppress(OSError):
                self._host.sendall(data)

    def _let_in(self) -> None:
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._host = self._listener.accept()[0]
                self._host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class EscposTcpPrinter(EscposPrinter):
    """An emulated printer on a TCP port of this machine; port 0 is a free one.

    The keyword arguments are those of `EscposPrinter`.
    """

    def __init__(self, folder: Path, port: int = 0, **printer: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(TcpSide(port), folder, **printer)


def main(arguments: list[str] | None = None) -> int:
    """Run the printer until standard input ends; see `escpos_console` for what it takes there."""
    from drivers.emulators.escpos_console import made_as, parser, run  # noqa: PLC0415 - only as a program

    options = parser("escpos_tcp", port=True).parse_args(arguments)
    make = EscposTcpPrinter
    return run(make(options.folder, options.port, **made_as(options)))


if __name__ == "__main__":
    sys.exit(main())
