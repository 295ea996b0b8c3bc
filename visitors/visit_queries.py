"""Which visits: late ones, those to come, of one host, of a series, of a file, of a card."""

from sqlalchemy import bindparam
from sqlmodel import and_, col, or_, select

from kiosk.desk.people import Person
from visitors.models import IS_HERE, IS_TO_COME_OR_HERE, State, Visit
from visitors.visit_words import VisitWords

EXPECTED_SINCE = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.state) == State.EXPECTED, col(Visit.from_at) < bindparam("start"))
    .order_by(col(Visit.from_at))
)
EXPECTED_BEFORE = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.state) == State.EXPECTED,
        col(Visit.day) < bindparam("day"),
        col(Visit.until_at) < bindparam("now"),
    )
    .order_by(col(Visit.from_at), col(Visit.id))
)
NO_SHOWS = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.state) == State.NO_SHOW, col(Visit.day) >= bindparam("day"))
    .order_by(col(Visit.from_at))
)
COMING = (
    select(VisitWords)
    .join(Visit, col(Visit.id) == col(VisitWords.id))
    .where(
        col(Visit.state) == State.EXPECTED,
        col(Visit.day) > bindparam("day"),
        col(Visit.day) <= bindparam("last"),
    )
    .order_by(col(Visit.from_at))
)
ON_DAY = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.day) == bindparam("day"), IS_TO_COME_OR_HERE)
    .order_by(col(Visit.from_at))
)
OF_HOST_ON = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.host_id) == bindparam("host"),
        col(Visit.day) == bindparam("day"),
        IS_TO_COME_OR_HERE,
    )
    .order_by(col(Visit.from_at))
)
FOLLOWING = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.series) == bindparam("series"),
        col(Visit.from_at) >= bindparam("start"),
        col(Visit.state) == State.EXPECTED,
    )
    .order_by(col(Visit.from_at))
)
BY_FILE_REF = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.file_ref) == bindparam("ref"))
    .order_by(col(Visit.id).desc())
)
BY_ID_HASH = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.id_hash) == bindparam("id_hash"),
        or_(
            IS_HERE,
            and_(
                col(Visit.state) == State.EXPECTED,
                or_(
                    col(Visit.day) == bindparam("day"),
                    and_(
                        col(Visit.from_at) <= bindparam("now"),
                        col(Visit.until_at) >= bindparam("now"),
                    ),
                ),
            ),
        ),
    )
    .order_by(col(Visit.from_at), col(Visit.id))
)
