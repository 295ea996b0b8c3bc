"""The lists of devices in ``kiosk.toml``: each one's keys, and what they must be together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused


@dataclass(frozen=True, slots=True)
class Reader:
    """A card reader: ``door`` signs people in and out, ``desk`` serves the guard's screen."""

    name: str = value.key(value.text(20, empty=False))
    address: str = value.key(value.address("nfc+pn532:/dev/kiosk-reader"))
    role: str = value.key(value.one_of("door", "desk"), "door")


@dataclass(frozen=True, slots=True)
class Printer:
    """A slip printer; ``width_dots`` is 384 for 58 mm paper and 576 for 80 mm.

    ``process_id`` says whether it sends a job's mark back (None: the first slip finds out;
    "status": it answers nothing but its status), ``baud`` counts on a serial line, ``font`` is
    asked before the program's own. ``mode`` "text" leaves the characters to an old printer, which
    makes the codes that ``codes`` says. ``fallback`` is the second printer, for when the first is
    in trouble.
    """

    name: str = value.key(value.text(20, empty=False))
    address: str = value.key(value.address("escpos+tcp:192.168.1.50:9100"))
    width_dots: int = value.key(value.number(256, 1024), 576)
    process_id: bool | Literal["status"] | None = value.key(value.process_id, None)
    baud: int = value.key(value.number(1200, 921600), 115200)
    font: Path | None = field(default=None, metadata={"read": value.path_or_none})
    mode: str = value.key(value.one_of("raster", "text"), "raster")
    codes: str = value.key(value.one_of("qr", "code128", "none"), "code128")
    fallback: bool = value.key(value.yes_no, default=False)


@dataclass(frozen=True, slots=True)
class Scanner:
    """A code scanner on a serial line of ``baud`` bits a second."""

    name: str = value.key(value.text(20, empty=False))
    address: str = value.key(value.address("scanner+serial:/dev/kiosk-scanner"))
    baud: int = value.key(value.number(1200, 921600), 9600)


@dataclass(frozen=True, slots=True)
class IdReader:
    """A reader of second-generation ID cards on a serial line of ``baud`` bits a second."""

    name: str = value.key(value.text(20, empty=False))
    address: str = value.key(value.address("idcard+serial:/dev/kiosk-idcard"))
    baud: int = value.key(value.number(1200, 921600), 115200)


class _Named(Protocol):
    @property
    def name(self) -> str:
        """What people call the device, and what its state is kept under."""


def check_devices(lists: Mapping[str, Sequence[_Named]], file: Path) -> None:
    """Refuse a name that two devices have, and printers that are not one and its fall-back."""
    used: dict[str, str] = {}
    for section, devices in lists.items():
        for at, device in enumerate(devices, start=1):
            key = f"{section}.{at}.name"
            other = used.setdefault(device.name, key)
            if other != key:
                raise Refused(
                    "settings.name_twice", file=str(file), key=key, name=device.name, other=other
                )
    seconds = [isinstance(it, Printer) and it.fallback for it in lists["printers"]]
    if seconds.count(True) > 1 or seconds.count(False) > 1 or seconds == [True]:
        raise Refused("settings.one_printer", file=str(file), key="printers", n=len(seconds))
