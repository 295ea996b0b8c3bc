"""What was printed, when, on which printer, and what became of it: a list and a register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JOB, JobState, PrintJob
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period, Table
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import Title
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext

MOST_SHOWN = 200
_PRIVATE: set[str] = set()
_NEWEST = (
    select(PrintJob)
    .where(col(PrintJob.gate) == bindparam("gate"))
    .order_by(col(PrintJob.id).desc())
    .limit(MOST_SHOWN)
)
_BETWEEN = (
    select(PrintJob)
    .where(
        col(PrintJob.gate) == bindparam("gate"),
        col(PrintJob.queued_at) >= bindparam("first"),
        col(PrintJob.queued_at) < bindparam("after"),
    )
    .order_by(col(PrintJob.id))
)
_STATES: Mapping[JobState, str] = {
    JobState.QUEUED: N_("waits"),
    JobState.SENDING: N_("printing"),
    JobState.CONFIRMED: N_("printed"),
    JobState.UNKNOWN: N_("in doubt"),
    JobState.SETTLED: N_("settled by hand"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One copy of one slip; ``paper`` is its title, "" once its words were deleted."""

    job_id: str
    number: str
    paper: str
    copy: int
    queued_at: datetime
    state: JobState
    weak: bool
    printer: str


def newest(desk: Desk) -> list[Printed]:
    """Return the last 200 slips of this desk, the newest first."""
    with desk.read() as book:
        return [_printed(book, job) for job in book.all(_NEWEST, gate=desk.gate)]


def keep_private(kinds: Iterable[str]) -> None:
    """Let the list show of these kinds of paper only that they were printed (PIPL 28)."""
    _PRIVATE.update(kinds)


def slip_of(desk: Desk, job_id: str) -> Slip:
    """Return the slip of a job, for whoever is at the desk.

    Raises ``Refused``: ``slip.private`` for a kind whose words are for few, ``slip.erased`` when
    its words were deleted.
    """
    with desk.read() as book:
        job = book.one(JOB, id=job_id)
        if job is not None and job.slip in _PRIVATE:
            raise Refused("slip.private", number=job.number)
        slip = None if job is None else _slip(book, job)
    if slip is None:
        raise Refused("slip.erased", number="-" if job is None else job.number)
    return slip


def state_words(state: JobState, *, weak: bool) -> str:
    """Return in a word or two what became of a slip; ``weak`` says that it was not proven."""
    return _("printed, unproven") if weak and state is JobState.CONFIRMED else _(_STATES[state])


def prints(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of all that was queued for a printer here; no names stand in it."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    jobs = book.all(_BETWEEN, gate=desk.gate, first=first, after=after)
    rows = tuple(
        (
            one.number, one.paper, str(one.copy), f"{desk.local(one.queued_at):%Y-%m-%d %H:%M}",
            state_words(one.state, weak=one.weak), one.printer,
        )
        for one in (_printed(book, job) for job in jobs)
    )  # fmt: skip
    columns = (
        _("No."), pgettext("print", "Paper"), pgettext("print", "Copy"), pgettext("print", "At"),
        pgettext("print", "State"), _("Printer"),
    )  # fmt: skip
    title = _("Slips printed {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nothing was printed in these days."))


def _printed(book: Book, job: PrintJob) -> Printed:
    slip = _slip(book, job)
    titles = [line.text for line in slip.lines if isinstance(line, Title)] if slip else []
    return Printed(
        job.id, job.number, titles[0] if titles else "", job.copy_no, job.queued_at, job.state,
        job.weak, job.printer,
    )  # fmt: skip


def _slip(book: Book, job: PrintJob) -> Slip | None:
    try:
        return Slip.from_json(book.read_sealed(job.document, erased=""))
    except ValueError:  # deleted after its time, or damaged: the register has a row still
        return None
