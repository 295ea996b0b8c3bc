"""Who works which shift on which day, for those whose hours are not the office's."""

from datetime import date

from sqlalchemy import Index, bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import day
from kiosk.desk.row import Row


class ShiftDay(Row, table=True):
    """One person's shift of one day of the site; ``shift`` is its name in the settings.

    ``day`` is the day the shift begins on, also when it ends on the next; ``shift`` "" is a day
    off by the roster.
    """

    __tablename__ = "shift_day"
    __table_args__ = (Index("ix_shift_day_of", "person_id", "day", unique=True),)

    person_id: str = Field(foreign_key="person.id")
    day: date = day(index=True)
    shift: str


SHIFT_DAYS_BETWEEN = (
    select(ShiftDay)
    .where(col(ShiftDay.day) >= bindparam("first"), col(ShiftDay.day) <= bindparam("last"))
    .order_by(col(ShiftDay.day), col(ShiftDay.person_id))
)
SHIFTS_OF = (
    select(ShiftDay)
    .where(
        col(ShiftDay.person_id) == bindparam("person"),
        col(ShiftDay.day) >= bindparam("first"),
        col(ShiftDay.day) <= bindparam("last"),
    )
    .order_by(col(ShiftDay.day))
)
