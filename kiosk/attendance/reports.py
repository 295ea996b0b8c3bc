"""The month sheet: raw taps, the derived day and its corrections side by side (clause 130)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from kiosk.attendance.days import Counted, PersonDay, WorkTimes, person_day
from kiosk.attendance.models import TAPS_BETWEEN, Tap
from kiosk.attendance.rules import keeps_office_hours
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID, DEPARTMENTS, EVERYONE, Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext

_ONE_DAY = timedelta(days=1)
TapsOfDay = Mapping[str, list[Tap]]


def attendance(desk: Desk, book: Book, period: Period) -> Table:
    """Build the sheet of the period: a line for each person and day.

    A closed workday without any tap of a person says so; it is no absence yet, and it is said only
    of days on which this desk took taps at all. Today is never closed.
    """
    taps = _by_day(book, period)
    people = {person.id: person for person in book.all(EVERYONE)}
    _add_leavers(book, people, taps)
    sections = {one.id: one.name for one in book.all(DEPARTMENTS)}
    rows = [
        (*_who(day, person, sections), *_cells(desk, derived))
        for day in sorted(taps)
        for person, derived in _days(desk, people, taps[day], day)
    ]
    title = _("Attendance {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, _columns(), tuple(rows), _("Nobody has tapped in these days."))


def _who(day: date, person: Person, sections: Mapping[str, str]) -> tuple[str, ...]:
    section = sections.get(person.department_id or "", "")
    return day.isoformat(), person.staff_no, person.name, section


def _by_day(book: Book, period: Period) -> dict[date, dict[str, list[Tap]]]:
    found: dict[date, dict[str, list[Tap]]] = {}
    for tap in book.all(TAPS_BETWEEN, first=period.first, last=period.last):
        found.setdefault(tap.day, {}).setdefault(tap.person_id, []).append(tap)
    return found


def _add_leavers(book: Book, people: dict[str, Person], taps: Mapping[date, TapsOfDay]) -> None:
    for person_id in {one for day in taps.values() for one in day} - people.keys():
        person = book.one(BY_ID, id=person_id)
        if person is not None:
            people[person_id] = person


def _days(
    desk: Desk, people: Mapping[str, Person], taps: TapsOfDay, day: date
) -> Iterator[tuple[Person, PersonDay]]:
    closed = day < desk.work_day(desk.clock())
    expected = closed and desk.calendar.is_workday(day)
    for person in sorted(people.values(), key=lambda one: one.staff_no):
        theirs = taps.get(person.id, [])
        if theirs or (expected and person.active and keeps_office_hours(person)):
            # A guard's shift may end tomorrow: no mark for a missing sign-out there.
            over = closed and keeps_office_hours(person)
            yield person, person_day(theirs, times_of(desk, person, day), desk.rules, closed=over)


def times_of(desk: Desk, person: Person, day: date) -> WorkTimes:
    """Return the hours that count for the person on ``day``; none for a guard (a roster)."""
    if not keeps_office_hours(person):
        return WorkTimes(None, None)
    grace = desk.settings.hours.grace_minutes
    return WorkTimes(desk.calendar.start(day), desk.calendar.end(day), grace)


def _cells(desk: Desk, day: PersonDay) -> tuple[str, ...]:
    return (
        _hour(desk, day.came),
        _hour(desk, day.went),
        str(day.late_min or ""),
        str(day.early_min or ""),
        " ".join(marks(day)),
        " ".join(_raw(desk, one) for one in day.taps),
    )


def marks(day: PersonDay) -> Iterator[str]:
    """Yield the words that ask for a remark (备注)."""
    if not day.taps:
        yield _("no tap")
    if day.out_of_window:
        yield _("out of window")
    if day.no_sign_out:
        yield _("no sign-out")
    if day.without_badge:
        yield _("no badge")
    if any(one.corrected for one in day.taps):
        yield _("corrected")


def _raw(desk: Desk, one: Counted) -> str:
    words = {Whereabouts.IN: pgettext("tap", "in"), Whereabouts.OUT: pgettext("tap", "out")}
    shown = f"{_hour(desk, one.tap.at)} {words[one.tap.kind]}"
    corrected = _("corrected")
    return f"{shown} ({corrected}: {words[one.kind]})" if one.corrected else shown


def _hour(desk: Desk, moment: datetime | None) -> str:
    return desk.local(moment).strftime("%H:%M") if moment else ""


def _columns() -> tuple[str, ...]:
    return (
        *(_("Day"), _("Staff number"), _("Name"), _("Section")),
        *(pgettext("tap", "In"), pgettext("tap", "Out"), _("Late (min)"), _("Early (min)")),
        *(_("To remark"), _("Raw taps")),
    )
