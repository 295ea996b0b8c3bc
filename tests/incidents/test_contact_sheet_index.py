"""F9 at the gate: the paper of whom to call does not read every slip there ever was."""

from kiosk.desk.queries import compiled
from kiosk.incidents import slips
from kiosk.incidents.models import LAST_SHEET


def test_the_last_contact_sheet_is_found_by_its_index(desk):
    query = compiled(LAST_SHEET)
    with desk.read() as book:
        plan = book.connection.execute(
            f"EXPLAIN QUERY PLAN {query.sql}",
            {**query.constants, "slip": slips.CONTACTS, "gate": desk.gate},
        ).fetchall()
    assert [step[3] for step in plan] == [
        "SEARCH print_job USING INDEX ix_print_job_slip_queued_at (slip=?)"
    ]
