"""Who is in the house, as each feature knows it: what a roll call is made of, and no feature's own.

The features say it through ``Feature.inside``; the roll call asks all of them and knows none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Thing
from kiosk.desk.people import Person, department_name
from kiosk.desk.transaction import Book


class Sort(StrEnum):
    """What is inside, or out: things are out of their place, in somebody's hands."""

    VISITOR = "visitor"
    STAFF = "staff"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Inside:
    """One party that may be inside (``people`` of them), or one thing that is out.

    ``ref`` is the row behind it: the visit's, the person's, the loan's. ``area`` is where to look,
    ``host`` who is answerable there (for a thing: who has it). ``since`` is UTC. ``doubt`` is an
    English sentence marked with ``N_`` when it is uncertain whether they are inside, else "".
    ``subject`` seals what is kept of them; "" where the roll call's own must do. ``gate`` is the
    name of the gate they came in at, "" for this desk's.
    """

    sort: Sort
    ref: str
    name: str
    area: str = ""
    host: str = ""
    number: str = ""
    unit: str = ""
    people: int = 1
    since: datetime | None = None
    doubt: str = ""
    subject: str = ""
    gate: str = ""

    @property
    def certain(self) -> bool:
        """Say whether nothing speaks against their being inside."""
        return not self.doubt


AllInside = Callable[[Desk, Book], list[Inside]]
"""Everybody who may be inside, and every thing that is out."""

InsideOfCode = Callable[[Desk, Book, str], Inside | None]
"""Who carries a scanned code; None when no feature's. Raises ``Refused`` for a bad one."""

InsideOfTag = Callable[[Desk, Book, Thing], Inside | None]
"""Who carries a thing that stands for them, as a visitor card does; None for every other thing."""


def of_staff(book: Book, person: Person, since: datetime | None = None, doubt: str = "") -> Inside:
    """Return a member of staff as somebody inside, to be looked for in their own section."""
    return Inside(
        Sort.STAFF, person.id, person.name, area=department_name(book, person), host=person.room,
        number=person.staff_no, since=since, doubt=doubt,
    )  # fmt: skip
