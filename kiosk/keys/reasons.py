"""What a thing is needed for, where nobody is asked, and until when work goes on (86, 90)."""

from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approved, Reason
from kiosk.desk.people import Person, Role
from kiosk.keys import rules
from kiosk.keys.asking import Asked


def reason_out(
    desk: Desk, now: datetime, borrower: Person, asked: Asked, how: Approved, told: Reason, *,
    for_good: bool,
) -> Reason:  # fmt: skip
    """Return why a thing goes out ``now``, or on from hand to hand, by the word ``how``.

    Who takes it on a word for overtime works overtime (clause 86), else ``reason_now`` says. What
    is held ``for_good`` is for what was ``told`` at any hour.
    """
    if for_good:
        return told
    by_overtime = how is Approved.BEFORE and asked.prior and asked.prior.overtime
    return Reason.OVERTIME if by_overtime else reason_now(desk, now, borrower, told)


def reason_now(desk: Desk, now: datetime, borrower: Person | None, told: Reason) -> Reason:
    """Return why it goes out ``now``: work after the end of work, or on a day off, is overtime.

    So is work at night, before it begins. A guard's hours are those of the roster: at night he is
    at work. A place borrows without a person.
    """
    by_roster = borrower is not None and borrower.role is Role.GUARD
    if told is not Reason.WORK or by_roster:
        return told
    late = rules.is_overtime(desk.local(now), work_ends(desk, now), desk.rules)
    return Reason.OVERTIME if late else told


def work_ends(desk: Desk, now: datetime) -> datetime | None:
    """Return when the work of this day ends (aware, site's zone), None while nobody is at work.

    That is on a day off, and from midnight until ``rules.sign_in_window_min`` before work begins:
    who takes a thing then works on from the evening before. After the end it is still that moment.
    """
    local = desk.local(now)
    begins = desk.calendar.start(local.date())
    window = timedelta(minutes=desk.rules.sign_in_window_min)
    if begins is None or local < begins - window:
        return None
    return desk.calendar.end(local.date())
