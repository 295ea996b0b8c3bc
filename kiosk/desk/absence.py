"""Who is rightly not here, and who stands in: leave, outings and stand-ins (clauses 16-20, 26).

Host calls, messages, parcels, roll calls, the whereabouts board and the day sheet all read these
rows. Reasons, places, companions and telephone numbers are typed by hand and sealed under the
row's own subject: the gate is shown where somebody went and until when, never why (PIPL 28).
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment, whole
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Half(StrEnum):
    """One half of a working day; the site's noon parts them."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class LeaveKind(StrEnum):
    """What a leave is taken as; only some of them have a limit of their own."""

    PERSONAL = "personal"  # 事假
    SICK = "sick"  # 病假
    ANNUAL = "annual"  # 年休假
    IN_LIEU = "in_lieu"  # 补休
    MARRIAGE = "marriage"  # 婚假
    BEREAVEMENT = "bereavement"  # 丧假
    MATERNITY = "maternity"  # 产假
    PATERNITY = "paternity"  # 护理假
    FAMILY_VISIT = "family_visit"  # 探亲假
    OFFICIAL = "official"  # 公假
    UNPAID_RETENTION = "unpaid_retention"  # 停薪留职


class LeaveState(StrEnum):
    """How far a leave has come."""

    ASKED = "asked"  # 待批
    APPROVED = "approved"  # 已批
    REFUSED = "refused"  # 不批
    WITHDRAWN = "withdrawn"  # 撤回
    RETURNED = "returned"  # 已销假


class Leave(Row, table=True):
    """One leave, from asking to reporting back (销假).

    Both days are the site's and included, each from or until its half. ``halves`` counts the half
    workdays it took when it was asked, ``guessed`` of them on days whose calendar was not known
    yet. ``asked_by`` is the staff number at the desk. ``reason``, ``contact`` and ``note`` (the
    matters in hand) are sealed under ``subject``. ``late`` says that a day of it was closed when it
    was asked, ``by_phone`` that the office noted a call, ``papers_owed`` that a paper of it is
    still to come. ``waits_at`` is who signs next, as it was at the last signature, "" for nobody:
    a note at a tap asks no more than this row. ``overdue_at`` is when it was first found that
    nobody had reported back. Moments are UTC; ``closed_at`` is set when nothing more can happen
    with it.
    """

    __tablename__ = "leave"
    __table_args__ = (
        Index("ix_leave_open", "person_id", sqlite_where=text("closed_at IS NULL")),
        Index("ix_leave_days", "last_day", "first_day"),
    )

    number: str = Field(unique=True)
    subject: str
    person_id: str = Field(foreign_key="person.id", index=True)
    kind: LeaveKind = choice(LeaveKind)
    first_day: date = day()
    first_half: Half = choice(Half)
    last_day: date = day()
    last_half: Half = choice(Half)
    halves: int = whole()
    guessed: int = whole(default=0)
    late: bool = False
    by_phone: bool = False
    papers_owed: bool = False
    waits_at: str = ""
    reason: str = ""
    contact: str = ""
    note: str = ""
    state: LeaveState = choice(LeaveState)
    asked_at: datetime = moment()
    asked_by: str
    approved_at: datetime | None = moment(optional=True)
    returned_at: datetime | None = moment(optional=True)
    returned_means: Means | None = choice(Means, optional=True)
    overdue_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)


class OutingKind(StrEnum):
    """Whose business an outing is."""

    BUSINESS = "business"  # 因公
    PRIVATE = "private"  # 因私


class Outing(Row, table=True):
    """One outing in working time, from the approver's yes to the tap on return (clause 26).

    ``back_by`` is None for "not sure"; ``not_back_today`` says that no return is waited for on its
    ``day``. ``place``, ``why``, ``companions``, ``phone`` and ``safe_place`` are sealed under
    ``subject``. One planned ahead has ``started_at`` after ``written_at``; where a tap out began
    it a little before its time, ``planned_at`` is the start that was said. ``by_phone`` with no
    ``approved_means`` yet: the approver's own tap is owed. ``ended_by`` is "" for one that was
    only assumed to be over at the day's end; one that was not taken has ``cancelled_at`` beside
    ``ended_at`` and counts for nothing. ``safe_at`` is when somebody under a weather signal said
    that he is safe (clause 96). Moments are UTC.
    """

    __tablename__ = "outing"
    __table_args__ = (
        # Every tap asks whether its person is out: all outings before cost it nothing.
        Index("ix_outing_open", "person_id", "started_at", sqlite_where=text("ended_at IS NULL")),
        Index(
            "ix_outing_word_owed",
            "started_at",
            sqlite_where=text("by_phone = 1 AND approved_means IS NULL AND cancelled_at IS NULL"),
        ),
    )

    number: str = Field(unique=True)
    subject: str
    person_id: str = Field(foreign_key="person.id", index=True)
    kind: OutingKind = choice(OutingKind)
    day: date = day(index=True)
    place: str
    why: str = ""
    companions: str = ""
    phone: str = ""
    written_at: datetime = moment()
    started_at: datetime = moment()
    planned_at: datetime | None = moment(optional=True)
    back_by: datetime | None = moment(optional=True)
    not_back_today: bool = False
    approver_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    approved_means: Means | None = choice(Means, optional=True)
    by_phone: bool = False
    written_by: str
    safe_at: datetime | None = moment(optional=True)
    safe_place: str = ""
    ended_at: datetime | None = moment(optional=True)
    ended_by: str = ""
    cancelled_at: datetime | None = moment(optional=True)


class StandIn(Row, table=True):
    """Somebody who takes over visitors, calls and parcels of who is away (clause 7).

    It counts once ``accepted_at`` is set by the stand-in's own tap, from ``from_at`` until
    ``until_at`` (None: until it is ended). ``for_id`` is the leave or the outing behind it, "" for
    one agreed by itself. Moments are UTC.
    """

    __tablename__ = "stand_in"
    __table_args__ = (
        Index("ix_stand_in_open", "absent_id", sqlite_where=text("ended_at IS NULL")),
        Index("ix_stand_in_of", "stand_in_id", sqlite_where=text("ended_at IS NULL")),
    )

    number: str = Field(unique=True)
    absent_id: str = Field(foreign_key="person.id")
    stand_in_id: str = Field(foreign_key="person.id")
    for_id: str = ""
    from_at: datetime = moment()
    until_at: datetime | None = moment(optional=True)
    asked_at: datetime = moment()
    asked_by: str
    accepted_at: datetime | None = moment(optional=True)
    accepted_means: Means | None = choice(Means, optional=True)
    ended_at: datetime | None = moment(optional=True)


COUNTING = (LeaveState.APPROVED, LeaveState.RETURNED)
"""The states of a leave that was granted."""

LEAVES_BETWEEN = (
    select(Leave)
    .where(
        col(Leave.last_day) >= bindparam("first"),
        col(Leave.first_day) <= bindparam("last"),
        or_(*(col(Leave.state) == state for state in COUNTING)),
    )
    .order_by(col(Leave.first_day), col(Leave.id))
)
"""Granted leave that touches some days of the site."""

OUTINGS_BETWEEN = (
    select(Outing)
    .where(
        col(Outing.day) >= bindparam("first"),
        col(Outing.day) <= bindparam("last"),
        col(Outing.cancelled_at).is_(None),
    )
    .order_by(col(Outing.started_at), col(Outing.id))
)
"""Outings that began on some days of the site, without those that were not taken."""
OPEN_OUTINGS_OF = (
    select(Outing)
    .where(col(Outing.person_id) == bindparam("person"), col(Outing.ended_at).is_(None))
    .order_by(col(Outing.started_at))
)
"""The outings of one person that run or are planned, the earliest first."""
