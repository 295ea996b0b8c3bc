"""The register of remarks: what the taps say, what the remark says, and who signed (clause 130).

Causes and reasons are for the person, the head and the leaders, who read them at the desk after
badge and PIN: they do not stand here (PIPL 28).
"""

from datetime import datetime

from kiosk.attendance.days.derived import PersonDay
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.remarks.models import WRITTEN_ABOUT, Remark
from kiosk.attendance.remarks.wording import about_word, hour, should_be, state_word
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID, Person
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def remarks(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the remarks about the days of the period, also refused and replaced.

    ``period.who`` is the staff number of whom they are about.
    """
    days = days_between(desk, book, period.first, period.last)
    numbers = {one.id: one.number for listed in days.remarks.values() for one in listed}
    rows = tuple(
        (
            row.number, f"{row.day}", person.staff_no, person.name, about_word(row.about),
            _taps(desk, days.of(person, row.day)), should_be(desk, row),
            _written(desk, row),
            _signed(desk, book, row.head_id, row.head_at),
            _signed(desk, book, row.leader_id, row.leader_at),
            state_word(row), numbers.get(row.replaces, ""),
        )
        for row, person in book.all(WRITTEN_ABOUT, first=period.first, last=period.last)
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    title = _("Remarks about {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, _columns(), rows, _("No remark was written about these days."))


def _columns() -> tuple[str, ...]:
    return (
        _("No."), _("Day"), _("Staff number"), _("Name"), pgettext("remark", "About"),
        pgettext("remark", "By the taps"), pgettext("remark", "Should be"),
        pgettext("remark", "Written by"), pgettext("remark", "Head"), pgettext("remark", "Leader"),
        pgettext("remark", "State"), pgettext("remark", "Replaces"),
    )  # fmt: skip


def _taps(desk: Desk, day: PersonDay) -> str:
    """Return first in and last out as the raw taps have them."""
    came, went = hour(desk, day.came), hour(desk, day.went)
    return f"{came}-{went}" if came or went else _("no tap")


def _written(desk: Desk, row: Remark) -> str:
    written = f"{row.written_by} {desk.local(row.written_at):%m-%d %H:%M}"
    if not row.by_phone:
        return written
    words = _("{written}, by phone: {time}")
    return words.format(written=written, time=hour(desk, row.called_at))


def _signed(desk: Desk, book: Book, person_id: str | None, at: datetime | None) -> str:
    person: Person | None = book.one(BY_ID, id=person_id) if person_id else None
    if person is None or at is None:
        return ""
    return f"{person.name} {desk.local(at):%m-%d %H:%M}"
