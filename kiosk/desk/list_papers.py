"""Lists on paper: what stands on one is needed until it is printed, and deleted after that.

A list names many people; each of their retentions would have to be found in it. So it has a key of
its own, whose id says that it is a list's, and the key is destroyed at the next full hour after its
end. One that was never printed is given up when a phone number would be deleted.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JobState, PrintJob
from kiosk.desk.purge import PURGED, Purged, forget_keys
from kiosk.desk.row import new_id
from kiosk.desk.slip import Slip
from kiosk.desk.transaction import Book, SubjectKey, Transaction

_LIST = "list-"
_KEYS = select(SubjectKey).where(col(SubjectKey.id) >= _LIST, col(SubjectKey.id) < "list.")
_JOBS = select(PrintJob).where(col(PrintJob.number) == bindparam("number"))
_FINISHED = frozenset({JobState.CONFIRMED, JobState.SETTLED})


def put_on_paper(tx: Transaction, slip: Slip) -> PrintJob:
    """Queue a list, or what one person asked for, under a key of its own."""
    return tx.print(slip, tx.new_subject(f"{_LIST}{slip.number}/{new_id()}"))


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete what stands on this desk's lists that are printed, given up, or waited too long."""
    with desk.read() as book:
        if not _done(desk, book):
            return Purged()
    with desk.write(account=account) as tx:
        count = _forget(tx, _done(desk, tx))
        tx.rewrite(SubjectKey)
        tx.record(PURGED, papers=count)
    return Purged({"papers": count})


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the lists that are over, and whose words are still there."""
    return {"papers": len(_done(desk, book))}


def forget_naming(tx: Transaction, desk: Desk, name: str) -> int:
    """Delete every list that is over, and take out of the queue each that names somebody erased."""
    naming = [
        key
        for key in tx.all(_KEYS)
        if any(name in tx.read_sealed(job.document) for job in _jobs_of(tx, key))
    ]
    return _forget(tx, {key.id: key for key in (*naming, *_done(desk, tx))}.values())


def _forget(tx: Transaction, keys: Iterable[SubjectKey]) -> int:
    there = list(keys)
    for job in (job for key in there for job in _jobs_of(tx, key)):
        if job.state not in _FINISHED and job.gate == tx.gate:
            job.state = JobState.SETTLED
            tx.put(job)
    return forget_keys(tx, there)


def _done(desk: Desk, book: Book) -> list[SubjectKey]:
    before = desk.clock() - timedelta(days=desk.rules.visitor_phone_days)
    return [
        key
        for key in book.all(_KEYS)
        if all(
            job.gate == desk.gate and (job.state in _FINISHED or job.queued_at < before)
            for job in _jobs_of(book, key)
        )
    ]


def _jobs_of(book: Book, key: SubjectKey) -> list[PrintJob]:
    number = key.id.removeprefix(_LIST).rpartition("/")[0]
    return [job for job in book.all(_JOBS, number=number) if job.subject == key.id]
