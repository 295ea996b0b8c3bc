"""The one way to a device that speaks by itself: an address in, a supervised device out.

A driver is a module with a function `driver(name, address, baud)` that returns an `Opener`. It is
imported on the device's own thread, when it is first opened, so that a kiosk shows its screen
before nfcpy is loaded. A new kind of reader is one line in `_DRIVERS` and one in `addresses`.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final

from drivers import addresses
from drivers.addresses import Address
from drivers.events import Listener
from drivers.supervisor import Opener, Session, State, Supervisor

__all__ = ["Opener", "Session", "State", "Supervisor", "connect"]

_DRIVERS: Final = {
    "nfc+pn532": "drivers.nfc_reader",
    "nfc+usb": "drivers.nfc_reader",
    "scanner+serial": "drivers.code_scanner",
    "idcard+serial": "drivers.id_card_reader",
}


def connect(
    name: str, address: str, listener: Listener, *, baud: int | None = None,
    reads_messages: bool = False,
) -> Supervisor:  # fmt: skip
    """Return the device at `address`, not yet started; `listener` hears what it says.

    `baud` is the speed of a serial line to a scanner or ID-card reader; None is the usual one. Card
    readers have their own. `reads_messages` has a card reader read the address that a card holds,
    which takes some 60 ms of a tap, and only of a card that can prove something with it.

    Raises:
        BadAddress: `address` cannot be used, or names a device that only does what it is told.

    """
    place = addresses.parse(address, tuple(_DRIVERS))
    options = {"reads_messages": True} if reads_messages else {}
    return Supervisor(name, _opened_by_its_driver(name, place, baud, options), listener)


def _opened_by_its_driver(
    name: str, place: Address, baud: int | None, options: Mapping[str, bool]
) -> Opener:
    opener: Opener | None = None

    def open_it() -> Session:
        nonlocal opener
        if opener is None:
            module = importlib.import_module(_DRIVERS[place.kind])
            made: Opener = module.driver(name, place, baud, **options)
            opener = made
        return opener()

    return open_it
