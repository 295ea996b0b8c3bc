"""The register of outings: who, where, from when, back by, back; never why (PIPL 28)."""

from datetime import datetime

from kiosk.attendance.outing.reading import OutingShown, outings_between
from kiosk.attendance.outing.wording import back_words, state_words
from kiosk.desk.absence import Outing, OutingKind
from kiosk.desk.desk import Desk
from kiosk.desk.people import department_name
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def outings(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the outings of some days, or those of one person."""
    rows = tuple(
        (
            one.number, f"{outing.day:%Y-%m-%d}", one.person.staff_no, one.person.name,
            department_name(book, one.person), _kind(outing), one.place,
            _hour(desk, one.started_at), back_words(desk, one), _back(desk, outing, one),
            state_words(one), _word(one),
        )
        for outing, one in outings_between(desk, book, period.first, period.last)
        if period.who in {"", one.person.staff_no}
    )  # fmt: skip
    columns = (
        *(_("No."), _("Day"), _("Staff number"), _("Name"), _("Section")),
        *(pgettext("outing", "Kind"), pgettext("outing", "Where"), pgettext("outing", "Left")),
        *(pgettext("outing", "Back by"), pgettext("outing", "Back at")),
        *(pgettext("pass", "State"), pgettext("outing", "On the word of")),
    )
    title = _("Outings {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nobody went out in these days."))


def _kind(outing: Outing) -> str:
    business = outing.kind is OutingKind.BUSINESS
    return pgettext("outing", "business") if business else pgettext("outing", "private")


def _back(desk: Desk, outing: Outing, one: OutingShown) -> str:
    seen = outing.ended_at is not None and not one.assumed and not one.cancelled
    return _hour(desk, outing.ended_at) if seen else ""


def _word(one: OutingShown) -> str:
    if one.approver is None:
        return ""
    if one.owed:
        return _("{name}, tap owed").format(name=one.approver.name)
    return one.approver.name


def _hour(desk: Desk, at: datetime | None) -> str:
    return f"{desk.local(at):%H:%M}" if at is not None else ""
