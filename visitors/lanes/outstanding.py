"""What kinds of visit leave open: a leader not yet told, helmets not yet back."""

from collections.abc import Iterator

from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from visitors.cards import NOT_HERE_YET
from visitors.exit.models import HELMETS_DIFFER
from visitors.lanes.helmets import numbers, with_helmets
from visitors.lanes.table import Lane
from visitors.models import State, Visit
from visitors.rules import listed

_UNTOLD = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.lane) == Lane.LAW.value, col(Visit.leader_told_at).is_(None))
    .order_by(col(Visit.arrived_at))
)
_OFFICERS = N_("Officers are here ({number}); no leader is told yet")
_TELL = N_("Tell the leader at once, and note whom")
_WORN = N_("Helmet {helmets} is out with {number}")
_GONE = N_("Helmet {helmets} is not back; {number} has left")
_OF_VOID = N_("Helmet {helmets} is not back; {number} is void")
_SAID = {State.ADMITTED: _WORN, State.VOIDED: _OF_VOID}
_WHEN_LEAVING = N_("Take the helmet back when the visitor leaves")
_FIND = N_("Look in the rack, else call the host")


def of_lanes(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield the leaders to be told, and every helmet of the house that a visitor has or had.

    A helmet that was written down as missing at the exit is open as that, and only once.
    """
    for visit, host in book.all(_UNTOLD):
        if visit.state not in NOT_HERE_YET:
            yield _untold(desk, visit, host)
    missing = {one.visit_id for one in book.all(HELMETS_DIFFER)}
    for visit, host in with_helmets(book):
        if visit.id not in missing:
            yield _helmet(desk, visit, host)


def _untold(desk: Desk, visit: Visit, host: Person) -> OpenThing:
    number = listed(visit.day, visit.number, desk.today())
    return OpenThing(
        kind="visit.leader_not_told", ref=visit.id, number=number, urgency=Urgency.NOW,
        what=Wording(_OFFICERS, {"number": number}), since=visit.arrived_at or visit.made_at,
        owner=host.staff_no, next_step=Wording(_TELL), facts={"number": number},
    )  # fmt: skip


def _helmet(desk: Desk, visit: Visit, host: Person) -> OpenThing:
    number = listed(visit.day, visit.number, desk.today())
    inside = visit.state is State.ADMITTED
    facts = {"number": number, "helmets": " ".join(numbers(visit.helmet))}
    return OpenThing(
        kind="visit.helmet_out", ref=visit.id, number=number,
        urgency=Urgency.QUIET if inside else Urgency.WAITING,
        what=Wording(_SAID.get(visit.state, _GONE), facts),
        since=visit.admitted_at or visit.made_at, owner=host.staff_no,
        next_step=Wording(_WHEN_LEAVING if inside else _FIND), facts=facts,
    )  # fmt: skip
