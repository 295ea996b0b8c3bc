"""One ledger for everything lent (clauses 84-87): a thing has one holder, the last who signed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row


class ThingKind(StrEnum):
    """The four key types of clause 84."""

    DOOR_CARD = "door_card"  # 门禁卡
    OFFICE_KEY = "office_key"  # 办公室钥匙
    DESK_KEY = "desk_key"  # 办公桌钥匙
    CABINET_KEY = "cabinet_key"  # 共用文件柜钥匙


class Thing(Row, table=True):
    """Something that is lent. ``tag`` is its NFC tag in upper-case hex; no label names a door."""

    __tablename__ = "thing"

    label: str = Field(unique=True)
    kind: ThingKind = choice(ThingKind)
    tag: str | None = Field(default=None, unique=True, nullable=True)
    place: str = ""
    active: bool = True


class Loan(Row, table=True):
    """A thing in somebody's hands from ``out_at`` until ``returned_at`` (UTC)."""

    __tablename__ = "loan"

    number: str = Field(index=True)
    thing_id: str = Field(foreign_key="thing.id", index=True)
    holder_id: str = Field(foreign_key="person.id", index=True)
    out_at: datetime = moment()
    due_at: datetime = moment()
    returned_at: datetime | None = moment(optional=True, index=True)


THING_BY_TAG = select(Thing).where(col(Thing.tag) == bindparam("tag"), col(Thing.active))
THING = select(Thing).where(col(Thing.id) == bindparam("id"))
THINGS = select(Thing).where(col(Thing.active)).order_by(col(Thing.label))
OPEN_LOAN_OF = (
    select(Loan, Person)
    .join(Person, col(Person.id) == col(Loan.holder_id))
    .where(col(Loan.thing_id) == bindparam("thing"), col(Loan.returned_at).is_(None))
)
OPEN_LOANS = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id))
    .where(col(Loan.returned_at).is_(None))
    .order_by(col(Loan.due_at))
)
