"""What hangs on the board and what is out: the same picture for every reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.loans import (
    OPEN_LOANS,
    THINGS,
    Condition,
    Loan,
    Reason,
    Thing,
    ThingKind,
    ThingState,
    place_name,
)
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys.models import Reservation

KIND_NAMES: Mapping[ThingKind, str] = {
    ThingKind.DOOR_CARD: N_("Door card"),
    ThingKind.OFFICE_KEY: N_("Office key"),
    ThingKind.DESK_KEY: N_("Desk key"),
    ThingKind.CABINET_KEY: N_("Shared cabinet key"),
    ThingKind.HELMET: N_("Helmet"),
    ThingKind.VISITOR_CARD: N_("Visitor card"),
    ThingKind.LOCKER: N_("Locker"),
    ThingKind.SEAL: N_("Seal"),
    ThingKind.MANUAL: N_("Manual"),
    ThingKind.OTHER: N_("Other thing"),
}
"""The four key types of clause 84 and what else is lent, to be translated when shown."""

STATE_NAMES: Mapping[ThingState, str] = {
    ThingState.IN_SERVICE: N_("on the board"),
    ThingState.BLOCKED: N_("out of service"),
    ThingState.LOST: N_("reported lost"),
    ThingState.RETIRED: N_("not lent any more"),
}
CONDITION_NAMES: Mapping[Condition, str] = {
    Condition.GOOD: N_("good"),
    Condition.BENT: N_("bent or broken"),
    Condition.TAG_MISSING: N_("tag missing"),
    Condition.DAMAGED: N_("damaged"),
}
REASON_NAMES: Mapping[Reason, str] = {
    Reason.WORK: N_("work"),
    Reason.OVERTIME: N_("overtime"),
    Reason.CLEANING: N_("cleaning"),
    Reason.REPAIR: N_("repair"),
    Reason.EMERGENCY: N_("emergency"),
    Reason.POSITION: N_("held with the position"),
}


@dataclass(frozen=True, slots=True)
class OnBoard:
    """One thing with who has it; without ``loan`` it is where its own state says.

    ``holder`` is None on the board, and for a place that has it. With a ``booking``, it is who the
    thing is kept for.
    """

    thing: Thing
    loan: Loan | None = None
    holder: Person | None = None
    booking: Reservation | None = None

    @property
    def holder_name(self) -> str:
        """The name of the person or place that has it, or "visitor 017", "" for none."""
        if self.holder is not None:
            return self.holder.name
        return place_name(self.loan) if self.loan is not None else ""


def board(book: Book) -> list[OnBoard]:
    """Return every thing: what is out first, the most overdue on top, then the rest by label."""
    out = [OnBoard(thing, loan, holder) for loan, thing, holder in book.all(OPEN_LOANS)]
    lent = {one.thing.id for one in out}
    return out + [OnBoard(thing) for thing in book.all(THINGS) if thing.id not in lent]
