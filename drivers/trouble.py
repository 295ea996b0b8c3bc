"""Why a device does not work, as a code: one place that knows what libraries throw.

Serial ports, termios, libusb and nfcpy throw OSError, termios.error, their own errors, IndexError,
ValueError and TypeError for a cable that is out, so a driver catches everything and asks here.
"""

from __future__ import annotations

import errno
from typing import Final

_BY_NUMBER: Final = {
    errno.ENOENT: "absent",
    errno.ENODEV: "absent",
    errno.ENXIO: "absent",
    errno.EIO: "absent",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EBUSY: "busy",
    errno.EAGAIN: "busy",
    errno.ETIMEDOUT: "silent",
}


class DeviceTrouble(Exception):  # noqa: N818 - a cause with a code, not a bug of the program
    """A device cannot be used; `reason` is a code as in `events.DeviceDown`."""

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(f"{reason} {told}".rstrip())
        self.reason = reason


def reason_of(error: BaseException) -> str:
    """Return the code for `error`; "garbled" for what no cable and no right explains."""
    if isinstance(error, DeviceTrouble):
        return error.reason
    if isinstance(error, TimeoutError):
        return "silent"
    # termios.error is not an OSError, but its first argument is the same number.
    number = error.args[0] if error.args and isinstance(error.args[0], int) else None
    number = getattr(error, "errno", None) or number
    return _BY_NUMBER.get(number or 0, "garbled")
