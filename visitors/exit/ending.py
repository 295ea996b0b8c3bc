"""The end of a difference at the exit, in the hands of who writes."""

from kiosk.desk.transaction import Transaction
from visitors import rules
from visitors.exit.models import DIFFERENCES_OF, Differs, Settled, VisitDifference
from visitors.models import Visit


def end_difference(
    tx: Transaction, visit: Visit, row: VisitDifference, how: Settled, words: str = ""
) -> None:
    """Write how a difference ended, and its entry; ``words`` are sealed already."""
    row.settled_at, row.settled_by, row.settled_how = tx.now, tx.by, how
    row.settled_words = words
    tx.put(row)
    tx.record(
        "visit.difference_settled", visit=visit.id, number=rules.spoken(visit.number),
        difference=row.number, field=row.field.value, how=how.value,
    )  # fmt: skip


def helmet_brought(tx: Transaction, visit: Visit) -> None:
    """End what was written down at the exit about the visit's helmets: they hang in the rack."""
    for row in tx.all(DIFFERENCES_OF, visit=visit.id):
        if row.field is Differs.HELMET and row.settled_at is None:
            end_difference(tx, visit, row, Settled.BROUGHT)
