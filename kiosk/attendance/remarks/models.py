"""A remark as a row: written once; what corrects it is a remark of its own (clauses 24, 130)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class About(StrEnum):
    """What of a day a remark explains."""

    LATE = "late"
    EARLY = "early"
    OUT_OF_WINDOW = "out_of_window"
    NO_SIGN_OUT = "no_sign_out"
    NO_TAP = "no_tap"  # not signed in at all, or half a day
    TAP = "tap"  # a tap that was another's, or of the wrong kind


class Remark(Row, table=True):
    """One remark about one day of one person. It excuses when ``head`` and ``leader`` have signed.

    ``cause``, ``called_by`` and ``why`` are sealed under ``subject``. ``came_at`` and ``went_at``
    are what the person says the taps should have been: they stand beside the raw taps and never in
    their place. ``by_phone`` is true for a leader who telephoned: the office writes it
    (``written_by``, a staff number) with who called when (``called_by``, ``called_at``), and the
    leader confirms after the next tap (``confirmed_at``); until then it excuses nothing. ``why`` is
    the reason of a signature that was given late, or of a no. ``weather_id`` is the signal that
    kept the person away (clause 95): one approval is enough then. ``replaces`` is the remark it
    takes the place of. Moments are UTC.
    """

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_open", "day", sqlite_where=text("closed_at IS NULL")),)

    number: str = Field(unique=True)
    subject: str
    person_id: str = Field(foreign_key="person.id", index=True)
    day: date = day(index=True)
    about: About = choice(About)
    cause: str
    came_at: datetime | None = moment(optional=True)
    went_at: datetime | None = moment(optional=True)
    written_at: datetime = moment()
    written_by: str
    by_phone: bool = False
    called_by: str = ""
    called_at: datetime | None = moment(optional=True)
    confirmed_at: datetime | None = moment(optional=True)
    weather_id: str = ""
    head_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    head_at: datetime | None = moment(optional=True)
    head_means: Means | None = choice(Means, optional=True)
    leader_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    leader_at: datetime | None = moment(optional=True)
    leader_means: Means | None = choice(Means, optional=True)
    refused_at: datetime | None = moment(optional=True)
    refused_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    why: str = ""
    replaces: str = ""
    replaced_by: str = ""
    closed_at: datetime | None = moment(optional=True)

    @property
    def stands(self) -> bool:
        """Say whether it was neither refused nor replaced."""
        return self.refused_at is None and not self.replaced_by

    @property
    def missing(self) -> int:
        """Count the signatures that it still needs: of two, or of one under a weather signal."""
        signed = (self.head_at is not None) + (self.leader_at is not None)
        return max(0, (1 if self.weather_id else 2) - signed)

    @property
    def unconfirmed(self) -> bool:
        """Say whether the leader in whose name the office wrote it has not confirmed it yet.

        Under a weather signal a call is enough (clause 95).
        """
        return self.by_phone and self.confirmed_at is None and not self.weather_id

    @property
    def excuses(self) -> bool:
        """Say whether it stands, is confirmed where it came by telephone, and is signed."""
        return self.stands and not self.unconfirmed and not self.missing


REMARKS_BETWEEN = (
    select(Remark)
    .where(col(Remark.day) >= bindparam("first"), col(Remark.day) <= bindparam("last"))
    .order_by(col(Remark.day), col(Remark.written_at), col(Remark.id))
)
_WITH_PERSON = select(Remark, Person).join(Person, col(Person.id) == col(Remark.person_id))

REMARK = _WITH_PERSON.where(col(Remark.id) == bindparam("id"))
"""One remark, with whom it is about."""

OPEN = _WITH_PERSON.where(col(Remark.closed_at).is_(None)).order_by(
    col(Remark.day), col(Remark.written_at), col(Remark.id)
)
"""Remarks with which something can still happen, the oldest day first."""

WRITTEN_ABOUT = _WITH_PERSON.where(
    col(Remark.day) >= bindparam("first"), col(Remark.day) <= bindparam("last")
).order_by(col(Remark.day), col(Remark.written_at), col(Remark.id))
"""Remarks about some days, with whom they are about."""

EVERY_REMARK = select(Remark).order_by(col(Remark.written_at), col(Remark.id))
