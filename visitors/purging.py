"""Delete what was kept long enough: phone numbers first, the other words later, in small bites."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, func
from sqlmodel import col, exists, or_, select

from kiosk.desk.columns import stamped_between
from kiosk.desk.desk import Desk
from kiosk.desk.purge import BITE, PURGED, Purged
from kiosk.desk.transaction import Book, SubjectKey, Transaction
from visitors.emergency.models import EmergencyEntry
from visitors.erasing import OVER, erase_phone, erase_words
from visitors.models import State, Visit
from visitors.visit_words import VisitWords

# The words are the list of who is not erased yet: the visits stay for ever.
_OWES = exists().where(
    col(EmergencyEntry.id) == col(Visit.id), col(EmergencyEntry.paid_at).is_(None)
)
# "Is none of the others" instead of "is one of these": SQLite would look up the states first.
_IS_OVER = (
    or_(stamped_between(Visit.stamp), col(VisitWords.day) <= bindparam("late")),
    *(col(Visit.state) != state for state in State if state not in OVER),
    or_(col(Visit.left_at).is_(None), col(Visit.left_at) < bindparam("after")),
    or_(col(Visit.state) == State.VOIDED, ~_OWES),
)
_DUE = (
    select(Visit)
    .join(VisitWords, col(VisitWords.id) == col(Visit.id))
    .where(col(VisitWords.day) <= bindparam("last"), *_IS_OVER)
    .order_by(col(VisitWords.day))
    .limit(BITE)
)
_PHONES_DUE = (
    select(Visit, VisitWords)
    .join(VisitWords, col(VisitWords.id) == col(Visit.id))
    .where(col(VisitWords.phone_day) <= bindparam("last"), *_IS_OVER)
    .order_by(col(VisitWords.phone_day))
    .limit(BITE)
)
_COUNT = (
    select(func.count())
    .select_from(VisitWords)
    .join(Visit, col(VisitWords.id) == col(Visit.id))
    .where(*_IS_OVER)
)
_COUNT_DUE = _COUNT.where(col(VisitWords.day) <= bindparam("last"))
_COUNT_PHONES = _COUNT.where(col(VisitWords.phone_day) <= bindparam("last"))
_LEFTOVERS = """
SELECT (
    SELECT count(*) FROM visit_words w LEFT JOIN visit v ON v.id = w.id
    LEFT JOIN subject_key k ON k.id = v.subject WHERE k.id IS NULL
) + (
    SELECT count(*) FROM visit_words w JOIN visit v ON v.id = w.id
    LEFT JOIN subject_key k ON k.id = v.subject || '-phone'
    WHERE k.id IS NULL AND w.phone_tail <> ''
) + (
    SELECT count(*) FROM visit v JOIN subject_key k ON k.id IN (v.subject, v.subject || '-phone')
    LEFT JOIN visit_words w ON w.id = v.id WHERE w.id IS NULL
)
"""


def purge(desk: Desk, account: str = "") -> Purged:
    """Erase at most ``BITE`` visitors and as many phone numbers that are due, the oldest first.

    Those this desk wrote last, see ``_limits``. Records ``subjects.purged`` with the counts. The
    bite that ends the day's work wipes the tables.
    """
    with desk.read() as book:
        if not _anybody(desk, book):
            return Purged()
    with desk.write(account=account) as tx:
        visits = tx.all(_DUE, **_limits(desk, desk.rules.visitor_words_days))
        names = frozenset(name for visit in visits if (name := _name(tx, visit)))
        for visit in visits:
            erase_words(tx, visit)
        phones = tx.all(_PHONES_DUE, **_limits(desk, desk.rules.visitor_phone_days))
        for visit, words in phones:
            erase_phone(tx, visit, words)
        more = BITE in {len(visits), len(phones)}
        if not more:
            tx.rewrite(VisitWords)
            tx.rewrite(SubjectKey)
        counts = {"visitors": len(visits), "phones": len(phones)}
        tx.record(PURGED, visitors=len(visits), phones=len(phones))
    return Purged(counts, names, more)


def _anybody(desk: Desk, book: Book) -> bool:
    rules = desk.rules
    return (
        book.one(_DUE, **_limits(desk, rules.visitor_words_days)) is not None
        or book.one(_PHONES_DUE, **_limits(desk, rules.visitor_phone_days)) is not None
    )


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count whose words and phone numbers were kept long enough and are still there."""
    rules = desk.rules
    return {
        "visitors": book.one(_COUNT_DUE, **_limits(desk, rules.visitor_words_days)) or 0,
        "phones": book.one(_COUNT_PHONES, **_limits(desk, rules.visitor_phone_days)) or 0,
    }


def leftovers(book: Book) -> int:
    """Count what an erased visitor may not have any more: search words, a key without words."""
    (count,) = book.connection.execute(_LEFTOVERS).fetchone()
    return int(count)


def kept_until(desk: Desk, visit: Visit, days: int) -> date:
    """Return the first day (the site's) on which words kept ``days`` after leaving are deleted."""
    end = desk.local(visit.left_at).date() if visit.left_at is not None else visit.day
    return max(end, visit.day) + timedelta(days=days)


def _limits(desk: Desk, days: int) -> dict[str, object]:
    """Return the last day that is old enough, the moment it ended, and whose visits this desk has.

    Each desk erases whom it saw last; one that is cut off for long, or gone, is done for by the
    desk that keeps the site, from the day ``late`` on.
    """
    last = desk.today() - timedelta(days=days)
    after = datetime.combine(last + timedelta(days=1), time(), desk.zone)
    late = last - desk.grace_for_others if desk.settings.hub.keeper else date.min
    return {"last": last, "after": after, "late": late, **desk.own_stamps}


def _name(tx: Transaction, visit: Visit) -> str:
    return tx.read_sealed(visit.name, erased="")
