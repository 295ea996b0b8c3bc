"""How a roll call stands: its marks with their words, its counts, and the last one of its kind."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.freshness import Part, parts
from kiosk.desk.inside import AllInside
from kiosk.desk.transaction import Book
from kiosk.roll_call.marks import marks_of
from kiosk.roll_call.models import LAST_LIKE, OPEN_ROLL, ROLL, RollCall, RollMark
from kiosk.roll_call.rules import Census, Tally, census, tally
from kiosk.roll_call.words import Said, opened


@dataclass(frozen=True, slots=True)
class Entry:
    """One party on the list, its words opened."""

    mark: RollMark
    said: Said


@dataclass(frozen=True, slots=True)
class Standing:
    """A roll call as it is now. ``last`` is the one before it of the same kind.

    ``parts`` say how fresh each other desk's part of it is.
    """

    roll: RollCall
    entries: tuple[Entry, ...]
    counts: Tally
    last: RollCall | None
    parts: tuple[Part, ...] = ()

    @property
    def ended(self) -> bool:
        """Say whether it is over."""
        return self.roll.ended_at is not None


@dataclass(frozen=True, slots=True)
class Preview:
    """Who is inside while no roll call runs. ``at`` is UTC, ``parts`` as for ``Standing``."""

    inside: Census
    at: datetime
    parts: tuple[Part, ...] = ()


def standing(desk: Desk, roll_id: str, inside: AllInside) -> Standing | Preview:
    """Return the roll call with this id, with "" the one that runs, else who is inside now."""
    with desk.read() as book:
        roll = book.one(ROLL, id=roll_id) if roll_id else book.one(OPEN_ROLL)
        if roll is None:
            return Preview(census(inside(desk, book)), desk.clock(), parts(desk, book))
        return _standing(desk, book, roll)


def _standing(desk: Desk, book: Book, roll: RollCall) -> Standing:
    marks = marks_of(desk, book, roll)
    entries = sorted((Entry(mark, opened(book, mark.words)) for mark in marks), key=_place)
    last = book.one(LAST_LIKE, kind=roll.kind, before=roll.began_at)
    return Standing(roll, tuple(entries), tally(marks), last, parts(desk, book))


def _place(one: Entry) -> tuple[str, str, str]:
    return one.said.area, one.said.host, one.said.number
