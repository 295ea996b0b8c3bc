"""The three wires a printer can hang on.

escpos+tcp:HOST:PORT is Network, one connection kept open; escpos+serial:PATH is Serial, 115200 8N1
unless told otherwise; escpos+usb:VID:PID is Usb, on the endpoints of the printer interface that the
printer reports.
"""

from __future__ import annotations

import contextlib
import errno
import socket
from typing import Any, Final

from drivers.addresses import Address
from drivers.printer_link import STALL_S, PrinterLink, connectors

CONNECT_S: Final = 1.5
DEFAULT_BAUD: Final = 115200
_READ_AT_MOST: Final = 64
_USB_PRINTER_CLASS: Final = 7
_USB_INPUT: Final = 0x80


class TcpWire(PrinterLink):
    """A network printer, usually on port 9100."""

    def _set_up(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        device.settimeout(STALL_S)
        device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _receive(self, device: Any, wait_s: float) -> bytes:  # noqa: ANN401 - see the base class
        device.settimeout(max(wait_s, 0.001))
        try:
            received = bytes(device.recv(_READ_AT_MOST))
        except TimeoutError:
            return b""
        finally:
            device.settimeout(STALL_S)
        if not received:
            raise ConnectionResetError(errno.ECONNRESET, "the printer closed the connection")
        return received

    def _let_go(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        device.close()


class SerialWire(PrinterLink):
    """A printer on a serial line or a USB-to-serial adapter."""

    def _set_up(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        device.exclusive = True
        device.write_timeout = STALL_S

    def _receive(self, device: Any, wait_s: float) -> bytes:  # noqa: ANN401 - see the base class
        device.timeout = max(wait_s, 0.001)
        first = bytes(device.read(1))
        return first + bytes(device.read(device.in_waiting)) if first else b""

    def _let_go(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        with contextlib.suppress(Exception):
            # A port with unsent bytes would hold close() up until the printer takes them.
            device.reset_output_buffer()
        device.close()


class UsbWire(PrinterLink):
    """A printer of the USB printer class, without a kernel driver in between."""

    def _set_up(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        for interface in device.get_active_configuration():
            if interface.bInterfaceClass == _USB_PRINTER_CLASS:
                self._use_endpoints(interface)

    def _use_endpoints(self, interface: Any) -> None:  # noqa: ANN401 - pyusb has no types
        for endpoint in interface:
            if endpoint.bEndpointAddress & _USB_INPUT:
                self._connector.in_ep = endpoint.bEndpointAddress
            else:
                self._connector.out_ep = endpoint.bEndpointAddress

    def _receive(self, device: Any, wait_s: float) -> bytes:  # noqa: ANN401 - see the base class
        import usb.core  # noqa: PLC0415 - only who has a USB printer needs it

        try:
            wait_ms = max(1, int(wait_s * 1000))
            return bytes(device.read(self._connector.in_ep, _READ_AT_MOST, wait_ms))
        except usb.core.USBTimeoutError:
            return b""

    def _let_go(self, device: Any) -> None:  # noqa: ANN401 - see the base class
        import usb.util  # noqa: PLC0415 - only who has a USB printer needs it

        usb.util.dispose_resources(device)


def open_wire(address: Address, profile: str, baud: int = DEFAULT_BAUD) -> PrinterLink:
    """Open the wire to the printer at `address`, whose python-escpos profile is `profile`.

    Raises:
        LinkLostError: nothing there, or held by another program.
        ValueError: `address` is not a printer's.

    """
    wire = _unopened(address, profile, baud)
    wire.open()
    return wire


def _unopened(address: Address, profile: str, baud: int) -> PrinterLink:
    escpos = connectors()
    match address.kind:
        case "escpos+tcp":
            connect = escpos.Network(address.host, address.port, CONNECT_S, profile=profile)
            return TcpWire(connect)
        case "escpos+serial":
            return SerialWire(escpos.Serial(address.path, baud, timeout=STALL_S, profile=profile))
        case "escpos+usb":
            stall_ms = int(STALL_S * 1000)
            usb = escpos.Usb(address.vid, address.pid, timeout=stall_ms, profile=profile)
            return UsbWire(usb)
        case kind:
            msg = f"not a printer: {kind}"
            raise ValueError(msg)
