"""The register of what came: from whom, for whom, where it lies, who took it."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from kiosk.parcels.models import BETWEEN, Parcel, Word
from kiosk.parcels.wording import TAKEN_BY, ending_word, kind_word


def parcels(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of what came in the period, or of what came for one person."""
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            parcel.number, _moment(desk, parcel.arrived_at), person.staff_no, person.name,
            kind_word(parcel.kind, parcel.count), book.read_sealed(parcel.sender),
            book.read_sealed(parcel.tracking), book.read_sealed(parcel.shelf), parcel.taken_by,
            ending_word(parcel.ending), _moment(desk, parcel.closed_at), _taken(book, parcel),
            book.read_sealed(parcel.reason),
        )
        for parcel, person in book.all(BETWEEN, first=first, after=after)
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    columns = (
        *(_("No."), pgettext("parcel", "Arrived"), _("Staff number"), pgettext("parcel", "For")),
        *(
            pgettext("parcel", "What"),
            pgettext("parcel", "From"),
            pgettext("parcel", "Carrier no."),
        ),
        *(pgettext("parcel", "Shelf"), pgettext("parcel", "Accepted by")),
        *(pgettext("parcel", "State"), pgettext("parcel", "Left at")),
        *(pgettext("parcel", "Collected by"), pgettext("parcel", "Reason")),
    )
    title = _("Parcels {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("Nothing came in these days."))


def _taken(book: Book, parcel: Parcel) -> str:
    person = book.one(BY_ID, id=parcel.receiver_id) if parcel.receiver_id else None
    if person is None:
        return ""
    if parcel.word is None or parcel.word is Word.OWN:
        return person.name
    told = pgettext("parcel", "{name} ({word})")
    return told.format(name=person.name, word=_(TAKEN_BY[parcel.word]))


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
