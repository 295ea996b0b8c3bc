"""Lists on paper: what stands on one is needed until it is printed, and deleted after that.

A list names many people; each of their retentions would have to be found in it. So its key, whose
id says that it is one, is destroyed at the next full hour after its end.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JobState, PrintJob
from kiosk.desk.purge import PURGED, Purged, forget_keys
from kiosk.desk.slip import Slip
from kiosk.desk.transaction import Book, SubjectKey, Transaction

_LIST = "list-"
_KEYS = select(SubjectKey).where(col(SubjectKey.id) >= _LIST, col(SubjectKey.id) < "list.")
_JOBS = select(PrintJob).where(col(PrintJob.number) == bindparam("number"))
_FINISHED = frozenset({JobState.CONFIRMED, JobState.SETTLED})


def put_on_paper(tx: Transaction, slip: Slip) -> PrintJob:
    """Queue a list under a key of its own; no other list has the same number."""
    return tx.print(slip, tx.new_subject(f"{_LIST}{slip.number}"))


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete what stands on the lists that are printed or given up."""
    with desk.read() as book:
        if not _done(book):
            return Purged()
    with desk.write(account=account) as tx:
        count = forget_keys(tx, _done(tx))
        tx.rewrite(SubjectKey)
        tx.record(PURGED, papers=count)
    return Purged({"papers": count})


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the finished lists whose words are still there."""
    del desk
    return {"papers": len(_done(book))}


def forget_naming(tx: Transaction, name: str) -> int:
    """Delete every list that is done, and take out of the queue each that names somebody erased."""
    count = forget_keys(tx, _done(tx))
    for key in tx.all(_KEYS):
        jobs = _jobs_of(tx, key)
        if not any(name in tx.read_sealed(job.document) for job in jobs):
            continue
        for job in jobs:
            if job.state not in _FINISHED:
                job.state = JobState.SETTLED
                tx.put(job)
        count += forget_keys(tx, [key])
    return count


def _done(book: Book) -> list[SubjectKey]:
    return [
        key
        for key in book.all(_KEYS)
        if all(job.state in _FINISHED for job in _jobs_of(book, key))
    ]  # fmt: skip


def _jobs_of(book: Book, key: SubjectKey) -> list[PrintJob]:
    number = key.id.removeprefix(_LIST)
    return [job for job in book.all(_JOBS, number=number) if job.subject == key.id]
