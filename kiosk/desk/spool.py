"""The print spool: a job that cannot be lost, and is never printed twice in silence.

Paper cannot promise "exactly once". A job whose end nobody saw is ``unknown``: a person looks at
the printer and either settles it or asks for a reprint, which carries 补打第 n 次.
"""

import re
from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.print_job import IN_STATE, JOB, NEXT_JOB, JobState, PrintJob
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.transaction import SUBJECT_KEY, Book, Erased, Transaction
from kiosk.desk.words import N_

_PRINTED: dict[str, str] = {}


def name_printing(codes: Mapping[str, str]) -> None:
    """Give papers of a kind a journal code of their own for being printed, by the slip's kind."""
    _PRINTED.update(codes)


def next_job(desk: Desk) -> tuple[PrintJob, Slip] | None:
    """Return this desk's oldest queued job and its slip."""
    with desk.read() as book:
        job = book.one(NEXT_JOB, gate=desk.gate)
        return None if job is None else (job, Slip.from_json(book.unseal(job.document)))


def start(desk: Desk, job_id: str, printer: str = "") -> None:
    """Record, before the first byte leaves, that the job is being sent to a printer of that name.

    Raises ``LookupError`` for a job that waits no more: it may have reached a printer already.
    """
    with desk.write() as tx:
        job = _job(tx, job_id)
        if job.state is not JobState.QUEUED:
            raise LookupError(f"print job {job_id} is {job.state.value}")
        job.state, job.weak, job.printer = JobState.SENDING, False, printer
        tx.put(job)
        tx.record(
            "slip.sending", by=None, slip=job.slip, number=job.number, copy=job.copy_no,
            printer=printer,
        )  # fmt: skip


def stand_in(desk: Desk, printer: str, instead_of: str, *, ends: bool) -> None:
    """Record that a printer begins to print instead of another, or that this ends."""
    with desk.write() as tx:
        code = "printer.stand_in_over" if ends else "printer.stands_in"
        tx.record(code, by=None, printer=printer, instead_of=instead_of)


def put_back(desk: Desk, job_id: str, cause: str) -> None:
    """Record that the printer was not ready and got no byte: the job waits in the queue."""
    _move(desk, job_id, JobState.QUEUED, "slip.waiting", cause=cause)


def confirm(desk: Desk, job_id: str, *, weak: bool) -> None:
    """Record that the printer says it is printed; ``weak``: it only says that paper is left."""
    _move(desk, job_id, JobState.CONFIRMED, "slip.printed", weak=weak)


def lose(desk: Desk, job_id: str) -> None:
    """Record that nobody knows whether the job is on paper."""
    _move(desk, job_id, JobState.UNKNOWN, "slip.unknown")


def recover(desk: Desk) -> int:
    """Make unknown, after a start, what was being sent when the power went; return how many."""
    with desk.read() as book:
        broken = book.all(IN_STATE, state=JobState.SENDING, gate=desk.gate)
    for job in broken:
        lose(desk, job.id)
    return len(broken)


def settle(tx: Transaction, job_id: str, found: str) -> PrintJob:
    """Record what a person saw of an unknown job: ``found`` is ``on_paper`` or ``not_on_paper``.

    Raises ``Refused("slip.not_unknown")`` for a job that is not in doubt.
    """
    job = _job(tx, job_id)
    if job.state is not JobState.UNKNOWN:
        raise Refused("slip.not_unknown", number=job.number)
    job.state = JobState.SETTLED
    tx.put(job)
    tx.record("slip.settled", slip=job.slip, number=job.number, copy=job.copy_no, found=found)
    return job


def print_again(tx: Transaction, job_id: str) -> PrintJob:
    """Queue the next copy of the same slip; it says on itself that it is a reprint.

    Raises ``Refused("slip.erased")`` when what stood on it was deleted after its time.
    """
    job = _job(tx, job_id)
    try:
        document = tx.unseal(job.document)
    except Erased:
        raise Refused("slip.erased", number=_said(job.number)) from None
    again = tx.print(Slip.from_json(document), job.subject, job.about)
    tx.record("slip.reprinted", slip=again.slip, number=again.number, copy=again.copy_no)
    return again


def give_up(tx: Transaction, job_id: str, reason: str) -> None:
    """Take a slip out of the queue that a person says is not needed any more.

    Raises ``Refused("slip.not_queued")`` when it is being printed or is done.
    """
    job = _job(tx, job_id)
    if job.state is not JobState.QUEUED:
        raise Refused("slip.not_queued", number=job.number)
    job.state = JobState.SETTLED
    tx.put(job)
    tx.record("slip.given_up", slip=job.slip, number=job.number, copy=job.copy_no, reason=reason)


def give_up_erased(desk: Desk) -> int:
    """Take what waits here out of the queue when its words were deleted at another desk.

    Returns how many. Records ``slip.given_up`` for each.
    """
    with desk.read() as book:
        erased = [job.id for job in _waiting(desk, book) if _is_erased(book, job)]
    for job_id in erased:
        with desk.write() as tx:
            give_up(tx, job_id, "words_deleted")
    return len(erased)


def _waiting(desk: Desk, book: Book) -> list[PrintJob]:
    return book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)


def _is_erased(book: Book, job: PrintJob) -> bool:
    return bool(job.document) and book.one(SUBJECT_KEY, id=job.subject) is None


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return this desk's slips in doubt and the ones that wait for its printer.

    Where there are two printers, the one in doubt says which of them to look at.
    """
    several = len(desk.settings.printers) > 1
    unknown = book.all(IN_STATE, state=JobState.UNKNOWN, gate=desk.gate)
    queued = _waiting(desk, book)
    in_doubt = [_open(job, Urgency.NOW, _in_doubt(job, several=several)) for job in unknown]
    waits = [_open(job, Urgency.WAITING, Wording(_WAITS, _number(job))) for job in queued]
    return in_doubt + waits


_IN_DOUBT = N_("Slip {number}: look whether it was printed")
_IN_DOUBT_AT = N_("Slip {number}: look at {printer} whether it was printed")
_WAITS = N_("Slip {number} waits for the printer")
_OF_A_DAY = re.compile(r"^\d{8}-")


def _in_doubt(job: PrintJob, *, several: bool) -> Wording:
    if several and job.printer:
        return Wording(_IN_DOUBT_AT, {**_number(job), "printer": job.printer})
    return Wording(_IN_DOUBT, _number(job))


def _number(job: PrintJob) -> dict[str, object]:
    return {"number": _said(job.number)}


def _open(job: PrintJob, urgency: Urgency, what: Wording) -> OpenThing:
    return OpenThing(
        kind=f"slip.{job.state.value}",
        ref=job.id,
        number=_said(job.number),
        urgency=urgency,
        what=what,
        since=job.queued_at,
    )


def _said(number: str) -> str:
    """Return the number as people say it: the slip 20261123-017 is 017, K1-K3 stays."""
    return _OF_A_DAY.sub("", number)


def _move(
    desk: Desk, job_id: str, state: JobState, code: str, *, weak: bool = False, cause: str = ""
) -> None:
    with desk.write() as tx:
        job = _job(tx, job_id)
        job.state, job.weak = state, weak
        tx.put(job)
        more = {"cause": cause} if cause else {"weak": weak}
        if state is JobState.CONFIRMED:
            code = _PRINTED.get(job.slip, code)
        tx.record(code, by=None, slip=job.slip, number=job.number, copy=job.copy_no, **more)


def _job(book: Book, job_id: str) -> PrintJob:
    job = book.one(JOB, id=job_id)
    if job is None:
        raise LookupError(f"no print job {job_id}")
    return job
