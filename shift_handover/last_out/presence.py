"""Who is still in and who left last, computed from the taps; what a tap's answer says of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, Role, department_name
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from shift_handover.last_out.models import (
    LAST_DAY,
    LISTS_OF_DAY,
    OTHERS_IN,
    PEOPLE_OF,
    STAFF_OF_DAY,
    ListState,
)
from shift_handover.last_out.rules import Stay, last_of


@dataclass(frozen=True, slots=True)
class StillIn:
    """One member of staff whose last tap says they are in; ``since`` is UTC."""

    person: Person
    section: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """Who left last, and who of them has not signed the list; ``left_at`` is UTC."""

    day: date
    left_at: datetime
    people: tuple[Person, ...]
    unsigned: tuple[Person, ...]

    @property
    def ref(self) -> str:
        """What makes this leaving the one it is, before any row of it exists."""
        return f"lastout-{self.left_at:%Y%m%d%H%M%S%f}"


def still_in(desk: Desk, book: Book) -> list[StillIn]:
    """Return the staff who are in today, by section; who keeps a post is not among them."""
    found = [
        StillIn(person, section or "", here.since)
        for here, person, section in book.all(STAFF_OF_DAY, day=desk.work_day(desk.clock()))
        if here.state is Whereabouts.IN
    ]
    return sorted(found, key=lambda one: (one.section, one.person.staff_no))


def gone_last(desk: Desk, book: Book, day: date) -> Gone | None:
    """Return who left last on ``day`` of the site; None while anybody is in, or nobody came."""
    rows = book.all(STAFF_OF_DAY, day=day)
    stays = [Stay(one.id, here.state is Whereabouts.IN, here.tapped_at) for here, one, _s in rows]
    last = last_of(stays, timedelta(seconds=desk.rules.last_out_together_s))
    if not last:
        return None
    people_by_id = {person.id: person for _here, person, _section in rows}
    people = tuple(people_by_id[stay.person_id] for stay in last)
    signed = _signed_since(desk, book, day, last[0].at)
    unsigned = tuple(person for person in people if person.id not in signed)
    return Gone(day, last[0].at, people, unsigned)


def _signed_since(desk: Desk, book: Book, day: date, left_at: datetime) -> set[str]:
    """Return who signed a list for this leaving: a little before it, or at any time after."""
    least = left_at - timedelta(minutes=desk.rules.last_out_before_min)
    return {
        person.id
        for made in book.all(LISTS_OF_DAY, day=day)
        if made.state is ListState.SIGNED and made.at >= least
        for _row, person in book.all(PEOPLE_OF, list=made.id)
    }


def missing(desk: Desk, book: Book) -> Gone | None:
    """Return who left last without the list longer ago than the grace; None when all is well.

    The last day on which anybody came counts until somebody comes again: after a weekend too.
    """
    at = desk.clock()
    today = desk.work_day(at)
    if book.all(OTHERS_IN, day=today):  # the open list asks all day long: the short answer first
        return None
    day = book.one(LAST_DAY, day=today)
    gone = None if day is None else gone_last(desk, book, day)
    grace = timedelta(minutes=desk.rules.last_out_grace_min)
    if gone is None or not gone.unsigned or at - gone.left_at < grace:
        return None
    return gone


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a tap out tells the last of the house or of a section, "" for everybody else."""
    if person.role is Role.GUARD:
        return ""
    here = book.one(PRESENCE, person=person.id)
    today = desk.work_day(desk.clock())
    if here is None or here.day != today or here.state is not Whereabouts.OUT:
        return ""
    sections = book.all(OTHERS_IN, day=today)
    if not sections:
        return _owed(desk, book, person, today)
    if person.department_id is None or person.department_id in sections:
        return ""
    told = _("You are the last of {section}: lights, windows, doors, please.")
    return told.format(section=department_name(book, person))


def _owed(desk: Desk, book: Book, person: Person, today: date) -> str:
    gone = gone_last(desk, book, today)
    if gone is None or person.id not in {one.id for one in gone.unsigned}:
        return ""
    return _("You are the last out. Please sign the lock-up list at the desk (F3, 8).")
