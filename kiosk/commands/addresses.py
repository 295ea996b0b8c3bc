"""Whether every device's address in ``kiosk.toml`` is one that its driver can use."""

from collections.abc import Sequence

from drivers import addresses
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import IdReader, Printer, Reader, Scanner, Settings


def check(settings: Settings) -> None:
    """Refuse an address that no driver understands, or that belongs in another list.

    Raises ``Refused`` with an ``address.`` code and ``file``, ``key``, ``address``, ``allowed``.
    """
    listed: tuple[
        tuple[str, Sequence[Reader | Printer | Scanner | IdReader], Sequence[str]], ...
    ] = (
        ("readers", settings.readers, addresses.READERS),
        ("printers", settings.printers, addresses.PRINTERS),
        ("scanners", settings.scanners, addresses.SCANNERS),
        ("id_readers", settings.id_readers, addresses.ID_READERS),
    )
    for name, devices, kinds in listed:
        for at, device in enumerate(devices, start=1):
            try:
                addresses.parse(device.address, kinds)
            except addresses.BadAddress as bad:
                raise Refused(
                    bad.code, file=str(settings.file), key=f"{name}.{at}.address",
                    address=bad.address, allowed=bad.allowed,
                ) from None  # fmt: skip
