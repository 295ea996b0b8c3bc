"""The row of a night that ended without a successor; its words are in the handover's document."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import moment, whole
from kiosk.desk.row import Row
from shift_handover.models import Handover


class LockUp(Row, table=True):
    """When the post was locked up, and who read the record as the first to come (UTC).

    ``empty_min`` are the minutes nobody kept the post, empty until it was read.
    """

    __tablename__ = "lock_up"

    handover_id: str = Field(foreign_key="handover.id")
    post: str = Field(index=True)
    locked_at: datetime = moment()
    read_at: datetime | None = moment(optional=True)
    read_by_id: str | None = Field(default=None, foreign_key="person.id")
    empty_min: int | None = whole(optional=True)


UNREAD = (
    select(LockUp, Handover)
    .join(Handover, col(Handover.id) == col(LockUp.handover_id))
    .where(col(LockUp.post) == bindparam("post"), col(LockUp.read_at).is_(None))
    .order_by(col(LockUp.locked_at))
)
OF_HANDOVER = select(LockUp).where(col(LockUp.handover_id) == bindparam("handover"))
