"""A slip on its way to paper, as a row: committed before the first byte leaves."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment, whole
from kiosk.desk.row import Merge, Row


class JobState(StrEnum):
    """How far a slip has come. ``UNKNOWN`` may or may not be on paper: a person must look."""

    QUEUED = "queued"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    SETTLED = "settled"  # a person looked at an unknown one, or gave up a queued one


class PrintJob(Row, table=True):
    """One copy of one slip. ``document`` is the slip's JSON, sealed under ``subject``.

    ``about`` holds the ids of what stands on it, where one number does not say that alone: a slip
    of the same kind and number about something else is no copy of it. ``printer`` is the name of
    the printer it was last sent to, "" before. ``gate`` is the desk that prints it: the others know
    of the copy, so that theirs is a reprint, and leave it alone.
    """

    __tablename__ = "print_job"
    merged = Merge.NEWEST
    __table_args__ = (Index("ix_print_job_slip_queued_at", "slip", "queued_at"),)

    gate: str
    slip: str
    number: str = Field(index=True)
    about: str = ""
    copy_no: int = whole()
    state: JobState = choice(JobState, index=True)
    queued_at: datetime = moment()
    subject: str
    document: str
    weak: bool = False
    printer: str = ""


JOB = select(PrintJob).where(col(PrintJob.id) == bindparam("id"))
JOBS_OF = (
    select(PrintJob)
    .where(col(PrintJob.slip) == bindparam("slip"), col(PrintJob.number) == bindparam("number"))
    .order_by(col(PrintJob.copy_no).desc())
)
NEXT_JOB = (
    select(PrintJob)
    .where(col(PrintJob.state) == JobState.QUEUED, col(PrintJob.gate) == bindparam("gate"))
    .order_by(col(PrintJob.id))
    .limit(1)
)
IN_STATE = (
    select(PrintJob)
    .where(col(PrintJob.state) == bindparam("state"), col(PrintJob.gate) == bindparam("gate"))
    .order_by(col(PrintJob.id))
)
