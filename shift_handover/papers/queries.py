"""The queries of the papers: one handover by its number, the times on the post around it."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.posts import Duty
from shift_handover.models import Handover

BY_NUMBER = select(Handover).where(col(Handover.number) == bindparam("number"))
DUTY_ENDED = (
    select(Duty)
    .where(
        col(Duty.post) == bindparam("post"),
        col(Duty.person_id) == bindparam("person"),
        col(Duty.until) == bindparam("at"),
    )
    .order_by(col(Duty.since))
    .limit(1)
)
