"""What a printer says about itself, and what it means for the next slip.

A printer answers DLE EOT 1 to 4 with one byte each: printer, off-line cause, error cause, paper.
What is not known is never taken for fine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.events import CoverOpen, DeviceDown, Event, PaperLow, PaperOut, PrinterReady

QUESTIONS: Final = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """Whether a slip can be started, and the cause as a code.

    Causes while ready: "" (nothing to say) and "near_end". Causes while not ready: "cover_open",
    "paper_out", "cutter", "hot" (the head cools down by itself), "error", "feeding" (somebody
    holds the feed button), "offline", "silent" (connected, no answer), "absent" (not reachable).
    """

    ready: bool
    cause: str = ""


READY: Final = PrinterStatus(ready=True)
NEAR_END: Final = PrinterStatus(ready=True, cause="near_end")
SILENT: Final = PrinterStatus(ready=False, cause="silent")
OFFLINE: Final = PrinterStatus(ready=False, cause="offline")
ABSENT: Final = PrinterStatus(ready=False, cause="absent")

# In the order in which a person at the printer would put things right: an open cover also looks
# like missing paper, and every cause also makes the printer off-line.
_CAUSES: Final = (
    (2, 0x04, "cover_open"),
    (4, 0x60, "paper_out"),
    (2, 0x20, "paper_out"),
    (3, 0x08, "cutter"),
    (3, 0x40, "hot"),
    (3, 0x24, "error"),
    (2, 0x40, "error"),
    (1, 0x20, "error"),
    (2, 0x08, "feeding"),
    (1, 0x08, "offline"),
)
_NEAR_END_BITS: Final = 0x0C
_FIXED_BITS: Final = 0x93
_REAL_TIME_BITS: Final = 0x12


def is_real_time_answer(byte: int) -> bool:
    """Tell whether `byte` has the fixed bits of an answer to DLE EOT."""
    return byte & _FIXED_BITS == _REAL_TIME_BITS


def judge(answers: dict[int, int]) -> PrinterStatus:
    """Return the status that the answers to the four questions mean; one missing is "silent"."""
    if set(answers) != set(QUESTIONS) or not all(map(is_real_time_answer, answers.values())):
        return SILENT
    for question, bits, cause in _CAUSES:
        if answers[question] & bits:
            return PrinterStatus(ready=False, cause=cause)
    return NEAR_END if answers[4] & _NEAR_END_BITS else READY


def event_for(device: str, status: PrinterStatus) -> Event:
    """Return the event that tells a listener about `status` of the printer named `device`."""
    if status.ready:
        return PaperLow(device) if status.cause else PrinterReady(device)
    if status.cause == "paper_out":
        return PaperOut(device)
    if status.cause == "cover_open":
        return CoverOpen(device)
    return DeviceDown(device, status.cause)
