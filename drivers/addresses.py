"""Where a device hangs, as the settings name it.

    nfc+pn532:PATH        an NFC reader with a PN532 on a serial line (or a pseudo-terminal)
    nfc+usb:VID:PID       an NFC reader on USB, in hexadecimal as `lsusb` shows it
    scanner+serial:PATH   a code scanner on a serial line
    idcard+serial:PATH    a reader of second-generation ID cards on a serial line
    escpos+tcp:HOST:PORT  a slip printer on the network, an IPv6 host in [brackets]
    escpos+serial:PATH    a slip printer on a serial line
    escpos+usb:VID:PID    a slip printer on USB

A path names exactly one port. nfcpy takes shorter ones and then writes its probe to every serial
port of the machine, also to the one a door relay hangs on; those are refused here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

READERS: Final = ("nfc+pn532", "nfc+usb")
SCANNERS: Final = ("scanner+serial",)
ID_READERS: Final = ("idcard+serial",)
PRINTERS: Final = ("escpos+tcp", "escpos+serial", "escpos+usb")
"""The kinds of address that each kind of device may have."""

_EXAMPLES: Final = {
    "nfc+pn532": "nfc+pn532:/dev/nfc0",
    "nfc+usb": "nfc+usb:072f:2200",
    "scanner+serial": "scanner+serial:/dev/scanner0",
    "idcard+serial": "idcard+serial:/dev/idcard0",
    "escpos+tcp": "escpos+tcp:192.168.1.50:9100",
    "escpos+serial": "escpos+serial:/dev/printer0",
    "escpos+usb": "escpos+usb:04b8:0e15",
}
_HIGHEST_PORT: Final = 65535

# What nfcpy completes by a search: a kind of port without the port's own name, or nothing at all.
_SEARCHES: Final = re.compile(
    r"(tty|com|usb|udp)?:*|tty:?(S|ACM|AMA|USB|usbserial)(:\w*)?|(/dev/)?(tty)?(S|ACM|AMA|USB)",
    re.IGNORECASE,
)
_WINDOWS_PORT: Final = re.compile(r"COM[1-9]\d{0,2}")
_USB: Final = re.compile(r"(?P<vid>[0-9a-fA-F]{4}):(?P<pid>[0-9a-fA-F]{4})")
_TCP: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+(%\w+)?\]|[A-Za-z0-9._-]+):(?P<port>\d{1,5})")


class BadAddress(ValueError):  # noqa: N818 - named for what the settings hold, as Refused is
    """An address that cannot be used.

    `code` is one of "address.unknown_kind", "address.wrong_kind" (a printer where a reader is
    meant), "address.searches_every_port", "address.bad_path", "address.bad_usb",
    "address.bad_network"; `address` is what was given and `allowed` has an address of each kind
    that is accepted, as an example.
    """

    def __init__(self, code: str, address: str, kinds: Iterable[str]) -> None:
        allowed = tuple(_EXAMPLES[kind] for kind in kinds)
        super().__init__(f"{code} {address!r}, allowed: {', '.join(allowed)}")
        self.code = code
        self.address = address
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class Address:
    """A device's place. `kind` is what stands before the first colon; the rest as the kind has it.

    `vid` and `pid` are numbers, and `host` has no brackets.
    """

    kind: str
    path: str = ""
    host: str = ""
    port: int = 0
    vid: int = 0
    pid: int = 0

    def __str__(self) -> str:
        """Return the address as the settings would write it."""
        if self.path:
            return f"{self.kind}:{self.path}"
        if self.host:
            host = f"[{self.host}]" if ":" in self.host else self.host
            return f"{self.kind}:{host}:{self.port}"
        return f"{self.kind}:{self.vid:04x}:{self.pid:04x}"


def parse(address: str, kinds: Sequence[str] = tuple(_EXAMPLES)) -> Address:
    """Return what `address` names, a device of one of `kinds`.

    Raises:
        BadAddress: no known kind, not one of `kinds`, or a place that is not exactly one port.

    """
    kind, _, place = address.strip().partition(":")
    read = _FORMS.get(kind)
    if read is None:
        raise BadAddress("address.unknown_kind", address, kinds)
    if kind not in kinds:
        raise BadAddress("address.wrong_kind", address, kinds)
    return read(address, kind, place)


def _serial(address: str, kind: str, place: str) -> Address:
    if _SEARCHES.fullmatch(place):
        raise BadAddress("address.searches_every_port", address, (kind,))
    is_path = place.startswith("/") and not place.endswith("/")
    if not (is_path or _WINDOWS_PORT.fullmatch(place)) or re.search(r"[\x00-\x1f\x7f*?]", place):
        raise BadAddress("address.bad_path", address, (kind,))
    return Address(kind, path=place)


def _usb(address: str, kind: str, place: str) -> Address:
    if not place.strip(":"):
        raise BadAddress("address.searches_every_port", address, (kind,))
    found = _USB.fullmatch(place)
    if found is None:
        raise BadAddress("address.bad_usb", address, (kind,))
    return Address(kind, vid=int(found["vid"], 16), pid=int(found["pid"], 16))


def _tcp(address: str, kind: str, place: str) -> Address:
    found = _TCP.fullmatch(place)
    port = int(found["port"]) if found else 0
    if found is None or not 1 <= port <= _HIGHEST_PORT:
        raise BadAddress("address.bad_network", address, (kind,))
    return Address(kind, host=found["host"].strip("[]"), port=port)


_FORMS: Final[dict[str, Callable[[str, str, str], Address]]] = {
    "nfc+pn532": _serial,
    "nfc+usb": _usb,
    "scanner+serial": _serial,
    "idcard+serial": _serial,
    "escpos+tcp": _tcp,
    "escpos+serial": _serial,
    "escpos+usb": _usb,
}
