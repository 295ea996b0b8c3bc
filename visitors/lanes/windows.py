"""A section's standing yes (窗口): in its opening hours it receives the public without being asked.

Outside its hours there is no standing yes, and the host is asked as for everybody (clause 103).
"""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, department_name
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from visitors import rules
from visitors.lanes.table import Lane, lane_of
from visitors.models import Answer, How, Visit
from visitors.rules import Step
from visitors.service import save


def is_open(desk: Desk, book: Book, host: Person, now: datetime) -> bool:
    """Say whether the host's section receives the public at ``now``, on the site's clock."""
    section, local = department_name(book, host), desk.local(now)
    if not section or not desk.calendar.is_workday(local.date()):
        return False
    hour = local.time()
    return any(
        one.section == section and one.opens <= hour < one.closes for one in desk.settings.windows
    )


def receives(desk: Desk, book: Book, visit: Visit, host: Person) -> bool:
    """Say whether the visitor is a caller of the public and the host's window is open now."""
    return lane_of(visit.lane) is Lane.PUBLIC and is_open(desk, book, host, desk.clock())


def give_standing_yes(tx: Transaction, desk: Desk, visit: Visit, host: Person) -> None:
    """Write down the yes that the host's open window gives to a caller of the public.

    Records ``visit.host_answered`` with ``how`` ``standing``; nothing for any other visit.
    """
    if lane_of(visit.lane) is not Lane.PUBLIC or not is_open(desk, tx, host, tx.now):
        return
    visit.state = rules.after(visit, Step.ANSWER)
    visit.answer, visit.answer_how = Answer.YES, How.STANDING
    visit.answer_by, visit.answered_at = host.staff_no, tx.now
    save(
        tx, visit, "visit.host_answered",
        number=rules.spoken(visit.number), host=host.staff_no, answer=visit.answer.value,
        how=visit.answer_how.value, person=host.staff_no, read_back=False,
    )  # fmt: skip


def refuse_closed(tx: Transaction, desk: Desk, visit: Visit, host: Person) -> None:
    """Raise ``Refused("visit.window_closed")`` for a standing yes whose window has closed since."""
    if visit.answer_how is How.STANDING and not is_open(desk, tx, host, tx.now):
        raise Refused("visit.window_closed", section=department_name(tx, host))
