"""Whose card is this? A card's number becomes the one thing it names."""

from dataclasses import dataclass

from kiosk.desk.loans import THING_BY_TAG, Thing
from kiosk.desk.people import BEARER, BadgeState, Person
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class StaffCard:
    """An active person's active badge."""

    uid: str
    person: Person


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
    """A card nobody has enrolled."""

    uid: str


Bearer = StaffCard | ClosedCard | ThingTag | UnknownCard


def whose(book: Book, uid: str) -> Bearer:
    """Return what the card ``uid`` (upper-case hex) names."""
    found = book.one(BEARER, uid=uid)
    if found is not None:
        badge, person = found
        active = badge.state is BadgeState.ACTIVE and person.active
        return StaffCard(uid, person) if active else ClosedCard(uid, person)
    thing = book.one(THING_BY_TAG, tag=uid)
    return ThingTag(uid, thing) if thing is not None else UnknownCard(uid)
