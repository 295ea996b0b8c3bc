"""A wire to a printer behind a python-escpos connector, with a deadline on everything.

A connector that failed is thrown away: once an open has failed, python-escpos answers every later
call with an AssertionError. Importing it takes about 0.4 s, so that waits for the first open.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, Final

from drivers.spared_imports import spared

STALL_S: Final = 3.0
_PIECE: Final = 2048
_PICKLE_FOLDER: Final = "ESCPOS_CAPABILITIES_PICKLE_DIR"


class LinkLostError(Exception):
    """The wire to the printer is gone or stands still."""


@contextlib.contextmanager
def _trouble_as_lost_link() -> Iterator[None]:
    try:
        yield
    except LinkLostError:
        raise
    except Exception as trouble:
        # Sockets, pyserial, termios, pyusb and python-escpos throw OSError, termios.error,
        # ValueError, TypeError and AssertionError for one and the same thing: the cable is out.
        raise LinkLostError(f"{type(trouble).__name__}: {trouble}") from trouble


@contextlib.contextmanager
def _quiet_logging() -> Iterator[None]:
    """Take away the handler that python-escpos makes logging put on the terminal."""
    before = list(logging.root.handlers)
    try:
        yield
    finally:
        for handler in set(logging.root.handlers) - set(before):
            logging.root.removeHandler(handler)


# python-escpos hands its list of printers, a JSON file, to a YAML reader: 0.4 s, in the first
# second after power came back, while a tap may be waiting. Slips are pictures: no barcode is made.
_SPARED: Final[Mapping[str, Mapping[str, object]]] = {
    "yaml": {"safe_load": json.load, "YAMLError": ValueError},
    "barcode": {"PROVIDED_BARCODES": ()},
    "barcode.writer": {"ImageWriter": None},
}


def connectors() -> Any:  # noqa: ANN401 - python-escpos has no types
    """Return python-escpos' module of connectors, imported without its side effects."""
    with _quiet_logging(), spared(_SPARED):
        import escpos.printer  # noqa: PLC0415 - slow: only those who print wait for it
        from escpos import capabilities  # noqa: PLC0415 - the same

    if _PICKLE_FOLDER not in os.environ:
        # Each import leaves a new folder with a cache of the profiles that nobody reads again.
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return escpos.printer


class PrinterLink(ABC):
    """An open wire to a printer; every call has a deadline and raises LinkLostError only."""

    def __init__(self, connector: Any) -> None:  # noqa: ANN401 - python-escpos has no types
        self._connector = connector

    def open(self) -> None:
        """Open the wire and set its deadlines."""
        try:
            with _trouble_as_lost_link(), _quiet_logging():
                self._connector.open()
                self._set_up(self._connector.device)
        except LinkLostError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """Send `data`; a wire that does not take the next 2 KB within 3 s is lost."""
        with _trouble_as_lost_link():
            for start in range(0, len(data), _PIECE):
                self._connector._raw(data[start : start + _PIECE])  # noqa: SLF001 - its only way

    def read(self, wait_s: float) -> bytes:
        """Return what has arrived, after at most `wait_s` seconds; b"" if nothing has."""
        with _trouble_as_lost_link():
            return self._receive(self._connector.device, wait_s)

    def close(self) -> None:
        """Let go of the wire, whatever state it is in."""
        # The connector's own close() waits for a printer that stopped reading.
        device = self._connector._device  # noqa: SLF001 - the public name would open it again
        self._connector._device = False  # noqa: SLF001 - or its __del__ closes once more
        if device:
            with contextlib.suppress(Exception):
                self._let_go(device)

    def cuts(self) -> tuple[bool, bool]:
        """Tell whether this printer can cut in part, and whether it can cut in full."""
        profile = self._connector.profile
        return bool(profile.supports("paperPartCut")), bool(profile.supports("paperFullCut"))

    def width(self) -> int:
        """Return the paper's width in dots."""
        return int(self._connector.profile.profile_data["media"]["width"]["pixels"])

    @abstractmethod
    def _set_up(self, device: Any) -> None: ...  # noqa: ANN401 - socket, serial port, USB device

    @abstractmethod
    def _receive(self, device: Any, wait_s: float) -> bytes: ...  # noqa: ANN401 - the same

    @abstractmethod
    def _let_go(self, device: Any) -> None: ...  # noqa: ANN401 - the same
