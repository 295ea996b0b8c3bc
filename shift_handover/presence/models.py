"""One question of the night whether the guard is at the post, as a row."""

from datetime import datetime

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row


class PresencePrompt(Row, table=True):
    """One prompt at a post. Moments are UTC.

    It runs while ``ended_at`` is empty: until a sign of life (``answered_at``), or until it could
    not be answered any more. ``missed_at`` is when its time was over; a missed one is answered late
    or not at all, and stays open until ``explained_at``. ``why`` is sealed under ``subject``, which
    is "" until there is a why.
    """

    __tablename__ = "presence_prompt"
    __table_args__ = (
        # The status bar asks every second: all prompts before cost it nothing.
        Index("ix_presence_prompt_running", "post", sqlite_where=text("ended_at IS NULL")),
        Index("ix_presence_prompt_asked", "post", "asked_at"),
        Index(
            "ix_presence_prompt_unexplained", "post",
            sqlite_where=text("missed_at IS NOT NULL AND explained_at IS NULL"),
        ),
    )  # fmt: skip

    number: str = Field(unique=True)
    post: str
    person_id: str = Field(foreign_key="person.id")
    subject: str = ""
    asked_at: datetime = moment()
    missed_at: datetime | None = moment(optional=True)
    answered_at: datetime | None = moment(optional=True)
    ended_at: datetime | None = moment(optional=True)
    why: str = ""
    explained_at: datetime | None = moment(optional=True, index=True)
    explained_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)


RUNNING = select(PresencePrompt).where(
    col(PresencePrompt.post) == bindparam("post"), col(PresencePrompt.ended_at).is_(None)
)
LAST = (
    select(PresencePrompt)
    .where(
        col(PresencePrompt.post) == bindparam("post"),
        col(PresencePrompt.asked_at) <= bindparam("now"),
    )
    .order_by(col(PresencePrompt.asked_at).desc())
    .limit(1)
)
BY_ID = (
    select(PresencePrompt, Person)
    .join(Person, col(Person.id) == col(PresencePrompt.person_id))
    .where(col(PresencePrompt.id) == bindparam("id"))
)
UNEXPLAINED = (
    select(PresencePrompt, Person)
    .join(Person, col(Person.id) == col(PresencePrompt.person_id))
    .where(
        col(PresencePrompt.post) == bindparam("post"),
        col(PresencePrompt.missed_at).is_not(None),
        col(PresencePrompt.explained_at).is_(None),
    )
    .order_by(col(PresencePrompt.asked_at))
)
BETWEEN = (
    select(PresencePrompt, Person)
    .join(Person, col(Person.id) == col(PresencePrompt.person_id))
    .where(
        col(PresencePrompt.post) == bindparam("post"),
        col(PresencePrompt.asked_at) >= bindparam("first"),
        col(PresencePrompt.asked_at) < bindparam("after"),
    )
    .order_by(col(PresencePrompt.asked_at))
)
EXPLAINED = (
    select(PresencePrompt)
    .where(col(PresencePrompt.explained_at).is_not(None))
    .order_by(col(PresencePrompt.asked_at))
)
