"""An absence from the post and a private errand that was refused, as rows.

Where, why, what a superior said, who asked and for what are typed by hand and may name somebody:
they are sealed under the row's own subject.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Kind(StrEnum):
    """Why somebody leaves the post for a while."""

    AWAY = "away"  # 暂离
    REST = "rest"  # 休息
    EMERGENCY = "emergency"  # 紧急离岗


class Cover(StrEnum):
    """Who keeps the post meanwhile, or why nobody does."""

    COMPANION = "companion"  # 同岗在
    LEADER = "leader"  # 领导同意
    SHORT = "short"  # 短时
    NOBODY = "nobody"  # 紧急, 无人


class Door(StrEnum):
    """In what state somebody who is alone leaves the gate."""

    LOCKED = "locked"
    SHUT = "shut"
    OPEN = "open"


class StepAway(Row, table=True):
    """One absence from a post. Moments are UTC; ``minutes`` is what was planned at its start.

    ``since_at`` to ``due_at`` is the time allowed now, which a companion or a superior may have
    lengthened (``extended`` times). ``overdue_at`` is when the kiosk noticed that it was over.
    ``place``, ``why``, ``leader_words`` and ``superior_words`` are sealed under ``subject``.
    """

    __tablename__ = "step_away"
    __table_args__ = (
        # The status bar asks every second what runs: all absences before cost it nothing.
        Index("ix_step_away_running", "post", sqlite_where=text("ended_at IS NULL")),
    )

    number: str = Field(unique=True)
    post: str
    person_id: str = Field(foreign_key="person.id")
    kind: Kind = choice(Kind)
    cover: Cover = choice(Cover)
    subject: str
    place: str = ""
    why: str = ""
    minutes: int = whole()
    started_at: datetime = moment(index=True)
    since_at: datetime = moment()
    due_at: datetime = moment()
    companion_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    companion_means: Means | None = choice(Means, optional=True)
    leader_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    leader_words: str = ""
    door: Door | None = choice(Door, optional=True)
    overdue_at: datetime | None = moment(optional=True)
    extended: int = whole()
    superior_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    superior_words: str = ""
    superior_at: datetime | None = moment(optional=True)
    ended_at: datetime | None = moment(optional=True, index=True)
    ended_means: Means | None = choice(Means, optional=True)


class RefusedErrand(Row, table=True):
    """A private errand the guard refused (clause 155). ``who`` and ``what`` are sealed."""

    __tablename__ = "refused_errand"

    number: str = Field(unique=True)
    post: str
    guard_id: str = Field(foreign_key="person.id")
    at: datetime = moment(index=True)
    subject: str
    who: str = ""
    what: str = ""
    voided_at: datetime | None = moment(optional=True)
    seen_at: datetime | None = moment(optional=True)
    seen_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


RUNNING = (
    select(StepAway, Person)
    .join(Person, col(Person.id) == col(StepAway.person_id))
    .where(col(StepAway.post) == bindparam("post"), col(StepAway.ended_at).is_(None))
)
LAST_AWAY = (
    select(StepAway, Person)
    .join(Person, col(Person.id) == col(StepAway.person_id))
    .where(col(StepAway.post) == bindparam("post"))
    .order_by(col(StepAway.started_at).desc())
    .limit(6)
)
AWAY_BETWEEN = (
    select(StepAway, Person)
    .join(Person, col(Person.id) == col(StepAway.person_id))
    .where(
        col(StepAway.post) == bindparam("post"),
        col(StepAway.started_at) < bindparam("after"),
        (col(StepAway.ended_at).is_(None)) | (col(StepAway.ended_at) > bindparam("first")),
    )
    .order_by(col(StepAway.started_at))
)
EVERY_AWAY = select(StepAway).order_by(col(StepAway.started_at))
ERRAND = select(RefusedErrand).where(col(RefusedErrand.id) == bindparam("id"))
ERRANDS_BETWEEN = (
    select(RefusedErrand, Person)
    .join(Person, col(Person.id) == col(RefusedErrand.guard_id))
    .where(
        col(RefusedErrand.post) == bindparam("post"),
        col(RefusedErrand.at) >= bindparam("first"),
        col(RefusedErrand.at) < bindparam("after"),
        col(RefusedErrand.voided_at).is_(None),
    )
    .order_by(col(RefusedErrand.at))
)
UNSEEN_ERRANDS = (
    select(RefusedErrand, Person)
    .join(Person, col(Person.id) == col(RefusedErrand.guard_id))
    .where(col(RefusedErrand.seen_at).is_(None), col(RefusedErrand.voided_at).is_(None))
    .order_by(col(RefusedErrand.at))
)
EVERY_ERRAND = select(RefusedErrand).order_by(col(RefusedErrand.at))
