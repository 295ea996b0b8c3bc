"""The demo's devices: readers and scanner on pseudo-terminals, a printer on TCP."""

from pathlib import Path
from typing import Self

from drivers.emulators.escpos_tcp import EscposTcpPrinter
from drivers.emulators.id_card_reader import EmulatedIdCardReader
from drivers.emulators.pn532 import Pn532Emulator
from drivers.emulators.scanner import EmulatedScanner


class Stage:
    """The emulated devices of one demo, in ``folder``. ``printed`` holds the slips as PNG files."""

    def __init__(self, folder: Path) -> None:
        self.printed = folder / "printed"
        self.printed.mkdir(parents=True, exist_ok=True)
        self.reader = Pn532Emulator(folder / "reader")
        self.printer = EscposTcpPrinter(self.printed)
        self.scanner = EmulatedScanner(folder / "scanner")
        self.id_reader = EmulatedIdCardReader(folder / "idcard")

    def __enter__(self) -> Self:
        """Plug everything in."""
        self.reader.start()
        self.printer.start()
        self.scanner.start()
        self.id_reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Pull every plug."""
        self.reader.stop()
        self.id_reader.stop()
        self.scanner.stop()
        self.printer.stop()
