"""What staff attendance has open, as records of a handover; ``record_kinds`` joins them.

Most are the office's: the guard reads them last, and nothing says why anybody was away.
"""

from dataclasses import dataclass

from shift_handover.records import Record, fact


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherOpen(Record):
    """A weather signal that is on, or somebody out of whom nobody knows (clause 96)."""

    KINDS = ("weather.on", "weather.unsafe")
    GROUP = ""

    signal: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertimeOpen(Record):
    """Somebody who works late tonight, or is in after hours on no list (clause 90)."""

    KINDS = ("overtime.tonight", "overtime.unlisted")
    GROUP = "post"

    name: str
    rooms: str = ""
    people: int = fact("n", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryBadgeOut(Record):
    """A temporary badge in somebody's hands; after its day it opens nothing."""

    KINDS = ("badge.lent",)
    GROUP = "loan.out"

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutingOpen(Record):
    """Who is not back from an outing, or a tap owed for a word by telephone (clause 26)."""

    KINDS = ("outing.overdue", "outing.word_owed")
    GROUP = "attendance"

    name: str
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInOpen(Record):
    """A stand-in who has not answered, or has gone out himself (clause 7)."""

    KINDS = ("standin.unanswered", "standin.gone")
    GROUP = "attendance"

    absent: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOpen(Record):
    """Somebody has not reported back from leave, or a long leave ends soon; ``until`` is a day."""

    KINDS = ("leave.overdue", "leave.ends")
    GROUP = "attendance"

    name: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkUnsigned(Record):
    """A remark about a day that waits for head or leader to sign it (clause 24)."""

    KINDS = ("remark.unsigned",)
    GROUP = "attendance"

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksOpen(Record):
    """A workday nobody closed, or an objection without an answer: the office's (clause 130)."""

    KINDS = ("closing.days", "closing.objection")
    GROUP = "attendance"

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCardsLate(Record):
    """Case cards of attendance that are open for too long; how many, and nobody's name."""

    KINDS = ("case.late",)
    GROUP = "attendance"

    cards: int = fact("n", 0)


ATTENDANCE_RECORDS: tuple[type[Record], ...] = (
    WeatherOpen, OvertimeOpen, TemporaryBadgeOut, OutingOpen, StandInOpen, LeaveOpen,
    RemarkUnsigned, BooksOpen, CaseCardsLate,
)  # fmt: skip
"""Every class of this file."""
