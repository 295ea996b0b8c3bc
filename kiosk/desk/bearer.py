"""Whose card is this? A card's number becomes the one thing it names."""

from dataclasses import dataclass, field, replace

from kiosk.desk.loans import THING_BY_TAG, Thing
from kiosk.desk.people import BEARER, BadgeState, Person
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class StaffCard:
    """An active person's active badge.

    ``proves`` says that the badge proves itself; ``message`` is the address it showed at this tap,
    "" for none, None when nobody looked.
    """

    uid: str
    person: Person
    proves: bool = False
    message: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ClosedCard:
    """A blocked badge, or the badge of somebody who has left."""

    uid: str
    person: Person


@dataclass(frozen=True, slots=True)
class ThingTag:
    """The tag on a key ring or another thing that is lent."""

    uid: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class UnknownCard:
    """A card nobody has enrolled; ``at_door``: no question opens at the guard's desk for it.

    ``message`` is the address it showed.
    """

    uid: str
    at_door: bool = False
    message: str | None = field(default=None, repr=False)


Bearer = StaffCard | ClosedCard | ThingTag | UnknownCard


def showing(bearer: Bearer, message: str | None) -> Bearer:
    """Return the bearer with the address that its card showed at this tap, None for unread."""
    if message is None or not isinstance(bearer, StaffCard | UnknownCard):
        return bearer
    return replace(bearer, message=message)


def whose(book: Book, uid: str) -> Bearer:
    """Return what the card ``uid`` (upper-case hex) names."""
    found = book.one(BEARER, uid=uid)
    if found is not None:
        badge, person = found
        active = badge.state is BadgeState.ACTIVE and person.active
        if not active:
            return ClosedCard(uid, person)
        return StaffCard(uid, person, proves=badge.proves)
    thing = book.one(THING_BY_TAG, tag=uid)
    return ThingTag(uid, thing) if thing is not None else UnknownCard(uid)
