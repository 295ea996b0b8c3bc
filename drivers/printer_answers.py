"""Sorts the bytes a printer sends back, so that no answer is taken for another one's.

Four kinds share one line without any length or number: real-time status (one byte), status in
print order (one byte), process answers (`37 22 .. 00`), and automatic status (four bytes) that
some printers send unasked. A late process answer holds bytes that look like a status.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from drivers.printer_status import is_real_time_answer

_BLOCK_HEADER = 0x37
_PROCESS_BLOCK = 0x22
_BLOCK_END = 0x00
_LONGEST_BLOCK = 80
_REST_OF_AUTOMATIC_STATUS = 3
_FIXED_BITS = 0x93
_AUTOMATIC_STATUS_BITS = 0x10


class Kind(Enum):
    """What question an answer belongs to."""

    REAL_TIME = "real_time"
    PAPER = "paper"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a status byte as `value`, or the four bytes of a process answer as `mark`."""

    kind: Kind
    value: int = 0
    mark: bytes = b""


@dataclass(slots=True)
class AnswerStream:
    """Cuts what arrives into answers; noise is dropped, a broken block swallows, never invents."""

    _block: bytearray = field(default_factory=bytearray)
    _skip: int = 0

    def feed(self, received: bytes) -> list[Answer]:
        """Return the answers that are complete after `received`."""
        answers = (self._take(byte) for byte in received)
        return [answer for answer in answers if answer is not None]

    def _take(self, byte: int) -> Answer | None:
        if self._block or byte == _BLOCK_HEADER:
            return self._take_in_block(byte)
        if self._skip:
            self._skip -= 1
            return None
        return self._take_single(byte)

    def _take_in_block(self, byte: int) -> Answer | None:
        self._block.append(byte)
        if byte != _BLOCK_END and len(self._block) < _LONGEST_BLOCK:
            return None
        block, self._block = bytes(self._block), bytearray()
        if block[1] != _PROCESS_BLOCK or block[-1] != _BLOCK_END:
            return None
        return Answer(Kind.PROCESS, mark=block[2:-1])

    def _take_single(self, byte: int) -> Answer | None:
        if is_real_time_answer(byte):
            return Answer(Kind.REAL_TIME, value=byte)
        if byte & _FIXED_BITS == _AUTOMATIC_STATUS_BITS:
            self._skip = _REST_OF_AUTOMATIC_STATUS
            return None
        if byte & 0x90 == 0:
            return Answer(Kind.PAPER, value=byte)
        return None
