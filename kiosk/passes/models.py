"""A property-out pass (出门证) as a row, from who asks to the last piece back (clause 33).

What goes out, its serial number, what for, a carrier from outside and every reason are typed by
hand and may name somebody: they are sealed under the pass's own subject.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, and_, bindparam, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row, Stored
from kiosk.desk.signing import Means


class State(StrEnum):
    """How far a pass has come."""

    WAITING = "waiting"  # 待批
    VALID = "valid"  # 已批，未出门
    OUT = "out"  # 已出门，应归还
    USED = "used"  # 已出门，不归还
    RETURNED = "returned"  # 已归还
    STAYS_OUT = "stays_out"  # 不再归还，负责人已签
    REFUSED = "refused"  # 不批
    CANCELLED = "cancelled"  # 作废
    EXPIRED = "expired"  # 过期未用


class Why(StrEnum):
    """Why goods stayed in the house."""

    NO_PASS = "no_pass"  # noqa: S105 - a paper, no password
    NOT_ON_PASS = "not_on_pass"  # noqa: S105 - a paper, no password


class GoodsPass(Row, table=True):
    """One pass. Moments are UTC, ``back_on`` and ``valid_until`` days of the site, both included.

    ``asker_id`` asked for it; ``carrier_id`` is who carries it when that is one of the house, else
    ``carrier`` says who. ``asked_by``, ``used_by`` and ``closed_by`` are staff numbers at the desk.
    ``carrier``, ``purpose`` and ``reason`` are sealed under ``subject``. ``closed_at`` is set when
    nothing more can happen with it.
    """

    __tablename__ = "goods_pass"
    __table_args__ = (
        # Every tap and every list asks what is open: all that was closed before costs them nothing.
        Index("ix_goods_pass_open", "state", sqlite_where=text("closed_at IS NULL")),
        Index("ix_goods_pass_open_since", "asked_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    subject: str
    state: State = choice(State)
    asker_id: str = Field(foreign_key="person.id")
    carrier_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    carrier: str = ""
    purpose: str
    back_on: date | None = day(optional=True)
    asked_at: datetime = moment(index=True)
    asked_by: str
    approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    approved_at: datetime | None = moment(optional=True)
    means: Means | None = choice(Means, optional=True)
    valid_until: date | None = day(optional=True)
    used_at: datetime | None = moment(optional=True)
    used_by: str = ""
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    reason: str = ""

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return 1 for a pass that was refused or taken back: nothing goes out with it."""
        return int(stored["state"] in {State.REFUSED, State.CANCELLED})


class PassItem(Row, table=True):
    """One line of a pass: ``quantity`` pieces may go, ``went`` went out, ``back`` came back.

    ``what`` and ``serial`` are sealed under the pass's subject; ``place`` counts from 1.
    """

    __tablename__ = "goods_pass_item"

    pass_id: str = Field(foreign_key="goods_pass.id", index=True)
    place: int = whole()
    what: str
    serial: str = ""
    quantity: int = whole()
    went: int = whole(default=0)
    back: int = whole(default=0)


class GoodsKept(Row, table=True):
    """House property that did not leave: ``what`` and ``who`` are sealed under ``subject``.

    ``pass_id`` is the pass that did not cover it, None where there was none.
    """

    __tablename__ = "goods_kept"

    number: str = Field(unique=True)
    subject: str
    why: Why = choice(Why)
    pass_id: str | None = Field(default=None, foreign_key="goods_pass.id", nullable=True)
    what: str
    who: str
    kept_at: datetime = moment(index=True)
    kept_by: str


_WITH_ASKER = select(GoodsPass, Person).join(Person, col(Person.id) == col(GoodsPass.asker_id))

EVERY_PASS = select(GoodsPass).order_by(col(GoodsPass.asked_at))
EVERY_KEPT = select(GoodsKept).order_by(col(GoodsKept.kept_at))
PASS = select(GoodsPass).where(col(GoodsPass.id) == bindparam("id"))
BY_NUMBER = select(GoodsPass).where(col(GoodsPass.number) == bindparam("number"))
OPEN = _WITH_ASKER.where(col(GoodsPass.closed_at).is_(None)).order_by(col(GoodsPass.asked_at))
WAITING = _WITH_ASKER.where(
    col(GoodsPass.closed_at).is_(None), col(GoodsPass.state) == State.WAITING
)
OVER = (
    select(GoodsPass)
    .where(
        col(GoodsPass.closed_at).is_(None), col(GoodsPass.state) == State.VALID,
        col(GoodsPass.valid_until) < bindparam("today"),
    )
    .order_by(col(GoodsPass.id))
)  # fmt: skip
OUT_BY = select(GoodsPass).where(
    col(GoodsPass.closed_at).is_(None),
    col(GoodsPass.state) == State.OUT,
    or_(
        col(GoodsPass.carrier_id) == bindparam("person"),
        and_(col(GoodsPass.carrier_id).is_(None), col(GoodsPass.asker_id) == bindparam("person")),
    ),
)
BETWEEN = _WITH_ASKER.where(
    col(GoodsPass.asked_at) >= bindparam("first"), col(GoodsPass.asked_at) < bindparam("after")
).order_by(col(GoodsPass.asked_at))
ITEMS = (
    select(PassItem)
    .where(col(PassItem.pass_id) == bindparam("pass_id"))
    .order_by(col(PassItem.place))
)
KEPT_BETWEEN = (
    select(GoodsKept)
    .where(
        col(GoodsKept.kept_at) >= bindparam("first"), col(GoodsKept.kept_at) < bindparam("after")
    )
    .order_by(col(GoodsKept.kept_at))
)
