"""The closed list of what can be open: one immutable class for each kind, registered at the foot.

A field is taken from the fact of its own name, or of the name given to ``fact``, among the facts
of an open thing and of its sentence; a text without a default must be there. A new kind is one
class more in ``RECORDS``: reading, JSON, screens and paper follow from its fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shift_handover.record_kinds_attendance import ATTENDANCE_RECORDS
from shift_handover.records import (
    RELIEF_LATE,
    RELIEF_NONE,
    OtherOpenThing,
    Record,
    RecordOfNewer,
    fact,
)
from shift_handover.records_between_desks import BETWEEN_DESKS
from shift_handover.records_of_loans import (
    CountDiffers,
    CountDue,
    HoldingUnconfirmed,
    LoanOut,
    ThingElsewhere,
    ThingLost,
    WordOwed,
)
from shift_handover.records_of_visits import (
    AssumedLeft,
    CardNotBack,
    DifferenceAtExit,
    EmergencyDebt,
    HelmetOut,
    InsideAtOdds,
    LateVisitor,
    LeaderNotTold,
    OnWatchList,
    OtherGateNotTold,
    PendingVisitorRequest,
    ReturnSlipMissing,
    VisitInside,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffInstruction(Record):
    """What the office or a leader tells the guard to do until ``valid_until`` (aware UTC)."""

    KINDS = ("instruction",)
    GROUP = "instruction"

    words: str
    giver: str = ""
    valid_until: datetime | None = None
    known_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNotice(Record):
    """Something everybody at the gate should know; ``valid_until`` may be empty."""

    KINDS = ("notice",)
    GROUP = "instruction"

    words: str
    giver: str = ""
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrustedMatter(Record):
    """Something a visitor or an insider asked the gatehouse to do (clause 149)."""

    KINDS = ("matter",)
    GROUP = "matter"

    giver_kind: str = ""
    giver: str = ""
    receiver: str = ""
    what_is_asked: str = fact("what")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHere(Record):
    """Parcels, letters or documents that lie here for somebody."""

    KINDS = ("parcel",)
    GROUP = "window"

    receiver: str
    count: int = 1
    shelf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWaiting(Record):
    """A telephone message whose addressee does not have it yet (clause 65)."""

    KINDS = ("message",)
    GROUP = "window"

    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryOpen(Record):
    """An enquiry with who was asked first and to whom it was led (clause 4)."""

    KINDS = ("enquiry",)
    GROUP = "window"

    first: str
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsPassOpen(Record):
    """A pass that waits for a yes, may be used, or has goods out (clause 33)."""

    KINDS = ("pass.waiting", "pass.valid", "pass.out")
    GROUP = "pass"

    asker: str
    pieces: int = fact("n", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallRuns(Record):
    """A roll call that nobody has ended; ``missing`` people are not found yet."""

    KINDS = ("rollcall.runs",)

    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOpen(Record):
    """A paper that waits for the printer, or of which nobody knows whether it was printed."""

    KINDS = ("slip.queued", "slip.unknown")

    printer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFault(Record):
    """A fault of the house (clause 147), with what was done about it; ``told`` may be empty."""

    KINDS = ("safety.fault",)
    GROUP = "safety.fault"

    place: str = ""
    fault: str = fact("what")
    measure: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyUnreported(Record):
    """A finished safety check of which no superior was told, or has not answered (clause 147)."""

    KINDS = ("safety.report",)
    GROUP = "safety.report"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpen(Record):
    """An accident or a disturbance that is not closed (clauses 153, 154)."""

    KINDS = ("incident.open",)
    GROUP = "incident"

    what_happened: str = fact("kind", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardAway(Record):
    """A guard who has left the gatehouse for a while, or rests (clauses 151, 152)."""

    KINDS = ("away",)
    GROUP = "post"

    name: str = ""
    place: str = ""
    why: str = ""
    keeper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEmpty(Record):
    """A post with nobody on it in the hours it must be kept (clauses 98, 156)."""

    KINDS = ("post.uncovered",)
    GROUP = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceMissed(Record):
    """A guard who did not answer a prompt of the night in time (clause 156)."""

    KINDS = ("presence.missed",)
    GROUP = "post"

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastOutOpen(Record):
    """A lock-up list missing, unchecked or disputed, or who is still in by the taps (clause 92)."""

    KINDS = ("lastout.missed", "lastout.unchecked", "lastout.disputed", "lastout.still_in")
    GROUP = "post"

    names: str = ""
    item: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockUpUnread(Record):
    """The record of a night without a successor that the next guard has not read (clause 150)."""

    KINDS = ("handover.locked_up",)
    GROUP = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRelief(Record):
    """A relief that is late or does not come; the handover that follows ends it (clause 150)."""

    KINDS = (RELIEF_LATE, RELIEF_NONE)
    GROUP = "post"


RECORDS: tuple[type[Record], ...] = (
    StaffInstruction, OtherNotice, PendingVisitorRequest, VisitInside, LateVisitor,
    ReturnSlipMissing, EmergencyDebt, LeaderNotTold, HelmetOut, DifferenceAtExit, CardNotBack,
    AssumedLeft, OtherGateNotTold, InsideAtOdds, OnWatchList, EntrustedMatter, LoanOut, WordOwed,
    HoldingUnconfirmed, CountDue, CountDiffers, ThingLost, ThingElsewhere, ParcelHere,
    MessageWaiting, EnquiryOpen, GoodsPassOpen, RollCallRuns, PaperOpen, HouseFault,
    SafetyUnreported, IncidentOpen, GuardAway,
    PostEmpty, PresenceMissed, LastOutOpen, LockUpUnread, NoRelief, *ATTENDANCE_RECORDS,
    *BETWEEN_DESKS, OtherOpenThing, RecordOfNewer,
)  # fmt: skip
"""Every class of record; the names stand in the frozen documents and are never changed."""

KIND_OF: Mapping[str, type[Record]] = {kind: one for one in RECORDS for kind in one.KINDS}
"""The class of each kind of open thing."""


def group_of(record: Record) -> str:
    """Return the group a record is read in; one without a class of its own follows its kind."""
    return record.GROUP or KIND_OF.get(record.kind, OtherOpenThing).GROUP
