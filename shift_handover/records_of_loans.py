"""What keys and lent things leave open, as records of a handover.

``record_kinds`` registers every class.
"""

from dataclasses import dataclass

from shift_handover.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanOut(Record):
    """A key or another thing in somebody's hands; ``recalled`` says why it is called back."""

    KINDS = ("loan.out",)
    GROUP = "loan.out"

    thing: str
    holder: str
    recalled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOwed(Record):
    """A loan on somebody's word, whose own tap is still owed (clause 86)."""

    KINDS = ("loan.word_owed",)
    GROUP = "ledger"

    thing: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingUnconfirmed(Record):
    """A person who has not confirmed for long what is held permanently."""

    KINDS = ("loan.unconfirmed",)
    GROUP = "ledger"

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDue(Record):
    """The keys and things are to be counted."""

    KINDS = ("stock.due",)
    GROUP = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDiffers(Record):
    """The last count did not agree: so many missing, so many otherwise different."""

    KINDS = ("stock.differs",)
    GROUP = "ledger"

    missing: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingElsewhere(Record):
    """A thing taken in at a desk that does not lend it: unconfirmed, or disputed by the other."""

    KINDS = ("thing.received", "thing.disputed")
    GROUP = "ledger"

    thing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingLost(Record):
    """A key or another thing that is lost, open until it is decided what follows (clause 87)."""

    KINDS = ("thing.lost",)
    GROUP = "thing.lost"

    thing: str
