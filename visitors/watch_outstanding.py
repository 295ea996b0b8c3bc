"""What the watch list leaves open: who is held or to be told of, and who was not looked up."""

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from visitors.models import State, Visit
from visitors.rules import listed
from visitors.watch_gate import MOST_FIRST, Asks, asks
from visitors.watch_models import ALL_MISSED, BEFORE_INSIDE, GONE, MATCHED_OPEN
from visitors.watch_screening import UNREADABLE

_HELD = N_("{visitor} waits: please do as the visit's screen says")
_INSIDE = N_("{visitor} is inside and should be held: please act at once")
_COMPARE = N_("{visitor} is inside: please compare, as the visit's screen says")
_TELL = N_("{visitor} is here: somebody is to be told")
_GONE = N_("{visitor} has left; only now found on the watch list: please tell the office")
_MISSED = N_("{visitor} was not looked up on the watch list")
_HELD_KIND = "visit.watched"
_NEXT_OPEN = N_("Open the visit and do what it says")
_NEXT_TELL = N_("Open the visit: it says who is told")
_NEXT_GONE = N_("Open the visit and press 1 once it is told")
_NEXT_LOOK = N_("Open the visit and look now")


def with_watch(desk: Desk, book: Book, things: list[OpenThing]) -> list[OpenThing]:
    """Return the open things of visits with what the list adds.

    Who waits and is held keeps his one line, and it says so instead of what the host answered.
    """
    added = {(thing.ref, thing.kind): thing for thing in watch_things(desk, book)}
    shown: list[OpenThing] = []
    for thing in things:
        held = added.pop((thing.ref, _HELD_KIND), None) if thing.kind == "visit.waiting" else None
        shown.append(thing if held is None else thing._replace(
            what=held.what, next_step=held.next_step, urgency=held.urgency,
            facts={**thing.facts, "state": "held"},  # the handover says no other thing either
        ))  # fmt: skip
    return shown + list(added.values())


def watch_things(desk: Desk, book: Book) -> list[OpenThing]:
    """Return what is open because of the list: one thing for each visit, what asks most first."""
    try:
        found = book.all(MATCHED_OPEN, now=desk.clock())
        missed = book.all(ALL_MISSED)
    except UNREADABLE:
        return []
    asked: dict[str, tuple[Visit, Asks]] = {}
    for match, entry, visit in found:
        wants = asks(match, entry.level)
        before = asked.get(visit.id)
        if before is None or MOST_FIRST.index(wants) < MOST_FIRST.index(before[1]):
            asked[visit.id] = (visit, wants)
    things = [_matched(desk, book, visit, wants) for visit, wants in asked.values()
              if not _goes_escorted(visit, wants) and not _only_later(visit, wants)]  # fmt: skip
    return things + [_missed(desk, book, visit) for _row, visit in missed]


def _goes_escorted(visit: Visit, wants: Asks) -> bool:
    """Say whether the slip says 陪同 and that is all.

    Found only after the visitor left it is not: nobody gave an escort.
    """
    return wants is Asks.ESCORT and visit.state not in GONE


def _only_later(visit: Visit, wants: Asks) -> bool:
    """Say whether somebody is told only once the visitor is inside."""
    return wants is Asks.TELL and visit.state in BEFORE_INSIDE


def _matched(desk: Desk, book: Book, visit: Visit, wants: Asks) -> OpenThing:
    if visit.state in GONE:
        urgency = Urgency.NOW if wants in {Asks.CALL, Asks.REFUSE} else Urgency.WAITING
        return _thing(desk, book, visit, _HELD_KIND, _GONE, _NEXT_GONE, urgency)
    inside = visit.state is State.ADMITTED
    if wants is Asks.TELL:
        return _thing(desk, book, visit, _HELD_KIND, _TELL, _NEXT_TELL, Urgency.WAITING)
    if inside and wants is Asks.COMPARE:
        return _thing(desk, book, visit, _HELD_KIND, _COMPARE, _NEXT_OPEN, Urgency.WAITING)
    what = _INSIDE if inside else _HELD
    return _thing(desk, book, visit, _HELD_KIND, what, _NEXT_OPEN, Urgency.NOW)


def _missed(desk: Desk, book: Book, visit: Visit) -> OpenThing:
    return _thing(desk, book, visit, "visit.unscreened", _MISSED, _NEXT_LOOK, Urgency.WAITING)


def _thing(
    desk: Desk, book: Book, visit: Visit, kind: str, what: str, step: str, urgency: Urgency
) -> OpenThing:
    name = names.visitor_address(book.read_sealed(visit.name), book.read_sealed(visit.form))
    return OpenThing(
        kind=kind, ref=visit.id, number=listed(visit.day, visit.number, desk.today()),
        urgency=urgency, what=Wording(what, {"visitor": name}),
        since=visit.arrived_at or visit.made_at, next_step=Wording(step),
    )  # fmt: skip
