"""The watch list as rows: who is listed, by which keys, which visit matched, and who decided.

Everything that names a listed person is sealed under the entry's own subject. The keys by which a
visit is matched are keyed hashes: who steals the database reads no name from them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, and_, col, or_, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.row import Merge, Row, SideRow, Stored
from visitors.models import HERE_STATES, State, Visit


class Level(StrEnum):
    """What to do when a listed person comes, from little to much."""

    TELL = "tell"  # 放行并告知
    ESCORT = "escort"  # 陪同
    CALL = "call"  # 先打电话
    REFUSE = "refuse"  # 婉拒


SHUTS_THE_DOOR = frozenset({Level.CALL, Level.REFUSE})
"""Levels that fail closed: nobody goes in on such a match until a manager decides."""


class Sure(StrEnum):
    """How sure it is that the visitor is the listed person."""

    MAYBE = "maybe"
    LIKELY = "likely"
    SURE = "sure"


class Same(StrEnum):
    """What the guard found when he compared."""

    SAME = "same"
    ANOTHER = "another"


class Decision(StrEnum):
    """What became of a match: a manager decided, or (``TOLD``) whoever was to be told was."""

    ADMIT = "admit"
    ESCORT = "escort"
    TOLD = "told"


class WatchEntry(Row, table=True):
    """One listed person or unit. ``phone_tail`` and every other word is sealed; moments are UTC.

    ``whom`` is the staff number of who is told or called. An entry is ended, never deleted.
    """

    __tablename__ = "watch_entry"

    number: str = Field(unique=True)
    subject: str
    name: str = ""
    other_names: str = ""
    phone_tail: str = ""
    phone_hash: str = ""
    id_hash: str = ""
    born: str = ""
    plate: str = ""
    unit: str = ""
    level: Level = choice(Level)
    whom: str = ""
    say: str = ""
    reason: str = ""
    until_at: datetime | None = moment(optional=True)
    entered_at: datetime = moment()
    entered_by: str = ""
    signed_by: str = ""
    signed_means: str = ""
    ended_at: datetime | None = moment(optional=True, index=True)
    ended_by: str = ""
    ended_why: str = ""

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return more for a stricter level, and 0 for an entry that was ended."""
        return 0 if stored["ended_at"] else 1 + list(Level).index(Level(str(stored["level"])))


class WatchKey(SideRow, table=True):
    """One keyed hash by which an entry is found; derived from it and purged with it."""

    __tablename__ = "watch_key"

    entry_id: str = Field(index=True)
    way: str
    key: str = Field(index=True)


class WatchMatch(Row, table=True):
    """One person of a visit who may be a listed one: how sure, what was compared and decided.

    ``whose`` tells the people of a visit apart: "" is its leader, whom a card laid on it belongs
    to; a companion's is four signs that many names have, so that they give none away.

    ``ways`` says by what it was found, with ``BY_CARD`` where a card on the reader told: no
    corrected word takes that back. ``reason`` is the manager's, sealed under the visit.
    """

    __tablename__ = "watch_match"

    visit_id: str = Field(index=True)
    entry_id: str = Field(index=True)
    whose: str = ""
    sure: Sure = choice(Sure)
    ways: str = ""
    found_at: datetime = moment()
    answer: Same | None = choice(Same, optional=True)
    answered_by: str = ""
    answered_at: datetime | None = moment(optional=True)
    decision: Decision | None = choice(Decision, optional=True)
    decided_by: str = ""
    decided_means: str = ""
    decided_at: datetime | None = moment(optional=True)
    reason: str = ""

    @staticmethod
    def id_of(visit_id: str, entry_id: str, whose: str) -> str:
        """Return the id that the match of one person of a visit with one entry has."""
        return "+".join(part for part in (visit_id, entry_id, whose) if part)

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return more for what was decided, then for the surer, then for what was answered.

        Of two that say different things the stricter stands. Any weighs more than one taken back.
        """
        decided = _WEIGHT_OF_DECISION.get(str(stored["decision"]), 0)
        sure = _place_of(str(stored["sure"]))
        return 1 + 100 * decided + 10 * sure + _WEIGHT_OF_ANSWER.get(str(stored["answer"]), 0)

    @classmethod
    def agree(cls, versions: Sequence[Mapping[str, Stored] | None]) -> bool:
        """Say whether nobody contradicts: one decision of managers, else one answer to the surest.

        When and by what it was found differs at every desk, and means nothing.
        """
        rows = [stored for stored in versions if stored is not None]
        decided = {str(one["decision"]) for one in rows if one["decision"]}
        if decided:
            return len(decided - {Decision.TOLD.value}) <= 1
        surest = max((str(one["sure"]) for one in rows), key=_place_of, default="")
        answers = {str(one["answer"]) for one in rows if one["answer"] and one["sure"] == surest}
        return len(answers) <= 1


def _place_of(sure: str) -> int:
    return list(Sure).index(Sure(sure))


_WEIGHT_OF_DECISION = {Decision.ESCORT.value: 2, Decision.ADMIT.value: 1, Decision.TOLD.value: 1}
_WEIGHT_OF_ANSWER = {Same.SAME.value: 2, Same.ANOTHER.value: 1}
BY_CARD = "card"


class WatchMissed(Row, table=True):
    """A visit that could not be looked up; its id is the visit's, ``made_up_at`` when it was."""

    __tablename__ = "watch_missed"
    merged = Merge.NEWEST

    since: datetime = moment()
    made_up_at: datetime | None = moment(optional=True, index=True)


_IN_FORCE = and_(
    col(WatchEntry.ended_at).is_(None),
    or_(col(WatchEntry.until_at).is_(None), col(WatchEntry.until_at) > bindparam("now")),
)

BY_KEY = (
    select(WatchEntry, WatchKey)
    .join(WatchKey, col(WatchKey.entry_id) == col(WatchEntry.id))
    .where(col(WatchKey.key) == bindparam("key"), _IN_FORCE)
)
ENTRY = select(WatchEntry).where(col(WatchEntry.id) == bindparam("id"))
NOT_ENDED = (
    select(WatchEntry)
    .where(col(WatchEntry.ended_at).is_(None))
    .order_by(col(WatchEntry.entered_at))
)
ALL_KEYS = select(WatchKey)
KEYS_OF = select(WatchKey).where(col(WatchKey.entry_id) == bindparam("entry"))
MATCH = select(WatchMatch).where(col(WatchMatch.id) == bindparam("id"))
MATCHES_OF = (
    select(WatchMatch, WatchEntry)
    .join(WatchEntry, col(WatchEntry.id) == col(WatchMatch.entry_id))
    .where(col(WatchMatch.visit_id) == bindparam("visit"), _IN_FORCE)
    .order_by(col(WatchMatch.found_at))
)
MATCH_WITH = select(WatchMatch).where(
    col(WatchMatch.visit_id) == bindparam("visit"),
    col(WatchMatch.entry_id) == bindparam("entry"),
    col(WatchMatch.whose) == bindparam("whose"),
)
MISSED = select(WatchMissed).where(
    col(WatchMissed.id) == bindparam("visit"), col(WatchMissed.made_up_at).is_(None)
)
EVER_MISSED = select(WatchMissed).where(col(WatchMissed.id) == bindparam("visit"))
ALL_MISSED = (
    select(WatchMissed, Visit)
    .join(Visit, col(Visit.id) == col(WatchMissed.id))
    .where(col(WatchMissed.made_up_at).is_(None))
    .order_by(col(WatchMissed.since))
)
BEFORE_INSIDE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED})
"""Where a visit is looked up anew at every step: the list or the name may have changed."""
GONE = frozenset({State.ASSUMED_LEFT, State.UNKNOWN, State.LEFT})
"""Where a visitor has been inside: a match that is found only now is told, there is no more."""
_IS_OPEN = or_(
    *(col(Visit.state) == state for state in HERE_STATES),
    and_(
        or_(*(col(Visit.state) == state for state in sorted(GONE))),
        col(WatchMatch.found_at) > col(Visit.left_at),
    ),
)
MATCHED_OPEN = (
    select(WatchMatch, WatchEntry, Visit)
    .join(WatchEntry, col(WatchEntry.id) == col(WatchMatch.entry_id))
    .join(Visit, col(Visit.id) == col(WatchMatch.visit_id))
    .where(
        _IS_OPEN,
        col(WatchMatch.decision).is_(None),
        or_(col(WatchMatch.answer).is_(None), col(WatchMatch.answer) == Same.SAME),
        _IN_FORCE,
    )
    .order_by(col(WatchMatch.found_at))
)
