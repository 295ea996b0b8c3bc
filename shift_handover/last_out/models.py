"""The rows of the lock-up lists: one list, its people, its lines (clause 92).

What the leaver or the guard wrote is sealed under the list's own subject.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, exists
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment, whole
from kiosk.desk.people import Department, Person, Role
from kiosk.desk.posts import Duty
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class ListState(StrEnum):
    """Whether the last out signed the list or left without it."""

    SIGNED = "signed"
    MISSED = "missed"


class Verdict(StrEnum):
    """What the guard's own round says of one line."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class LastOutList(Row, table=True):
    """One list. ``at`` is when it was signed, or when who left without it went out (UTC).

    ``closing`` says what the guard did about a missing one, sealed under ``subject``.
    """

    __tablename__ = "last_out_list"

    number: str = Field(unique=True)
    post: str
    day: date = day(index=True)
    state: ListState = choice(ListState)
    at: datetime = moment()
    subject: str
    closed_at: datetime | None = moment(optional=True, index=True)
    closed_by: str = ""
    closing: str = ""


class LastOutPerson(Row, table=True):
    """Who answers for a list; ``means`` is empty for who left without it."""

    __tablename__ = "last_out_person"

    list_id: str = Field(foreign_key="last_out_list.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    means: Means | None = choice(Means, optional=True)


class LastOutLine(Row, table=True):
    """One line. ``reason``, ``found`` and ``closing`` are sealed under the list's subject."""

    __tablename__ = "last_out_line"

    list_id: str = Field(foreign_key="last_out_list.id", index=True)
    place: int = whole()
    item: str
    done: bool
    reason: str = ""
    verdict: Verdict = choice(Verdict)
    found: str = ""
    checked_at: datetime | None = moment(optional=True)
    checked_by: str = ""
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    closing: str = ""


_KEEPS_POST = exists().where(
    col(Duty.person_id) == col(Presence.person_id), col(Duty.until).is_(None)
)
STAFF_OF_DAY = (
    select(Presence, Person, Department.name)
    .join(Person, col(Person.id) == col(Presence.person_id))
    .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
    .where(col(Presence.day) == bindparam("day"), col(Person.role) != Role.GUARD, ~_KEEPS_POST)
    .order_by(col(Presence.tapped_at).desc(), col(Person.staff_no))
)
"""Everybody who tapped on a day, newest tap first; guards, and who keeps a post, close no house."""

OTHERS_IN = (
    select(Person.department_id)
    .join(Presence, col(Presence.person_id) == col(Person.id))
    .where(
        col(Presence.state) == Whereabouts.IN, col(Presence.day) == bindparam("day"),
        col(Person.role) != Role.GUARD, ~_KEEPS_POST,
    )
    .distinct()
)  # fmt: skip
"""The sections that still have somebody in."""

LAST_DAY = (
    select(col(Presence.day))
    .join(Person, col(Person.id) == col(Presence.person_id))
    .where(col(Presence.day) <= bindparam("day"), col(Person.role) != Role.GUARD, ~_KEEPS_POST)
    .order_by(col(Presence.day).desc())
    .limit(1)
)
"""The newest day until a given one on which anybody of them tapped."""
LIST = select(LastOutList).where(col(LastOutList.id) == bindparam("id"))
LISTS_OF_DAY = select(LastOutList).where(col(LastOutList.day) == bindparam("day"))
OPEN_LISTS = (
    select(LastOutList).where(col(LastOutList.closed_at).is_(None)).order_by(col(LastOutList.at))
)
LISTS_BETWEEN = (
    select(LastOutList)
    .where(
        col(LastOutList.post) == bindparam("post"),
        col(LastOutList.day) >= bindparam("first"), col(LastOutList.day) <= bindparam("last"),
    )
    .order_by(col(LastOutList.at))
)  # fmt: skip
PEOPLE_OF = (
    select(LastOutPerson, Person)
    .join(Person, col(Person.id) == col(LastOutPerson.person_id))
    .where(col(LastOutPerson.list_id) == bindparam("list"))
    .order_by(col(Person.staff_no))
)
LINES_OF = (
    select(LastOutLine)
    .where(col(LastOutLine.list_id) == bindparam("list"))
    .order_by(col(LastOutLine.place))
)
LINE = (
    select(LastOutLine, LastOutList)
    .join(LastOutList, col(LastOutList.id) == col(LastOutLine.list_id))
    .where(col(LastOutLine.id) == bindparam("id"))
)
OPEN_DISPUTES = (
    select(LastOutLine, LastOutList)
    .join(LastOutList, col(LastOutList.id) == col(LastOutLine.list_id))
    .where(col(LastOutLine.verdict) == Verdict.DISPUTED, col(LastOutLine.closed_at).is_(None))
    .order_by(col(LastOutLine.checked_at))
)
