"""Who is expected: an appointment with its host, entered at the desk, confirmed or not yet."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import rules
from visitors.ladder.rungs import Rung
from visitors.lanes.rules import checked
from visitors.models import VISIT, Answer, How, Origin, State, Visit
from visitors.rules import Details, Step
from visitors.service import Times, host_by_staff_no, new_visit, save

_HOUR = re.compile(r"(\d{1,2})[:：]?(\d{2})?").fullmatch
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?").fullmatch
CAME_ON_ANOTHER_DAY = "came_other_day"
"""The reason's code of an appointment that was used up on another day."""
_COUNTED = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}


def expect(
    desk: Desk, by: str, details: Details, host: str, times: Times | None = None,
    confirmed: How | None = None, despite: Sequence[str] = (),
) -> str:  # fmt: skip
    """Enter an appointment with ``host`` (a staff number); return the visit's id.

    Without ``times`` it is from now for the usual length. ``confirmed`` says how the host has
    said yes, None that he has not yet. ``despite`` are the codes of the conflicts that were shown
    and saved over. Raises ``Refused``: those of ``lanes.rules.checked``, ``visit.host_unknown``,
    ``visit.times_backwards``, ``visit.day_over``.
    """
    said = checked(desk, details)
    with desk.write(by=by) as tx:
        person = host_by_staff_no(tx, host)
        visit = announced(tx, desk, said, person, times or usual_times(desk, tx.now), confirmed)
        save_expected(tx, visit, person, despite)
        return visit.id


def announced(
    tx: Transaction, desk: Desk, said: Details, host: Person, times: Times, confirmed: How | None
) -> Visit:
    """Make the row of an appointment; the caller saves it with ``save_expected``.

    Raises ``Refused``: ``visit.times_backwards``, ``visit.day_over``.
    """
    if times.end <= tx.now:
        raise Refused("visit.day_over", field="until")
    visit = new_visit(tx, desk, said, host, times, Origin.APPOINTMENT)
    if confirmed is not None:
        write_yes(tx, visit, host, confirmed)
    return visit


def write_yes(tx: Transaction, visit: Visit, host: Person, how: How) -> None:
    """Write down that the host has confirmed the appointment, and how he did."""
    visit.answer, visit.answer_how, visit.answer_rung = Answer.YES, how, Rung.HOST
    visit.answer_by, visit.answered_at = host.staff_no, tx.now


def save_expected(
    tx: Transaction, visit: Visit, host: Person, despite: Sequence[str] = ()
) -> None:  # fmt: skip
    """Put the appointment and record ``visit.expected``."""
    how = visit.answer_how if visit.answer is Answer.YES else None
    save(
        tx, visit, "visit.expected",
        host=host.staff_no, day=visit.day.isoformat(), people=visit.people,
        confirmed=how.value if how else "not_yet", series=visit.series, despite=list(despite),
    )  # fmt: skip


def cancel_in(tx: Transaction, visit: Visit, words: str, code: str = "") -> None:
    """Cancel one appointment inside a use case that has more to record; ``code`` is the reason's.

    Records ``visit.cancelled``. Raises ``Refused("visit.not_possible")``.
    """
    visit.state = rules.after(visit, Step.VOID)
    visit.reason_code, visit.reason = code, tx.seal(visit.subject, words)
    save(
        tx, visit, "visit.cancelled",
        day=visit.day.isoformat(), series=visit.series, reason=visit.reason, why=code,
    )  # fmt: skip


def use_up(tx: Transaction, visit: Visit) -> None:
    """Cancel the appointment of another day for which this visitor has just been admitted."""
    found = tx.one(VISIT, id=visit.instead_of) if visit.instead_of else None
    if found is not None and found[0].state is State.EXPECTED:
        cancel_in(tx, found[0], "", CAME_ON_ANOTHER_DAY)


def usual_times(desk: Desk, start: datetime) -> Times:
    """Return the usual length of a visit from ``start``."""
    return Times(start, start + timedelta(minutes=desk.rules.visit_default_min))


def moment_on(desk: Desk, day: date, typed: str, field: str) -> datetime:
    """Return the moment of an hour typed as ``14``, ``1430`` or ``14:30`` on the site's clock.

    Raises ``Refused("visit.hour_unclear")`` with the ``field``.
    """
    return datetime.combine(day, hour_of(typed, field), tzinfo=desk.zone)


def hour_of(typed: str, field: str) -> time:
    """Return an hour of the site's clock, typed as ``14``, ``1430`` or ``14:30``.

    Raises ``Refused("visit.hour_unclear")`` with the ``field``.
    """
    fits = _HOUR(typed.strip())
    if fits is None:
        raise Refused("visit.hour_unclear", field=field)
    try:
        return time(int(fits[1]), int(fits[2] or 0))
    except ValueError:
        raise Refused("visit.hour_unclear", field=field) from None


def day_of(typed: str, today: date, field: str) -> date:
    """Return the day of the site typed as ``11-25``, ``2026-11-25``, ``+1`` or ``明天``.

    Nothing typed is ``today``; a day without its year is the next one of that date. Raises
    ``Refused``: ``visit.day_unclear``, ``visit.day_over``, each with the ``field``.
    """
    text = typed.strip().lower()
    if not text:
        return today
    counted = _COUNTED.get(text)
    if counted is None and re.fullmatch(r"\+\d{1,3}", text, re.ASCII):
        counted = int(text)
    day = today + timedelta(days=counted) if counted is not None else _written(text, today, field)
    if day < today:
        raise Refused("visit.day_over", field=field)
    return day


def _written(text: str, today: date, field: str) -> date:
    fits = _DAY(text)
    if fits is None:
        raise Refused("visit.day_unclear", field=field)
    year, month, day = int(fits[1] or today.year), int(fits[2]), int(fits[3])
    try:
        found = date(year, month, day)
        past = not fits[1] and found < today
        return date(year + 1, month, day) if past else found
    except ValueError:
        raise Refused("visit.day_unclear", field=field) from None
