"""A roll call that runs is open until somebody ends it, at relief too."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.roll_call.models import MARKS_OF, OPEN_ROLL, RollKind
from kiosk.roll_call.rules import tally

RUNS = "rollcall.runs"
"""The kind of open thing."""

_WHAT = {
    RollKind.DRILL: N_("Roll call {number} (drill) runs: {missing} missing"),
    RollKind.TEST: N_("Roll call {number} (test) runs: {missing} missing"),
    RollKind.REAL: N_("Roll call {number} (real danger) runs: {missing} missing"),
}
_STEP = N_("F8: find who is missing, then end it")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the roll call that runs, if one does."""
    del desk
    roll = book.one(OPEN_ROLL)
    if roll is None:
        return []
    missing = tally(book.all(MARKS_OF, roll=roll.id)).missing
    return [
        OpenThing(
            kind=RUNS, ref=roll.id, number=roll.number,
            urgency=Urgency.NOW if roll.kind is RollKind.REAL else Urgency.WAITING,
            what=Wording(_WHAT[roll.kind], {"number": roll.number, "missing": missing}),
            since=roll.began_at, owner=roll.by, next_step=Wording(_STEP),
        )
    ]  # fmt: skip
