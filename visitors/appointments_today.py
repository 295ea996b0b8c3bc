"""Who came on another day than the appointment's: the host is called, may he come today after all.

Today's visit is one of its own. So a host who says "tomorrow, as agreed" still expects the visitor
tomorrow; only when the visitor is admitted today is the appointment of the other day cancelled.
"""

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from visitors import rules
from visitors.appointments import usual_times
from visitors.appointments_change import refuse_unless_expected
from visitors.models import HERE, Origin
from visitors.no_shows import said
from visitors.rules import Step
from visitors.service import come, host_by_staff_no, new_visit, visit_of


def come_today(desk: Desk, by: str, visit_id: str) -> str:
    """Write the visitor down as waiting here today; return the new visit's id. Ask the host next.

    The host's yes was for the other day and does not count. Raises ``Refused``:
    ``visit.not_possible`` for an appointment of today or a visitor who is here already,
    ``visit.host_unknown`` when the host no longer works here.
    """
    with desk.write(by=by) as tx:
        planned, host = visit_of(tx, visit_id)
        refuse_unless_expected(planned)
        here_already = any(one.instead_of == planned.id for one, _host in tx.all(HERE))
        if here_already or not rules.is_off_day(planned, desk.local(tx.now).date(), tx.now):
            raise Refused(
                "visit.not_possible", step=Step.COME_AFTER_ALL, state=planned.state, number=""
            )
        person = host_by_staff_no(tx, host.staff_no)
        times = usual_times(desk, tx.now)
        visit = new_visit(tx, desk, said(tx, planned), person, times, Origin.APPOINTMENT)
        visit.instead_of, visit.id_hash = planned.id, planned.id_hash
        visit.id_masked = tx.seal(visit.subject, tx.unseal(planned.id_masked))
        come(tx, desk, visit, person, instead_of=planned.id)
        return visit.id
