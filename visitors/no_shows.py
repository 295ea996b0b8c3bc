"""Appointments nobody came to (未到): closed when their day is over, written anew for who comes.

The kiosk itself closes them, at its start and at every full hour: nobody has to remember it.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.appointments import usual_times
from visitors.models import Answer, Origin, Visit
from visitors.rules import Details, Step
from visitors.service import come, host_by_staff_no, new_visit, refuse_erased, visit_of
from visitors.visit_queries import EXPECTED_BEFORE


def close_no_shows(desk: Desk) -> int:
    """Close every appointment whose day and time are over; return how many. Twice does no more.

    Until the day is over the visitor may still come, however late. Records ``visit.no_show`` by the
    system, once for each.
    """
    with desk.read() as book:
        if not _over(desk, book, desk.clock()):
            return 0
    with desk.write() as tx:
        over = _over(desk, tx, tx.now)
        for visit, host in over:
            _close(tx, visit, host)
        return len(over)


def _over(desk: Desk, book: Book, now: datetime) -> list[tuple[Visit, Person]]:
    """Return the appointments that this desk closes: those whose newest version is its own."""
    found = book.all(EXPECTED_BEFORE, day=desk.local(now).date(), now=now)
    return [(visit, host) for visit, host in found if desk.wrote(visit)]


def _close(tx: Transaction, visit: Visit, host: Person) -> None:
    visit.state = rules.after(visit, Step.NO_SHOW)
    tx.put(visit)  # its words for searching stay: an erased visitor must not stop the others
    tx.record(
        "visit.no_show",
        visit=visit.id, host=host.staff_no, day=visit.day.isoformat(), people=visit.people,
        confirmed=visit.answer is Answer.YES,
    )  # fmt: skip


def come_after_all(desk: Desk, by: str, visit_id: str) -> str:
    """Write a visit for today with what a missed appointment says; return the new visit's id.

    The visitor waits outside: the host's yes was for the other day, so he is asked again. Raises
    ``Refused``: ``visit.not_possible`` unless nobody came to it, ``visit.host_unknown`` when the
    host no longer works here.
    """
    with desk.write(by=by) as tx:
        missed, host = visit_of(tx, visit_id)
        refuse_erased(tx, missed)
        rules.after(missed, Step.COME_AFTER_ALL)
        times = usual_times(desk, tx.now)
        person = host_by_staff_no(tx, host.staff_no)
        visit = new_visit(tx, desk, said(tx, missed), person, times, Origin.WALK_IN)
        visit.id_hash = missed.id_hash
        visit.id_masked = tx.seal(visit.subject, tx.unseal(missed.id_masked))
        come(tx, desk, visit, person, instead_of=missed.id)
        return visit.id


def said(tx: Transaction, visit: Visit) -> Details:
    """Return what the visitor said when the appointment was made."""
    kept = ("form", *(field for field in rules.LIMITS if field != "phone"))
    words = {field: tx.unseal(getattr(visit, field)) for field in kept}
    words["phone"] = tx.read_sealed(visit.phone, erased="")
    return replace(Details(name="", matter=""), people=visit.people, lane=visit.lane, **words)
