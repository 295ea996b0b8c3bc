"""The month sheet: raw taps, the derived day and its corrections side by side (clause 130)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kiosk.attendance.days.derived import PersonDay
from kiosk.attendance.days.facts import Counted
from kiosk.attendance.days.reading import Days, days_between
from kiosk.attendance.honest.marks import mark_words
from kiosk.attendance.remarks.wording import on_sheet
from kiosk.desk.desk import Desk
from kiosk.desk.people import DEPARTMENTS, Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def attendance(desk: Desk, book: Book, period: Period) -> Table:
    """Build the sheet of the period: a line for each person and day.

    A closed workday without any tap of a person says so; it is no absence yet, and it is said only
    of days on which this desk took taps at all. Today is never closed.
    """
    days = days_between(desk, book, period.first, period.last)
    tapped = {day for _, day in days.taps}
    sections = {one.id: one.name for one in book.all(DEPARTMENTS)}
    rows = [
        (*_who(day, person, sections), *_cells(desk, derived))
        for day in sorted(tapped)
        for person, derived in _shown(days, day)
    ]
    title = _("Attendance {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, _columns(), tuple(rows), _("Nobody has tapped in these days."))


def _who(day: date, person: Person, sections: Mapping[str, str]) -> tuple[str, ...]:
    section = sections.get(person.department_id or "", "")
    return day.isoformat(), person.staff_no, person.name, section


def _shown(days: Days, day: date) -> Iterator[tuple[Person, PersonDay]]:
    for person in days.people:
        derived = days.of(person, day)
        due = derived.over and derived.times.start is not None and person.active
        if derived.taps or due:
            yield person, derived


def _cells(desk: Desk, day: PersonDay) -> tuple[str, ...]:
    return (
        _hour(desk, day.came),
        _hour(desk, day.went),
        str(day.late_min or ""),
        str(day.early_min or ""),
        " ".join((*marks(day), *(on_sheet(desk, one) for one in day.remarks))),
        " ".join(_raw(desk, one) for one in day.taps),
    )


def marks(day: PersonDay) -> Iterator[str]:
    """Yield the words that ask for a remark (备注)."""
    if not day.taps:
        yield _("no tap")
    if day.no_shift:
        yield _("no shift known")
    if day.out_of_window:
        yield _("out of window")
    if day.no_sign_out and day.times.start is not None:  # without a roster nobody knows the end
        yield _("no sign-out")
    if day.without_badge:
        yield _("no badge")
    if any(one.corrected for one in day.taps):
        yield _("corrected")
    found = (mark_words(void=it.void, doubts=it.doubts, unproven=it.unproven) for it in day.taps)
    yield from dict.fromkeys(word for words in found for word in words)


def _raw(desk: Desk, one: Counted) -> str:
    words = {Whereabouts.IN: pgettext("tap", "in"), Whereabouts.OUT: pgettext("tap", "out")}
    shown = f"{_hour(desk, one.tap.at)} {words[one.tap.kind]}"
    corrected = _("corrected")
    notes = [f"{corrected}: {words[one.kind]}"] if one.corrected else []
    notes += mark_words(void=one.void, doubts=one.doubts, unproven=one.unproven)
    listed = pgettext("list", ", ").join(notes)
    return f"{shown} ({listed})" if notes else shown


def _hour(desk: Desk, moment: datetime | None) -> str:
    return desk.local(moment).strftime("%H:%M") if moment else ""


def _columns() -> tuple[str, ...]:
    return (
        *(_("Day"), _("Staff number"), _("Name"), _("Section")),
        *(pgettext("tap", "In"), pgettext("tap", "Out"), _("Late (min)"), _("Early (min)")),
        *(_("To remark"), _("Raw taps")),
    )
