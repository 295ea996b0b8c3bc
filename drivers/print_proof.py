"""How a slip is known to be on paper, and not only in a cable's buffer.

Epson's printers send a job's mark back (GS ( H) once everything before it is printed. Many clones
do not know that command; they answer a question about paper (GS r 1) when they come to it, which
is weaker: it says that the bytes were worked through. Some answer neither, only the status in real
time (DLE EOT), which does not wait for paper: there the slip is given the time of a slow printer,
and proven by a printer that is then, and was at every look before, without trouble.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import Final, Literal

from drivers import escpos_bytes
from drivers.printer_answers import Answer, Kind
from drivers.printer_status import judge
from drivers.printer_talk import PrinterTalk

_LOOK_EVERY_S: Final = 1.5
_LOOK_AGAIN_S: Final = 0.2
_GRACE_S: Final = 1.0
_PAPER_END: Final = 0x0C
_STUCK: Final = frozenset({"paper_out", "cover_open", "cutter", "error"})

STATUS_ONLY: Final = "status"
ProcessId = bool | Literal["status"] | None
"""Does a printer send a job's mark back? None as long as it is not known, "status" for one that
answers nothing in print order, neither a mark nor a question about paper."""


class Outcome(Enum):
    """What became of a slip."""

    CONFIRMED = "confirmed"
    """The printer sent the job's mark back after the last row."""
    WEAK = "weak"
    """The printer knows no marks, but answered a question placed behind the last row, or had no
    trouble to report when the slip must have been printed."""
    UNKNOWN = "unknown"
    """Some of it was sent and no proof came: it may lie there, or come out later."""
    NOT_READY = "not_ready"
    """Nothing was sent; `SlipPrinter.last_status` has the cause."""


class PrintProof:
    """Asks for the proof behind a slip and waits for it.

    `process_id` tells whether the printer sends marks back; None until the first slip shows it.
    """

    def __init__(self, talk: PrinterTalk, *, process_id: ProcessId) -> None:
        self.process_id: ProcessId = process_id
        self._talk = talk

    def ask(self, mark: bytes) -> None:
        """Send the question, as long as the printer is not known both, or none if none helps.

        Raises:
            LinkLostError: the wire is gone.

        """
        if self.process_id == STATUS_ONLY:
            return
        if self.process_id is not False:
            self._talk.write(escpos_bytes.ask_process(mark))
        if self.process_id is not True:
            self._talk.ask_paper_in_print_order()

    def wait(self, mark: bytes, printing_s: float, proof_s: float) -> Outcome:
        """Return CONFIRMED, WEAK or, `proof_s` after the slip must be printed, UNKNOWN.

        `printing_s` is how long a slow printer prints it. One that stands still for a cause a
        person must put right is not waited for.

        Raises:
            LinkLostError: the wire is gone.

        """
        printed_at = time.monotonic() + printing_s
        if self.process_id == STATUS_ONLY:
            return self._watch(printed_at, printed_at + proof_s)
        return self._hear(mark, printed_at + proof_s)

    def _watch(self, printed_at: float, end: float) -> Outcome:
        while (now := time.monotonic()) < end:
            status = self._talk.status()
            if status.cause in _STUCK:
                break
            if status.ready and now >= printed_at:
                return Outcome.WEAK
            pause = min(max(printed_at - time.monotonic(), _LOOK_AGAIN_S), _LOOK_EVERY_S)
            self._talk.next_answer({Kind.PROCESS}, pause)
        return Outcome.UNKNOWN

    def _hear(self, mark: bytes, end: float) -> Outcome:
        older = False
        while (left := end - time.monotonic()) > 0:
            answer = self._talk.next_answer({Kind.PROCESS, Kind.PAPER}, min(left, _LOOK_EVERY_S))
            if answer is None:
                if self._is_stuck():
                    break
            elif (outcome := self._weigh(answer, mark)) is not None:
                return outcome
            elif answer.kind is Kind.PAPER:
                older = True
        if older:
            # One answer came and one is missing: switched off in between, it will never come.
            self._talk.forgive_paper_answers()
        return Outcome.UNKNOWN

    def _weigh(self, answer: Answer, mark: bytes) -> Outcome | None:
        if answer.kind is Kind.PROCESS:
            # A mark of a slip before this one shows only that the printer knows marks.
            self.process_id = True
            return Outcome.CONFIRMED if answer.mark == mark else None
        if self.process_id is True or not self._talk.is_last_paper_answer():
            return None
        if self.process_id is None and self._mark_follows(mark):
            return Outcome.CONFIRMED
        self.process_id = False
        return Outcome.UNKNOWN if answer.value & _PAPER_END == _PAPER_END else Outcome.WEAK

    def _mark_follows(self, mark: bytes) -> bool:
        # Both were asked in this order; a printer that knows marks is only a little slow.
        answer = self._talk.next_answer({Kind.PROCESS}, _GRACE_S)
        if answer is None:
            return False
        self.process_id = True
        return answer.mark == mark

    def _is_stuck(self) -> bool:
        if self._talk.in_quarantine():
            return False
        return judge(self._talk.ask_all()).cause in _STUCK
