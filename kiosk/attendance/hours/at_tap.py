"""Which day a tap belongs to, and what hours it is marked by: the same as the sheet's."""

from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.hours.belonging import turn_at, turns
from kiosk.attendance.hours.models import SHIFTS_OF
from kiosk.attendance.hours.times import WorkTimes, shift_times, times_of
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.transaction import Transaction

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TapDay:
    """The site's day of a tap, and the hours of the person on it."""

    day: date
    times: WorkTimes


def day_of_tap(
    desk: Desk, tx: Transaction, person: Person, here: Presence | None, section: str
) -> TapDay:
    """Return the day and the hours of a tap now; a shift keeps its day over midnight.

    It asks the book once, through an index, and only where the site has work shifts.
    """
    day = desk.work_day(tx.now)
    if not desk.settings.work_shifts:
        return TapDay(day, times_of(desk, person, day, None, section))
    rows = tx.all(SHIFTS_OF, person=person.id, first=day - _ONE_DAY, last=day + _ONE_DAY)
    times = {one.day: shift_times(desk, one) for one in rows}
    shifts = turns(times)
    came_on = here.day if here is not None and here.state is Whereabouts.IN else None
    turn = turn_at(
        shifts, tx.now, timedelta(minutes=desk.rules.shift_reach_min),
        leaving=next((one for one in shifts if one.day == came_on), None),
    )  # fmt: skip
    if turn is not None:
        return TapDay(turn.day, times[turn.day])
    rostered = {(one.person_id, one.day): one for one in rows}
    return TapDay(day, times_of(desk, person, day, rostered, section))
