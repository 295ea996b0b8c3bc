"""What a handover says: one typed, immutable record for each open thing, and the safety check.

A record is made from an open thing and keeps its number; it survives a round trip through JSON
unchanged. Nothing here reads or writes the book, and nothing here is a word for people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from kiosk.desk.outstanding import Urgency
from shift_handover.models import Found, Group

Fact = str | int | datetime
Facts = tuple[tuple[str, Fact], ...]
FACT = "fact"
"""The key of a field's metadata that names its fact, where that has another name."""


def fact(name: str, default: Any = MISSING) -> Any:  # noqa: ANN401 - as ``dataclasses.field`` has it
    """Return a field that is taken from the fact ``name``; without a default it must be there."""
    return field(default=default, metadata={FACT: name})


RELIEF_LATE, RELIEF_NONE = "relief.late", "relief.none"
ENDS_WITH_IT = frozenset({RELIEF_LATE, RELIEF_NONE})
"""Kinds of open things that a handover itself ends: they are open everywhere else, not in it."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of another feature, kept as its English template and facts."""

    template: str
    facts: Facts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every open thing has: its number, how urgent, since when, due when, what to do next.

    ``since`` and ``due`` are aware UTC. ``kind`` and ``ref`` are those of the open thing, ``owner``
    is who has to act (a staff number, or a name as it was said), ``what`` the sentence of the
    thing's own feature. ``at`` names another desk of the site whose thing it is. ``KINDS`` are the
    kinds a class stands for, ``GROUP`` the group it is read in.
    """

    KINDS: ClassVar[tuple[str, ...]] = ()
    GROUP: ClassVar[str] = ""

    kind: str
    ref: str
    number: str
    urgency: Urgency
    since: datetime
    due: datetime | None = None
    owner: str = ""
    next_step: Saying | None = None
    what: Saying = Saying("")
    at: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this thing and no other."""
        return self.kind, self.ref


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOpenThing(Record):
    """An open thing of a kind without a class, or with other facts than its kind promises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOfNewer(Record):
    """A record that a newer version of this program froze, in a class unknown here.

    It is read, marked and printed by what every record has. ``newer`` is the name of its class and
    ``more`` its own facts as JSON; both are written back as they were read.
    """

    newer: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyItem:
    """One answered item of the safety check; the texts belong to a fault or a reason.

    ``name`` and ``place_name`` are the site's own words, "" for those of the codes ``item`` and
    ``place``. ``unproven``: the place's tag was not tapped; ``fast``: sooner than one walks.
    """

    item: str
    found: Found
    reason: str = ""
    fault: str = ""
    what: str = ""
    where: str = ""
    measure: str = ""
    told: str = ""
    name: str = ""
    place: str = ""
    place_name: str = ""
    unproven: bool = False
    fast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyReport:
    """Which superior was told of the round ``number``, how and when, and his answer (clause 147).

    Moments are aware UTC; ``answered_at`` is empty while he has not answered.
    """

    number: str
    whom: str
    how: str
    at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyChange:
    """What changed since the last round: a fault found, or put right with ``done`` and ``told``."""

    fault: str
    place: str
    what: str
    at: datetime
    found: Found
    done: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyResult:
    """One of the four groups as the last finished round left it; ``checked_at`` empty: never."""

    group: Group
    checked_at: datetime | None
    by: str
    too_fast: bool
    items: tuple[SafetyItem, ...]

    def count(self, found: Found) -> int:
        """Return how many items were found so."""
        return sum(item.found is found for item in self.items)

    @property
    def unproven(self) -> int:
        """Return how many items were answered without the tap that their place asks for."""
        return sum(item.unproven for item in self.items)

    @property
    def all_normal(self) -> bool:
        """Say whether the group was checked and proven, and everything in it was normal."""
        normal = self.count(Found.NORMAL) == len(self.items)
        return bool(self.items) and normal and not self.unproven


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount:
    """The ledger of everything lent at the freeze, and how the last stock-take ended.

    ``counted_at`` (aware UTC) is empty when nothing was ever counted; ``in_shift`` says whether it
    was counted since the outgoing took the post. ``lacking`` names what was missing.
    """

    on_board: int
    out: int
    permanent: int
    lost: int
    blocked: int
    counted_at: datetime | None = None
    counted_by: str = ""
    in_shift: bool = False
    expected: int = 0
    present: int = 0
    missing: int = 0
    unknown: int = 0
    differing: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def all(self) -> int:
        """Return how many things the ledger has, the retired ones apart."""
        return self.on_board + self.out + self.lost + self.blocked

    @property
    def agrees(self) -> bool:
        """Say whether the last stock-take found everything where the ledger says, no more."""
        return self.counted_at is not None and not (self.missing or self.unknown or self.differing)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedUp:
    """How a duty ended without a successor.

    The outgoing told ``leader`` by telephone at ``told_at`` (aware), who ``said`` so; ``doors``
    says how they were left at the last look, ``keys`` how they were counted.
    """

    leader: str
    told_at: datetime
    said: str
    doors: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDocument:
    """The whole handover as frozen. Raises ``ValueError`` unless every thing is in it once.

    ``stock`` is empty where nothing is lent, and in handovers frozen before it was counted;
    ``log_lines`` is how many lines of the shift's duty log were written by hand.
    ``lock_up`` is there only when the duty ended without a successor.
    """

    number: str
    gate: str
    outgoing: str
    outgoing_name: str
    frozen_at: datetime
    safety: tuple[SafetyResult, ...]
    things: tuple[Record, ...]
    note: str = ""
    stock: StockCount | None = None
    log_lines: int | None = None
    lock_up: LockedUp | None = None
    safety_report: SafetyReport | None = None
    safety_since: tuple[SafetyChange, ...] = ()

    def __post_init__(self) -> None:
        """Check that no thing is here twice and that the four groups are."""
        keys = [thing.key for thing in self.things]
        if len(set(keys)) != len(keys):
            raise ValueError("a thing is in the handover twice")
        if [result.group for result in self.safety] != list(Group):
            raise ValueError("the four groups of the safety check are not there once each")

    def thing(self, kind: str, ref: str) -> Record:
        """Return one record; raise ``LookupError`` when it is not in the handover."""
        for thing in self.things:
            if thing.key == (kind, ref):
                return thing
        raise LookupError((kind, ref))


def facts_of(facts: Mapping[str, object]) -> Facts:
    """Return a sentence's facts as values that can be kept; anything unusual is kept as text."""
    return tuple((name, _fact(value)) for name, value in facts.items())


def _fact(value: object) -> Fact:
    if isinstance(value, datetime):
        return value
    return int(value) if type(value) is int else str(value)


def by_urgency(things: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records most serious first, then what is due or has waited longest."""
    return tuple(sorted(things, key=lambda t: (t.urgency, t.due or t.since, t.kind, t.number)))
