"""An emulated slip printer on a pseudo-terminal, which a driver opens like a serial line.

`python -m drivers.emulators.escpos_pty --link printer --folder slips` runs it by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from drivers.emulators.escpos_printer import EscposPrinter, HostSide
from drivers.emulators.serial_line import SerialLine


class PtySide(HostSide):
    """A serial line under a name in the file system."""

    def __init__(self, link: Path) -> None:
        self._line = SerialLine(link)
        self.address = f"escpos+serial:{link}"

    def plug(self) -> None:
        """Make the line and its name."""
        self._line.plug()

    def unplug(self) -> None:
        """Take the line and its name away."""
        self._line.unplug()

    def fileno(self) -> int:
        """Return the printer's end of the line."""
        return self._line.fileno()

    def read(self, at_most: int) -> bytes:
        """Return what the host sent."""
        return self._line.read(at_most)

    def write(self, data: bytes) -> None:
        """Send `data`, or lose it."""
        self._line.write(data)


class EscposPtyPrinter(EscposPrinter):
    """An emulated printer behind the serial line named `link` (by default in `folder`).

    The keyword arguments are those of `EscposPrinter`.
    """

    def __init__(self, folder: Path, link: Path | None = None, **printer: Any) -> None:  # noqa: ANN401 - passed on
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(PtySide(link or folder / "printer"), folder, **printer)


def main(arguments: list[str] | None = None) -> int:
    """Run the printer until standard input ends; see `escpos_console` for what it takes there."""
    from drivers.emulators.escpos_console import made_as, parser, run  # noqa: PLC0415 - only as a program

    options = parser("escpos_pty", port=False).parse_args(arguments)
    return run(EscposPtyPrinter(options.folder, options.link, **made_as(options)))


if __name__ == "__main__":
    sys.exit(main())
