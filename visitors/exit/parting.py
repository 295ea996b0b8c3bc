"""A part of the group leaves: the others stay inside, with the same slip."""

from dataclasses import dataclass
from datetime import timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import rules
from visitors.cards import VisitCard, card
from visitors.exit.models import LEFT_LAST
from visitors.lanes.helmets import out_again
from visitors.models import State, Visit
from visitors.rules import Step
from visitors.service import inside_again, save, visit_of


@dataclass(frozen=True, slots=True)
class Parted:
    """So many left, so many stay."""

    visit: VisitCard
    left: int
    stay: int


def part_leaves(desk: Desk, by: str, visit_id: str, leaving: int) -> Parted:
    """Let ``leaving`` of a group out; the rest stay inside and leave later with the same slip.

    Of a visit that a scan has just closed it says that only so many left: the others are inside
    again, and the slip is due again where there is one. Raises ``Refused``: ``visit.part_none`` for
    less than one, ``visit.part_more`` for more than are inside (with ``inside``),
    ``visit.part_all`` for all of them, or ``visit.no_change`` where that is written already,
    ``visit.not_possible``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        was_closed = visit.state is State.LEFT
        state = rules.after(visit, Step.PART_STAYED if was_closed else Step.PART_LEAVES)
        _check_count(desk, visit, leaving, was_closed=was_closed)
        visit.state = state
        visit.gone += leaving
        if was_closed:
            out_again(tx, visit, visit.left_at)
            inside_again(visit)
        _record(tx, visit, leaving, was_closed=was_closed)
        return Parted(card(desk, tx, visit, host), leaving, visit.remaining)


def one_leaves(tx: Transaction, desk: Desk, visit: Visit) -> Parted:
    """Let one of a group out, within a use case: others are inside. Raises as ``part_leaves``."""
    _, host = visit_of(tx, visit.id)
    visit.state = rules.after(visit, Step.PART_LEAVES)
    visit.gone += 1
    _record(tx, visit, 1, was_closed=False)
    return Parted(card(desk, tx, visit, host), 1, visit.remaining)


def _check_count(desk: Desk, visit: Visit, leaving: int, *, was_closed: bool) -> None:
    number = rules.listed(visit.day, visit.number, desk.today())
    if leaving < 1:
        raise Refused("visit.part_none", field="text", number=number)
    if leaving > visit.remaining:
        raise Refused("visit.part_more", field="text", number=number, leaving=leaving,
                      inside=visit.remaining)  # fmt: skip
    if leaving == visit.remaining:
        # Of a closed visit that is what it says already.
        raise Refused("visit.no_change" if was_closed else "visit.part_all", number=number)


def _record(tx: Transaction, visit: Visit, leaving: int, *, was_closed: bool) -> None:
    save(
        tx, visit, "visit.part_left",
        number=rules.spoken(visit.number), left=leaving, stay=visit.remaining,
        after_closing=was_closed,
    )  # fmt: skip


def left_last(desk: Desk) -> VisitCard:
    """Return the visit that was closed last, while one key may still put it right.

    Raises ``Refused("visit.nothing_just_left")`` (with ``seconds``) after ``exit_differs_s``.
    """
    seconds = desk.rules.exit_differs_s
    with desk.read() as book:
        since = desk.clock() - timedelta(seconds=seconds)
        found = book.one(LEFT_LAST, gate=desk.gate, since=since)
        if found is None or found[0].state is not State.LEFT:
            raise Refused("visit.nothing_just_left", seconds=seconds)
        return card(desk, book, *found)
