"""The day sheet: a line for each person, with the hours due and what became of them (clause 14)."""

from collections.abc import Iterator
from datetime import date, datetime

from kiosk.attendance.days.derived import PersonDay
from kiosk.attendance.days.reading import Days, days_between
from kiosk.attendance.days.wording import hours_words, standing_words
from kiosk.attendance.reports import marks
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext, sentence


def day(desk: Desk, book: Book, period: Period) -> Table:
    """Build the sheet of the day, or of each day of the period, by day and staff number.

    Who was not due and did not tap has no line. Nobody is called absent before the books of the
    day are closed, nor early before it is over.
    """
    days = days_between(desk, book, period.first, period.last)
    found = [
        (person, derived)
        for one in days.each_day()
        for person, derived in _of_day(days, one, period.who)
    ]
    late = sum(derived.late_counts for _person, derived in found)
    counted = ngettext("{n} late without excuse.", "{n} late without excuse.", late).format(n=late)
    unknown = (
        sentence("calendar.year_unknown", {"year": year})
        for year in desk.calendar.unknown_years(period.first, period.last)
    )
    return Table(
        _("Day sheet {first} to {last}").format(first=period.first, last=period.last),
        _columns(),
        tuple(_row(desk, days, person, derived) for person, derived in found),
        _("Nobody was due, and nobody tapped."),
        foot=(*((counted,) if found else ()), *unknown),
    )


def _of_day(days: Days, one: date, who: str) -> Iterator[tuple[Person, PersonDay]]:
    for person in days.people:
        if who and person.staff_no != who:
            continue
        derived = days.of(person, one)
        if derived.taps or (person.active and (derived.due_min or derived.leave)):
            yield person, derived


def _row(desk: Desk, days: Days, person: Person, derived: PersonDay) -> tuple[str, ...]:
    return (
        derived.day.isoformat(), person.staff_no, person.name,
        days.section(person, derived.day), hours_words(desk, derived),
        _hour(desk, derived.came), _hour(desk, derived.went), str(derived.late_min or ""),
        str(derived.early_min or ""), standing_words(derived),
        f"{derived.in_hours_min}/{derived.due_min}", " ".join(marks(derived)),
    )  # fmt: skip


def _hour(desk: Desk, moment: datetime | None) -> str:
    return desk.local(moment).strftime("%H:%M") if moment else ""


def _columns() -> tuple[str, ...]:
    return (
        *(_("Day"), _("Staff number"), _("Name"), _("Section"), _("Hours due")),
        *(pgettext("tap", "In"), pgettext("tap", "Out"), _("Late (min)"), _("Early (min)")),
        *(_("Standing"), _("Worked/due (min)"), _("To remark")),
    )
