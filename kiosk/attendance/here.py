"""What every tap asks the book about who taps."""

from sqlalchemy import bindparam, or_
from sqlmodel import col, exists, select

from kiosk.attendance.closing.models import DayClosing
from kiosk.desk.loans import Loan
from kiosk.desk.people import Department, Person
from kiosk.desk.presence import Presence

# One statement for all a tap must know: each further one would cost a twentieth of the tap.
HERE = (
    select(
        Presence,
        Department.name,
        exists().where(
            col(Loan.holder_id) == col(Person.id),
            col(Loan.returned_at).is_(None),
            or_(col(Loan.due_at).is_not(None), col(Loan.recalled_at).is_not(None)),
        ),
        exists().where(col(DayClosing.day) == bindparam("today")),
    )
    .select_from(Person)
    .join(Presence, col(Presence.id) == col(Person.id), isouter=True)
    .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
    .where(col(Person.id) == bindparam("person"))
)
CLOSED_DAY = select(DayClosing.id).where(col(DayClosing.day) == bindparam("day")).limit(1)
