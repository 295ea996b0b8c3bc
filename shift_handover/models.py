"""The rows of the gatehouse's promises: entrusted matters, safety rounds, faults and handovers.

Words that a visitor or a guard said are sealed under the row's own subject, so that they can be
erased while the journal's chain still holds.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row


class GiverKind(StrEnum):
    """Who entrusted a matter (clause 149): 来客委托 or 内部嘱咐."""

    VISITOR = "visitor"
    INSIDER = "insider"


class Ending(StrEnum):
    """How an entrusted matter was closed."""

    TOLD = "told"
    HANDED = "handed"


class Group(StrEnum):
    """The four fixed groups of the safety check (clause 146): 清场, 消防, 用电, 防盗."""

    CLEARING = "clearing"
    FIRE = "fire"
    ELECTRICITY = "electricity"
    THEFT = "theft"


class Found(StrEnum):
    """What an item of the safety check was found to be: 正常, 异常, 未查."""

    NORMAL = "normal"
    FAULT = "fault"
    NOT_CHECKED = "not_checked"


class HandoverState(StrEnum):
    """How far a handover has come; only what is ``FROZEN`` or ``BRIEFING`` can still be signed."""

    FROZEN = "frozen"
    BRIEFING = "briefing"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_EXCEPTIONS = "accepted_with_exceptions"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FROZEN_AGAIN = "frozen_again"
    ENDED_WITHOUT_SUCCESSOR = "ended_without_successor"
    UNRELIEVED = "unrelieved"
    TAKEN_OVER_ALONE = "taken_over_alone"


_STILL_OPEN = "state IN ('frozen', 'briefing')"
"""In the words of its index: SQLite takes that only where the question says the very same."""


class Mark(StrEnum):
    """What the incoming said of one open thing: 已知 or 有疑问."""

    KNOWN = "known"
    QUESTION = "question"


class Matter(Row, table=True):
    """What was entrusted to a ``post``. ``giver`` to ``handed_to`` are sealed under ``subject``."""

    __tablename__ = "matter"

    number: str = Field(unique=True)
    post: str = ""
    giver_kind: GiverKind = choice(GiverKind)
    subject: str
    giver: str
    receiver: str
    what: str
    left_here: str = ""
    due: datetime | None = moment(optional=True)
    entrusted_at: datetime = moment()
    closed_at: datetime | None = moment(optional=True, index=True)
    ending: Ending | None = choice(Ending, optional=True)
    handed_to: str = ""
    receiver_id: str | None = Field(default=None, foreign_key="person.id")


class SafetyRound(Row, table=True):
    """One walk round the house; ``done_at`` is empty until every item is answered.

    ``reported_to``, ``reported_how``, the superior's ``answer`` and the reasons of its answers are
    sealed under ``subject``. ``awaits_answer``: it found a fault, and the superior has not answered
    yet (clause 147).
    """

    __tablename__ = "safety_round"

    number: str = Field(unique=True)
    post: str = Field(index=True)
    by_id: str = Field(foreign_key="person.id")
    started_at: datetime = moment()
    done_at: datetime | None = moment(optional=True, index=True)
    too_fast: bool = False
    subject: str
    reported_to: str = ""
    reported_how: str = ""
    reported_at: datetime | None = moment(optional=True)
    answer: str = ""
    answered_at: datetime | None = moment(optional=True)
    awaits_answer: bool = Field(default=False, index=True)


class SafetyAnswer(Row, table=True):
    """What one item of a round was found to be, in the order of their ids.

    ``reason`` is given when it was not checked, and sealed under the round's subject. ``named`` is
    the site's own name of the item at that moment ("" for the usual one), ``place`` where it was.
    ``unproven``: the place has a tag that was not tapped before; ``fast``: its place was answered
    or tapped sooner than one can walk there.
    """

    __tablename__ = "safety_answer"

    round_id: str = Field(foreign_key="safety_round.id", index=True)
    item: str
    found: Found = choice(Found)
    at: datetime = moment()
    reason: str = ""
    fault_id: str | None = Field(default=None)
    place: str
    named: str = ""
    unproven: bool = False
    fast: bool = False


class SafetyFault(Row, table=True):
    """A fault of the house; open until somebody says what was done and who was told.

    ``what`` to ``told``, ``closing`` and ``closed_told`` are sealed under ``subject``.
    """

    __tablename__ = "safety_fault"

    number: str = Field(unique=True)
    item: str
    subject: str
    what: str
    place: str
    measure: str
    told: str = ""
    found_at: datetime = moment(index=True)
    closed_at: datetime | None = moment(optional=True, index=True)
    closing: str = ""
    closed_told: str = ""


class Handover(Row, table=True):
    """One handover. ``document`` is the frozen record as JSON, sealed under ``subject``.

    ``signed_seq`` is the journal entry that holds both signatures, empty until then. It comes after
    the freeze and every mark, so its fingerprint on the paper vouches for all of them.
    """

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_post_frozen_at", "post", "frozen_at", "id"),
        # F3 asks for the one that waits: all the signed ones before cost it nothing.
        Index("ix_handover_open", "post", "frozen_at", sqlite_where=text(_STILL_OPEN)),
    )

    number: str = Field(unique=True)
    post: str
    state: HandoverState = choice(HandoverState, index=True)
    outgoing_id: str = Field(foreign_key="person.id")
    incoming_id: str | None = Field(default=None, foreign_key="person.id")
    frozen_at: datetime = moment()
    signed_seq: int | None = whole(optional=True)
    ended_at: datetime | None = moment(optional=True)
    open_count: int = whole()
    reason: str = ""
    subject: str
    document: str


class HandoverMark(Row, table=True):
    """The incoming's mark on one open thing of a handover, and the outgoing's ``answer`` to it.

    ``note`` and ``answer`` are sealed like the document.
    """

    __tablename__ = "handover_mark"

    handover_id: str = Field(foreign_key="handover.id", index=True)
    kind: str
    ref: str
    mark: Mark = choice(Mark)
    at: datetime = moment()
    note: str = ""
    answer: str = ""


MATTER = select(Matter).where(col(Matter.id) == bindparam("id"))
OPEN_MATTERS = (
    select(Matter).where(col(Matter.closed_at).is_(None)).order_by(col(Matter.entrusted_at))
)

ROUND = (
    select(SafetyRound, Person)
    .join(Person, col(Person.id) == col(SafetyRound.by_id))
    .where(col(SafetyRound.id) == bindparam("id"))
)
LAST_ROUND = (
    select(SafetyRound, Person)
    .join(Person, col(Person.id) == col(SafetyRound.by_id))
    .where(col(SafetyRound.post) == bindparam("post"), col(SafetyRound.done_at).is_not(None))
    .order_by(col(SafetyRound.done_at).desc())
    .limit(1)
)
RUNNING_ROUND = (
    select(SafetyRound)
    .where(
        col(SafetyRound.post) == bindparam("post"),
        col(SafetyRound.by_id) == bindparam("by"),
        col(SafetyRound.done_at).is_(None),
        col(SafetyRound.started_at) > bindparam("after"),
    )
    .order_by(col(SafetyRound.started_at).desc())
    .limit(1)
)
ANSWERS = (
    select(SafetyAnswer)
    .where(col(SafetyAnswer.round_id) == bindparam("round"))
    .order_by(col(SafetyAnswer.id))
)
ROUNDS_BETWEEN = (
    select(SafetyRound, Person)
    .join(Person, col(Person.id) == col(SafetyRound.by_id))
    .where(
        col(SafetyRound.post) == bindparam("post"),
        col(SafetyRound.done_at) >= bindparam("first"),
        col(SafetyRound.done_at) < bindparam("after"),
    )
    .order_by(col(SafetyRound.done_at))
)
AWAITING_ANSWER = (
    select(SafetyRound)
    .where(col(SafetyRound.post) == bindparam("post"), col(SafetyRound.awaits_answer).is_(True))
    .order_by(col(SafetyRound.done_at))
)
FAULT = select(SafetyFault).where(col(SafetyFault.id) == bindparam("id"))
OPEN_FAULTS = (
    select(SafetyFault)
    .where(col(SafetyFault.closed_at).is_(None))
    .order_by(col(SafetyFault.found_at))
)

FAULTS_SINCE = (
    select(SafetyFault)
    .where(
        or_(
            col(SafetyFault.found_at) > bindparam("since"),
            col(SafetyFault.closed_at) > bindparam("since"),
        )
    )
    .order_by(col(SafetyFault.found_at))
)

HANDOVER = select(Handover).where(col(Handover.id) == bindparam("id"))
OPEN_HANDOVER = (
    select(Handover)
    .where(
        col(Handover.post) == bindparam("post"),
        text(_STILL_OPEN),
    )
    .order_by(col(Handover.frozen_at).desc())
    .limit(1)
)
MARKS = (
    select(HandoverMark)
    .where(col(HandoverMark.handover_id) == bindparam("handover"))
    .order_by(col(HandoverMark.id))
)
