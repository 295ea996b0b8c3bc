"""Who sat at the shell: the name of an operating-system account, as the kernel knows it."""

from __future__ import annotations

import os
import pwd
import socket
import struct

from kiosk.desk.safe_text import clean

_PEER = struct.Struct("3i")  # process, user and group of who connected
_LONGEST = 40


def own() -> str:
    """Return the account that runs this program: the real user, whatever the environment says."""
    return name_of(os.getuid())


def of_peer(wire: socket.socket) -> str:
    """Return the account at the other end of a Unix socket; the kernel vouches for it."""
    told = wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    _process, user, _group = _PEER.unpack(told)
    return name_of(user)


def name_of(user: int) -> str:
    """Return the name of account number ``user``; ``#1234`` for one without a name."""
    try:
        return clean(pwd.getpwuid(user).pw_name, _LONGEST)
    except KeyError:
        return f"#{user}"
