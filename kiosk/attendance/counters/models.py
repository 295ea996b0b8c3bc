"""What is counted about a person, day by day, and the case card of a counter that has tripped."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.attendance.models import Tap, TapVoid
from kiosk.attendance.remarks.models import Remark
from kiosk.desk.columns import Day, choice, day, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Merge, Row
from kiosk.desk.signing import Means


class What(StrEnum):
    """What about a day is counted."""

    LATE = "late"
    EARLY = "early"
    ABSENT_MORNING = "absent_morning"
    ABSENT_AFTERNOON = "absent_afternoon"
    PROXY = "proxy"  # a tap with another's badge, on both sides


class CountedMark(Row, table=True):
    """One thing that counts, or counted until it was excused, about one day of one person.

    It is derived from the day, and kept so that a year is counted without deriving a year. ``came``
    and ``went`` are the taps of the day (UTC), ``minutes`` how much late or early. ``counts`` turns
    false when the day is derived anew and it is excused; the row stays, for the card.
    """

    __tablename__ = "counted_mark"
    merged = Merge.NEWEST
    __table_args__ = (Index("ix_counted_mark_of", "person_id", "day"),)

    person_id: str = Field(foreign_key="person.id")
    day: date = day(index=True)
    what: What = choice(What)
    minutes: int = whole()
    came_at: datetime | None = moment(optional=True)
    went_at: datetime | None = moment(optional=True)
    counts: bool


class DayCounted(Row, table=True):
    """When the marks of a day were last derived (UTC); ``limits`` is their basis (``Bases``)."""

    __tablename__ = "day_counted"
    merged = Merge.NEWEST

    day: date = Field(sa_type=Day, nullable=False, unique=True)
    counted_at: datetime = moment()
    limits: str


class AttendanceCase(Row, table=True):
    """The card of one counter that tripped for one person in one period (clauses 15, 21, 22, 137).

    ``units``, ``most``, ``days_off`` and ``evidence`` (JSON: days, tap times, minutes, numbers of
    remarks, no words) are what they were when it opened and are never written again; ``units_now``
    and ``most_now`` are what the last count gave. ``reached`` turns false when what is excused, or
    another rule, takes it below the limit: the card stays. It is closed with what was done, sealed
    under ``subject``, by a leader's badge and PIN. Units of absence are half days. Moments are UTC.
    """

    __tablename__ = "attendance_case"
    __table_args__ = (
        Index("ix_attendance_case_open", "opened_at", sqlite_where=text("closed_at IS NULL")),
        Index("ix_attendance_case_period", "first_day"),
    )

    number: str = Field(unique=True)
    subject: str = ""
    person_id: str = Field(foreign_key="person.id", index=True)
    counter: str
    clause: str
    first_day: date = day()
    last_day: date = day()
    units: int = whole()
    most: int = whole()
    days_off: bool
    evidence: str
    units_now: int = whole()
    most_now: int = whole()
    reached: bool = True
    opened_at: datetime = moment()
    changed_at: datetime | None = moment(optional=True)
    printed_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True, index=True)
    closed_by_id: str | None = Field(default=None, foreign_key="person.id", nullable=True)
    closed_means: Means | None = choice(Means, optional=True)
    done: str = ""


MARKS_OF_DAY = select(CountedMark).where(col(CountedMark.day) == bindparam("day"))
MARKS_OF = (
    select(CountedMark)
    .where(
        col(CountedMark.person_id) == bindparam("person"),
        col(CountedMark.day) >= bindparam("first"),
    )
    .order_by(col(CountedMark.day), col(CountedMark.id))
)
MARKED_SINCE = select(CountedMark).where(
    col(CountedMark.day) >= bindparam("first"), col(CountedMark.counts)
)
COUNTED = select(DayCounted).where(col(DayCounted.day) == bindparam("day"))
COUNTED_BETWEEN = select(DayCounted).where(
    col(DayCounted.day) >= bindparam("first"), col(DayCounted.day) <= bindparam("last")
)
TAPPED_DAYS = (
    select(col(Tap.day))
    .where(col(Tap.day) >= bindparam("first"), col(Tap.day) <= bindparam("last"))
    .distinct()
)
VOIDED_TAPS = (
    select(TapVoid, Tap)
    .join(Tap, col(Tap.id) == col(TapVoid.tap_id))
    .where(col(TapVoid.day) == bindparam("day"))
    .order_by(col(TapVoid.at), col(TapVoid.id))
)
REMARKS_OF = (
    select(Remark)
    .where(
        col(Remark.person_id) == bindparam("person"),
        col(Remark.day) >= bindparam("first"),
        col(Remark.day) <= bindparam("last"),
    )
    .order_by(col(Remark.day), col(Remark.written_at), col(Remark.id))
)
CASES_OF = (
    select(AttendanceCase)
    .where(col(AttendanceCase.person_id) == bindparam("person"))
    .order_by(col(AttendanceCase.first_day), col(AttendanceCase.id))
)
CASE = (
    select(AttendanceCase, Person)
    .join(Person, col(Person.id) == col(AttendanceCase.person_id))
    .where(col(AttendanceCase.id) == bindparam("id"))
)
OPEN_CASES = (
    select(AttendanceCase, Person)
    .join(Person, col(Person.id) == col(AttendanceCase.person_id))
    .where(col(AttendanceCase.closed_at).is_(None))
    .order_by(col(AttendanceCase.opened_at), col(AttendanceCase.id))
)
OPEN_SINCE = (
    select(AttendanceCase.opened_at)
    .where(col(AttendanceCase.closed_at).is_(None))
    .order_by(col(AttendanceCase.opened_at))
)
CASES_BETWEEN = (
    select(AttendanceCase, Person)
    .join(Person, col(Person.id) == col(AttendanceCase.person_id))
    .where(
        col(AttendanceCase.first_day) <= bindparam("last"),
        col(AttendanceCase.last_day) >= bindparam("first"),
    )
    .order_by(col(AttendanceCase.opened_at), col(AttendanceCase.id))
)
CLOSED_CASES = (
    select(AttendanceCase)
    .where(col(AttendanceCase.closed_at).is_not(None))
    .order_by(col(AttendanceCase.opened_at), col(AttendanceCase.id))
)
