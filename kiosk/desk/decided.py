"""What follows from a decision about a row: each feature says it for its own tables.

What hung on a version that does not stand (a slip in the queue, a card that is out) must not be
left over; the feature ends or reopens it in the transaction of the decision, with its own entry.
"""

from collections.abc import Callable, Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Hook
from kiosk.desk.row import journalled
from kiosk.desk.transaction import Transaction
from kiosk.desk.versions import Version

Decided = Callable[[Transaction, Desk, str, Version, Sequence[Version]], None]
"""Given the row's id, the version that stands and those that were given up."""

_by_table: dict[str, Decided] = {}
_absorbs: list[Hook] = []


def name_absorb(absorb: Hook) -> None:
    """Let a feature keep its search words right for rows that were decided, as for those heard."""
    if absorb not in _absorbs:
        _absorbs.append(absorb)


def name_decided(table: str, follows: Decided) -> None:
    """Let a feature say what follows; raises ``ValueError`` when another has said it already."""
    if _by_table.setdefault(table, follows) is not follows:
        raise ValueError(f"{table} has its consequences already")


def follow(
    tx: Transaction, desk: Desk, table: str, row_id: str, kept: Version, others: Sequence[Version]
) -> None:
    """Keep the search words of the rows right, and do what follows from the decision."""
    stored = [one.stored for one in (kept, *others) if one.stored is not None]
    ids = dict.fromkeys([row_id, *(str(one["id"]) for one in stored)])
    rows = {one: tx.row_of(journalled()[table], one) for one in ids}
    there = [row for row in rows.values() if row is not None]
    gone = [(table, one) for one, row in rows.items() if row is None]
    for absorb in _absorbs:
        absorb(tx, there, gone)
    if table in _by_table:
        _by_table[table](tx, desk, row_id, kept, others)
