"""The register of messages: who called for whom and when it was received; never what was said."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from kiosk.messages.models import BETWEEN, Ending, Message

_ENDINGS = {Ending.RECEIVED: N_("message received"), Ending.VOIDED: N_("message voided")}


def messages(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the messages taken in the period, or those for one person.

    What was said is between the caller and the addressee: a register lies open on a desk.
    """
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            message.number, _moment(desk, message.taken_at), person.staff_no, person.name,
            book.read_sealed(message.caller),
            pgettext("message", "urgent") if message.urgent else "",
            message.taken_by, _ending(message), _moment(desk, message.closed_at),
            book.read_sealed(message.reason),
        )
        for message, person in book.all(BETWEEN, first=first, after=after)
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    columns = (
        *(_("No."), pgettext("message", "Taken at"), _("Staff number")),
        *(pgettext("message", "For"), pgettext("message", "Caller"), pgettext("message", "Urgent")),
        *(pgettext("message", "Taken by"), pgettext("message", "State")),
        *(pgettext("message", "Closed at"), pgettext("message", "Why voided")),
    )
    title = _("Telephone messages {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No message was taken in these days."))


def _ending(message: Message) -> str:
    return _(_ENDINGS[message.ending]) if message.ending else _("message waiting")


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
