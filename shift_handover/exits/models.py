"""The rows of a handover's exits: who came to relieve, a leader's word, counts, later words.

All moments are UTC. What somebody said is sealed; the counts and minutes are numbers.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from shift_handover.models import Handover


class WordFor(StrEnum):
    """What a duty leader's word was given for (clauses 150, 156)."""

    UNRELIEVED = "unrelieved"
    TAKEOVER = "takeover"


class Counted(StrEnum):
    """What both count by number beside the ledger of things lent (clauses 145, 150)."""

    PARCEL = "parcel"
    HELMET = "helmet"


class Alongside(Row, table=True):
    """Somebody who is on the post beside the one who holds it; the holder alone is responsible.

    ``due_at`` is when the relief was due at ``came_at``, empty where the site names no shifts;
    ``late_min`` the full minutes after it, 0 for who came in time.
    """

    __tablename__ = "alongside"

    post: str = Field(index=True)
    person_id: str = Field(foreign_key="person.id")
    came_at: datetime = moment()
    due_at: datetime | None = moment(optional=True)
    late_min: int = whole()
    left_at: datetime | None = moment(optional=True, index=True)


class LeaderWord(Row, table=True):
    """The duty leader's word: no relief comes, or somebody takes the post over without handover.

    ``leader``, ``words`` and ``reason`` are sealed under ``subject``. ``leader_id`` and ``means``
    stand only where the leader proved to be here by badge and PIN. ``person_id`` is who stays, or
    who took over.
    """

    __tablename__ = "leader_word"

    number: str = Field(unique=True)
    post: str = Field(index=True)
    word_for: WordFor = choice(WordFor)
    person_id: str = Field(foreign_key="person.id")
    at: datetime = moment(index=True)
    handover_id: str | None = Field(default=None, foreign_key="handover.id")
    leader_id: str | None = Field(default=None, foreign_key="person.id")
    means: str = ""
    subject: str
    leader: str = ""
    words: str = ""
    reason: str = ""


class HandoverCount(Row, table=True):
    """What both counted of one kind at a handover, beside what the book expected.

    ``away`` are the helmets that visitors had then. ``expected`` is empty for the first helmets
    ever counted: nobody knows how many the rack should hold.
    """

    __tablename__ = "handover_count"

    handover_id: str = Field(foreign_key="handover.id", index=True)
    counted: Counted = choice(Counted)
    expected: int | None = whole(optional=True)
    found: int = whole()
    away: int = whole()
    at: datetime = moment()


class Addendum(Row, table=True):
    """Words added after both signed; ``words`` is sealed under the handover's subject."""

    __tablename__ = "handover_addendum"

    handover_id: str = Field(foreign_key="handover.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    at: datetime = moment()
    words: str = ""


BESIDE = (
    select(Alongside, Person)
    .join(Person, col(Person.id) == col(Alongside.person_id))
    .where(col(Alongside.post) == bindparam("post"), col(Alongside.left_at).is_(None))
    .order_by(col(Alongside.came_at))
)
CAME_FOR = (
    select(Alongside)
    .where(
        col(Alongside.post) == bindparam("post"),
        col(Alongside.person_id) == bindparam("person"),
        col(Alongside.left_at) == bindparam("relieved_at"),
        col(Alongside.due_at).is_not(None),
    )
    .limit(1)
)
"""The coming of who took the post over at a moment; nothing where the site names no shifts."""
WORDS_OF = (
    select(LeaderWord)
    .where(col(LeaderWord.handover_id) == bindparam("handover"))
    .order_by(col(LeaderWord.at))
)
LAST_WORD = (
    select(LeaderWord)
    .where(col(LeaderWord.post) == bindparam("post"), col(LeaderWord.at) >= bindparam("since"))
    .order_by(col(LeaderWord.at).desc())
    .limit(1)
)
COUNTS_OF = (
    select(HandoverCount)
    .where(col(HandoverCount.handover_id) == bindparam("handover"))
    .order_by(col(HandoverCount.id))
)
LAST_COUNT = (
    select(HandoverCount)
    .join(Handover, col(Handover.id) == col(HandoverCount.handover_id))
    .where(
        col(Handover.post) == bindparam("post"),
        col(HandoverCount.counted) == bindparam("counted"),
        col(Handover.signed_seq).is_not(None),
    )
    .order_by(col(HandoverCount.at).desc())
    .limit(1)
)
"""What both signed last of a kind: a count in a handover that was not signed settles nothing."""
ADDENDA_OF = (
    select(Addendum, Person)
    .join(Person, col(Person.id) == col(Addendum.person_id))
    .where(col(Addendum.handover_id) == bindparam("handover"))
    .order_by(col(Addendum.at), col(Addendum.id))
)
