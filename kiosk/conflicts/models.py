"""A decision about a conflict as a row: what was kept, who signed for it, and why."""

from datetime import datetime

from sqlalchemy import Index, bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class ConflictDecision(Row, table=True):
    """One signed decision. ``at`` is UTC, ``reason`` is sealed under ``subject``.

    ``about`` is the row's table, ``row_ref`` its id; ``kept`` is the stamp of the version that
    stands from now on, ``given_up`` those of the others, comma-joined. ``how`` is what was chosen
    (``Choice`` of the rules). The same row may be decided again: two desks can decide differently
    while they are cut off.
    """

    __tablename__ = "conflict_decision"
    __table_args__ = (Index("ix_conflict_decision_of", "about", "row_ref"),)

    number: str
    about: str
    row_ref: str
    how: str
    kept: str
    given_up: str
    at: datetime = moment(index=True)
    decided_by_id: str = Field(foreign_key="person.id")
    decided_means: Means = choice(Means)
    subject: str
    reason: str


_WITH_PERSON = select(ConflictDecision, Person).join(
    Person, col(Person.id) == col(ConflictDecision.decided_by_id)
)
DECISIONS_ON = _WITH_PERSON.where(
    col(ConflictDecision.about) == bindparam("about"),
    col(ConflictDecision.row_ref) == bindparam("row_ref"),
).order_by(col(ConflictDecision.at).desc())
DECIDED_BETWEEN = _WITH_PERSON.where(
    col(ConflictDecision.at) >= bindparam("first"), col(ConflictDecision.at) < bindparam("after")
).order_by(col(ConflictDecision.at))
EVERY_DECISION = select(ConflictDecision).order_by(col(ConflictDecision.at))
