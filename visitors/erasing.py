"""Erase a visitor's words for good: on his wish, or because they were kept long enough.

The keys of his words are destroyed, so what is sealed in rows, slips and journal can never be read
again; what he is searched by goes with them. Numbers, times and codes stay: the statistics. So do
the keyed hashes of a file's row, which hold no words: by them the same file brings nobody back.
"""

from collections.abc import Sequence

from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.loans import LENT_TO_VISIT
from kiosk.desk.print_job import JOBS_OF, JobState
from kiosk.desk.purge import forget_keys
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import SUBJECT_KEY, Book, SubjectKey, Transaction
from visitors import rules, search, slips
from visitors.emergency.models import ENTRY
from visitors.exit.models import DIFFERENCES_OF
from visitors.models import WORDS, Origin, ReturnSlip, State, Visit
from visitors.service import is_erased, phone_subject, reason_text, refuse_erased, visit_of
from visitors.visit_words import VisitWords

OVER = frozenset({
    State.LEFT, State.ASSUMED_LEFT, State.UNKNOWN, State.REFUSED, State.NO_SHOW, State.VOIDED,
})  # fmt: skip
"""In these states nothing more happens at the gate."""


def is_open(book: Book, visit: Visit) -> bool:
    """Say whether somebody still has something to do about the visit, and needs its words."""
    at_the_gate = visit.state not in OVER or visit.state is State.ASSUMED_LEFT
    slip = visit.return_slip is ReturnSlip.MISSING
    return at_the_gate or slip or _owes(book, visit) or _exit_is_open(book, visit)


def _exit_is_open(book: Book, visit: Visit) -> bool:
    """Say whether a difference is still to be settled, or a thing lent is still out."""
    found = book.all(DIFFERENCES_OF, visit=visit.id)
    differs = any(one.settled_at is None for one in found)
    return differs or book.one(LENT_TO_VISIT, visit=visit.id) is not None


def _owes(book: Book, visit: Visit) -> bool:
    """Say whether an emergency admission is not all written down yet; a void one owes nothing."""
    if visit.origin is not Origin.EMERGENCY or visit.state is State.VOIDED:
        return False
    entry = book.one(ENTRY, visit=visit.id)
    return entry is not None and entry.paid_at is None


def erase(tx: Transaction, desk: Desk, visit_id: str, reason: str) -> None:
    """Erase one visit of a visitor on his wish; raises ``Refused`` as ``check``."""
    erase_all(tx, desk, [visit_of(tx, visit_id)[0]], reason)


def erase_all(tx: Transaction, desk: Desk, visits: Sequence[Visit], reason: str) -> None:
    """Erase all visits of a visitor on his wish, each with its entry, or none of them.

    Those erased before stay as they are. Raises ``Refused`` as ``check``.
    """
    there = not_erased(tx, visits)
    for visit in there:
        check(tx, desk, visit, reason)
    for visit in there:
        name = tx.read_sealed(visit.name)
        erase_words(tx, visit)
        list_papers.forget_naming(tx, desk, name)
        if visit is there[-1]:
            tx.rewrite(VisitWords)
            tx.rewrite(SubjectKey)
        _record(tx, visit, reason_text(reason))


def not_erased(book: Book, visits: Sequence[Visit]) -> list[Visit]:
    """Return those visits that have words; raise ``Refused("visit.erased")`` when none has."""
    there = [visit for visit in visits if not is_erased(book, visit)]
    if not there:
        refuse_erased(book, visits[0])
    return there


def _record(tx: Transaction, visit: Visit, words: str) -> None:
    tx.record(
        "subject.erased", visit=visit.id, day=visit.day.isoformat(),
        number=rules.spoken(visit.number), reason=tx.seal(tx.new_subject(), words),
    )  # fmt: skip


def check(book: Book, desk: Desk, visit: Visit, reason: str) -> str:
    """Return the reason, cleaned, for which a visitor may be erased.

    Raises ``Refused``: ``visit.reason_missing``, ``visit.erased`` (it is done already),
    ``subject.still_open``, ``subject.reason_names`` for a reason that names the visitor: it stays.
    """
    words = reason_text(reason)
    refuse_erased(book, visit)
    if is_open(book, visit):
        number = rules.listed(visit.day, visit.number, desk.today()) or f"{visit.day:%m-%d}"
        raise Refused("subject.still_open", number=number)
    if book.read_sealed(visit.name) in words:
        raise Refused("subject.reason_names")
    return words


def erase_words(tx: Transaction, visit: Visit) -> None:
    """Destroy the keys and the search words of one visit; belongs to the entry recorded next."""
    _give_up_slips(tx, visit)
    subjects = (visit.subject, phone_subject(visit))
    forget_keys(tx, (tx.one(SUBJECT_KEY, id=subject) for subject in subjects))
    words = tx.one(WORDS, id=visit.id)
    if words is not None:
        tx.forget(words)
    if visit.id_hash:
        visit.id_hash = ""
        tx.put(visit)


def erase_phone(tx: Transaction, visit: Visit, words: VisitWords) -> None:
    """Destroy the key of the phone number alone, and the end of it by which it is searched."""
    forget_keys(tx, [tx.one(SUBJECT_KEY, id=phone_subject(visit))])
    search.forget_phone(tx, visit, words)


def _give_up_slips(tx: Transaction, visit: Visit) -> None:
    """Take slips that were never printed out of the queue: there is nothing on them any more."""
    if not visit.number:
        return
    number = rules.readable(visit.day, visit.number)
    for job in tx.all(JOBS_OF, slip=slips.KIND, number=number):
        waits = job.gate == tx.gate and job.state in {JobState.QUEUED, JobState.UNKNOWN}
        if waits and job.subject == visit.subject:
            job.state = JobState.SETTLED
            tx.put(job)
