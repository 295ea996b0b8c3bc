"""What ends or is told at the gate: a parcel handed over, a leader told that officers are here."""

from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, MANAGERS, Person, Rank, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import rules
from visitors.cards import VisitCard, card
from visitors.lanes.rules import rules_of_visit
from visitors.models import LeftHow, State
from visitors.rules import Step
from visitors.service import come, save, visit_of

_LEADERS = (
    Rank.DUTY_LEADER, Rank.PRINCIPAL_LEADER, Rank.LEADER_IN_CHARGE, Rank.TEAM_MEMBER,
    Rank.DEPARTMENT_MANAGER, Rank.HEAD_OF_STATION,
)  # fmt: skip
"""Whom the guard tells first stands first."""


def hand_over(desk: Desk, by: str, visit_id: str, *, kept: bool) -> VisitCard:
    """Close the visit of who brought something and never came past the gate; return it.

    ``kept`` says that it stays at the gate, else whom it is for has taken it. Records
    ``visit.handed_over``. Raises ``Refused``: ``visit.not_possible``, and ``visit.past_gate`` for a
    kind of visit that is let in.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if not rules_of_visit(desk, visit).at_gate:
            raise Refused("visit.past_gate", number=rules.spoken(visit.number))
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        visit.state = rules.after(visit, Step.HAND_OVER)
        visit.left_at, visit.left_how = tx.now, LeftHow.AT_GATE
        save(
            tx, visit, "visit.handed_over",
            number=rules.spoken(visit.number), host=host.staff_no, lane=visit.lane,
            to="gate" if kept else "host",
        )  # fmt: skip
        return card(desk, tx, visit, host)


def leaders(book: Book) -> list[Person]:
    """Return who may be told of officers at the gate, the duty leader first."""
    found = [one for one in book.all(EVERYONE) if one.rank in MANAGERS]
    return sorted(found, key=lambda one: (_LEADERS.index(one.rank), one.staff_no))


def leader_told(desk: Desk, by: str, visit_id: str, who: str) -> None:
    """Record that a leader (``who``, a staff number) was told of officers at the gate.

    Records ``visit.leader_told``. Raises ``Refused``: ``visit.not_a_leader``, ``person.unknown``,
    ``visit.leader_not_asked`` for any other kind of visit or one that was told already.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        leader = person_by_staff_no(tx, who)
        if leader.rank not in MANAGERS:
            raise Refused("visit.not_a_leader", name=leader.name)
        if not card(desk, tx, visit, host).leader_waits:
            raise Refused("visit.leader_not_asked", number=rules.spoken(visit.number))
        visit.leader_told_at = tx.now
        save(
            tx, visit, "visit.leader_told",
            number=rules.spoken(visit.number), host=host.staff_no, person=leader.staff_no,
        )  # fmt: skip
