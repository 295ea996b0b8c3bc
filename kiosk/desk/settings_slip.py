"""What stands on a visitor's slip: ``[slip]`` of ``kiosk.toml``.

A telephone number never does, and an identity number only with its middle masked.
"""

from dataclasses import dataclass

from kiosk.desk import settings_values as value


@dataclass(frozen=True, slots=True)
class SlipLook:
    """Which fields a slip has beside those it cannot be without; an empty field never prints.

    ``unit``, ``area``, ``goods`` and ``id_number`` (masked) are the visitor's; ``room`` is the
    host's. ``bars`` prints a Code 128 under the QR code, for scanners that read no QR code;
    ``rules`` the house rules for visitors.
    """

    unit: bool = value.key(value.yes_no, default=True)
    room: bool = value.key(value.yes_no, default=True)
    area: bool = value.key(value.yes_no, default=True)
    goods: bool = value.key(value.yes_no, default=True)
    id_number: bool = value.key(value.yes_no, default=True)
    bars: bool = value.key(value.yes_no, default=True)
    rules: bool = value.key(value.yes_no, default=True)
