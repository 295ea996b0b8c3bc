"""The office's lists: every pass of some days, what is still out, and what stayed (clause 33)."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_id
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.passes.models import BETWEEN, KEPT_BETWEEN, OPEN, GoodsKept, State
from kiosk.passes.reading import ItemShown, PassShown, at_desk, pass_by_id, shown
from kiosk.passes.wording import back_word, item_words, state_word, why_word


def passes(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of passes asked for in the period: one line for each line of a pass.

    ``period.who`` is the staff number of who asked for it or carried it.
    """
    first, after = _days_of(desk, period)
    rows = tuple(
        (*_head(desk, one), item.what, item.serial, *_counts(item), *_end(desk, one))
        for found, asker in book.all(BETWEEN, first=first, after=after)
        if period.who in {"", asker.staff_no, _staff_carrier(book, found.carrier_id)}
        for one in (shown(desk, book, found),)
        for item in one.items
    )
    columns = (
        *(
            _("No."),
            _("Asked for at"),
            pgettext("pass", "Asked for by"),
            pgettext("pass", "Carried by"),
            pgettext("pass", "What for"),
        ),
        *(pgettext("pass", "What"), pgettext("pass", "Serial no.")),
        *(pgettext("pass", "On the pass"), pgettext("pass", "Went out"), _("Came back")),
        *(
            pgettext("pass", "State"),
            pgettext("pass", "Approved by"),
            pgettext("pass", "Released at"),
            pgettext("pass", "Released by"),
        ),
        *(pgettext("pass", "Back on"), pgettext("parcel", "Reason")),
    )
    title = _("Property-out passes {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No pass was asked for in these days."))


def _head(desk: Desk, one: PassShown) -> tuple[str, ...]:
    return one.number, _moment(desk, one.asked_at), one.asker.name, one.carrier, one.purpose


def _counts(item: ItemShown) -> tuple[str, ...]:
    return str(item.quantity), str(item.went), str(item.back)


def _end(desk: Desk, one: PassShown) -> tuple[str, ...]:
    return (
        state_word(one.state), one.approver, _moment(desk, one.used_at), one.used_by,
        back_word(one.back_on), one.reason,
    )  # fmt: skip


def _staff_carrier(book: Book, person_id: str | None) -> str:
    return person_by_id(book, person_id).staff_no if person_id else "-"


def passes_out(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of what is out now and must come back, the longest overdue first.

    ``period.who`` is the staff number of who asked for it.
    """
    today = desk.today()
    out = [
        shown(desk, book, one)
        for one, asker in book.all(OPEN)
        if one.state is State.OUT and period.who in {"", asker.staff_no}
    ]
    out.sort(key=lambda one: (one.back_on or today, one.asked_at))
    rows = tuple(
        (
            one.number, one.asker.name, one.asker.extension, one.carrier, item_words(item),
            str(item.still), back_word(one.back_on), _late(desk, one),
        )
        for one in out
        for item in one.items
        if item.still
    )  # fmt: skip
    columns = (
        *(
            _("No."),
            pgettext("pass", "Asked for by"),
            pgettext("pass", "Ext."),
            pgettext("pass", "Carried by"),
        ),
        *(
            pgettext("pass", "What"),
            pgettext("pass", "Still out"),
            pgettext("pass", "Back on"),
            pgettext("pass", "Overdue"),
        ),
    )
    title = _("Out on a pass, {day}").format(day=today)
    return Table(title, columns, rows, _("Nothing is out on a pass."))


def _late(desk: Desk, one: PassShown) -> str:
    days = (desk.today() - one.back_on).days if one.back_on else 0
    return ngettext("{n} day late", "{n} days late", days).format(n=days) if days > 0 else ""


def goods_kept(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of house property that stayed at the gate in the period."""
    first, after = _days_of(desk, period)
    rows = tuple(
        (
            kept.number, _moment(desk, kept.kept_at), book.read_sealed(kept.what),
            book.read_sealed(kept.who), _why(book, kept), at_desk(book, kept.kept_by),
        )
        for kept in book.all(KEPT_BETWEEN, first=first, after=after)
    )  # fmt: skip
    columns = (
        *(_("No."), _("Time"), pgettext("pass", "What"), pgettext("pass", "Carried by")),
        *(pgettext("pass", "Why it stayed"), pgettext("pass", "Guard")),
    )
    title = _("House property that stayed {first} to {last}").format(
        first=period.first, last=period.last
    )
    return Table(title, columns, rows, _("Nothing was kept from leaving in these days."))


def _why(book: Book, kept: GoodsKept) -> str:
    if kept.pass_id is None:
        return why_word(kept.why)
    number = pass_by_id(book, kept.pass_id).number
    return pgettext("pass", "{why} {number}").format(why=why_word(kept.why), number=number)


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
