"""What a thing is needed for, where nobody is asked (clauses 86, 90)."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approved, Reason
from kiosk.desk.people import Person, Role
from kiosk.keys import rules
from kiosk.keys.asking import Asked


def reason_by_word(asked: Asked, how: Approved, told: Reason) -> Reason:
    """Return why it goes out: who takes it on a word for overtime works overtime (clause 86)."""
    by_overtime = how is Approved.BEFORE and asked.prior and asked.prior.overtime
    return Reason.OVERTIME if by_overtime else told


def reason_now(desk: Desk, now: datetime, borrower: Person, told: Reason) -> Reason:
    """Return why it goes out ``now``: work after the end of work, or on a day off, is overtime.

    A guard's hours are those of the roster: at night he is at work.
    """
    if told is not Reason.WORK or borrower.role is Role.GUARD:
        return told
    local = desk.local(now)
    late = rules.is_overtime(local, desk.calendar.end(local.date()), desk.rules)
    return Reason.OVERTIME if late else told
