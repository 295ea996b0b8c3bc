"""Who signed a leave, and the queries about leave. Its own row is ``kiosk.desk.absence.Leave``."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, or_
from sqlmodel import Field, col, select

from kiosk.desk.absence import COUNTING, Leave, LeaveKind, LeaveState, StandIn
from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Granter(StrEnum):
    """Who grants a leave, the lowest first; the names of ``settings_leave.GRANTERS``."""

    HEAD = "head"  # 本科室负责人
    LEADER_IN_CHARGE = "leader_in_charge"  # 主管领导
    PRINCIPAL_LEADER = "principal_leader"  # 主要领导
    OFFICE = "office"  # 办公室备案


class LeaveApproval(Row, table=True):
    """One signature under a leave, yes or no; rung by rung, never the asker's (clauses 16-17).

    ``step`` counts from 1; 0 is a leader's word that lets more personal leave be asked for than a
    month has (clause 19). ``in_place`` says that somebody higher signed because those of ``needed``
    were away. ``note`` is the reason of a no or of such a word, sealed under the leave's subject.
    ``at`` is UTC.
    """

    __tablename__ = "leave_approval"

    leave_id: str = Field(foreign_key="leave.id", index=True)
    step: int = whole()
    needed: Granter = choice(Granter)
    person_id: str = Field(foreign_key="person.id")
    means: Means = choice(Means)
    at: datetime = moment()
    yes: bool = True
    in_place: bool = False
    note: str = ""


LEAVE = select(Leave).where(col(Leave.id) == bindparam("id"))
APPROVALS = (
    select(LeaveApproval, Person)
    .join(Person, col(Person.id) == col(LeaveApproval.person_id))
    .where(col(LeaveApproval.leave_id) == bindparam("leave"))
    .order_by(col(LeaveApproval.step), col(LeaveApproval.id))
)
EVERY_NOTE = (
    select(LeaveApproval, Leave)
    .join(Leave, col(Leave.id) == col(LeaveApproval.leave_id))
    .where(col(LeaveApproval.note) != "")
    .order_by(col(LeaveApproval.at))
)
"""What was typed with a signature: the reason of a no, or of more personal leave."""
_STANDING = (LeaveState.ASKED, *COUNTING)
"""The states of a leave that takes its days: asked for, granted, or over."""

LEAVES_OF = (
    select(Leave)
    .where(
        col(Leave.person_id) == bindparam("person"),
        or_(*(col(Leave.state) == state for state in _STANDING)),
    )
    .order_by(col(Leave.first_day), col(Leave.id))
)
OPEN = (
    select(Leave, Person)
    .join(Person, col(Person.id) == col(Leave.person_id))
    .where(col(Leave.closed_at).is_(None))
    .order_by(col(Leave.first_day), col(Leave.number))
)
OPEN_OF = (
    select(Leave)
    .where(col(Leave.closed_at).is_(None), col(Leave.person_id) == bindparam("person"))
    .order_by(col(Leave.first_day))
)
RECENT = (
    select(Leave, Person)
    .join(Person, col(Person.id) == col(Leave.person_id))
    .where(col(Leave.closed_at) >= bindparam("since"))
    .order_by(col(Leave.closed_at).desc())
)
BETWEEN = (
    select(Leave, Person)
    .join(Person, col(Person.id) == col(Leave.person_id))
    .where(
        col(Leave.last_day) >= bindparam("first"),
        col(Leave.first_day) <= bindparam("last"),
    )
    .order_by(col(Leave.first_day), col(Person.staff_no), col(Leave.number))
)
EVERY_LEAVE = select(Leave).order_by(col(Leave.asked_at))
ON_LEAVE = select(Leave).where(
    col(Leave.closed_at).is_(None),
    col(Leave.state) == LeaveState.APPROVED,
    col(Leave.first_day) <= bindparam("day"),
    col(Leave.last_day) >= bindparam("day"),
)
STAND_INS = (
    select(StandIn, Person)
    .join(Person, col(Person.id) == col(StandIn.stand_in_id))
    .where(col(StandIn.for_id) == bindparam("leave"), col(StandIn.ended_at).is_(None))
    .order_by(col(StandIn.asked_at))
)
PERSONAL = LeaveKind.PERSONAL
