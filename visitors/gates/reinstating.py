"""Nobody is lost between two decisions: each desk made void what another one says is right.

Two desks that cannot hear each other may each sign which of two visits is right. Heard together,
every one of them is void and nobody stands inside. Then the decision that was signed last stands,
and the visit that it calls right is admitted again. Whom one desk called two people are two,
whenever another desk signed the opposite: one too many is looked for, one too few is not. So is who
gave way to a visit that a desk, which had not heard of it, made void by hand.

Every desk that hears it writes it at once, and all of them write the same.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.gates.gave_way import GaveWay
from visitors.gates.twice import are_two_people
from visitors.models import VISIT, State, Visit
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
        for gave_way, others in lost:
            for other in others:
                other.right_id = gave_way.id
                tx.put(other)
            _admit_again(tx, gave_way)
        return len(lost)


def _lost(book: Book) -> list[tuple[GaveWay, list[GaveWay]]]:
    """Return what made void the visits that have to stand, and who gives way to each from now."""
    found = {one.id: one for one in book.all(_STILL_VOID)}
    apart = [one for one in found.values() if are_two_people(book, one.id, one.right_id)]
    for one in apart:
        del found[one.id]
    last = [max(ring, key=_when) for ring in _rings(found)]
    alone = apart + [found[one.right_id] for one in last]
    return [(one, list[GaveWay]()) for one in alone] + list(_gave_way_to_nobody(book, found))


def _gave_way_to_nobody(
    book: Book, found: dict[str, GaveWay]
) -> Iterator[tuple[GaveWay, list[GaveWay]]]:
    """Yield the last that gave way to a visit which was made void by hand, and those before it."""
    for right_id in {one.right_id: None for one in found.values() if one.right_id not in found}:
        right = book.one(VISIT, id=right_id)
        if right is not None and right[0].state is State.VOIDED:
            here = sorted((one for one in found.values() if one.right_id == right_id), key=_when)
            yield here[-1], here[:-1]


def _when(gave_way: GaveWay) -> tuple[datetime, str]:
    return gave_way.decided_at, gave_way.id


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
