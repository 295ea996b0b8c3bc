"""NFC readers through nfcpy: a PN532 on a serial line, and the USB readers nfcpy knows.

The only file that imports nfcpy (1.0.4, its last release, unmaintained), because of what it does:

* `connect()` notices a card after up to half a second and hides every fault behind False, so this
  asks with `sense()` and lets faults through to the supervisor.
* Its own way to a serial port takes few names, can write to every port of the machine, runs `stty`
  in a shell, and raises the chip's speed to 921600 baud: a kiosk that is killed leaves a reader
  that nobody can talk to until its power is cut. So the port is opened here, and stays at 115200.
* `close()` sends ACR122U readers to a sleep they do not wake from, and after an unplug it raises
  and leaks the port.
* It logs an error for every fault, which draws over the screen if any library set up logging.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import serial

from drivers.addresses import Address
from drivers.card_presence import Look, Presence, Seen
from drivers.events import CardPresented, Event, Listener
from drivers.iso_dep import NotRead, ndef_file
from drivers.ndef import address_in
from drivers.nfc_cards import ISO_DEP, listed, seen
from drivers.spared_imports import nothing_in, spared
from drivers.trouble import DeviceTrouble

# What reads and writes tags and talks to telephones is never called: 3 MB, and 10 ms of the start.
# libusb1 (2 MB) is loaded for a reader on USB, in `_open_usb`.
with spared(nothing_in("usb1", "nfc.tag", "nfc.dep", "nfc.llcp", "nfc.snep", "nfc.handover")):
    import nfc.clf
    import nfc.clf.device
    import nfc.clf.pn532
    import nfc.clf.transport

logging.getLogger("nfc").propagate = False

PAUSE_S: Final = 0.02
"""Between two looks. With the look itself some 35 in a second: a tap waits 15 ms on average."""

_BAUD: Final = 115200
_WRITE_S: Final = 1.0
_ANSWER_MS: Final = 300
_LISTING_S: Final = 0.3
_READINGS: Final = 2
# A PN532 on a UART finds cards more slowly after hours of silence (nfcpy issue 62).
_STALE_S: Final = 4 * 3600.0

_PREAMBLE: Final = bytes(10)
_ASK_VERSION: Final = bytes.fromhex("0000ff02fed4022a00")
_VERSION_HEAD: Final = bytes.fromhex("0000ff06fad50332")
_SET_SAM: Final = bytes.fromhex("0000ff05fbd4140100001700")
_SAM_SET: Final = bytes.fromhex("0000ff02fed5151600")
_LIST_TARGETS: Final = 0x4A
_TWO_TYPE_A: Final = bytes((2, 0))
_FIFO: Final = "CIU_FIFOData"
_NOBODY_ANSWERED: Final = 0x26


def driver(
    name: str, address: Address, baud: int | None = None, *, reads_messages: bool = False
) -> Callable[[], NfcSession]:
    """Return what opens the reader named `name`; it remembers which card still lies there."""
    del baud  # a PN532 speaks at 115200 from its start, and stays there
    presence, is_serial = Presence(name), bool(address.path)
    return lambda: NfcSession(
        _open(address), presence, is_serial=is_serial, reads_messages=reads_messages
    )


class NfcSession:
    """An open reader. `detail` is what it calls itself; any exception of `poll` means: lost."""

    def __init__(
        self, clf: Any, presence: Presence, *, is_serial: bool, reads_messages: bool = False  # noqa: ANN401 - nfcpy has no types
    ) -> None:  # fmt: skip
        self._clf = clf
        self._reads_messages = reads_messages
        self._presence = presence
        self._stale_at = time.monotonic() + _STALE_S if is_serial else float("inf")
        self._eyes = _Eyes(clf)
        try:
            self.detail = _what_it_is(clf.device)
            self._first: Look | None = self._eyes.look()
        except BaseException:
            self.close()
            raise
        presence.resume(self._first)

    def poll(self, emit: Listener) -> None:
        """Wait a moment, look into the field, and say what is new there.

        Raises:
            Exception: the reader is gone, silent, or talks nonsense; see `trouble.reason_of`.

        """
        look, self._first = self._first, None
        if look is None:
            time.sleep(PAUSE_S)
            look = self._eyes.look()
        now = time.monotonic()
        event = self._presence.see(look, now)
        if event is not None:
            emit(self._with_message(event))
        if now > self._stale_at and self._presence.empty:
            raise DeviceTrouble("silent", "opened again because it heard nothing for hours")

    def _with_message(self, event: Event) -> Event:
        """Add the address that a card holds which can prove something with it."""
        if not self._reads_messages or not isinstance(event, CardPresented):
            return event
        if event.technology != ISO_DEP:
            return replace(event, message="")
        return replace(event, message=self._eyes.message(event.uid))

    def close(self) -> None:
        """Let go of the reader and its port; never raises, never puts the reader to sleep."""
        clf, self._clf = self._clf, None
        if clf is not None:
            _drop(clf)


class _Eyes:
    """Sees what lies in the field of an open reader."""

    def __init__(self, clf: Any) -> None:  # noqa: ANN401 - nfcpy has no types
        self._clf = clf
        self._type_a = nfc.clf.RemoteTarget("106A")
        self._chip = clf.device.chipset
        self._lists_two = isinstance(self._chip, nfc.clf.pn532.Chipset)
        self._tells_silence = False
        self._heard = False
        if self._lists_two:
            self._watch_the_fifo()

    def look(self) -> Look:
        """Return what is there now."""
        self._heard = False
        target = self._clf.sense(self._type_a)
        if target is None:
            return Look(heard=self._heard)
        one, both = seen(target), self._both()
        if one is None:
            return Look(heard=True)
        return Look(tuple(both) if len(both) > 1 else (one,))

    def message(self, uid: bytes) -> str | None:
        """Return the address in the NDEF file of the card `uid`, which was seen just now.

        None when it left too soon: the tap counts all the same, and a lost reader shows at the next
        look.
        """
        for again in range(_READINGS):
            try:
                if again and self.look().cards != (Seen(uid, ISO_DEP),):
                    return None
                return address_in(ndef_file(self._exchange))
            except NotRead:
                return ""
            except Exception:  # noqa: BLE001, S112 - see above
                continue
        return None

    def _exchange(self, frame: bytes, seconds: float) -> bytes:
        return bytes(self._clf.exchange(frame, seconds) or b"")

    def _watch_the_fifo(self) -> None:
        """Overhear nfcpy's own question whether a card answered that it could not select."""
        ask = self._chip.read_register

        def ask_and_note(*names: object) -> object:
            value = ask(*names)
            if names == (_FIFO,):
                self._tells_silence = self._tells_silence or value == _NOBODY_ANSWERED
                self._heard = self._tells_silence and value != _NOBODY_ANSWERED
            return value

        self._chip.read_register = ask_and_note

    def _both(self) -> list[Seen]:
        """Return the one or two cards the chip can select one after the other."""
        if not self._lists_two:
            return []
        try:
            self._clf.device.mute()
            answer = self._chip.command(_LIST_TARGETS, bytearray(_TWO_TYPE_A), _LISTING_S)
            return listed(bytes(answer))
        except Exception:  # noqa: BLE001 - a lost reader shows at the next look; this card counts
            self._lists_two = False
            return []


def _what_it_is(device: Any) -> str:  # noqa: ANN401 - nfcpy has no types
    names = (device.vendor_name, device.product_name, device.chipset_name)
    return " ".join(str(name) for name in names if name)


def _open(address: Address) -> Any:  # noqa: ANN401 - nfcpy has no types
    clf = nfc.clf.ContactlessFrontend()
    if address.path:
        clf.device = _open_pn532(address.path)
    else:
        _open_usb(clf, address.vid, address.pid)
    return clf


def _open_usb(clf: Any, vid: int, pid: int) -> None:  # noqa: ANN401 - nfcpy has no types
    if (vid, pid) not in nfc.clf.device.usb_device_map:
        raise DeviceTrouble("unsupported", f"{vid:04x}:{pid:04x}")
    try:
        nfc.clf.transport.libusb = importlib.import_module("usb1")
        found = clf.open(f"usb:{vid:04x}:{pid:04x}")
    except OSError as error:
        if error.errno is None:  # how libusb1 says that the C library is not installed
            raise DeviceTrouble("no_usb_library", str(error)) from error
        raise
    if not found:
        raise DeviceTrouble("absent")


class _Port(nfc.clf.transport.TTY):  # type: ignore[misc] # nfcpy has no types
    """nfcpy's serial port, ours alone, and with a deadline also for writing."""

    def open(self, port: str, baudrate: int = _BAUD) -> None:
        self.close()
        self.tty = serial.Serial(
            port, baudrate, timeout=0.05, write_timeout=_WRITE_S, exclusive=True
        )

    def read(self, timeout: int) -> Any:  # noqa: ANN401 - nfcpy has no types
        # Adapters and busy machines are late by more than the 100 ms nfcpy grants.
        return super().read(max(timeout, _ANSWER_MS))


def _open_pn532(path: str) -> Any:  # noqa: ANN401 - nfcpy has no types
    port = _Port(path)
    try:
        _wake(port)
        log = nfc.clf.pn532.log
        device = nfc.clf.pn532.Device(nfc.clf.pn532.Chipset(port, log), log)
    except BaseException:
        _close_port(port.tty)
        raise
    device._path = path  # noqa: SLF001 - nfcpy's own connect() sets it so
    return device


def _wake(port: _Port) -> None:
    """Wake the chip and take it out of its low-battery mode, as nfcpy's `pn532.init` does."""
    _ask(port, _ASK_VERSION, _VERSION_HEAD)
    _ask(port, _SET_SAM, _SAM_SET)


def _ask(port: _Port, question: bytes, answer: bytes) -> None:
    port.write(_PREAMBLE + question)
    if port.read(timeout=100) != nfc.clf.pn532.Chipset.ACK:
        raise DeviceTrouble("garbled", "no ACK")
    if not port.read(timeout=100).startswith(answer):
        raise DeviceTrouble("garbled", "not a PN532")


def _drop(clf: Any) -> None:  # noqa: ANN401 - nfcpy has no types
    device, clf.device = clf.device, None
    chip = getattr(device, "chipset", None)
    wire = getattr(chip, "transport", None)
    tty = getattr(wire, "tty", None)
    if chip is not None:
        chip.power_down = lambda *_args, **_kwargs: None
    with contextlib.suppress(Exception):
        device.mute()
        device.close()
    _close_port(tty)
    if wire is not None:
        with contextlib.suppress(Exception):
            wire.close()


def _close_port(tty: Any) -> None:  # noqa: ANN401 - pyserial's port or None
    if tty is None or not tty.is_open:
        return
    descriptor = tty.fd
    with contextlib.suppress(Exception):
        # Bytes that nobody takes would hold up the closing of a real line for half a minute.
        tty.reset_output_buffer()
    try:
        tty.close()
    except Exception:  # noqa: BLE001 - termios.error is not an OSError
        with contextlib.suppress(OSError):
            os.close(descriptor)
