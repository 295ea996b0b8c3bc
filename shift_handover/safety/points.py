"""The list of the safety check as it stands: read it, and write the usual one at the first use."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.transaction import Book, Transaction
from shift_handover.models import Group
from shift_handover.rules import ITEMS, CheckItem
from shift_handover.safety.models import PLACE_OF_TAG, PLACES, POINTS, SafetyPlace, SafetyPoint

_ORDER = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class House:
    """The places and items in the order of the list, the retired ones too."""

    places: tuple[SafetyPlace, ...]
    points: tuple[SafetyPoint, ...]

    @property
    def place_of(self) -> Mapping[str, SafetyPlace]:
        """Every place by its code."""
        return {place.code: place for place in self.places}

    @property
    def tags(self) -> Mapping[str, str]:
        """The code of the place by the number of the tag that hangs there."""
        return {one.tag: one.code for one in self.places if one.tag and one.retired_at is None}

    def items(self) -> tuple[CheckItem, ...]:
        """Return what a round asks, in the order of the four groups."""
        places = self.place_of
        return tuple(
            _item(point, places.get(point.place))
            for point in self.points
            if point.retired_at is None
        )

    def group_of(self, item: str) -> Group | None:
        """Return the group of an item, a retired one too; None for one that never was."""
        return next((one.in_group for one in self.points if one.code == item), None)


def _item(point: SafetyPoint, place: SafetyPlace | None) -> CheckItem:
    return CheckItem(
        point.code, point.in_group, point.place, point.clause, point.name,
        place.name if place else "", tagged=bool(place and place.tag),
    )  # fmt: skip


def house(book: Book) -> House:
    """Return the list as it stands: the usual one while nobody has begun a check or changed it."""
    points = book.all(POINTS) or _usual_points()
    places = book.all(PLACES) or _usual_places()
    in_order = sorted(points, key=lambda one: _ORDER[one.in_group])
    return House(tuple(places), tuple(in_order))


def hangs(book: Book, tag: str) -> str:
    """Return the place where a tag hangs, "" for a card that hangs nowhere."""
    place = book.one(PLACE_OF_TAG, tag=tag)
    if place is None or place.retired_at is not None:
        return ""
    from shift_handover.wording import place_word  # noqa: PLC0415 - few cards hang somewhere

    return place_word(place.code, place.name)


def begun(tx: Transaction) -> House:
    """Return the list, written as rows with ``safety.list_begun`` at the first use."""
    if not tx.all(POINTS):
        for row in (*_usual_places(), *_usual_points()):
            tx.put(row)
        tx.record("safety.list_begun", items=len(ITEMS))
    return house(tx)


def _usual_places() -> list[SafetyPlace]:
    codes = dict.fromkeys(item.place for item in ITEMS)
    return [SafetyPlace(code=code, position=nth) for nth, code in enumerate(codes, start=1)]


def _usual_points() -> list[SafetyPoint]:
    return [
        SafetyPoint(
            code=item.code, in_group=item.group, place=item.place, clause=item.clause,
            position=nth,
        )
        for nth, item in enumerate(ITEMS, start=1)
    ]  # fmt: skip
