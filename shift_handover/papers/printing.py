"""The month's page on paper, asked for at the screen."""

from datetime import date

from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from shift_handover.papers.month import handovers

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
