"""The words of handovers, matters, safety checks and faults are kept for their time, then deleted.

They name visitors and staff. The signed handover itself stays: number, people, times, fingerprint;
of a check its results, and when it was reported and answered. What is still open keeps its words.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Mention
from kiosk.desk.purge import BITE, PURGED, Purged, forget_keys
from kiosk.desk.transaction import Book, Erased, SubjectKey
from kiosk.desk.words import _
from shift_handover.exits.models import LeaderWord
from shift_handover.models import Handover, Matter, SafetyFault, SafetyRound

_HANDOVERS = (
    select(SubjectKey)
    .join(Handover, col(Handover.subject) == col(SubjectKey.id))
    .where(col(Handover.ended_at) < bindparam("before"))
    .limit(BITE)
)
_MATTERS = (
    select(SubjectKey)
    .join(Matter, col(Matter.subject) == col(SubjectKey.id))
    .where(col(Matter.closed_at) < bindparam("before"))
    .limit(BITE)
)
_LEADER_WORDS = (
    select(SubjectKey)
    .join(LeaderWord, col(LeaderWord.subject) == col(SubjectKey.id))
    .where(col(LeaderWord.at) < bindparam("before"))
    .limit(BITE)
)
_ROUNDS = (
    select(SubjectKey)
    .join(SafetyRound, col(SafetyRound.subject) == col(SubjectKey.id))
    .where(
        col(SafetyRound.done_at) < bindparam("before"), col(SafetyRound.awaits_answer).is_(False)
    )
    .limit(BITE)
)
_FAULTS = (
    select(SubjectKey)
    .join(SafetyFault, col(SafetyFault.subject) == col(SubjectKey.id))
    .where(col(SafetyFault.closed_at) < bindparam("before"))
    .limit(BITE)
)
_KINDS = {
    "handovers": _HANDOVERS, "matters": _MATTERS, "safety_checks": _ROUNDS, "faults": _FAULTS,
}  # fmt: skip
_BETWEEN = (
    select(Handover)
    .where(
        col(Handover.frozen_at) >= bindparam("first"), col(Handover.frozen_at) <= bindparam("last")
    )
    .order_by(col(Handover.frozen_at))
)


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete the words of at most ``BITE`` rows of each kind that were kept long enough.

    A leader's word about a handover counts as one.
    """
    with desk.read() as book:
        if not any(overdue(desk, book).values()):
            return Purged()
    with desk.write(account=account) as tx:
        before = _before(desk)
        counts = {kind: forget_keys(tx, keys) for kind, keys in _due(tx, before).items()}
        tx.rewrite(SubjectKey)
        tx.record(
            PURGED, handovers=counts["handovers"], matters=counts["matters"],
            safety_checks=counts["safety_checks"], faults=counts["faults"],
        )  # fmt: skip
    return Purged(counts, more=BITE in counts.values())


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the rows of each kind, a bite at most, whose words are to be deleted."""
    return {kind: len(keys) for kind, keys in _due(book, _before(desk)).items()}


def _due(book: Book, before: datetime) -> dict[str, list[SubjectKey]]:
    """Return the keys to forget by kind; a leader's word goes with the handovers."""
    due = {kind: book.all(query, before=before) for kind, query in _KINDS.items()}
    due["handovers"] = [*due["handovers"], *book.all(_LEADER_WORDS, before=before)][:BITE]
    return due


def mentions(
    desk: Desk, book: Book, refs: Collection[str], first: datetime, last: datetime
) -> list[Mention]:
    """Return the handovers frozen between two moments that list one of the rows."""
    days = desk.rules.handover_words_days
    kept = _("{sheet}: names you; its words are deleted {days} days after it was signed")
    return [
        (_("Handover sheet"), kept.format(sheet=row.number, days=days))
        for row in book.all(_BETWEEN, first=first, last=last)
        if _names(book, row, refs)
    ]


def _names(book: Book, row: Handover, refs: Collection[str]) -> bool:
    from shift_handover.frozen import document_of  # noqa: PLC0415 - the day's start needs no record

    try:
        return any(thing.ref in refs for thing in document_of(book, row).things)
    except Erased:
        return False


def _before(desk: Desk) -> datetime:
    return desk.clock() - timedelta(days=desk.rules.handover_words_days)
