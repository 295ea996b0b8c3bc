"""What people were before they moved to another section, rank or role: a day is judged by it.

Only the import of the staff file moves somebody, and it writes down what was until then.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book, Transaction


class PersonBefore(Row, table=True):
    """Section, rank and role of a person until ``changed_at`` (UTC). Written once, never changed.

    The day of the change itself is judged by what the person is since.
    """

    __tablename__ = "person_before"

    person_id: str = Field(foreign_key="person.id", index=True)
    changed_at: datetime = moment()
    department_id: str | None = Field(default=None, foreign_key="department.id")
    rank: Rank = choice(Rank)
    role: Role = choice(Role)


class Stood(NamedTuple):
    """Where somebody stands in the house: the section's id, rank and role."""

    department_id: str | None
    rank: Rank
    role: Role


ALL_BEFORE = select(PersonBefore).order_by(col(PersonBefore.changed_at), col(PersonBefore.id))
_OF_ONE = ALL_BEFORE.where(col(PersonBefore.person_id) == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Before:
    """What people were, each with the day from which it was no longer so, the earliest first."""

    rows: Mapping[str, Sequence[tuple[date, PersonBefore]]]

    @classmethod
    def of(cls, desk: Desk, book: Book, only: Person | None = None) -> "Before":
        """Read what everybody was, or one person.

        Two desks that take one staff file while they cannot hear each other write down one move
        twice: it was at the first of them.
        """
        found = book.all(ALL_BEFORE) if only is None else book.all(_OF_ONE, person=only.id)
        rows: defaultdict[str, list[tuple[date, PersonBefore]]] = defaultdict(list)
        for one in found:
            known = rows[one.person_id]
            if not known or _stood(known[-1][1]) != _stood(one):
                known.append((desk.work_day(one.changed_at), one))
        return cls(dict(rows))

    def on(self, person: Person, day: date) -> Person:
        """Return the person as he stood on ``day``, to be read and never put into the book."""
        for until, was in self.rows.get(person.id, ()):
            if day < until:
                stood = {"department_id": was.department_id, "rank": was.rank, "role": was.role}
                return Person(**{**person.model_dump(), **stood})
        return person


def _stood(was: PersonBefore) -> Stood:
    return Stood(was.department_id, was.rank, was.role)


def stands(person: Person) -> Stood:
    """Return section, rank and role of a person as they are now."""
    return Stood(person.department_id, person.rank, person.role)


def keep(tx: Transaction, person: Person, was: Stood) -> None:
    """Write down what the person was, where section, rank or role are others now."""
    if was != stands(person):
        tx.put(
            PersonBefore(
                person_id=person.id, changed_at=tx.now, department_id=was.department_id,
                rank=was.rank, role=was.role,
            )
        )  # fmt: skip
