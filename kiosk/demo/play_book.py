"""What the demo looks up in the book: the newest slip's code, and whether all is on paper."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JobState, PrintJob
from visitors import slip_code
from visitors.models import State, Visit

_NEWEST = (
    select(Visit)
    .where(col(Visit.state) == State.ADMITTED)
    .order_by(col(Visit.admitted_at).desc())
    .limit(1)
)
_IN_STATE = select(PrintJob.id).where(col(PrintJob.state) == bindparam("state"))


def newest_slip_code(desk: Desk) -> str:
    """Return what a scanner reads on the newest slip of who is inside, "" for none."""
    with desk.read() as book:
        visit = book.one(_NEWEST)
    return slip_code.made(desk, visit, visit.copy_no) if visit is not None else ""


def slips_waiting(desk: Desk) -> int:
    """Return how many slips are not on paper yet."""
    with desk.read() as book:
        return sum(len(book.all(_IN_STATE, state=s)) for s in (JobState.QUEUED, JobState.SENDING))
