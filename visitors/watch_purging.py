"""Words of the watch list are deleted some days after an entry was ended, or its last day passed.

The entry stays as a number with its level, its days and who signed: what the journal and the
matches of old visits point at. The hashes by which it was found go with the words.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func
from sqlmodel import and_, col, or_, select

from kiosk.desk.columns import stamped_between
from kiosk.desk.desk import Desk
from kiosk.desk.journal import SYSTEM
from kiosk.desk.purge import BITE, PURGED, Purged, forget_keys
from kiosk.desk.transaction import SUBJECT_KEY, Book, SubjectKey, Transaction
from visitors.watch_list import forget
from visitors.watch_models import WatchEntry, WatchKey

KIND: Final = "watched"
_NEVER = datetime.min.replace(tzinfo=UTC)


def _ended_before(moment: str) -> ColumnElement[bool]:
    """Say in the query that the entry was ended, or its last day passed, before a parameter."""
    return or_(
        col(WatchEntry.ended_at) < bindparam(moment),
        and_(col(WatchEntry.ended_at).is_(None), col(WatchEntry.until_at) < bindparam(moment)),
    )


_OVER = and_(_ended_before("before"), or_(stamped_between(WatchEntry.stamp), _ended_before("late")))
_DUE = (
    select(WatchEntry)
    .join(SubjectKey, col(SubjectKey.id) == col(WatchEntry.subject))
    .where(_OVER)
    .order_by(col(WatchEntry.entered_at))
    .limit(BITE)
)
_COUNT = (
    select(func.count())
    .select_from(WatchEntry)
    .join(SubjectKey, col(SubjectKey.id) == col(WatchEntry.subject))
    .where(_OVER)
)
_LEFTOVERS = """
SELECT count(*) FROM watch_entry e LEFT JOIN subject_key k ON k.id = e.subject
WHERE k.id IS NULL AND (
    e.phone_hash <> '' OR e.id_hash <> ''
    OR EXISTS (SELECT 1 FROM watch_key w WHERE w.entry_id = e.id)
)
"""


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete the words of at most ``BITE`` entries that were kept long enough, the oldest first.

    An entry whose last day passed is closed with it. Records ``subjects.purged`` with the count.
    """
    with desk.read() as book:
        if not book.all(_DUE, **_limits(desk)):
            return Purged()
    with desk.write(account=account) as tx:
        due = tx.all(_DUE, **_limits(desk))
        names = frozenset(name for entry in due if (name := tx.read_sealed(entry.name, erased="")))
        for entry in due:
            _erase(tx, entry)
        more = len(due) == BITE
        if not more:
            tx.rewrite(WatchKey)
            tx.rewrite(SubjectKey)
        tx.record(PURGED, watched=len(due))
    return Purged({KIND: len(due)}, names, more)


def _erase(tx: Transaction, entry: WatchEntry) -> None:
    forget_keys(tx, [tx.one(SUBJECT_KEY, id=entry.subject)])
    forget(tx, entry.id)
    entry.phone_hash = entry.id_hash = ""
    if entry.ended_at is None:
        entry.ended_at, entry.ended_by = entry.until_at, SYSTEM
    tx.put(entry)


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the entries whose words were kept long enough and are still there."""
    return {KIND: book.one(_COUNT, **_limits(desk)) or 0}


def leftovers(book: Book) -> int:
    """Count deleted entries that can still be found by something: there may be none."""
    (count,) = book.connection.execute(_LEFTOVERS).fetchone()
    return int(count)


def _limits(desk: Desk) -> dict[str, object]:
    """Return before which moment an entry must have ended, of this desk's and of others' entries.

    As with visits the desk that keeps the site does it for one that is cut off for long.
    """
    before = desk.clock() - timedelta(days=desk.rules.watch_words_days)
    late = before - desk.grace_for_others if desk.settings.hub.keeper else _NEVER
    return {"before": before, "late": late, **desk.own_stamps}
