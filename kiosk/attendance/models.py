"""The raw tap: what was tapped, when, where and how. It is written once and never edited."""

from datetime import date, datetime

from sqlalchemy import bindparam, or_
from sqlmodel import Field, col, exists, select

from kiosk.desk.columns import choice, day, moment
from kiosk.desk.loans import Loan
from kiosk.desk.people import Department, Person
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.row import Row
from kiosk.desk.signing import Means


class Tap(Row, table=True):
    """One tap of one person (clauses 14, 130). ``day`` is the site's, ``at`` is UTC.

    ``confirmed_by`` is the staff number of who saw the person when there was no badge (无卡);
    ``corrects`` is the id of the tap whose ``kind`` this one takes the place of, else "".
    """

    __tablename__ = "tap"

    person_id: str = Field(foreign_key="person.id")
    day: date = day(index=True)
    at: datetime = moment()
    kind: Whereabouts = choice(Whereabouts)
    means: Means = choice(Means)
    device: str = ""
    confirmed_by: str = ""
    corrects: str = ""


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
    )
    .select_from(Person)
    .join(Presence, col(Presence.id) == col(Person.id), isouter=True)
    .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
    .where(col(Person.id) == bindparam("person"))
)
TAP = (
    select(Tap, Person)
    .join(Person, col(Person.id) == col(Tap.person_id))
    .where(col(Tap.id) == bindparam("id"))
)
TAPS_BETWEEN = (
    select(Tap)
    .where(col(Tap.day) >= bindparam("first"), col(Tap.day) <= bindparam("last"))
    .order_by(col(Tap.day), col(Tap.at), col(Tap.id))
)
PEOPLE = select(Person, Department.name).join(
    Department, col(Department.id) == col(Person.department_id), isouter=True
)
