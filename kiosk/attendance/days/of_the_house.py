"""On which days somebody belonged to the house: nobody is due before or after (clause 130)."""

from datetime import date

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person


def was_of_the_house(desk: Desk, person: Person, day: date, *, tapped: bool) -> bool:
    """Say whether the person belonged to the house on ``day``, a day of the site.

    The day somebody came or left is one of the house where he ``tapped`` on it. Who left and came
    back was not of it in between.
    """
    if person.known_since is None and person.left_at is None:
        return True
    since = desk.work_day(person.known_since) if person.known_since is not None else date.min
    until = desk.work_day(person.left_at) if person.left_at is not None else date.max
    if day in {since, until}:
        return tapped
    if until < since:
        return day < until or day > since
    return since < day < until
