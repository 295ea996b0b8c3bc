"""An incident as rows: what it is, every step of calling, and its reports (clauses 153-154).

Whom was called under which number and what was reported are sealed under the incident's own
subject. Rows of steps and reports are only added, never changed.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.print_job import PrintJob
from kiosk.desk.row import Row


class Kind(StrEnum):
    """What kind of incident it is, in the order of the digits."""

    FIRE = "fire"
    MEDICAL = "medical"
    INTRUDER = "intruder"
    FLOOD = "flood"
    POWER = "power"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a call, in the order of the digits."""

    CALLED = "called"
    ANSWERED = "answered"
    NOT_REACHED = "not_reached"


class Sort(StrEnum):
    """Which report it is."""

    FIRST = "first"  # 首报
    FOLLOW_UP = "follow_up"  # 续报
    FINAL = "final"  # 终报


class Incident(Row, table=True):
    """One incident or ``drill``. Moments are UTC.

    ``opened_by`` and ``closed_by`` are staff numbers (``system`` where nobody is on duty),
    ``papers`` counts the printings of its sheet.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_open", "opened_at", sqlite_where=text("closed_at IS NULL")),
    )

    number: str = Field(unique=True)
    post: str
    kind: Kind = choice(Kind)
    drill: bool = False
    subject: str
    opened_at: datetime = moment(index=True)
    opened_by: str
    closed_at: datetime | None = moment(optional=True)
    closed_by: str = ""
    papers: int = whole(default=0)


class IncidentStep(Row, table=True):
    """One step of calling: ``contact`` is its key, ``whom`` the sealed name and number."""

    __tablename__ = "incident_step"

    incident_id: str = Field(foreign_key="incident.id", index=True)
    contact: str
    outcome: Outcome = choice(Outcome)
    whom: str
    at: datetime = moment()
    by: str


class IncidentReport(Row, table=True):
    """One report, the ``place``-th of its incident; ``words`` are sealed JSON."""

    __tablename__ = "incident_report"

    incident_id: str = Field(foreign_key="incident.id", index=True)
    sort: Sort = choice(Sort)
    place: int = whole()
    words: str
    at: datetime = moment()
    by: str


INCIDENT = select(Incident).where(col(Incident.id) == bindparam("id"))
OPEN = (
    select(Incident)
    .where(col(Incident.closed_at).is_(None))
    .order_by(col(Incident.opened_at).desc())
)
BETWEEN = (
    select(Incident)
    .where(
        col(Incident.post) == bindparam("post"),
        col(Incident.opened_at) >= bindparam("first"),
        col(Incident.opened_at) < bindparam("after"),
    )
    .order_by(col(Incident.opened_at))
)
STEPS_OF = (
    select(IncidentStep)
    .where(col(IncidentStep.incident_id) == bindparam("incident"))
    .order_by(col(IncidentStep.id))
)
REPORTS_OF = (
    select(IncidentReport)
    .where(col(IncidentReport.incident_id) == bindparam("incident"))
    .order_by(col(IncidentReport.place))
)
EVERY_REPORT = (
    select(Incident, IncidentReport)
    .join(IncidentReport, col(IncidentReport.incident_id) == col(Incident.id))
    .order_by(col(Incident.opened_at))
)
LAST_SHEET = (
    select(PrintJob)
    .where(col(PrintJob.slip) == bindparam("slip"), col(PrintJob.gate) == bindparam("gate"))
    .order_by(col(PrintJob.queued_at).desc())
    .limit(1)
)
