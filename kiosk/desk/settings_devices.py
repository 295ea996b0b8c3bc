"""What the lists of devices in ``kiosk.toml`` must be taken together."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kiosk.desk.refusal import Refused


class _Named(Protocol):
    @property
    def name(self) -> str:
        """What people call the device, and what its state is kept under."""


def check_devices(lists: Mapping[str, Sequence[_Named]], file: Path) -> None:
    """Refuse a name that two devices have, in one list or in two, and more printers than one."""
    used: dict[str, str] = {}
    for section, devices in lists.items():
        for at, device in enumerate(devices, start=1):
            key = f"{section}.{at}.name"
            other = used.setdefault(device.name, key)
            if other != key:
                raise Refused(
                    "settings.name_twice", file=str(file), key=key, name=device.name, other=other
                )
    printers = len(lists["printers"])
    if printers > 1:
        raise Refused("settings.one_printer", file=str(file), key="printers", n=printers)
