"""The ladder of one visit as the screen shows it: who stands on each rung, and who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outbox import Delivery
from kiosk.desk.people import Person
from kiosk.desk.site_desks import gate_name, shortened
from kiosk.desk.transaction import Book
from visitors.ladder import asking, rules
from visitors.ladder.models import HostAsk
from visitors.ladder.rungs import Rung
from visitors.models import Answer, State, Visit
from visitors.service import presence_of

_OUTSIDE = (State.EXPECTED, State.WAITING, State.HOST_ASKED)


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung: who stands on it, where they are, and when they were asked last (UTC).

    ``address`` is what visitors hear, ``presence`` in, out or not_signed. The number of a mobile is
    never here, only that there is one. ``desk`` is the short name of the desk that asked last, ""
    for this one; ``times`` how often it asked.
    """

    rung: Rung
    staff_no: str
    name: str
    address: str
    extension: str
    presence: str
    has_mobile: bool
    asked_at: datetime | None
    delivery: Delivery | None
    desk: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs in order, and which of them is asked at this moment or was asked last.

    ``is_due`` when the one asked has not answered in time, or was not reached.
    """

    steps: tuple[LadderStep, ...] = ()
    asked: LadderStep | None = None
    is_due: bool = False

    @property
    def next(self) -> LadderStep | None:
        """The first rung that was not asked yet; None at the end of the ladder."""
        return next((one for one in self.steps if one.asked_at is None), None)

    @property
    def stands_in(self) -> LadderStep | None:
        """Who stands in for a host who is away, and is asked before him; None: the host is."""
        first = self.steps[0] if self.steps else None
        return first if first is not None and first.rung is Rung.STAND_IN else None

    @property
    def others(self) -> tuple[LadderStep, ...]:
        """Everybody but the host."""
        return tuple(one for one in self.steps if one.rung is not Rung.HOST)

    def named(self, staff_no: str) -> LadderStep | None:
        """Return the rung of a person, None for who stands on none."""
        return next((one for one in self.steps if one.staff_no == staff_no), None)


NO_LADDER = Ladder()


def ladder_of(desk: Desk, book: Book, visit: Visit, host: Person) -> Ladder:
    """Return the ladder of a visit that is not over; an empty one for every other."""
    if visit.state not in _OUTSIDE:
        return NO_LADDER
    asks = [ask for ask, _person in asking.asks(book, visit)]
    asked = {ask.person_id: ask for ask in asks}
    steps = []
    for place in rules.places(desk, book, host):
        presence, _since = presence_of(desk, book, place.person)
        last = asked.get(place.person.id)
        steps.append(
            LadderStep(
                place.rung, place.person.staff_no, place.person.name,
                names.address(place.person), place.person.extension, presence,
                bool(place.person.mobile), last.asked_at if last else None,
                last.delivery if last else None, _asked_at(desk, book, last),
                _times(asks, last) if last else 0,
            )
        )  # fmt: skip
    begun = [one for one in steps if one.asked_at is not None]
    newest = max(begun, key=lambda one: one.asked_at or visit.made_at, default=None)
    if visit.asked_at is None:
        return Ladder(tuple(steps))
    return Ladder(tuple(steps), newest, _is_due(desk, visit, visit.asked_at))


def _asked_at(desk: Desk, book: Book, last: HostAsk | None) -> str:
    """Return the short name of the other desk that asked; "" for this one."""
    if last is None or last.gate == desk.gate:
        return ""
    return shortened(gate_name(desk, book, last.gate))


def _times(asks: Sequence[HostAsk], last: HostAsk) -> int:
    return sum((one.person_id, one.gate) == (last.person_id, last.gate) for one in asks)


def _is_due(desk: Desk, visit: Visit, asked_at: datetime) -> bool:
    if visit.answer is None:
        return rules.due_in(desk, asked_at) <= timedelta()
    return visit.answer is Answer.NOT_REACHED


def may_call_mobile(answer: Answer | None, asked: LadderStep | None) -> bool:
    """Say whether a mobile may be called: only of who was asked and not reached (clause 101)."""
    return asked is not None and asked.has_mobile and answer is Answer.NOT_REACHED
