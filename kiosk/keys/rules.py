"""When a lent thing is due, and how urgent an open loan is (clauses 84-87).

Nothing here reads a clock or the book.
"""

from datetime import datetime, time, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency


def due_at(local_now: datetime, end_of_work: datetime | None, rules: Rules) -> datetime:
    """Return when a thing lent now is due back, aware.

    At ``rules.loan_due_hour``, or at the end of work. A loan taken after that, or so shortly before
    that the reminder would come at once, is for overtime: it lasts ``rules.loan_overtime_h``.
    """
    wanted = end_of_work
    if rules.loan_due_hour >= 0:
        wanted = datetime.combine(local_now, time(rules.loan_due_hour), local_now.tzinfo)
    if wanted is None or wanted - local_now <= timedelta(minutes=rules.loan_remind_min):
        return local_now + timedelta(hours=rules.loan_overtime_h)
    return wanted


def urgency(due: datetime, now: datetime, rules: Rules) -> Urgency:
    """Return how soon somebody must act: a note before it is due, amber at due, red after."""
    over = now - due
    if over >= timedelta(minutes=rules.loan_late_min):
        return Urgency.NOW
    if over >= timedelta(0):
        return Urgency.WAITING
    if over >= -timedelta(minutes=rules.loan_remind_min):
        return Urgency.SOON
    return Urgency.QUIET


def manager_is_told(due: datetime, now: datetime, rules: Rules) -> bool:
    """Say whether the thing is so late that the holder's head of section is told."""
    return now - due >= timedelta(minutes=rules.loan_manager_min)
