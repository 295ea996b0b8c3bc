"""A roll call as rows: when, of what kind, and a mark for everybody who was thought to be inside.

The list stands as it was when the roll call began: who taps out or is let out afterwards is still
looked for until somebody marks them. Names are sealed, a visitor's under the visit's own subject.

Where the site has several desks, each marks on rows of its own: two desks never write one row, and
what they said of a party is put together when it is read (``rules.together``).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, bindparam
from sqlmodel import Field, col, or_, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.inside import Sort
from kiosk.desk.row import Merge, Row, Stored


class RollKind(StrEnum):
    """Why a roll call is held; only like is compared with like."""

    DRILL = "drill"  # 演练
    TEST = "test"  # 测试: of the kiosk and its printer
    REAL = "real"  # 真实险情


class Mark(StrEnum):
    """What became of one party on the list."""

    FOUND = "found"
    NEEDS_HELP = "needs_help"
    NOT_INSIDE = "not_inside"  # known to be elsewhere


class RollCall(Row, table=True):
    """One roll call; the counts, in people, stand once it has ended. Moments are UTC.

    ``by`` is the staff number of who began it (``system`` where nobody is on duty), ``papers`` how
    often the list was printed, ``printed_at`` when last; ``things`` were out when it began.
    ``expected`` were certainly inside, ``uncertain`` perhaps; ``missing`` and ``unclear`` are
    those of them whom nobody marked. ``gate`` is the desk where it began.
    """

    __tablename__ = "roll_call"
    merged: ClassVar[Merge] = Merge.NEWEST

    number: str
    kind: RollKind = choice(RollKind)
    subject: str
    by: str
    gate: str
    began_at: datetime = moment()
    ended_at: datetime | None = moment(optional=True, index=True)
    papers: int = whole(default=0)
    printed_at: datetime = moment()
    things: int = whole(default=0)
    expected: int = whole(default=0)
    uncertain: int = whole(default=0)
    found: int = whole(default=0)
    needs_help: int = whole(default=0)
    not_inside: int = whole(default=0)
    missing: int = whole(default=0)
    unclear: int = whole(default=0)

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return how strong a version is: one that has ended, then one that is a real danger."""
        return 2 * bool(stored["ended_at"]) + (stored["kind"] == RollKind.REAL.value)


class RollMark(Row, table=True):
    """One party on the list. ``here`` of its ``people`` were found; ``state`` is empty before.

    ``ref`` is the visit or the person behind it ("" for a name that was typed), ``words`` its
    sealed words; ``added`` says that it was not on the list when the roll call began. ``gate`` is
    the desk whose row it is, ``of`` the listed row of another desk that it speaks of, "" for a
    listed one. A mark taken back has its moment and no state.
    """

    __tablename__ = "roll_mark"
    __table_args__ = (Index("ix_roll_mark_roll_ref", "roll_id", "ref"),)
    merged: ClassVar[Merge] = Merge.NEWEST

    roll_id: str = Field(foreign_key="roll_call.id")
    gate: str = ""
    of: str = ""
    sort: Sort = choice(Sort)
    ref: str = ""
    words: str
    people: int = whole()
    certain: bool = True
    added: bool = False
    state: Mark | None = choice(Mark, optional=True)
    here: int = whole(default=0)
    marked_at: datetime | None = moment(optional=True)

    @property
    def party(self) -> str:
        """Whom it speaks of: the visit, the person, or the listed row of a name that was typed."""
        return self.ref or self.of or self.id


OPEN_ROLLS = (
    select(RollCall)
    .where(col(RollCall.ended_at).is_(None))
    .order_by(col(RollCall.kind) != RollKind.REAL, col(RollCall.began_at), col(RollCall.id))
)
"""A real danger first: two desks that could not hear each other may have begun one each."""
OPEN_ROLL = OPEN_ROLLS.limit(1)
ROLLS_BESIDE = select(RollCall).where(
    col(RollCall.id) != bindparam("id"),
    col(RollCall.kind) == bindparam("kind"),
    col(RollCall.began_at) <= bindparam("end"),
    or_(col(RollCall.ended_at).is_(None), col(RollCall.ended_at) > bindparam("began")),
)
"""Those of the same kind that another desk held at the same time, neither knowing of the other."""
ROLL = select(RollCall).where(col(RollCall.id) == bindparam("id"))
ROLLS_BETWEEN = (
    select(RollCall)
    .where(col(RollCall.began_at) >= bindparam("first"), col(RollCall.began_at) < bindparam("end"))
    .order_by(col(RollCall.began_at))
)
LAST_LIKE = (
    select(RollCall)
    .where(
        col(RollCall.kind) == bindparam("kind"),
        col(RollCall.ended_at).is_not(None),
        col(RollCall.began_at) < bindparam("before"),
    )
    .order_by(col(RollCall.began_at).desc())
    .limit(1)
)
TYPED_NAMES = (
    select(RollCall, RollMark)
    .join(RollMark, col(RollMark.roll_id) == col(RollCall.id))
    .where(col(RollMark.ref) == "")
    .order_by(col(RollCall.began_at))
)
MARKS_OF = (
    select(RollMark).where(col(RollMark.roll_id) == bindparam("roll")).order_by(col(RollMark.id))
)
MARK = select(RollMark).where(col(RollMark.id) == bindparam("id"))
MARK_OF = (
    select(RollMark)
    .where(col(RollMark.roll_id) == bindparam("roll"), col(RollMark.ref) == bindparam("ref"))
    .order_by(col(RollMark.of), col(RollMark.id))
)
SAID_OF_TYPED = select(RollMark).where(
    col(RollMark.roll_id) == bindparam("roll"),
    col(RollMark.ref) == "",
    or_(col(RollMark.id) == bindparam("of"), col(RollMark.of) == bindparam("of")),
)
MARK_HERE = select(RollMark).where(
    col(RollMark.roll_id) == bindparam("roll"),
    col(RollMark.of) == bindparam("of"),
    col(RollMark.gate) == bindparam("gate"),
)
