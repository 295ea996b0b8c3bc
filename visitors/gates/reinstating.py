"""Nobody is lost between two decisions: each desk made void what another one says is right.

Two desks that cannot hear each other may each sign which of two visits is right. Heard together,
every one of them is void and nobody stands inside. Then the decision that was signed last stands,
and the visit that it calls right is admitted again. Whom one desk called two people are two,
whenever another desk signed the opposite: one too many is looked for, one too few is not.

Every desk that hears it writes it at once, and all of them write the same.
"""

from collections.abc import Iterator

from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.gates.gave_way import GaveWay
from visitors.gates.twice import are_two_people
from visitors.models import State, Visit
from visitors.service import save, visit_of

FOLLOWED = frozenset({"visit_gave_way", "visit_two_people"})
"""The tables whose change may leave a person without a visit."""
_STILL_VOID = (
    select(GaveWay)
    .join(Visit, col(Visit.id) == col(GaveWay.id))
    .where(col(Visit.state) == State.VOIDED)
    .order_by(col(GaveWay.id))
)


def reinstate(desk: Desk) -> int:
    """Admit again, on the pen, whom decisions of several desks have lost; return how many visits.

    Records ``visit.twice_reinstated``. Twice does no more than once.
    """
    with desk.read() as book:
        if not _lost(book):
            return 0
    with desk.write() as tx:
        lost = _lost(tx)
        for gave_way in lost:
            _admit_again(tx, gave_way)
        return len(lost)


def _lost(book: Book) -> list[GaveWay]:
    """Return what made void the visits that have to stand."""
    found = {one.id: one for one in book.all(_STILL_VOID)}
    apart = [one for one in found.values() if are_two_people(book, one.id, one.right_id)]
    for one in apart:
        del found[one.id]
    last = [max(ring, key=lambda one: (one.decided_at, one.id)) for ring in _rings(found)]
    return apart + [found[one.right_id] for one in last]


def _rings(found: dict[str, GaveWay]) -> Iterator[list[GaveWay]]:
    """Yield the visits of which each gave way to the next, and the last to the first."""
    seen = set[str]()
    for start in found:
        walked = list[str]()
        here = start
        while here in found and here not in seen:
            seen.add(here)
            walked.append(here)
            here = found[here].right_id
        if here in walked:
            yield [found[one] for one in walked[walked.index(here) :]]


def _admit_again(tx: Transaction, gave_way: GaveWay) -> None:
    visit, _host = visit_of(tx, gave_way.id)
    if visit.left_at is None:
        visit.state, visit.return_slip = State.ADMITTED, visit.slip_of_who_is_inside
    else:  # the slip was shown at an exit while the visit was void
        visit.state = State.LEFT
    tx.drop(gave_way)
    number = rules.spoken(visit.number)
    save(tx, visit, "visit.twice_reinstated", number=number, instead_of=gave_way.right_id)
