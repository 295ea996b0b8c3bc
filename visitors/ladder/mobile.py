"""A mobile number is shown only for a business reason, and every showing is logged (clause 101)."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period, Table
from kiosk.desk.safe_text import legible
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from visitors.ladder.models import RELEASED, MobileRelease
from visitors.models import Answer, State
from visitors.rules import spoken
from visitors.service import REASON_LIMIT, visit_of


def reveal(
    desk: Desk, by: str, visit_id: str, staff_no: str, asked_by: str, reason: str
) -> str:  # fmt: skip
    """Return the mobile number of who was asked about a waiting visitor and not reached.

    ``asked_by`` says who wants it, ``reason`` for what business; both are sealed with the visit.
    Raises ``Refused``: ``visit.field_missing`` (``field``), ``mobile.not_now`` while an answer may
    still come, ``mobile.none``, ``person.unknown``.
    """
    wants, why = (_needed("asked_by", asked_by), _needed("reason", reason))
    with desk.write(by=by) as tx:
        visit, _host = visit_of(tx, visit_id)
        person = person_by_staff_no(tx, staff_no)
        if visit.state is not State.HOST_ASKED or visit.answer is not Answer.NOT_REACHED:
            raise Refused("mobile.not_now")
        number = tx.read_sealed(person.mobile, erased="")
        if not number:
            raise Refused("mobile.none", name=person.name)
        release = tx.put(
            MobileRelease(
                visit_id=visit.id, person_id=person.id, shown_at=tx.now, shown_by=by,
                asked_by=tx.seal(visit.subject, wants), reason=tx.seal(visit.subject, why),
            )
        )  # fmt: skip
        tx.record(
            "mobile.revealed", visit=visit.id, number=spoken(visit.number),
            person=person.staff_no, release=release.id, reason=release.reason,
        )  # fmt: skip
        return number


def _needed(field: str, text: str) -> str:
    words = legible(text, REASON_LIMIT)
    if not words:
        raise Refused("visit.field_missing", field=field)
    return words


def mobiles(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of the mobile numbers shown in the period, or of one person's; no number."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    rows = tuple(
        (
            f"{desk.local(one.shown_at):%Y-%m-%d %H:%M}", person.staff_no, person.name,
            one.shown_by, book.read_sealed(one.asked_by, erased=_("erased")),
            book.read_sealed(one.reason, erased=_("erased")), spoken(visit.number),
        )
        for one, person, visit in book.all(RELEASED, first=first, after=after)
        if period.who in {"", person.staff_no}
    )  # fmt: skip
    columns = (
        pgettext("mobile", "Shown at"), _("Staff number"), pgettext("mobile", "Whose"),
        pgettext("mobile", "Shown by"), pgettext("mobile", "Who wanted it"), _("Reason"),
        pgettext("mobile", "Visit"),
    )  # fmt: skip
    title = _("Mobile numbers shown {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No mobile number was shown in these days."))
