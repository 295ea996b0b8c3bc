"""Words sealed under a key of each row's own, that are kept for some days after the row was closed.

The row stays: numbers, times and codes. What still waits for the printer under such a key is taken
out of the queue, because nothing stands on it any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from kiosk.desk.clauses import Rules
from kiosk.desk.desk import Desk
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.purge import BITE, PURGED, Purged, forget_keys
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book, SubjectKey, Transaction


def due_keys(table: type[Row], subject: Any, ended: Any) -> SelectOfScalar[SubjectKey]:  # noqa: ANN401 - any columns
    """Return the query for a bite of the keys whose row of ``table`` ended before ``before``."""
    return (
        select(SubjectKey)
        .join(table, col(subject) == col(SubjectKey.id))
        .where(col(ended) < bindparam("before"))
        .limit(BITE)
    )


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What is counted as ``kind``: the keys ``due`` after the ``days`` that the rules say."""

    kind: str
    due: SelectOfScalar[SubjectKey]
    days: Callable[[Rules], int]

    def purge(self, desk: Desk, account: str = "") -> Purged:
        """Delete the words of at most ``BITE`` rows that were kept long enough."""
        with desk.read() as book:
            if not book.all(self.due, before=self._before(desk)):
                return Purged()
        with desk.write(account=account) as tx:
            keys = tx.all(self.due, before=self._before(desk))
            _give_up_slips(tx, {key.id for key in keys})
            count = forget_keys(tx, keys)
            tx.rewrite(SubjectKey)
            told: dict[str, Any] = {self.kind: count}
            tx.record(PURGED, **told)
        return Purged({self.kind: count}, more=count == BITE)

    def overdue(self, desk: Desk, book: Book) -> Mapping[str, int]:
        """Count the rows, a bite at most, whose words are to be deleted."""
        return {self.kind: len(book.all(self.due, before=self._before(desk)))}

    def _before(self, desk: Desk) -> datetime:
        return desk.clock() - timedelta(days=self.days(desk.rules))


def _give_up_slips(tx: Transaction, subjects: set[str]) -> None:
    for state in (JobState.QUEUED, JobState.UNKNOWN):
        for job in tx.all(IN_STATE, state=state, gate=tx.gate):
            if job.subject in subjects:
                job.state = JobState.SETTLED
                tx.put(job)
