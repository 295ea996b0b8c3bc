"""A serial line made of a pseudo-terminal, under a name that stays when the device comes back."""

from __future__ import annotations

import contextlib
import os
import tty
from pathlib import Path


class SerialLine:
    """The device's end of a line whose other end is the file `path`; a link, made by `plug`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None

    def plug(self) -> None:
        """Make a new line and put its name in place."""
        self.unplug()
        device, host = os.openpty()
        # Our own hold on the host's end keeps the line alive while no program has it open.
        tty.setraw(host)
        os.set_blocking(device, False)
        self._ends = (device, host)
        self.path.symlink_to(os.ttyname(host))

    def unplug(self) -> None:
        """Take the name and the line away: the host gets errors, as when a plug is pulled."""
        self.path.unlink(missing_ok=True)
        ends, self._ends = self._ends, None
        for end in ends or ():
            os.close(end)

    def fileno(self) -> int:
        """Return the device's end, -1 while it is unplugged."""
        return -1 if self._ends is None else self._ends[0]

    def read(self, at_most: int) -> bytes:
        """Return what the host sent, b"" if nothing."""
        try:
            return os.read(self.fileno(), at_most)
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        """Send `data`; what the host does not take is lost."""
        with contextlib.suppress(OSError):
            os.write(self.fileno(), data)
