"""Which staff are in the house: whose last tap says so, and who keeps a post."""

from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.hours.running import of_last_night
from kiosk.desk.desk import Desk
from kiosk.desk.inside import Inside, of_staff
from kiosk.desk.people import Person
from kiosk.desk.posts import Duty
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

_DOUBTED_FOR = timedelta(hours=24)
"""How long somebody who never signed out is still looked for."""

_NO_SIGN_OUT = N_("not signed out yesterday")
_IN_SINCE = (
    select(Presence, Person)
    .join(Person, col(Person.id) == col(Presence.person_id))
    .where(col(Presence.state) == Whereabouts.IN, col(Presence.tapped_at) > bindparam("since"))
    .order_by(col(Person.staff_no))
)
_ON_POSTS = (
    select(Duty, Person)
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(col(Duty.until).is_(None))
)


def inside(desk: Desk, book: Book) -> list[Inside]:
    """Return the staff in the house; who came yesterday and never signed out is uncertain.

    Who came for a shift that still runs is not. Who keeps a post is there, tapped or not.
    """
    now = desk.clock()
    today, nights = desk.work_day(now), of_last_night(desk, book)
    found = {person.id: of_staff(book, person, duty.since) for duty, person in book.all(_ON_POSTS)}
    for here, person in book.all(_IN_SINCE, since=now - _DOUBTED_FOR):
        known = here.day == today or person.id in nights
        doubt = "" if known else _NO_SIGN_OUT
        found.setdefault(person.id, of_staff(book, person, here.since, doubt))
    return list(found.values())
