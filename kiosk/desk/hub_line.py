"""What a feature may ask of the other desks while the line is up; the book alone does all else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Answer(StrEnum):
    """What became of a question to the desk that keeps a thing."""

    GIVEN = "given"  # this desk may lend it now
    HELD = "held"  # another desk asked first, or has it
    REFUSED = "refused"  # the desk that keeps it said no; ``why`` is its reason's code
    AWAY = "away"  # that desk did not answer in time
    CUT = "cut"  # the hub cannot be reached


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer, the fence it is good for, who has it (gate) and why not."""

    answer: Answer
    fence: int = 0
    gate: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Another desk, ``gate``, asks this one for the right to lend a thing it has at ``fence``.

    ``loan_ref`` is the open loan that the other desk has in its hands, "" for a thing that hangs.
    """

    thing_id: str
    gate: str
    fence: int
    loan_ref: str = ""


class HubLine(Protocol):
    """Questions to another desk through the hub: each has its deadline, none is put on the pen."""

    def ask(self, thing_id: str, home: str, fence: int, loan_ref: str, wait_s: float) -> Asked:
        """Ask the desk ``home`` for the right to lend a thing, by compare-and-set on ``fence``."""
        ...
