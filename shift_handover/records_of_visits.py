"""What visits leave open, as records of a handover; ``record_kinds`` registers every class."""

from dataclasses import dataclass
from datetime import datetime

from shift_handover.records import Record, fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingVisitorRequest(Record):
    """A visitor who waits at the gate for the host's answer."""

    KINDS = ("visit.waiting",)
    GROUP = "visit.waiting"

    visitor: str
    host: str = ""
    unit: str = ""
    matter: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitInside(Record):
    """A visit whose people are inside now, with what they carried in."""

    KINDS = ("visit.inside",)
    GROUP = "visit.inside"

    visitor: str
    host: str = ""
    unit: str = ""
    people: int = 1
    matter: str = ""
    goods: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateVisitor(Record):
    """A visitor who was expected and has not come."""

    KINDS = ("visit.late",)
    GROUP = "visit.after"

    visitor: str
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSlipMissing(Record):
    """The slip of a visitor who has left, which the host should have signed."""

    KINDS = ("visit.return_slip_missing",)
    GROUP = "visit.after"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDebt(Record):
    """What is still to be written down for an emergency admission; ``missing`` counts it."""

    KINDS = ("visit.debt",)
    GROUP = "visit.after"

    missing: int = fact("n", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderNotTold(Record):
    """Officers are here and no leader knows yet."""

    KINDS = ("visit.leader_not_told",)
    GROUP = "visit.after"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelmetOut(Record):
    """Helmets of the house that a visitor has or had (clause 145)."""

    KINDS = ("visit.helmet_out",)
    GROUP = "visit.after"

    helmets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceAtExit(Record):
    """Goods, a vehicle or a helmet that was not as written when a visitor left."""

    KINDS = ("visit.differs",)
    GROUP = "visit.after"

    visitor: str
    differs: str = fact("words", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNotBack(Record):
    """A card or another thing lent to a visitor who has left."""

    KINDS = ("visit.not_back",)
    GROUP = "visit.after"

    visitor: str
    thing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedLeft(Record):
    """A visitor who is taken to have left though nobody saw it."""

    KINDS = ("visit.assumed",)
    GROUP = "visit.after"

    visitor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherGateNotTold(Record):
    """Another gate's slip that went out here, which that gate does not know."""

    KINDS = ("visit.left_here",)
    GROUP = "visit.after"

    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideAtOdds(Record):
    """Who is inside by two gates' visits."""

    KINDS = ("visit.twice",)
    GROUP = "visit.after"

    visitor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnWatchList(Record):
    """A visitor who stands on the watch list, or was not looked up there."""

    KINDS = ("visit.watched", "visit.unscreened")
    GROUP = "visit.after"

    visitor: str
