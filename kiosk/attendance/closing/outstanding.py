"""What is open about the books: a workday nobody has closed, and an objection nobody answered.

Both are the office's and press nobody at the gate: they are quiet.
"""

from datetime import date, datetime, time, timedelta

from kiosk.attendance.closing.models import LAST_CLOSED, OPEN_OBJECTIONS
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

DAYS, OBJECTION = "closing.days", "closing.objection"
_DAYS_OPEN = N_("The books are open since {day}: workday not closed")
_CLOSE = N_("Office: close the day (F7, 8)")
_OBJECTED = N_("{name} objects to {day} on the month sheet")
_ANSWER = N_("Office: answer it (F7, 8, then O)")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the open workday that is late, and every objection without an answer.

    A house that has never closed a day does without books; nobody is reminded of them.
    """
    day = late_day(desk, book)
    things = [_days(desk, day)] if day is not None else []
    things += [
        OpenThing(
            kind=OBJECTION, ref=one.id, number=one.number, urgency=Urgency.QUIET,
            what=Wording(_OBJECTED, {"name": person.name, "day": f"{one.day:%m-%d}"}),
            since=one.entered_at, next_step=Wording(_ANSWER),
            facts={"name": person.name},
        )
        for one, person in book.all(OPEN_OBJECTIONS)
    ]  # fmt: skip
    return things


def late_day(desk: Desk, book: Book) -> date | None:
    """Return the first workday that should have been closed (``rules.closing_late_days``)."""
    found = book.one(LAST_CLOSED)
    if found is None:
        return None
    last = date.fromisoformat(str(found))
    limit = desk.work_day(desk.clock()) - timedelta(days=desk.rules.closing_late_days)
    day = max(last, limit - timedelta(days=desk.rules.closing_back_days)) + timedelta(days=1)
    while day < limit:
        if desk.calendar.is_workday(day):
            return day
        day += timedelta(days=1)
    return None


def _days(desk: Desk, day: date) -> OpenThing:
    return OpenThing(
        kind=DAYS, ref=day.isoformat(), number=f"{day:%m-%d}", urgency=Urgency.QUIET,
        what=Wording(_DAYS_OPEN, {"day": f"{day:%m-%d}"}),
        since=datetime.combine(day, time(), desk.zone), next_step=Wording(_CLOSE),
    )  # fmt: skip
