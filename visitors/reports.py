"""The visitors' book, as a list that people ask for."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.site_desks import SiteDesks, site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors.cards import VisitCard
from visitors.gates.reports import gate_columns, gates_of, of_site
from visitors.ladder.words import answered_words
from visitors.lanes.kinds import kind_word
from visitors.listed import ListedVisit, listed
from visitors.models import State, Visit
from visitors.rules import spoken
from visitors.wording import (
    LEFT_WORDS,
    SLIP_WORDS,
    named,
    state_word,
)


def visits(desk: Desk, book: Book, period: Period) -> Table:
    """Return the visitors' book: every visit of the period, void ones too, by number.

    It may be about one host (``period.who``) or one unit that visitors come from.
    """
    found = listed(book, period.first, period.last, period.who, period.unit)
    desks = site_desks(desk, book)
    rows = tuple(_visit_row(desk, desks, visit) for visit in found)
    columns = (
        _("Day"), _("No."), _("Visitor"), _("Unit"), _("People"), _("Host"),
        _("Kind of visit"), _("Matter"), _("Carries"), _("Plate"), _("Answer"), _("State"),
        _("Entered"), _("Left at"), _("How they left"), _("Return slip"), *gate_columns(desk),
    )  # fmt: skip
    table = Table(_("Visits"), columns, rows, empty=_("No visit in these days."))
    return of_site(desk, table)


def _visit_row(desk: Desk, desks: SiteDesks, visit: ListedVisit) -> tuple[str, ...]:
    row = visit.row
    return (
        f"{row.day:%Y-%m-%d}", spoken(row.number), " ".join(named(visit)), visit.unit,
        str(row.people), visit.host.address, kind_word(row), visit.matter,
        visit.goods, visit.plate, answered_words(row),
        no_show(desk, row) or state_word(visit), hour(desk, row.admitted_at),
        left_at(desk, row), _(LEFT_WORDS[row.left_how]) if row.left_how else "",
        _said(SLIP_WORDS[row.return_slip]), *gates_of(desk, desks, row),
    )  # fmt: skip


def no_show(desk: Desk, visit: Visit | VisitCard) -> str:
    """Say that an expected visitor never came, once the day is over; "" for every other visit.

    A running kiosk closes such a visit itself; a book that is only read may still have it open.
    """
    past = desk.local(visit.from_at).date() < desk.today()
    return _("did not come") if visit.state is State.EXPECTED and past else ""


def _said(message: str) -> str:
    """Translate; gettext's answer for "" is the head of its catalogue."""
    return _(message) if message else ""


def hour(desk: Desk, moment: datetime | None) -> str:
    """Return the site's hour of a moment, "" for none."""
    return f"{desk.local(moment):%H:%M}" if moment else ""


def left_at(desk: Desk, visit: Visit) -> str:
    """Return the hour a visitor left, with the day where that was another than the visit's."""
    if visit.left_at is None:
        return ""
    same = desk.local(visit.left_at).date() == visit.day
    return f"{desk.local(visit.left_at):{'%H:%M' if same else '%m-%d %H:%M'}}"
