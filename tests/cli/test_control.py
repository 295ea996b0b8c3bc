"""The socket beside the book: what a command claims, and what the kernel says of who asks."""

import json
import os
import pwd
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.control import ControlServer, Request, Say, socket_path

_NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may look into."""
    with tempfile.TemporaryDirectory(prefix="kiosk-control-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def claims_to_be_root(path: Path, account: int) -> int:
    """Ask as ``account`` from another process, with a lie in the request; return its process."""
    child = os.fork()
    if child:
        return child
    try:
        os.setuid(account)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.connect(str(path))
            lie = {"argv": ["verify"], "files": {}, "typed": "", "account": "root"}
            wire.sendall(json.dumps(lie).encode() + b"\n")
            told = wire.makefile("rb").readline()
            os._exit(json.loads(told)["exit"])
    finally:
        os._exit(99)


def test_the_account_is_the_kernels_word_and_not_the_clients(open_folder):
    account = _NOBODY if os.getuid() == 0 else os.getuid()
    asked: list[Request] = []

    def run(request: Request, _say: Say) -> int:
        asked.append(request)
        return 7

    server = ControlServer(open_folder / "kiosk.db", run)
    path = socket_path(open_folder / "kiosk.db")
    path.chmod(0o666)
    child = claims_to_be_root(path, account)
    server.start()
    _pid, status = os.waitpid(child, 0)
    server.stop()
    assert os.waitstatus_to_exitcode(status) == 7
    assert [request.account for request in asked] == [pwd.getpwuid(account).pw_name]


def test_a_request_never_carries_an_account():
    line = Request(("verify",), {}, "", "root").to_line()
    assert b"root" not in line
    assert Request.from_line(line).account == ""
