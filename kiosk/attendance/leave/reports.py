"""The office's list of leave: who, from when to when, who signed when, and when reported back.

Kind and reason are for the person, the head and the leaders: they do not stand here (PIPL 28).
"""

from datetime import datetime

from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.models import APPROVALS
from kiosk.attendance.leave.reading import Seen, between
from kiosk.attendance.leave.rules import in_days
from kiosk.attendance.leave.wording import marks, span_words, state_word
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def leave(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of the leave that touches the period; ``period.who`` is a staff number."""
    rows = tuple(
        _row(desk, book, one)
        for one in between(desk, book, period.first, period.last)
        if period.who in {"", one.person.staff_no}
    )
    columns = (
        *(_("No."), _("Staff number"), _("Name"), _("Section"), pgettext("leave", "When")),
        *(_("Workdays"), pgettext("leave", "State"), _("Signed by")),
        *(_("Report back by"), pgettext("leave", "Reported back"), pgettext("leave", "Marks")),
    )
    title = _("Leave {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nobody was on leave in these days."))


def _row(desk: Desk, book: Book, one: Seen) -> tuple[str, ...]:
    row = one.leave
    return (
        row.number, one.person.staff_no, one.person.name, one.section,
        span_words(span_of(row)), in_days(row.halves), state_word(one),
        _signed(desk, book, row.id), _moment(desk, one.back_by),
        _moment(desk, row.returned_at), " ".join(marks(one)),
    )  # fmt: skip


def _signed(desk: Desk, book: Book, leave_id: str) -> str:
    found = book.all(APPROVALS, leave=leave_id)
    return " ".join(f"{person.name} {_moment(desk, one.at)}" for one, person in found)


def _moment(desk: Desk, at: datetime | None) -> str:
    return f"{desk.local(at):%m-%d %H:%M}" if at else ""
