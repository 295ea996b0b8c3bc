"""Who can stand in for whom (clause 7). Nothing here writes."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.attendance.hours.rostered import shift_on
from kiosk.attendance.leave.halves import Span
from kiosk.desk.absence import COUNTING, OPEN_OUTINGS_OF, Half, Leave, Outing
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_STAFF_NO, Person
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.stand_in import chain_of
from kiosk.desk.transaction import Book

_AHEAD = re.compile(r"\+(\d{1,3})")
_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_NOON = time(12)
"""It parts the halves of a day that is on no roster."""
_LEAVES_OF = select(Leave).where(
    col(Leave.person_id) == bindparam("person"),
    col(Leave.closed_at).is_(None),
    or_(*(col(Leave.state) == state for state in COUNTING)),
)


def default_stand_in(desk: Desk, book: Book, absent: Person) -> Person | None:
    """Return who stands in by the staff list, if he can from now on; None when nobody does."""
    person = book.one(BY_STAFF_NO, staff_no=absent.deputy_no) if absent.deputy_no else None
    if person is None:
        return None
    try:
        check(desk, book, absent, person, desk.clock(), None)
    except Refused:
        return None
    return person


def check(
    desk: Desk, book: Book, absent: Person, person: Person, since: datetime, until: datetime | None
) -> None:  # fmt: skip
    """Refuse who cannot stand in: those of ``check_free``, and who is not in now.

    Moments are aware. Whether he is in today is asked only of a time that has begun. Raises
    ``Refused``: those of ``check_free``, ``standin.not_in``.
    """
    check_free(desk, book, absent, person, since, until)
    if since <= desk.clock() and not is_in(desk, book, person):
        raise Refused("standin.not_in", name=person.name)


def check_free(
    desk: Desk, book: Book, absent: Person, person: Person, since: datetime, until: datetime | None
) -> None:  # fmt: skip
    """Refuse to name who cannot stand in: himself, who is away himself, and a circle.

    Moments are aware. Raises ``Refused``: ``standin.himself``, ``person.inactive``,
    ``standin.circle``, ``standin.on_leave``, ``standin.is_out``.
    """
    if person.id == absent.id:
        raise Refused("standin.himself", name=absent.name)
    if not person.active:
        raise Refused("person.inactive", staff_no=person.staff_no)
    if any(one.id == absent.id for one in chain_of(book, person, max(since, desk.clock()))):
        raise Refused("standin.circle", name=person.name, absent=absent.name)
    if any(
        _meet(leave_span(desk, book, person, one), since, until)
        for one in book.all(_LEAVES_OF, person=person.id)
    ):
        raise Refused("standin.on_leave", name=person.name)
    if any(
        _meet(outing_span(desk, one), since, until)
        for one in book.all(OPEN_OUTINGS_OF, person=person.id)
    ):
        raise Refused("standin.is_out", name=person.name)


def typed_day(typed: str, today: date) -> date:
    """Return until which day: ``11-30`` or ``+3``; nothing is today.

    A day that is over this year means next year. Raises ``Refused("standin.day_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    ahead, written = _AHEAD.fullmatch(text), _DAY.fullmatch(text)
    if not text:
        return today
    if ahead is not None:
        return today + timedelta(days=int(ahead[1]))
    try:
        found = date(today.year, int(written[1]), int(written[2])) if written else None
        if found is not None:
            return found if found >= today else found.replace(year=today.year + 1)
    except ValueError:
        pass
    raise Refused("standin.day_unclear")


def is_in(desk: Desk, book: Book, person: Person) -> bool:
    """Say whether somebody has signed in today and not out since."""
    here = whereabouts(book, person, desk.work_day(desk.clock()))
    return here is not None and here.state is Whereabouts.IN


def leave_span(
    desk: Desk, book: Book, person: Person, leave: Leave | Span
) -> tuple[datetime, datetime]:
    """Return from when to when a leave of the person lasts. Moments are aware.

    Noon parts the halves of a day, and the middle of a shift those of a day on the roster.
    """
    first, _ends = _half_span(desk, book, person, leave.first_day, leave.first_half)
    _begins, last = _half_span(desk, book, person, leave.last_day, leave.last_half)
    return first, last


def _half_span(
    desk: Desk, book: Book, person: Person, day: date, half: Half
) -> tuple[datetime, datetime]:
    shift = shift_on(desk, book, person, day)
    worked = shift.half(half) if shift is not None else None
    if worked is not None:
        return worked
    noon = datetime.combine(day, _NOON, desk.zone)
    if half is Half.MORNING:
        return datetime.combine(day, time(), desk.zone), noon
    return noon, datetime.combine(day + timedelta(days=1), time(), desk.zone)


def outing_span(desk: Desk, outing: Outing) -> tuple[datetime, datetime]:
    """Return from when to when somebody is out; not sure when: until the day ends. Aware."""
    ends = datetime.combine(outing.day + timedelta(days=1), time(), desk.zone)
    back = ends if outing.not_back_today else outing.back_by or ends
    return outing.started_at, max(back, desk.clock())


def _meet(span: tuple[datetime, datetime], since: datetime, until: datetime | None) -> bool:
    return (until is None or span[0] < until) and since < span[1]
