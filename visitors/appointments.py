"""Who is expected: an appointment with its host, entered at the desk, confirmed or not yet."""

import re
from datetime import date, datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from visitors import rules
from visitors.models import Answer, How, Origin
from visitors.rules import Details
from visitors.service import Times, host_by_staff_no, new_visit, save

_HOUR = re.compile(r"(\d{1,2})[:：]?(\d{2})?").fullmatch


def expect(
    desk: Desk, by: str, details: Details, host: str, times: Times | None = None,
    confirmed: How | None = None,
) -> str:  # fmt: skip
    """Enter an appointment with ``host`` (a staff number); return the visit's id.

    Without ``times`` it is from now for the usual length. ``confirmed`` says how the host has
    said yes, None that he has not yet. Raises ``Refused``: those of ``rules.checked``,
    ``visit.host_unknown``, ``visit.times_backwards``, ``visit.day_over``.
    """
    said = rules.checked(details)
    with desk.write(by=by) as tx:
        person = host_by_staff_no(tx, host)
        wanted = times or usual_times(desk, tx.now)
        if wanted.end <= tx.now:
            raise Refused("visit.day_over", field="until")
        visit = new_visit(tx, desk, said, person, wanted, Origin.APPOINTMENT)
        if confirmed is not None:
            visit.answer, visit.answer_how = Answer.YES, confirmed
            visit.answer_by, visit.answered_at = person.staff_no, tx.now
        save(
            tx, visit, "visit.expected",
            host=person.staff_no, day=visit.day.isoformat(), people=visit.people,
            confirmed=confirmed.value if confirmed else "not_yet",
        )  # fmt: skip
        return visit.id


def usual_times(desk: Desk, start: datetime) -> Times:
    """Return the usual length of a visit from ``start``."""
    return Times(start, start + timedelta(minutes=desk.rules.visit_default_min))


def moment_on(desk: Desk, day: date, typed: str, field: str) -> datetime:
    """Return the moment of an hour typed as ``14``, ``1430`` or ``14:30`` on the site's clock.

    Raises ``Refused("visit.hour_unclear")`` with the ``field``.
    """
    fits = _HOUR(typed.strip())
    if fits is None:
        raise Refused("visit.hour_unclear", field=field)
    try:
        hour = time(int(fits[1]), int(fits[2] or 0))
    except ValueError:
        raise Refused("visit.hour_unclear", field=field) from None
    return datetime.combine(day, hour, tzinfo=desk.zone)
