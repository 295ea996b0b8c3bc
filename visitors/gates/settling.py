"""What this desk does once another's work has come: slips seen here are settled, lists looked up.

Each desk settles what it saw itself, so that no two of them write the same. Only whom decisions of
two desks have lost is admitted again by all that hear of it (``reinstating``).
"""

from collections.abc import Collection

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction
from visitors import rules, watch_screening
from visitors.departures import close, left_in_truth
from visitors.exit.elsewhere import ONE, UNTOLD, LeftHere, code_of
from visitors.gates import reinstating
from visitors.models import HERE, UNPROVED, LeftHow, State, Visit
from visitors.rules import Step
from visitors.service import save
from visitors.slip_code import is_of_unheard_work, visit_on

FOLLOWED = frozenset({"visit", "watch_entry"}) | reinstating.FOLLOWED
"""The tables whose changes ``follow_up`` asks for."""


def follow_up(desk: Desk, tables: Collection[str]) -> int:
    """Do what foreign changes of these tables ask for, on the pen; return how many things it were.

    Twice does no more than once.
    """
    done = 0 if reinstating.FOLLOWED.isdisjoint(tables) else reinstating.reinstate(desk)
    done += _settle_slips(desk) if "visit" in tables else 0
    return done + (_look_up_inside(desk) if "watch_entry" in tables else 0)


def _settle_slips(desk: Desk) -> int:
    """Settle the slips that went out here before their gate's work had come."""
    with desk.read() as book:
        known = [row.id for row in book.all(UNTOLD) if _settles(desk, book, row) is not None]
    return sum(_settle(desk, row_id) for row_id in known)


def _settles(desk: Desk, book: Book, row: LeftHere) -> Visit | None:
    """Return the visit that a slip seen here settles; None while it is not known or contradicts."""
    code = code_of(row)
    if not desk.wrote(row) or is_of_unheard_work(desk, book, code):
        return None
    found = visit_on(book, code)
    if found is None:
        return None
    ends = rules.may(found[0].state, Step.LEAVE) or found[0].state is State.LEFT
    return found[0] if ends else None


def _settle(desk: Desk, row_id: str) -> int:
    """Close the visit at the moment the slip was seen, in the name of who saw it."""
    with desk.read() as book:
        row = book.one(ONE, id=row_id)
    if row is None or row.told_at is not None:
        return 0
    with desk.write(by=row.seen_by) as tx:
        row = tx.one(ONE, id=row_id)
        visit = _settles(desk, tx, row) if row is not None else None
        if row is None or visit is None:
            return 0
        outcome = _write_leaving(tx, desk, visit, row)
        row.told_at, row.told_by = tx.now, "system"
        tx.put(row)
        tx.record(
            "slip.settled", gate=row.gate, number=row.number, visit=visit.id, outcome=outcome
        )  # fmt: skip
        return 1


def _write_leaving(tx: Transaction, desk: Desk, visit: Visit, row: LeftHere) -> str:
    """Write what was seen here into the visit; a leaving that another gate saw stays as it is."""
    if visit.state is not State.LEFT:
        close(tx, desk, visit.id, LeftHow.SCANNED, signed=row.signed, at=row.seen_at)
        return "closed"
    if visit.left_how not in UNPROVED:
        return "left_already"
    left_in_truth(visit, row.seen_at, desk.gate, signed=row.signed)
    number = rules.spoken(visit.number)
    save(tx, visit, "visit.left_again", number=number, closed_at="", how=LeftHow.SCANNED.value)
    return "in_truth"


def _look_up_inside(desk: Desk) -> int:
    """Look up whom this desk let in, now that somebody was listed at another.

    What is found is an open thing at every desk. Returns how many visits were looked up.
    """
    with desk.write() as tx:
        ours = [
            visit for visit, _host in tx.all(HERE)
            if visit.state is State.ADMITTED and desk.wrote(visit)
        ]  # fmt: skip
        for visit in ours:
            watch_screening.screen_late(tx, visit)
        return len(ours)
