"""An emulated code scanner on a pseudo-terminal, for the demo and the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Self

from drivers.emulators.serial_line import SerialLine

CARRIAGE_RETURN: Final = b"\r"


class EmulatedScanner:
    """A scanner behind the serial line named `link`, whose codes end with `terminator`."""

    def __init__(self, link: Path, terminator: bytes = CARRIAGE_RETURN) -> None:
        self.address = f"scanner+serial:{link}"
        self.terminator = terminator
        self._line = SerialLine(link)

    def start(self) -> Self:
        """Plug it in; return itself."""
        self._line.plug()
        return self

    def stop(self) -> None:
        """Take it away for good."""
        self._line.unplug()

    def unplug(self) -> None:
        """Pull its plug."""
        self._line.unplug()

    def replug(self) -> None:
        """Plug it in again under the same name."""
        self._line.plug()

    def scan(self, text: str) -> None:
        """Read a code that holds `text`; it is lost when no program listens."""
        self.send(text.encode() + self.terminator)

    def send(self, data: bytes) -> None:
        """Send `data` as it is, such as half a code."""
        self._line.write(data)
