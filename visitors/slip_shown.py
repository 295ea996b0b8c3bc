"""A visit's slip to look at: as it will print, or as it was printed last."""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.print_job import JOBS_OF, PrintJob
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.transaction import Book, Erased
from visitors.appointments import usual_times
from visitors.cards import VisitCard, card
from visitors.id_cards import OUTSIDE
from visitors.models import Visit
from visitors.rules import listed
from visitors.service import visit_of
from visitors.slips import KIND, Codes, visit_slip


@dataclass(frozen=True, slots=True)
class ShownSlip:
    """A slip and its print job; ``job`` is None for one that is not admitted yet."""

    slip: Slip
    job: PrintJob | None


def slip_to_show(desk: Desk, by: str, visit_id: str) -> ShownSlip:
    """Return the newest copy as it went to the printer, or the slip that ``by`` would now admit.

    A slip that is not printed has no code yet: nothing on the screen opens the exit. Raises
    ``Refused``: ``visit.unknown``, ``slip.erased``, and ``visit.no_slip`` for a visitor who was
    never admitted.
    """
    with desk.read() as book:
        visit, host = visit_of(book, visit_id)
        shown = card(desk, book, visit, host)
        if job := _newest(book, visit, shown):
            return ShownSlip(_as_printed(book, job, shown), job)
        if visit.state not in OUTSIDE:
            number = listed(visit.day, visit.number, desk.today()) if visit.number else "-"
            raise Refused("visit.no_slip", number=number)
        guard = person_by_staff_no(book, by).name
    return ShownSlip(_as_it_will_be(desk, shown, desk.clock(), guard), None)


def _newest(book: Book, visit: Visit, shown: VisitCard) -> PrintJob | None:
    jobs = book.all(JOBS_OF, slip=KIND, number=shown.readable) if shown.readable else []
    return next((job for job in jobs if job.subject == visit.subject), None)


def _as_printed(book: Book, job: PrintJob, shown: VisitCard) -> Slip:
    try:
        return Slip.from_json(book.unseal(job.document))
    except Erased:
        raise Refused("slip.erased", number=shown.listed) from None


def _as_it_will_be(desk: Desk, shown: VisitCard, now: datetime, guard: str) -> Slip:
    until = shown.until_at if shown.until_at > now else usual_times(desk, now).end
    admitted = replace(shown, admitted_at=now, until_at=until)
    return visit_slip(desk, admitted, Codes(""), 1, guard)
