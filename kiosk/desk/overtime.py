"""Who works late or on a day off, and on whose word: keys and attendance read it (clause 90)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, or_
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Spell(StrEnum):
    """What became of an overtime request; one whose time is over is over."""

    ASKED = "asked"  # 待批
    OPEN = "open"  # 已批
    REFUSED = "refused"  # 不批
    CANCELLED = "cancelled"  # 取消


class Overtime(Row, table=True):
    """An overtime request (clause 90): who works in which rooms, asked in advance.

    ``day`` is the site's; the moments are UTC. It counts once it is OPEN: a manager has signed it
    (``means``), or a leader gave the word by telephone (``by_phone``) and the guard noted it.
    ``things`` are the ids of the keys that the signature lets go out, with spaces between;
    ``keys`` are those that were only named. ``others`` are the staff numbers of who works along,
    with spaces between. ``why`` is sealed under ``subject``, "" for none.
    """

    __tablename__ = "overtime"

    number: str = Field(index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    day: date = day(index=True)
    from_at: datetime = moment()
    until_at: datetime = moment()
    rooms: str = ""
    things: str = ""
    keys: str = ""
    others: str = ""
    subject: str = ""
    why: str = ""
    state: Spell = choice(Spell, default=Spell.OPEN)
    asked_by: str = ""
    approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    means: Means | None = choice(Means, optional=True)
    by_phone: bool = False

    @property
    def staff_nos_along(self) -> tuple[str, ...]:
        """Return the staff numbers of who works along."""
        return tuple(self.others.split())


SPELLS_BETWEEN = (
    select(Overtime, Person)
    .join(Person, col(Person.id) == col(Overtime.person_id))
    .where(
        col(Overtime.day) >= bindparam("first"),
        col(Overtime.day) <= bindparam("last"),
        or_(col(Overtime.state) == Spell.OPEN, col(Overtime.state) == Spell.ASKED),
        col(Person.active),
    )
    .order_by(col(Overtime.from_at), col(Overtime.id))
)
"""What is asked for and what is approved, by the day it begins."""
EVERY_SPELL_BETWEEN = (
    select(Overtime, Person)
    .join(Person, col(Person.id) == col(Overtime.person_id))
    .where(col(Overtime.day) >= bindparam("first"), col(Overtime.day) <= bindparam("last"))
    .order_by(col(Overtime.from_at), col(Overtime.id))
)
SPELLS_OF = select(Overtime).where(
    col(Overtime.person_id) == bindparam("person"), col(Overtime.until_at) > bindparam("now")
)
SPELL = (
    select(Overtime, Person)
    .join(Person, col(Person.id) == col(Overtime.person_id))
    .where(col(Overtime.id) == bindparam("id"))
)
WITH_WORDS = select(Overtime).where(col(Overtime.subject) != "")
