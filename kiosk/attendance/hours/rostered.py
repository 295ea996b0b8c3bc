"""The shift that somebody has on the roster for a day, as leave is parted by it (clause 16)."""

from datetime import date

from kiosk.attendance.hours.models import SHIFTS_OF
from kiosk.attendance.hours.times import WorkTimes, shift_times
from kiosk.desk.absence import Half
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book


def shift_on(desk: Desk, book: Book, person: Person, day: date) -> WorkTimes | None:
    """Return the hours of the person's shift of ``day``; None for who has none on the roster.

    A day off by the roster is none. One query, and no query where the site has no work shifts.
    """
    if not desk.settings.work_shifts:
        return None
    for one in book.all(SHIFTS_OF, person=person.id, first=day, last=day):
        times = shift_times(desk, one)
        if times.half(Half.MORNING) is not None:
            return times
    return None
