"""Instructions and notices as rows, and who of the gate knows them (clauses 148, 149).

What is ordered and how it ended is sealed under the row's own subject; who gave it, who wrote it
down and who knows it are members of the house and stand in the open.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, and_, bindparam, func, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means
from kiosk.desk.transaction import SubjectKey


class Sort(StrEnum):
    """What it is: 指示 binds the guard and is known by tap, 通知 only tells something."""

    INSTRUCTION = "instruction"
    NOTICE = "notice"


class Instruction(Row, table=True):
    """One instruction or notice. Moments are UTC; ``written_by`` and ``closed_by`` staff numbers.

    It is in force until ``valid_until``, or until it is closed; a notice may have no such time.
    """

    __tablename__ = "instruction"
    __table_args__ = (
        # Every list and every tap of a guard asks what is in force: what is closed costs nothing.
        Index("ix_instruction_open", "given_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    post: str
    sort: Sort = choice(Sort)
    subject: str
    giver_id: str = Field(foreign_key="person.id")
    words: str
    given_at: datetime = moment(index=True)
    written_by: str
    valid_until: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    closing: str = ""


class InstructionKnown(Row, table=True):
    """Somebody of the gate has read one instruction and said so; ``means`` says how it is known."""

    __tablename__ = "instruction_known"

    instruction_id: str = Field(foreign_key="instruction.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    at: datetime = moment()
    means: Means = choice(Means)


_IN_FORCE = (
    col(Instruction.closed_at).is_(None),
    or_(col(Instruction.valid_until).is_(None), col(Instruction.valid_until) > bindparam("now")),
)
_WITH_GIVER = select(Instruction, Person).join(Person, col(Person.id) == col(Instruction.giver_id))
_KNOWN = select(InstructionKnown, Person).join(
    Person, col(Person.id) == col(InstructionKnown.person_id)
)

INSTRUCTION = _WITH_GIVER.where(col(Instruction.id) == bindparam("id"))
IN_FORCE = _WITH_GIVER.where(*_IN_FORCE).order_by(
    col(Instruction.sort), col(Instruction.given_at), col(Instruction.id)
)
BETWEEN = _WITH_GIVER.where(
    col(Instruction.post) == bindparam("post"),
    col(Instruction.given_at) >= bindparam("first"),
    col(Instruction.given_at) < bindparam("after"),
).order_by(col(Instruction.given_at), col(Instruction.id))
KNOWN_OF = _KNOWN.where(col(InstructionKnown.instruction_id) == bindparam("id")).order_by(
    col(InstructionKnown.at), col(InstructionKnown.id)
)
KNOWN_IN_FORCE = (
    _KNOWN.join(Instruction, col(Instruction.id) == col(InstructionKnown.instruction_id))
    .where(*_IN_FORCE)
    .order_by(col(InstructionKnown.at), col(InstructionKnown.id))
)
NOT_KNOWN_TO = (
    select(func.count(col(Instruction.id)))
    .outerjoin(
        InstructionKnown,
        and_(
            col(InstructionKnown.instruction_id) == col(Instruction.id),
            col(InstructionKnown.person_id) == bindparam("person"),
        ),
    )
    .where(
        *_IN_FORCE, col(Instruction.sort) == Sort.INSTRUCTION, col(InstructionKnown.id).is_(None)
    )
)
EVERY_ONE = select(Instruction).order_by(col(Instruction.given_at))
OVER_SINCE = (
    select(SubjectKey)
    .join(Instruction, col(Instruction.subject) == col(SubjectKey.id))
    .where(
        or_(
            col(Instruction.closed_at) < bindparam("before"),
            col(Instruction.valid_until) < bindparam("before"),
        )
    )
)
