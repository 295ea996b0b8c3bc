"""The firmware of an emulated ESC/POS printer: state, receive buffer, and what it answers.

Like the real ones it obeys real-time commands as they arrive, also in the middle of a picture,
stops printing while something is wrong, and keeps what it has received until that is put right.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from drivers.emulators.escpos_commands import Command, next_command
from drivers.emulators.escpos_condition import PAPER_SENSOR_NEAR_END, Condition
from drivers.emulators.escpos_paper import PaperRoll
from drivers.emulators.escpos_text import TextHead

_REAL_TIME: Final = re.compile(rb"\x10(?:\x04[\x01-\x04]|\x05[\x00-\x02]|\x14[\x01\x02\x08])")
# A question in a packet of its own is not kept: else hours off-line would fill the buffer.
_ONLY_REAL_TIME: Final = re.compile(rb"(?:" + _REAL_TIME.pattern + rb")+")
_ROWS_PER_LINE: Final = 30
_NO_SLIP_YET: Final = frozenset({b"\x10\x04", b"\x1dr", b"\x1d(", b"\x00"})
_DANGEROUS_FUNCTIONS: Final = frozenset(b"ACDEM")
Send = Callable[[bytes], None]


@dataclass
class PrinterCore:
    """One printer: `receive` takes the bytes of the wire, `send` is called with the answers.

    `knows_marks` is GS ( H, `knows_paper_question` GS r; without both it answers DLE EOT only.
    `knows_squares` is GS ( k.
    `buffer_bytes` is the receive buffer. `unknown` and `dangerous` list the
    commands that no slip may hold (drawer pulses, settings, memory), `jobs` the marks in the order
    they were printed. `first_byte_at` and `last_byte_at` are the `time.monotonic()` at which the
    newest slip that was cut began to arrive and was there whole.
    """

    paper: PaperRoll
    knows_marks: bool = True
    knows_paper_question: bool = True
    has_cutter: bool = True
    knows_squares: bool = True
    buffer_bytes: int = 65536
    condition: Condition = field(default_factory=Condition)
    unknown: list[bytes] = field(default_factory=list)
    dangerous: list[bytes] = field(default_factory=list)
    jobs: list[bytes] = field(default_factory=list)
    rows_until_paper_out: int | None = None
    first_byte_at: float = 0.0
    last_byte_at: float = 0.0
    send: Send = lambda _: None
    send_status: Send | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    text: TextHead = field(init=False)
    _buffer: bytearray = field(default_factory=bytearray)
    _tail: bytes = b""
    _raster: tuple[int, int] = (0, 0)
    _arrived_at: float = 0.0
    _slip_began_at: float | None = None

    def __post_init__(self) -> None:
        """Put the print head over the paper."""
        self.text = TextHead(self.paper)

    def room(self) -> int:
        """Return how many bytes the receive buffer still takes."""
        with self.lock:
            return max(0, self.buffer_bytes - len(self._buffer))

    def receive(self, data: bytes) -> None:
        """Take bytes off the wire, answer what is urgent, print what can be printed."""
        with self.lock:
            self._arrived_at = time.monotonic()
            self._obey_real_time(data)
            if not _ONLY_REAL_TIME.fullmatch(data):
                self._buffer += data
            self.work()

    def forget(self) -> None:
        """Lose what was received and not printed, as without power."""
        with self.lock:
            self._buffer.clear()
            self._raster, self._tail, self._slip_began_at = (0, 0), b"", None
            self.text.reset()

    def work(self) -> None:
        """Print what is in the buffer until it is empty or printing stands still."""
        with self.lock:
            while not self.condition.off_line() and self._step():
                pass

    def _obey_real_time(self, data: bytes) -> None:
        stream = self._tail + data
        for found in _REAL_TIME.finditer(stream):
            if found[0][1] == 0x04:  # noqa: PLR2004 - EOT
                self._answer_status(self.condition.status_byte(found[0][2]))
            else:
                self.dangerous.append(found[0])
        self._tail = stream[-2:]

    def _answer_status(self, byte: int) -> None:
        if not self.condition.silent:
            (self.send_status or self.send)(bytes((byte,)))

    def _answer(self, data: bytes) -> None:
        if not self.condition.silent:
            self.send(data)

    def _step(self) -> bool:
        if self._raster[1]:
            return self._print_raster_row()
        command = next_command(self._buffer)
        if command is not None:
            self._obey(command)
        return command is not None

    def _print_raster_row(self) -> bool:
        row_bytes, rows = self._raster
        if len(self._buffer) < row_bytes:
            return False
        self.paper.print_row(bytes(self._buffer[:row_bytes]))
        del self._buffer[:row_bytes]
        self._raster = (row_bytes, rows - 1)
        self._use_up_paper()
        return True

    def _use_up_paper(self) -> None:
        if self.rows_until_paper_out is not None:
            self.rows_until_paper_out -= 1
            if self.rows_until_paper_out <= 0:
                self.rows_until_paper_out = None
                self.condition.paper_out = True

    def _obey(self, command: Command) -> None:
        if self._slip_began_at is None and command.name not in _NO_SLIP_YET:
            self._slip_began_at = self._arrived_at
        match command.name:
            case b"\x1dv":
                self._begin_raster(command.data)
            case b"\x1dV" if self.has_cutter:
                self._cut()
            case b"\x1dr" if self.knows_paper_question:
                self._tear_if_no_cutter()
                self._answer(bytes((PAPER_SENSOR_NEAR_END * self.condition.near_end,)))
            case b"\x1d(":
                self._obey_function(command.data)
            case b"unknown" | b"\x1dV" | b"\x1dr":
                self.unknown.append(command.data)
            case b"\x1bp":
                self.dangerous.append(command.name + command.data)
            case _:
                self._move_paper(command)

    def _move_paper(self, command: Command) -> None:
        match command.name:
            case b"\x1bd":
                self.text.end_line()
                self.paper.feed(command.data[0] * _ROWS_PER_LINE)
            case b"\x1bJ":
                self.text.end_line()
                self.paper.feed(command.data[0])
            case b"\x1dk":
                self._note_unless(self.text.bars(command.data), command)
            case _:
                self.text.obey(command)

    def _note_unless(self, printed: object, command: Command) -> None:
        """Note a code that no printer prints."""
        if not printed:
            self.unknown.append(command.name + command.data)

    def _begin_raster(self, header: bytes) -> None:
        if header[0] not in b"0" or header[1] not in b"\0\1\2\3" + b"0123":
            self.unknown.append(b"\x1dv" + header)
        row_bytes = int.from_bytes(header[2:4], "little")
        if row_bytes * 8 > (self.paper.width + 7) // 8 * 8:
            self.unknown.append(b"\x1dv" + header)
        self._raster = (row_bytes, int.from_bytes(header[4:6], "little"))

    def _obey_function(self, data: bytes) -> None:
        letter, arguments = data[:1], data[3:]
        if letter == b"H" and arguments[:2] in (b"\x30\x30", b"\x00\x30") and self.knows_marks:
            self._tear_if_no_cutter()
            self.jobs.append(arguments[2:])
            self._answer(b"\x37\x22" + arguments[2:] + b"\x00")
        elif letter == b"k" and self.knows_squares:
            self._note_unless(self.text.square(arguments), Command(b"\x1d(", data))
        elif letter[0] in _DANGEROUS_FUNCTIONS:
            self.dangerous.append(b"\x1d(" + data)

    def _tear_if_no_cutter(self) -> None:
        # Behind the last row of a slip somebody tears it off by hand.
        if not self.has_cutter:
            self._cut()

    def _cut(self) -> None:
        if self.paper.rows_hanging_out():
            self.first_byte_at = self._slip_began_at or self._arrived_at
            self.last_byte_at = self._arrived_at
        self._slip_began_at = None
        self.text.end_line()
        self.paper.cut()
