"""The register of temporary badges: who had which one, from when, and when it was back."""

from datetime import datetime

from kiosk.attendance.spares.models import LENT_BETWEEN
from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def temporary_badges(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of what was lent on the days, to everybody or to ``period.who``."""
    rows = tuple(
        (
            lending.number, spare.label, person.staff_no, person.name,
            _moment(desk, lending.lent_at), lending.lent_by, _moment(desk, lending.returned_at),
            lending.returned_by,
        )
        for lending, spare, person in book.all(LENT_BETWEEN, first=period.first, last=period.last)
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    columns = (
        _("No."), pgettext("spare", "Badge"), _("Staff number"), _("Name"),
        pgettext("spare", "Lent"), pgettext("spare", "Lent by"), pgettext("spare", "Back"),
        pgettext("spare", "Taken back by"),
    )  # fmt: skip
    title = _("Temporary badges {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No temporary badge was lent in these days."))


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
