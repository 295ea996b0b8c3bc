"""Commands beside a running kiosk: carried over a Unix socket next to the database, run on the pen.

A command sends one JSON line: its arguments, the files they name, and what was typed. The kiosk
answers with JSON lines: ``{"say": …}``, ``{"complain": …}``, ``{"file": …}`` (base 64: who typed
the command writes it, in his folder and by his rights) and at the end ``{"exit": status}``.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BufferedRWPair
from pathlib import Path

from kiosk.commands import account
from kiosk.desk.safe_text import clean

log = logging.getLogger("kiosk.control")
_LONGEST_REQUEST = 64 << 20
_MODE = 0o660
_REQUEST_S, _ANSWER_S = 10, 120
Say = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One command: its arguments as typed, the files they name, and the standard input.

    ``account`` is the operating system's account that asks. It never travels: whoever carries the
    command out finds out by itself.
    """

    argv: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    typed: str = ""
    account: str = ""

    def to_line(self) -> bytes:
        """Return the line that goes over the socket."""
        files = {name: base64.b64encode(content).decode() for name, content in self.files.items()}
        return json.dumps({"argv": self.argv, "files": files, "typed": self.typed}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Request:
        """Read a request; raise ``ValueError``, ``KeyError`` or ``TypeError`` for other lines."""
        raw = json.loads(line)
        files = {str(k): base64.b64decode(v, validate=True) for k, v in raw["files"].items()}
        return cls(tuple(map(str, raw["argv"])), files, str(raw["typed"]))


def socket_path(database: Path) -> Path:
    """Return where the running kiosk listens."""
    return Path(f"{database}.sock")


def ask(
    database: Path, request: Request, say: Callable[[str], None],
    complain: Callable[[str], None], give: Callable[[bytes], None],
) -> int | None:  # fmt: skip
    """Have the running kiosk do ``request``; return its exit status, None when no kiosk listens.

    ``give`` takes the content of the file that the command makes, if it makes one.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        try:
            _connect(wire, socket_path(database))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        wire.sendall(request.to_line())
        for line in wire.makefile("r", encoding="utf-8"):
            message = json.loads(line)
            if "exit" in message:
                return int(message["exit"])
            if "file" in message:
                give(base64.b64decode(message["file"]))
                continue
            (say if "say" in message else complain)(
                message.get("say") or message.get("complain", "")
            )
    return 1


def _connect(wire: socket.socket, path: Path) -> None:
    with _near(path) as short:
        wire.connect(short)


@contextlib.contextmanager
def _near(path: Path) -> Iterator[str]:
    """Give a name for ``path`` that fits: the kernel takes 107 bytes, folders may be deeper."""
    folder = os.open(path.absolute().parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class ControlServer(threading.Thread):
    """Listens beside the database. ``run`` does one request, saying lines as it goes."""

    def __init__(self, database: Path, run: Callable[[Request, Say], int]) -> None:
        super().__init__(name="control", daemon=True)
        self._path, self._run_request = socket_path(database), run
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # The desk's lock is held: what lies there is what a killed kiosk left.
        self._path.unlink(missing_ok=True)
        with _near(self._path) as short:
            self._server.bind(short)
        self._path.chmod(_MODE)
        self._server.listen(4)

    def run(self) -> None:
        """Take one command after the other until stopped."""
        while True:
            try:
                wire, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(
                target=self._serve_one, args=(wire,), name="command", daemon=True
            ).start()

    def stop(self) -> None:
        """Stop listening and take the socket away."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._path.unlink(missing_ok=True)

    def _serve_one(self, wire: socket.socket) -> None:
        with wire, contextlib.suppress(OSError):
            self._serve(wire)

    def _serve(self, wire: socket.socket) -> None:
        wire.settimeout(_REQUEST_S)
        stream = wire.makefile("rwb")
        line = stream.readline(_LONGEST_REQUEST)
        wire.settimeout(_ANSWER_S)

        def say(kind: str, text: str) -> None:
            _send(stream, {kind: text})

        try:
            request = replace(Request.from_line(line), account=account.of_peer(wire))
            status = self._run_request(request, say)
        except (ValueError, KeyError, TypeError):
            log.warning("not a request: %s", clean(repr(line[:80])))
            status = 2
        except Exception:  # a bug in one command must not end the kiosk
            log.exception("a command failed")
            say("complain", "")
            status = 1
        _send(stream, {"exit": status})


def _send(stream: BufferedRWPair, message: Mapping[str, object]) -> None:
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()
