"""The register of enquiries: who was asked first, who handled it, how and when it ended."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_id
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from kiosk.enquiries.models import BETWEEN, Ending, Enquiry
from kiosk.enquiries.rules import WHY_LEFT
from kiosk.enquiries.wording import duty_word

ENDING_WORDS = {
    Ending.HANDLED: N_("handled by who was asked first"),
    Ending.RECEIVED: N_("received by whom it was led to"),
    Ending.LEFT: N_("the enquirer left"),
}


def enquiries(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the enquiries of the period, or those where one person was asked first.

    Who enquired stands there while the words are kept; the phone number and the matter do not.
    """
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            enquiry.number, _moment(desk, enquiry.opened_at), asked.staff_no, asked.name,
            book.read_sealed(enquiry.enquirer), book.read_sealed(enquiry.unit),
            duty_word(own=enquiry.own_duty), _led_to(book, enquiry),
            str(enquiry.notices or ""), person_by_id(book, enquiry.handler_id).name,
            _how(book, enquiry), _moment(desk, enquiry.closed_at),
        )
        for enquiry, asked in book.all(BETWEEN, first=first, after=after)
        if period.who in {"", asked.staff_no}
    )  # fmt: skip
    columns = (
        *(_("No."), pgettext("enquiry", "Asked at"), _("Staff number")),
        *(pgettext("enquiry", "Asked first"), pgettext("enquiry", "Enquirer"), _("Unit")),
        *(pgettext("enquiry", "Own duty"), pgettext("enquiry", "Led to")),
        *(pgettext("enquiry", "Notices"), pgettext("enquiry", "Handler")),
        *(pgettext("enquiry", "How it ended"), pgettext("enquiry", "Closed at")),
    )
    title = _("Enquiries {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nobody enquired in these days."))


def _led_to(book: Book, enquiry: Enquiry) -> str:
    return person_by_id(book, enquiry.led_to_id).name if enquiry.led_to_id else ""


def _how(book: Book, enquiry: Enquiry) -> str:
    if enquiry.ending is None:
        return _("still open")
    why = WHY_LEFT.get(enquiry.reason_code)
    reason = _(why) if why else book.read_sealed(enquiry.reason)
    return " ".join(part for part in (_(ENDING_WORDS[enquiry.ending]), reason) if part)


def _moment(desk: Desk, moment: datetime | None) -> str:
    return f"{desk.local(moment):%Y-%m-%d %H:%M}" if moment is not None else ""


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)
