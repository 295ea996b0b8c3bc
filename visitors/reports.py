"""Two lists that people ask for: the visitors' book, and the roll call of now."""

from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext
from visitors.cards import VisitCard, card
from visitors.listed import ListedVisit, listed
from visitors.models import HERE, State, Visit
from visitors.rules import spoken
from visitors.wording import (
    ANSWER_WORDS,
    HOW_WORDS,
    LEFT_WORDS,
    SLIP_WORDS,
    day_and_hour,
    named,
    state_word,
)

_SURE_HOURS = 12


def visits(desk: Desk, book: Book, period: Period) -> Table:
    """Return the visitors' book: every visit of the period, void ones too, by number.

    It may be about one host (``period.who``) or one unit that visitors come from.
    """
    found = listed(book, period.first, period.last, period.who, period.unit)
    rows = tuple(_visit_row(desk, visit) for visit in found)
    columns = (
        _("Day"), _("No."), _("Visitor"), _("Unit"), _("People"), _("Host"), _("Matter"),
        _("Carries"), _("Answer"), _("State"), _("Entered"), _("Left at"),
        _("How they left"), _("Return slip"),
    )  # fmt: skip
    return Table(_("Visits"), columns, rows, empty=_("No visit in these days."))


def _visit_row(desk: Desk, visit: ListedVisit) -> tuple[str, ...]:
    row = visit.row
    return (
        f"{row.day:%Y-%m-%d}", spoken(row.number), " ".join(named(visit)), visit.unit,
        str(row.people), visit.host.address, visit.matter, visit.goods, _answered(row),
        no_show(desk, row) or state_word(visit), hour(desk, row.admitted_at),
        left_at(desk, row), _(LEFT_WORDS[row.left_how]) if row.left_how else "",
        _said(SLIP_WORDS[row.return_slip]),
    )  # fmt: skip


def _answered(visit: Visit) -> str:
    if visit.answer is None or visit.answer_how is None:
        return ""
    said, how = _(ANSWER_WORDS[visit.answer]), _(HOW_WORDS[visit.answer_how])
    return f"{said} ({how})"


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


def roll_call(desk: Desk, book: Book, period: Period) -> Table:
    """Return everybody inside now by area and host, the uncertain apart (``period`` is now).

    Uncertain is who should have left, or came in half a day ago: somebody must look.
    """
    del period
    inside = [
        card(desk, book, visit, host)
        for visit, host in book.all(HERE)
        if visit.state is State.ADMITTED
    ]
    ordered = sorted(
        inside,
        key=lambda visit: (
            _uncertain(desk, visit),
            visit.area,
            visit.host.place,
            visit.host.staff_no,
            visit.listed,
        ),
    )
    rows = tuple(_roll_row(desk, visit) for visit in ordered)
    columns = (
        _("Found"), _("Area"), _("Host"), _("No."), _("Visitor"), _("Unit"), _("People"),
        _("Entered"), _("Certain"),
    )  # fmt: skip
    people = sum(visit.people for visit in inside)
    title = ngettext(
        "Roll call {time}: {n} person inside", "Roll call {time}: {n} people inside", people
    ).format(time=hour(desk, desk.clock()), n=people)
    return Table(title, columns, rows, empty=_("No visitor is inside."))


def _uncertain(desk: Desk, visit: VisitCard) -> bool:
    now = desk.clock()
    over = visit.until_at + timedelta(minutes=desk.rules.visit_overstay_min)
    long_ago = visit.admitted_at is not None and now - visit.admitted_at > timedelta(
        hours=_SURE_HOURS
    )
    return now > over or long_ago


def _roll_row(desk: Desk, visit: VisitCard) -> tuple[str, ...]:
    sure = _("uncertain") if _uncertain(desk, visit) else _("inside")
    where = visit.area or visit.host.place
    return (
        "[ ]", where, visit.host.address, visit.listed, " ".join(named(visit)), visit.unit,
        str(visit.people), day_and_hour(desk, visit.admitted_at), sure,
    )  # fmt: skip
