"""Who may answer for a host, in which order. Nothing here writes, and no answer is ever a yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_STAFF_NO, Person, Rank
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.stand_in import stand_in_of
from kiosk.desk.transaction import Book
from visitors.ladder.models import OF_RANK, OF_SECTION
from visitors.ladder.rungs import Rung

_HEADS = (
    Rank.HEAD_OF_STATION,
    Rank.DEPARTMENT_MANAGER,
    Rank.TEAM_MEMBER,
    Rank.LEADER_IN_CHARGE,
)
"""Who heads a section, the nearest first; the principal leader is never called for a visitor."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the ladder and who stands on it."""

    rung: Rung
    person: Person


def places(desk: Desk, book: Book, host: Person) -> list[Place]:
    """Return the ladder of a host, from himself to the leader on duty; nobody stands on it twice.

    A rung where nobody is known is left out. While somebody has accepted to stand in for the host,
    the host is away and that one is asked first (clause 7).
    """
    in_force = stand_in_of(book, host, desk.clock())
    own = [(Rung.HOST, host), (Rung.STAND_IN, in_force or _deputy(book, host))]
    found: list[Place] = []
    for rung, person in (
        *(own if in_force is None else reversed(own)),
        (Rung.HEAD, _head(desk, book, host)),
        (Rung.DUTY_LEADER, _duty_leader(desk, book)),
    ):
        if person is not None and all(person.id != one.person.id for one in found):
            found.append(Place(rung, person))
    return found


def _deputy(book: Book, host: Person) -> Person | None:
    """Return who would stand in by the staff list, where nobody has accepted to do so."""
    if not host.deputy_no:
        return None
    person = book.one(BY_STAFF_NO, staff_no=host.deputy_no)
    return person if person is not None and person.active else None


def _head(desk: Desk, book: Book, host: Person) -> Person | None:
    if host.department_id is None:
        return None
    section = [
        one
        for one in book.all(OF_SECTION, section=host.department_id)
        if one.rank in _HEADS and one.id != host.id
    ]
    nearest = min((_HEADS.index(one.rank) for one in section), default=None)
    return _present_first(desk, book, [one for one in section if _HEADS.index(one.rank) == nearest])


def _duty_leader(desk: Desk, book: Book) -> Person | None:
    return _present_first(desk, book, book.all(OF_RANK, rank=Rank.DUTY_LEADER))


def _present_first(desk: Desk, book: Book, people: list[Person]) -> Person | None:
    today = desk.work_day(desk.clock())
    for person in people:
        here = whereabouts(book, person, today)
        if here is not None and here.state is Whereabouts.IN:
            return person
    return people[0] if people else None


def due_in(desk: Desk, asked_at: datetime) -> timedelta:
    """Return how long until the next on the ladder is due; not positive once it is.

    ``asked_at`` is UTC; each rung has ``host_ladder_s`` seconds.
    """
    return asked_at + timedelta(seconds=desk.rules.host_ladder_s) - desk.clock()
