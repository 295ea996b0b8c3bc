"""What goes over the line of an ID-card reader: requests, answers, and the codes of its module.

Request `AA AA AA 96 69 | length | command, parameter | sum`, answer `AA AA AA 96 69 | length |
00 00 status | data | sum`. The length counts all that follows it; the sum is the exclusive or from
the length on. Reader and emulator share this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import Final

PREAMBLE: Final = b"\xaa\xaa\xaa\x96\x69"

FIND: Final = b"\x20\x01"
SELECT: Final = b"\x20\x02"
READ: Final = b"\x30\x01"
READ_WITH_FINGERPRINT: Final = b"\x30\x10"
NEWEST_ADDRESS: Final = b"\x30\x03"
RESET: Final = b"\x10\xff"
STATE: Final = b"\x11\xff"
MODULE_NUMBER: Final = b"\x12\xff"
SPEED: Final = b"\x60"
"""Its parameter is the new speed: 00 is 115200 baud, 04 is 9600."""

DONE, FOUND, NO_CARD, NOT_SELECTED, NOT_READ = 0x90, 0x9F, 0x80, 0x81, 0x41
UNKNOWN_COMMAND, NO_CONTENT = 0x21, 0x91

STATUS: Final[Mapping[int, str]] = {
    DONE: "done",
    FOUND: "found",
    0x10: "wrong_sum",
    0x11: "wrong_length",
    UNKNOWN_COMMAND: "unknown_command",
    0x24: "unknown_error",
    0x31: "card_not_proven",
    0x32: "module_not_proven",
    0x33: "not_verified",
    0x40: "wrong_card",
    NOT_READ: "not_read",
    0x47: "no_random_number",
    0x60: "self_test_failed",
    0x66: "not_licensed",
    NO_CARD: "no_card",
    NOT_SELECTED: "not_selected",
    NO_CONTENT: "no_content",
}
"""The third status byte, by name."""

LONGEST: Final = 4096
"""Bytes after the length; text, photo and two fingerprints take 2,314."""

_LENGTH: Final = 2
_SUM: Final = 1
_STATUS_BYTES: Final = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader answered: the third status byte, and data that no log may show."""

    status: int
    data: bytes = field(default=b"", repr=False)

    @property
    def name(self) -> str:
        """The status by name; "undocumented" for a byte that the makers have not told."""
        return STATUS.get(self.status, "undocumented")


def request(order: bytes) -> bytes:
    """Return the frame that asks for `order`, a command and its parameter."""
    return _frame(order)


def answer(status: int, data: bytes = b"") -> bytes:
    """Return the frame that answers with `status` and `data`."""
    return _frame(bytes((0, 0, status)) + data)


def _frame(payload: bytes) -> bytes:
    counted = (len(payload) + _SUM).to_bytes(_LENGTH, "big") + payload
    return PREAMBLE + counted + bytes((_sum(counted),))


def _sum(counted: bytes) -> int:
    return reduce(xor, counted, 0)


def answer_in(payload: bytes) -> Answer | None:
    """Return the answer that `payload` is; None for anything else."""
    if len(payload) < _STATUS_BYTES or payload[:2] != b"\0\0":
        return None
    return Answer(payload[2], bytes(payload[_STATUS_BYTES:]))


class Frames:
    """Cuts a stream into the payloads of whole frames.

    Noise is stepped over. A frame that is torn or has a wrong sum costs itself and never the next:
    what it seemed to swallow is looked through again.
    """

    def __init__(self) -> None:
        self._stream = bytearray()

    def feed(self, received: bytes) -> list[bytes]:
        """Return the payloads that are complete after `received`."""
        self._stream += received
        return [*self._whole()]

    def pause(self) -> list[bytes]:
        """Give up what has begun: nothing came for too long. Return what was hidden behind it."""
        found: list[bytes] = []
        while self._stream:
            del self._stream[0]
            found += self._whole()
        return found

    def clear(self) -> None:
        """Forget what has begun, with whatever lies behind it."""
        self._stream.clear()

    def _whole(self) -> Iterator[bytes]:
        while self._starts_with_a_frame():
            after = len(PREAMBLE) + _LENGTH
            end = after + self._length()
            if len(self._stream) < end:
                return
            if self._is_torn(end):
                del self._stream[0]
                continue
            counted = bytes(self._stream[len(PREAMBLE) : end])
            del self._stream[:end]
            yield counted[_LENGTH:-_SUM]

    def _is_torn(self, end: int) -> bool:
        """Say whether the frame that ends at `end` is damaged.

        One sum in 256 fits by chance over what a torn frame swallowed: then the next frame begins
        inside it. No card has the five bytes of a preamble in its data: chance makes them in 10^12.
        """
        another_begins = 0 < self._stream.find(PREAMBLE, 1) < end
        return another_begins or _sum(bytes(self._stream[len(PREAMBLE) : end])) != 0

    def _starts_with_a_frame(self) -> bool:
        """Step over noise; False when what is left is too short to be a frame's head."""
        while True:
            start = self._stream.find(PREAMBLE)
            if start < 0:
                del self._stream[: max(0, len(self._stream) - len(PREAMBLE) + 1)]
                return False
            del self._stream[:start]
            if len(self._stream) < len(PREAMBLE) + _LENGTH:
                return False
            if _SUM < self._length() <= LONGEST:
                return True
            del self._stream[0]

    def _length(self) -> int:
        return int.from_bytes(self._stream[len(PREAMBLE) : len(PREAMBLE) + _LENGTH], "big")
