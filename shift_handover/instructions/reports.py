"""The register of instructions and notices: who gave what, until when, who knows it, its end."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.open_kinds import kind_word
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.instructions.models import BETWEEN, KNOWN_OF, Instruction


def instructions(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of what this gate was told in the period, or what one person told it."""
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            row.number, kind_word(row.sort.value), _moment(desk, row.given_at), giver.staff_no,
            giver.name, book.read_sealed(row.words), _moment(desk, row.valid_until),
            _known(desk, book, row), _moment(desk, row.closed_at), book.read_sealed(row.closing),
        )
        for row, giver in book.all(BETWEEN, post=desk.gate, first=first, after=after)
        if period.who in {"", giver.staff_no}
    )  # fmt: skip
    columns = (
        *(_("No."), pgettext("handover", "Kind"), pgettext("instruction", "Given at")),
        *(_("Staff number"), pgettext("instruction", "From"), pgettext("instruction", "Words")),
        *(pgettext("instruction", "Valid until"), pgettext("instruction", "Known to")),
        *(pgettext("instruction", "Closed at"), pgettext("instruction", "How it ended")),
    )
    title = _("Instructions and notices {first} to {last}")
    return Table(
        title.format(first=period.first, last=period.last), columns, rows,
        _("Nothing was ordered or made known in these days."),
    )  # fmt: skip


def _known(desk: Desk, book: Book, row: Instruction) -> str:
    known = book.all(KNOWN_OF, id=row.id)
    return pgettext("list", ", ").join(
        f"{person.name} {_moment(desk, one.at)}" for one, person in known
    )


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
