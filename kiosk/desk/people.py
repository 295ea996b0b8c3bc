"""People, departments and badges: the directory every rule asks "who is this, and may they?"."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, or_
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row, Stored
from kiosk.desk.transaction import Book, SubjectKey, Transaction


class Role(StrEnum):
    """What a person does at the kiosk."""

    STAFF = "staff"
    GUARD = "guard"
    RECEPTIONIST = "receptionist"
    CLERK = "clerk"
    ADMINISTRATOR = "administrator"


class Rank(StrEnum):
    """Where a person stands for approvals (clauses 16-17, 85-86), named as the regulations do."""

    ORDINARY = "ordinary"
    TEAM_MEMBER = "team_member"  # 班子成员
    HEAD_OF_STATION = "head_of_station"  # 所站长
    DEPARTMENT_MANAGER = "department_manager"  # 部门经理
    LEADER_IN_CHARGE = "leader_in_charge"  # 主管领导
    PRINCIPAL_LEADER = "principal_leader"  # 主要领导
    DUTY_LEADER = "duty_leader"  # 带班领导


MANAGERS = frozenset(Rank) - {Rank.ORDINARY}
DESK_ROLES = frozenset({Role.GUARD, Role.RECEPTIONIST, Role.CLERK, Role.ADMINISTRATOR})


class BadgeState(StrEnum):
    """Whether a badge opens anything."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class BlockReason(StrEnum):
    """Why a badge was blocked; anything else is ``other`` with a note in the entry."""

    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    LEFT = "left"  # the person has left the house (clause 76)
    OTHER = "other"


class Department(Row, table=True):
    """A section of the house (科室)."""

    __tablename__ = "department"
    lends_name = ("name",)

    name: str = Field(unique=True)


class Person(Row, table=True):
    """A member of staff. ``mobile`` and ``notify_url`` are sealed under the person's own key.

    The number is shown to nobody without a business reason that is logged (clause 101), the address
    for notices to nobody at all. ``deputy_no`` is the staff number of who stands in (clause 7).
    ``known_since`` and ``left_at`` (UTC) are when the person came into the directory and left the
    house, None for who was there from the beginning and for who never left.
    """

    __tablename__ = "person"
    lends_name = ("staff_no",)

    staff_no: str = Field(unique=True)
    name: str
    pinyin: str = ""
    initials: str = ""
    department_id: str | None = Field(default=None, foreign_key="department.id")
    title: str = ""
    rank: Rank = choice(Rank)
    role: Role = choice(Role)
    address_form: str = ""
    extension: str = ""
    room: str = ""
    mobile: str = ""
    deputy_no: str = ""
    notify_url: str = ""
    active: bool = True
    known_since: datetime | None = moment(optional=True)
    left_at: datetime | None = moment(optional=True)

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return 1 for who has left the house, whatever another desk wrote of him."""
        return int(not stored["active"])


class Badge(Row, table=True):
    """A card that names a person. Its number is a name, never a secret.

    ``blocked_at`` (UTC) and ``blocked_for`` tell of a blocked badge only. ``proves`` says that the
    card proves itself with a secret of its own at every tap (clause 22).
    """

    __tablename__ = "badge"

    uid: str = Field(unique=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    state: BadgeState = choice(BadgeState)
    enrolled_at: datetime = moment()
    blocked_at: datetime | None = moment(optional=True)
    blocked_for: BlockReason | None = choice(BlockReason, optional=True)
    proves: bool = False

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return 1 for a blocked badge: no other desk's version lets it work."""
        return int(stored["state"] == BadgeState.BLOCKED)


BEARER = (
    select(Badge, Person)
    .join(Person, col(Person.id) == col(Badge.person_id))
    .where(col(Badge.uid) == bindparam("uid"))
)
BY_STAFF_NO = select(Person).where(col(Person.staff_no) == bindparam("staff_no"))
BY_ID = select(Person).where(col(Person.id) == bindparam("id"))
EVERYONE = select(Person).where(col(Person.active)).order_by(col(Person.staff_no))
HERE_SINCE = select(Person).where(
    or_(col(Person.active), col(Person.left_at) >= bindparam("since"))
)
"""Everybody of the house, and who has left it since a moment."""
DEPARTMENTS = select(Department).order_by(col(Department.name))
DEPARTMENT = select(Department).where(col(Department.id) == bindparam("id"))
BADGES_OF = (
    select(Badge)
    .where(col(Badge.person_id) == bindparam("person"))
    .order_by(col(Badge.enrolled_at), col(Badge.uid))
)
BADGE = select(Badge).where(col(Badge.uid) == bindparam("uid"))
_SUBJECT = select(SubjectKey).where(col(SubjectKey.id) == bindparam("id"))


def person_by_staff_no(book: Book, staff_no: str) -> Person:
    """Return the active person; raise ``Refused("person.unknown")`` for anybody else."""
    person = book.one(BY_STAFF_NO, staff_no=staff_no)
    if person is None or not person.active:
        raise Refused("person.unknown", staff_no=staff_no)
    return person


def owner_names(book: Book, owners: Iterable[str]) -> dict[str, str]:
    """Return the name of each staff number among ``owners``; other words are nobody's number."""
    found = (book.one(BY_STAFF_NO, staff_no=one) for one in owners if one)
    return {person.staff_no: person.name for person in found if person is not None}


def person_by_id(book: Book, person_id: str) -> Person:
    """Return the person of a row that refers to them; a missing one is a bug (``LookupError``)."""
    person = book.one(BY_ID, id=person_id)
    if person is None:
        raise LookupError(f"no person {person_id}")
    return person


def department_name(book: Book, person: Person) -> str:
    """Return the name of the person's section, "" when they have none."""
    if person.department_id is None:
        return ""
    department = book.one(DEPARTMENT, id=person.department_id)
    return department.name if department else ""


def sealed_for(tx: Transaction, person: Person, text: str) -> str:
    """Seal ``text`` under the person's own key, which is made the first time; "" stays ""."""
    if not text:
        return ""
    if tx.one(_SUBJECT, id=person.id) is None:
        tx.new_subject(person.id)
    return tx.seal(person.id, text)


def bearer_of(book: Book, uid: str) -> tuple[Badge, Person]:
    """Return badge and person of an active card.

    ``uid`` is the card's number in upper-case hex. Raises ``Refused`` with ``badge.unknown``,
    ``badge.blocked`` or ``person.inactive``.
    """
    found = book.one(BEARER, uid=uid)
    if found is None:
        raise Refused("badge.unknown", uid=uid)
    badge, person = found
    if badge.state is BadgeState.BLOCKED:
        raise Refused("badge.blocked", staff_no=person.staff_no)
    if not person.active:
        raise Refused("person.inactive", staff_no=person.staff_no)
    return found
