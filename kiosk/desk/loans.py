"""One ledger for everything lent (clauses 45, 84-87, 111, 145): one thing, one holder.

The holder is the last who signed. A thing is on the board, out, lost, blocked or retired, and
never two of these: its state says which, and while it is in service its open loan says who has it.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, exists, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.custody_rows import Receipt, Received
from kiosk.desk.people import Person
from kiosk.desk.row import Row, Stored
from kiosk.desk.words import N_, _


class ThingKind(StrEnum):
    """What is lent: the four key types of clause 84 first, then what uses the same ledger."""

    DOOR_CARD = "door_card"  # 门禁卡
    OFFICE_KEY = "office_key"  # 办公室钥匙
    DESK_KEY = "desk_key"  # 办公桌钥匙
    CABINET_KEY = "cabinet_key"  # 共用文件柜钥匙
    HELMET = "helmet"  # 安全帽, clause 145
    VISITOR_CARD = "visitor_card"  # 访客卡
    LOCKER = "locker"  # 储物柜
    SEAL = "seal"  # 印章, clause 45
    MANUAL = "manual"  # 说明书, clause 111
    OTHER = "other"


CARDS = frozenset({ThingKind.DOOR_CARD, ThingKind.VISITOR_CARD})
"""Kinds that open doors by themselves: a lost one is blocked at once (clause 87)."""


class ThingState(StrEnum):
    """Whether a thing may be lent at all."""

    IN_SERVICE = "in_service"  # on the board, or out: its open loan says which
    BLOCKED = "blocked"  # 停用: bent, without its tag, or an access card that opens nothing
    LOST = "lost"  # 挂失
    RETIRED = "retired"  # not lent any more; its history stays


_DENIED: Mapping[str, int] = {ThingState.BLOCKED: 1, ThingState.LOST: 2, ThingState.RETIRED: 3}


class Approval(StrEnum):
    """Whose word a thing asks for before it goes out; never the borrower's own (clause 86)."""

    NONE = "none"
    MANAGER = "manager"
    OTHER_SECTION = "other_section"  # a manager of another section than the borrower's
    TWO = "two"  # two managers


class Approved(StrEnum):
    """How the word came."""

    NOT_ASKED = "not_asked"
    BEFORE = "before"  # a reservation or an overtime request that a manager signed
    TAP = "tap"  # the manager's own badge and PIN, at the desk
    PHONE = "phone"  # his word by telephone: his own tap is still owed
    EMERGENCY = "emergency"  # fire, burst pipe: the word is still owed


class Reason(StrEnum):
    """What a thing is needed for."""

    WORK = "work"
    OVERTIME = "overtime"  # clauses 86, 90
    CLEANING = "cleaning"
    REPAIR = "repair"
    EMERGENCY = "emergency"
    POSITION = "position"  # held for as long as the person holds the position (clauses 85, 111)


class Ended(StrEnum):
    """How a loan ended."""

    TAG = "tag"  # its own tag, at the reader
    BY_HAND = "by_hand"  # the guard saw it
    PASSED_ON = "passed_on"  # clause 87: both tapped, and the next loan begins
    LOST = "lost"


class Condition(StrEnum):
    """How a thing came back."""

    GOOD = "good"
    BENT = "bent"
    TAG_MISSING = "tag_missing"
    DAMAGED = "damaged"


class Thing(Row, table=True):
    """Something that is lent. ``tag`` is its NFC tag in upper-case hex; no label names a door.

    ``lock`` is the number that copies of one key share, ``doors`` what it opens: shown to the
    office when it is lost, never on the ring. ``section_id`` is the section whose people may have
    it ("" for everybody); things of the same ``pair`` are never in one person's hands. A loan is
    due at ``due_hour`` (-1: the site's own rule) or after ``longest_min`` (0: no such limit),
    whichever comes first. ``pinyin`` and ``initials`` are the label's, to find it by. ``home`` is
    the gate on whose board it hangs, "" for the only one there is.
    """

    __tablename__ = "thing"
    lends_name = ("label", "tag")

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Let what was lost or blocked at any desk be so at every desk."""
        return _DENIED.get(str(stored["state"]), 0)

    label: str = Field(unique=True)
    pinyin: str = ""
    initials: str = ""
    kind: ThingKind = choice(ThingKind)
    tag: str | None = Field(default=None, unique=True, nullable=True)
    place: str = ""
    state: ThingState = choice(ThingState, default=ThingState.IN_SERVICE, index=True)
    state_since: datetime | None = moment(optional=True)
    condition: Condition = choice(Condition, default=Condition.GOOD)
    lock: str = Field(default="", index=True)
    doors: str = ""
    approval: Approval = choice(Approval, default=Approval.NONE)
    section_id: str = ""
    pair: str = ""
    due_hour: int = whole(default=-1)
    longest_min: int = whole(default=0)
    home: str = ""


class Loan(Row, table=True):
    """A thing in somebody's hands from ``out_at`` until ``returned_at`` (UTC).

    The holder is a person, or a ``place`` (a room, the fire brigade) that signs nothing, or the
    visitor of ``visit_id``: then ``place`` is the number of the visit (``20261123-017``), no name.
    ``clerk`` is the staff number of who worked at the desk: never the same field as the holder;
    ``received_by`` that of who was there when it came back or was passed on (clause 86), "" while
    it is out and for what was lost.
    A loan without ``due_at`` is permanent (clauses 85, 111); ``confirmed_at`` is when its holder
    last signed for it: never, when it came from a file. From ``recalled_at`` on it is wanted back,
    yet late only after ``due_at``. ``note`` is sealed under the holder;
    ``recall_reason`` too or, for a place, under a subject of its own. ``owed`` says that a
    manager's own tap is missing: by telephone ``approver_id``'s, in an emergency anybody's;
    ``second_owed``: the second one's too. ``fence`` is that of the thing's custody when it went
    out: of two loans that both say they run, the one with the higher fence is right.
    """

    __tablename__ = "loan"
    __table_args__ = (
        Index(
            "ix_loan_one_holder", "thing_id", unique=True, sqlite_where=text("returned_at IS NULL")
        ),
        Index("ix_loan_open_due", "returned_at", "due_at"),
        Index("ix_loan_thing_out", "thing_id", "out_at"),
        # SQLite uses this index only for the very words a query says: ``owed = 1``.
        Index("ix_loan_owed", "owed", sqlite_where=text("owed = 1")),
    )  # fmt: skip

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Order by fence; of one loan's two versions the one that ended it is the stronger."""
        ended = stored["returned_at"] is not None
        return 2 * int(stored["fence"] or 0) + int(ended)

    number: str = Field(index=True)
    thing_id: str = Field(foreign_key="thing.id")
    holder_id: str | None = Field(default=None, foreign_key="person.id", index=True, nullable=True)
    place: str = ""
    visit_id: str = Field(default="", index=True)
    clerk: str = ""
    out_at: datetime = moment(index=True)
    due_at: datetime | None = moment(optional=True)
    returned_at: datetime | None = moment(optional=True)
    received_by: str = ""
    ended: Ended | None = choice(Ended, optional=True)
    condition: Condition | None = choice(Condition, optional=True)
    reason: Reason = choice(Reason, default=Reason.WORK)
    note: str = ""
    approved: Approved = choice(Approved, default=Approved.NOT_ASKED)
    approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    second_approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    owed: bool = False
    second_owed: bool = False
    recalled_at: datetime | None = moment(optional=True)
    recall_reason: str = ""
    reminders: int = whole(default=0)
    reminded_at: datetime | None = moment(optional=True)
    head_told_at: datetime | None = moment(optional=True)
    confirmed_at: datetime | None = moment(optional=True)
    fence: int = whole(default=0)


_NOT_RECEIVED = ~exists().where(
    col(Received.loan_id) == col(Loan.id), col(Received.state) == Receipt.WAITING
)
THING_BY_TAG = select(Thing).where(
    col(Thing.tag) == bindparam("tag"), col(Thing.state) != ThingState.RETIRED
)
THING = select(Thing).where(col(Thing.id) == bindparam("id"))
THING_BY_LABEL = select(Thing).where(col(Thing.label) == bindparam("label"))
THINGS = select(Thing).where(col(Thing.state) != ThingState.RETIRED).order_by(col(Thing.label))
OPEN_LOAN_OF = (
    select(Loan, Person)
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .where(col(Loan.thing_id) == bindparam("thing"), col(Loan.returned_at).is_(None))
)
OPEN_LOANS = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .where(col(Loan.returned_at).is_(None))
    .order_by(col(Loan.due_at))
)
DUE_LOANS = OPEN_LOANS.where(
    _NOT_RECEIVED, or_(col(Loan.due_at).is_not(None), col(Loan.recalled_at).is_not(None))
)
"""What has to come back: everything out but what is held for good and not called back.

What was taken in at another desk than its own is back, though its loan waits for that desk.
"""
OWED_LOANS = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .where(col(Loan.owed))
    .order_by(col(Loan.out_at))
)
LOAN = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .where(col(Loan.id) == bindparam("id"))
)
HELD_BY = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(
        col(Loan.holder_id) == bindparam("person"), col(Loan.returned_at).is_(None), _NOT_RECEIVED
    )
    .order_by(col(Loan.due_at), col(Loan.out_at))
)
LENT_TO_VISIT = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(col(Loan.visit_id) == bindparam("visit"), col(Loan.returned_at).is_(None), _NOT_RECEIVED)
    .order_by(col(Loan.out_at), col(Loan.id))
)
LENT_TO_VISITORS = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(col(Loan.visit_id) != "", col(Loan.returned_at).is_(None), _NOT_RECEIVED)
    .order_by(col(Loan.out_at), col(Loan.id))
)
EVER_LENT_TO_VISIT = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(col(Loan.visit_id) == bindparam("visit"))
    .order_by(col(Loan.out_at), col(Loan.id))
)

VISITOR = N_("visitor {number}")


def place_name(loan: Loan) -> str:
    """Return what has the thing where no person has: a place as written, or "visitor 017"."""
    if not loan.visit_id:
        return loan.place
    return _(VISITOR).format(number=loan.place.rpartition("-")[2])
