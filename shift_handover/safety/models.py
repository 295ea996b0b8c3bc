"""The rows of the safety check's list: its places, its items, and the tags tapped in a round.

Nothing here is ever deleted: what is retired is asked no more, and old rounds still say its name.
"""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.row import Row
from shift_handover.models import Group


class SafetyPlace(Row, table=True):
    """A place of the round (clause 146). ``name`` is the site's own, "" for the usual word.

    ``tag`` is the number of the NFC tag that hangs there, in upper-case hex.
    """

    __tablename__ = "safety_place"

    code: str = Field(unique=True)
    name: str = ""
    position: int = whole()
    tag: str | None = Field(default=None, unique=True, nullable=True)
    retired_at: datetime | None = moment(optional=True)


class SafetyPoint(Row, table=True):
    """An item of the check: what is looked at in which place, in one of the four fixed groups.

    ``name`` is the site's own, "" for the usual words; ``clause`` is what asks for it.
    """

    __tablename__ = "safety_point"

    code: str = Field(unique=True)
    in_group: Group = choice(Group)
    place: str
    name: str = ""
    clause: str = ""
    position: int = whole()
    retired_at: datetime | None = moment(optional=True)


class SafetyVisit(Row, table=True):
    """A place's tag was tapped in a round: whoever walks it was there."""

    __tablename__ = "safety_visit"

    round_id: str = Field(foreign_key="safety_round.id", index=True)
    place: str
    at: datetime = moment()


PLACES = select(SafetyPlace).order_by(col(SafetyPlace.position), col(SafetyPlace.id))
POINTS = select(SafetyPoint).order_by(col(SafetyPoint.position), col(SafetyPoint.id))
PLACE_OF_TAG = select(SafetyPlace).where(col(SafetyPlace.tag) == bindparam("tag"))
VISITS = (
    select(SafetyVisit)
    .where(col(SafetyVisit.round_id) == bindparam("round"))
    .order_by(col(SafetyVisit.id))
)
