"""Questions and answers with a printer, kept in step.

A status byte carries no number, so one that comes late would be read as the answer to the next
question, and "paper out" as "near end". Therefore: read away what is there, ask, take exactly one
byte before a deadline. When one is missing nothing is asked until it can no longer come; the first
round after that counts only if no byte is left over.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Final

from drivers import escpos_bytes
from drivers.printer_answers import Answer, AnswerStream, Kind
from drivers.printer_link import LinkLostError, PrinterLink
from drivers.printer_status import OFFLINE, QUESTIONS, SILENT, PrinterStatus, judge

ANSWER_S: Final = 0.6
"""How long one status byte may take; a printer answers DLE EOT at once."""

QUARANTINE_S: Final = 1.5
"""How long after a missing answer nothing is asked."""

_SETTLE_S: Final = 0.2
_DRAIN_AT_MOST: Final = 200


class PrinterTalk:
    """One printer's questions and answers, over one wire after another."""

    def __init__(self) -> None:
        self._link: PrinterLink | None = None
        self._stream = AnswerStream()
        self._waiting: deque[Answer] = deque()
        self._in_step = False
        self._quiet_until = 0.0
        self._paper_answers_owed = 0

    def use(self, link: PrinterLink) -> None:
        """Go on over `link`, an open wire."""
        self._link = link
        self._stream = AnswerStream()
        self._waiting.clear()
        self.forgive_paper_answers()

    def in_quarantine(self) -> bool:
        """Tell whether an answer that is missing could still come."""
        return time.monotonic() < self._quiet_until

    def status(self) -> PrinterStatus:
        """Ask for the four status bytes; one missing, or one too many, is "silent".

        Raises:
            LinkLostError: the wire is gone.

        """
        if self.in_quarantine():
            return SILENT
        self._read_away()
        answers = self.ask_all()
        if not self._in_step and self.next_answer({Kind.REAL_TIME}, _SETTLE_S):
            self._fall_out_of_step()
            return SILENT
        self._in_step = not self.in_quarantine()
        status = judge(answers)
        # Off-line without a cause is mostly one that went between the first and the last answer.
        return judge(self.ask_all()) if status == OFFLINE else status

    def ask_all(self) -> dict[int, int]:
        """Ask DLE EOT 1 to 4 without reading anything away, and return the answers that came."""
        answers: dict[int, int] = {}
        for question in QUESTIONS:
            if any(answer.kind is Kind.REAL_TIME for answer in self._waiting):
                break
            self.write(escpos_bytes.real_time_status(question))
            answer = self.next_answer({Kind.REAL_TIME}, ANSWER_S)
            if answer is None:
                break
            answers[question] = answer.value
        if len(answers) < len(QUESTIONS):
            self._fall_out_of_step()
        return answers

    def ask_paper_in_print_order(self) -> None:
        """Send GS r 1, and remember that its answer is owed."""
        self._paper_answers_owed += 1
        self.write(escpos_bytes.ASK_PAPER_IN_PRINT_ORDER)

    def is_last_paper_answer(self) -> bool:
        """Tell whether the newest GS r 1 is answered, not only one of a job before it."""
        return self._paper_answers_owed == 0

    def forgive_paper_answers(self) -> None:
        """Expect no answers to former GS r 1 any more: they went down a wire that is gone."""
        self._paper_answers_owed = 0

    def next_answer(self, kinds: set[Kind], wait_s: float) -> Answer | None:
        """Return the next answer of `kinds` within `wait_s` seconds, None if there is none.

        Answers of other kinds stay for whoever asks for them.
        """
        end = time.monotonic() + wait_s
        while True:
            for answer in self._waiting:
                if answer.kind in kinds:
                    self._waiting.remove(answer)
                    return answer
            left = end - time.monotonic()
            if left <= 0:
                return None
            self._hear(left)

    def _hear(self, wait_s: float) -> bool:
        received = self._open_link().read(wait_s)
        for answer in self._stream.feed(received):
            if answer.kind is Kind.PAPER:
                self._paper_answers_owed = max(0, self._paper_answers_owed - 1)
            self._waiting.append(answer)
        return bool(received)

    def _read_away(self) -> None:
        for _ in range(_DRAIN_AT_MOST):
            if not self._hear(0):
                break
        self._stream = AnswerStream()
        self._waiting.clear()

    def _fall_out_of_step(self) -> None:
        self._in_step = False
        self._quiet_until = time.monotonic() + QUARANTINE_S

    def write(self, data: bytes) -> None:
        """Send `data` as it is.

        Raises:
            LinkLostError: the wire is gone.

        """
        self._open_link().write(data)

    def _open_link(self) -> PrinterLink:
        if self._link is None:
            msg = "no wire is open"
            raise LinkLostError(msg)
        return self._link
