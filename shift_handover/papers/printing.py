"""Papers asked for at the screen: the month's page, a signed sheet once more."""

from datetime import date

from kiosk.desk import list_papers, spool
from kiosk.desk.desk import Desk
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from shift_handover.papers.month import handovers
from shift_handover.slips import KIND

REPORT = "handovers"


def print_month(desk: Desk, by: str, first: date, last: date) -> None:
    """Queue the page of the days from ``first`` to ``last``, both included.

    Records ``report.printed``, as the same page does when a command prints it.
    """
    with desk.write(by=by) as tx:
        table = handovers(desk, tx, Period(first, last))
        slip = slip_of(REPORT, table, desk.local(tx.now), f"{tx.head.seq + 1}")
        list_papers.put_on_paper(tx, slip)
        tx.record("report.printed", report=REPORT)


def print_again(desk: Desk, by: str, number: str) -> None:
    """Print the sheet of a signed handover once more; it says on itself that it is a reprint.

    Raises ``Refused("handover.no_paper")`` for a handover that was never printed.
    """
    with desk.write(by=by) as tx:
        job = tx.one(JOBS_OF, slip=KIND, number=number)
        if job is None:
            raise Refused("handover.no_paper", number=number)
        spool.print_again(tx, job.id)
