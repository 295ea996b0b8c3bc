"""The visitors' book, as a list that people ask for."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors.cards import VisitCard, card
from visitors.models import BETWEEN, State
from visitors.wording import (
    ANSWER_WORDS,
    HOW_WORDS,
    LEFT_WORDS,
    SLIP_WORDS,
    named,
    state_word,
)


def visits(desk: Desk, book: Book, period: Period) -> Table:
    """Return the visitors' book: every visit of the period, void ones too, by number."""
    found = book.all(BETWEEN, first=period.first, last=period.last)
    rows = tuple(_visit_row(desk, card(desk, book, visit, host)) for visit, host in found)
    columns = (
        _("Day"), _("No."), _("Visitor"), _("Unit"), _("People"), _("Host"), _("Matter"),
        _("Carries"), _("Answer"), _("State"), _("Entered"), _("Left at"),
        _("How they left"), _("Return slip"),
    )  # fmt: skip
    return Table(_("Visits"), columns, rows, empty=_("No visit in these days."))


def _visit_row(desk: Desk, visit: VisitCard) -> tuple[str, ...]:
    return (
        f"{desk.local(visit.from_at):%Y-%m-%d}", visit.number, " ".join(named(visit)), visit.unit,
        str(visit.people), visit.host.address, visit.matter, visit.goods, _answered(visit),
        no_show(desk, visit) or state_word(visit), _hour(desk, visit.admitted_at),
        _left_at(desk, visit), _(LEFT_WORDS[visit.left_how]) if visit.left_how else "",
        _said(SLIP_WORDS[visit.return_slip]),
    )  # fmt: skip


def _answered(visit: VisitCard) -> str:
    if visit.answer is None or visit.answer_how is None:
        return ""
    said, how = _(ANSWER_WORDS[visit.answer]), _(HOW_WORDS[visit.answer_how])
    return f"{said} ({how})"


def no_show(desk: Desk, visit: VisitCard) -> str:
    """Say that an expected visitor never came, once the day is over; "" for every other visit.

    A running kiosk closes such a visit itself; a book that is only read may still have it open.
    """
    past = desk.local(visit.from_at).date() < desk.today()
    return _("did not come") if visit.state is State.EXPECTED and past else ""


def _said(message: str) -> str:
    """Translate; gettext's answer for "" is the head of its catalogue."""
    return _(message) if message else ""


def _hour(desk: Desk, moment: datetime | None) -> str:
    return f"{desk.local(moment):%H:%M}" if moment else ""


def _left_at(desk: Desk, visit: VisitCard) -> str:
    """Return the hour a visitor left, with the day where that was another than the visit's."""
    if visit.left_at is None:
        return ""
    same = desk.local(visit.left_at).date() == desk.local(visit.from_at).date()
    return f"{desk.local(visit.left_at):{'%H:%M' if same else '%m-%d %H:%M'}}"
