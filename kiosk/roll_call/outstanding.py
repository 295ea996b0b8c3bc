"""A roll call that runs is open until somebody ends it, at relief too."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.roll_call.marks import marks_of
from kiosk.roll_call.models import OPEN_ROLLS, RollCall, RollKind
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
    """Return the roll call that runs; two that desks began while cut from each other are both."""
    return [_thing(desk, book, roll) for roll in book.all(OPEN_ROLLS)]


def _thing(desk: Desk, book: Book, roll: RollCall) -> OpenThing:
    missing = tally(marks_of(desk, book, roll)).missing
    return OpenThing(
        kind=RUNS, ref=roll.id, number=roll.number,
        urgency=Urgency.NOW if roll.kind is RollKind.REAL else Urgency.WAITING,
        what=Wording(_WHAT[roll.kind], {"number": roll.number, "missing": missing}),
        since=roll.began_at, owner=roll.by, next_step=Wording(_STEP),
    )  # fmt: skip
