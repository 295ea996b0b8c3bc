"""Whose shift of the roster runs now: over midnight too they are at work (clause 14)."""

from datetime import date, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, exists, select

from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.hours.times import shift_times
from kiosk.desk.desk import Desk
from kiosk.desk.posts import Duty
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.transaction import Book
from kiosk.desk.where import AllWhere, Place, Where

_ONE_DAY = timedelta(days=1)
_IN_ON_SHIFT = (
    select(Presence, ShiftDay)
    .join(
        ShiftDay,
        (col(ShiftDay.person_id) == col(Presence.person_id))
        & (col(ShiftDay.day) == col(Presence.day)),
    )
    .where(
        col(Presence.state) == Whereabouts.IN,
        col(Presence.day) == bindparam("day"),
        # Who keeps a post is on it, whatever the roster says.
        ~exists().where(col(Duty.person_id) == col(Presence.person_id), col(Duty.until).is_(None)),
    )
)


def at_work(desk: Desk, book: Book, day: date) -> dict[str, Presence]:
    """Return who came on ``day`` for a shift that still runs and is in, by the person's id.

    The time to sign out belongs to it (``rules.sign_in_window_min``); who keeps a post is left
    out. One query, and none where the site has no work shifts.
    """
    if not desk.settings.work_shifts:
        return {}
    now, window = desk.clock(), timedelta(minutes=desk.rules.sign_in_window_min)
    found: dict[str, Presence] = {}
    for here, shift in book.all(_IN_ON_SHIFT, day=day):
        end = shift_times(desk, shift).end
        if end is not None and now < end + window:
            found[here.person_id] = here
    return found


def of_last_night(desk: Desk, book: Book) -> dict[str, Presence]:
    """Return who came for a shift over midnight and is still in: the site's day is not theirs."""
    return at_work(desk, book, desk.work_day(desk.clock()) - _ONE_DAY)


def whereabouts(desk: Desk, book: Book) -> AllWhere:
    """Return the same as the board shows them."""
    nights = of_last_night(desk, book)
    return {who: Where(Place.IN, here.since) for who, here in nights.items()}
