"""What follows when a conflict about a visit is decided: nothing else is left over."""

from collections.abc import Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.transaction import Transaction
from kiosk.desk.versions import Version
from visitors import rules, slips
from visitors.ladder.asking import take_back
from visitors.models import State, Visit

_NOT_LET_IN = frozenset({State.REFUSED, State.NO_SHOW, State.VOIDED})


def follow(
    tx: Transaction, desk: Desk, row_id: str, kept: Version, others: Sequence[Version]
) -> None:
    """Give who is not let in no slip, and ask nobody about him any more.

    What was lent to the visitor stays out in the book, an open thing until it is back. Records
    ``visit.decided_followed`` when it changed something.
    """
    del desk, kept, others
    visit = tx.row_of(Visit, row_id)
    if not isinstance(visit, Visit):
        return
    given_up = _give_up_slips(tx, visit) if visit.state in _NOT_LET_IN else 0
    if visit.state in _NOT_LET_IN:
        take_back(tx, visit.id, visit.host_id)
    tx.record("visit.decided_followed", visit=visit.id, slips=given_up)


def _give_up_slips(tx: Transaction, visit: Visit) -> int:
    if not visit.number:
        return 0
    waiting = [
        job
        for job in tx.all(JOBS_OF, slip=slips.KIND, number=rules.readable(visit.day, visit.number))
        if job.subject == visit.subject and job.state in {JobState.QUEUED, JobState.UNKNOWN}
    ]
    for job in waiting:
        job.state = JobState.SETTLED
        tx.put(job)
    return len(waiting)
