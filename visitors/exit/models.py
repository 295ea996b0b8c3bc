"""What differed at the exit, as rows: found by the guard, open until somebody says how it ended."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row
from visitors.models import LeftHow, Visit


class Differs(StrEnum):
    """What was not as it came in. What is lent by the ledger is no row here: its loan is open."""

    GOODS = "goods"
    PLATE = "plate"
    HELMET = "helmet"


class Settled(StrEnum):
    """How a difference ended."""

    BROUGHT = "brought"
    HOST_EXPLAINS = "host_explains"
    ALLOWED_OUT = "allowed_out"  # clause 33: house property goes out with a pass
    LOST = "lost"
    MISTAKE = "mistake"


class VisitDifference(Row, table=True):
    """One difference at the exit (``E4``). Moments are UTC.

    ``words`` and ``settled_words`` are sealed under the visit's subject: they may name somebody.
    """

    __tablename__ = "visit_difference"

    number: str = Field(unique=True)
    visit_id: str = Field(foreign_key="visit.id", index=True)
    field: Differs = choice(Differs)
    found_at: datetime = moment()
    found_by: str = ""
    words: str = ""
    settled_at: datetime | None = moment(optional=True, index=True)
    settled_by: str = ""
    settled_how: Settled | None = choice(Settled, optional=True)
    settled_words: str = ""


DIFFERENCE = (
    select(VisitDifference, Visit, Person)
    .join(Visit, col(Visit.id) == col(VisitDifference.visit_id))
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(VisitDifference.id) == bindparam("id"))
)
DIFFERENCES_OF = (
    select(VisitDifference)
    .where(col(VisitDifference.visit_id) == bindparam("visit"))
    .order_by(col(VisitDifference.found_at), col(VisitDifference.id))
)
DIFFERENCES_OPEN = (
    select(VisitDifference, Visit, Person)
    .join(Visit, col(Visit.id) == col(VisitDifference.visit_id))
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(VisitDifference.settled_at).is_(None))
    .order_by(col(VisitDifference.found_at))
)
HELMETS_DIFFER = select(VisitDifference).where(
    col(VisitDifference.settled_at).is_(None), col(VisitDifference.field) == Differs.HELMET
)
DIFFERENCES_BETWEEN = (
    select(VisitDifference, Visit)
    .join(Visit, col(Visit.id) == col(VisitDifference.visit_id))
    .where(col(Visit.day) >= bindparam("first"), col(Visit.day) <= bindparam("last"))
    .order_by(col(VisitDifference.found_at))
)
LEFT_LAST = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.left_gate) == bindparam("gate"),
        col(Visit.left_at) >= bindparam("since"),
        col(Visit.left_how) != LeftHow.ASSUMED,
        col(Visit.admitted_at).is_not(None),  # who was never inside has not left either
    )
    .order_by(col(Visit.left_at).desc())
    .limit(1)
)
"""The visit of who was let in and seen to leave last: what one key can still put right."""
