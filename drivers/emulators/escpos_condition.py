"""What can be wrong with the emulated printer, and how it says so in its four status bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FIXED_BITS: Final = 0x12
_PAPER_NEAR_END: Final = 0x0C
_PAPER_END: Final = 0x60
PAPER_SENSOR_NEAR_END: Final = 0x03
"""The answer to GS r 1 while the roll is near its end; a printer without paper does not answer."""


@dataclass
class Condition:
    """What is wrong with the printer; nothing is, at first.

    `hot` is the head, which cools down by itself; `error` needs a service; `feeding` is a held
    feed button; `held` stands off-line without a cause of its own; `silent` answers nothing.
    """

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter_error: bool = False
    hot: bool = False
    error: bool = False
    feeding: bool = False
    held: bool = False
    silent: bool = False

    def change(self, changes: dict[str, bool]) -> None:
        """Set the named causes.

        Raises:
            ValueError: there is no cause of that name.

        """
        for name, value in changes.items():
            if name not in self.__dataclass_fields__:
                msg = f"a printer has no {name!r}, only {', '.join(self.__dataclass_fields__)}"
                raise ValueError(msg)
            setattr(self, name, value)

    def off_line(self) -> bool:
        """Tell whether printing stands still."""
        return self.paper_out or self.cover_open or self.feeding or self.held or self._in_error()

    def status_byte(self, question: int) -> int:
        """Return the answer to DLE EOT `question`, 1 to 4."""
        return _FIXED_BITS | (self._printer, self._cause, self._error, self._paper)[question - 1]()

    def _in_error(self) -> bool:
        return self.cutter_error or self.hot or self.error

    def _printer(self) -> int:
        return 0x08 * self.off_line()

    def _cause(self) -> int:
        cause = 0x04 * self.cover_open | 0x08 * self.feeding
        return cause | 0x20 * self.paper_out | 0x40 * self._in_error()

    def _error(self) -> int:
        return 0x08 * self.cutter_error | 0x20 * self.error | 0x40 * self.hot

    def _paper(self) -> int:
        low = _PAPER_NEAR_END * (self.near_end or self.paper_out)
        return low | _PAPER_END * self.paper_out
