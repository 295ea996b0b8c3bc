"""The register of overtime: who asked, who agreed, and how; the reasons are not in it."""

from datetime import datetime

from kiosk.attendance.overtime.wording import names_along, word_words
from kiosk.desk.desk import Desk
from kiosk.desk.overtime import EVERY_SPELL_BETWEEN
from kiosk.desk.people import person_by_id
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def overtime(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the spells that begin on the days, of everybody or ``period.who``."""
    rows = tuple(
        (
            one.number, person.staff_no, person.name, names_along(book, one),
            _moment(desk, one.from_at), _moment(desk, one.until_at), one.rooms, one.keys,
            word_words(one), person_by_id(book, one.approver_id).name if one.approver_id else "",
        )
        for one, person in book.all(EVERY_SPELL_BETWEEN, first=period.first, last=period.last)
        if period.who in {"", person.staff_no, *one.staff_nos_along}
    )  # fmt: skip
    columns = (
        _("No."), _("Staff number"), _("Who"), pgettext("overtime", "Works along"),
        pgettext("booking", "From"), pgettext("booking", "Until"), _("Rooms"), _("Keys"),
        pgettext("overtime", "Word"), pgettext("overtime", "Whose word"),
    )  # fmt: skip
    title = _("Overtime {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nobody asked for overtime in these days."))


def _moment(desk: Desk, at: datetime) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M")
