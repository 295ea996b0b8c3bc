"""The registers of what is lent: by day, overdue, by holder, the whole stock."""

from datetime import datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import DUE_LOANS, OPEN_LOANS, Approved, Loan, Thing, ThingState
from kiosk.desk.people import Person
from kiosk.desk.report import SINCE_EVER, Period, Table
from kiosk.desk.stock import last_take
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from kiosk.keys import rules
from kiosk.keys.asking import holder_name
from kiosk.keys.board import CONDITION_NAMES, KIND_NAMES, REASON_NAMES, STATE_NAMES, board
from kiosk.keys.returning import received_by

_FIRST, _SECOND = Person.__table__.alias(), Person.__table__.alias()
Lent = tuple[Loan, Thing, Person | None, str | None, str | None]
"""A loan, its thing, its holder, and the names of the managers who said yes."""
_LENT = (
    select(  # type: ignore[call-overload] # declared for four at the most
        Loan, Thing, Person, col(_FIRST.c.name), col(_SECOND.c.name)
    )
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
    .join(_FIRST, col(_FIRST.c.id) == col(Loan.approver_id), isouter=True)
    .join(_SECOND, col(_SECOND.c.id) == col(Loan.second_approver_id), isouter=True)
)
_LOANS_BETWEEN = _LENT.where(
    col(Loan.out_at) >= bindparam("first"), col(Loan.out_at) < bindparam("after")
).order_by(col(Loan.out_at))
_LOANS_OF_THING = _LOANS_BETWEEN.where(col(Thing.label) == bindparam("thing"))


def loans(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of what was lent in the period, with when and how it came back.

    Each line names the managers who lent it by their word, and whose own tap for that is still
    owed (clause 86).
    """
    rows = [
        (
            *(loan.number, thing.label, _(KIND_NAMES[thing.kind])),
            *_who(loan, holder),
            *(_moment(desk, at) for at in (loan.out_at, loan.due_at, loan.returned_at)),
            *(_(REASON_NAMES[loan.reason]), _names(*said), _owed(loan, *said)),
            *(loan.clerk, received_by(loan), _came_back(loan)),
        )
        for loan, thing, holder, *said in _lent(desk, book, period)
        if period.who in {"", holder.staff_no if holder else ""}
    ]  # fmt: skip
    columns = (
        *(_("No."), pgettext("key", "Key"), pgettext("key", "Kind"), _("Staff number")),
        *(pgettext("key", "Holder"), pgettext("key", "Out at"), pgettext("key", "Due")),
        *(pgettext("key", "Returned"), _("For"), _("Said yes"), _("Tap owed by")),
        *(_("Issued by"), pgettext("sheet", "Received by"), _("Came back")),
    )
    nothing = _("Nothing was lent in these days.")
    if period.first == SINCE_EVER:
        nothing = _("Nobody has had it yet.")
    return Table(_lent_when(period), columns, tuple(rows), nothing)


def _lent(desk: Desk, book: Book, period: Period) -> list[Lent]:
    first, after = _days_of(desk, period)
    if period.thing:
        return book.all(_LOANS_OF_THING, thing=period.thing, first=first, after=after)
    return book.all(_LOANS_BETWEEN, first=first, after=after)


def _lent_when(period: Period) -> str:
    if period.first == SINCE_EVER:
        return _("Everybody who had {thing}").format(thing=period.thing)
    days = {"first": period.first, "last": period.last}
    if period.thing:
        return _("{thing}, lent {first} to {last}").format(thing=period.thing, **days)
    return _("Keys lent {first} to {last}").format(**days)


def overdue(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of what is overdue now, the latest first in line.

    Before it stands what is held for good and called back, from the call on.
    """
    now = desk.clock()
    late = [
        (loan, thing, holder)
        for loan, thing, holder in book.all(DUE_LOANS)
        if _late(loan, now)
        if period.who in {"", holder.staff_no if holder else ""}
    ]
    rows = tuple(
        (
            loan.number, thing.label, *_who(loan, holder), holder.extension if holder else "",
            _due(desk, loan), str(loan.reminders), _moment(desk, loan.reminded_at),
        )
        for loan, thing, holder in late
    )  # fmt: skip
    columns = (
        *(_("No."), pgettext("key", "Key"), _("Staff number"), pgettext("key", "Holder")),
        *(_("Extension"), pgettext("key", "Due"), _("Reminded"), _("Last reminded")),
    )
    return Table(_("Overdue now"), columns, rows, _("Nothing is overdue."))


def holders(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of what everybody holds, or one person (``who``): permanent things too."""
    held = sorted(
        (
            (loan, thing, holder)
            for loan, thing, holder in book.all(OPEN_LOANS)
            if period.who in {"", holder.staff_no if holder else ""}
        ),
        key=lambda one: (one[2].staff_no if one[2] else "", one[0].out_at),
    )
    rows = tuple(
        (
            *_who(loan, holder), loan.number, thing.label, _(KIND_NAMES[thing.kind]),
            _moment(desk, loan.out_at),
            _moment(desk, loan.due_at) if loan.due_at else _("permanent"),
            _moment(desk, loan.confirmed_at),
        )
        for loan, thing, holder in held
    )  # fmt: skip
    columns = (
        *(_("Staff number"), pgettext("key", "Holder"), _("No."), pgettext("key", "Key")),
        *(pgettext("key", "Kind"), pgettext("key", "Out at"), pgettext("key", "Due")),
        _("Confirmed"),
    )
    return Table(_("Who holds what"), columns, rows, _("Nobody holds anything."))


def stock(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of every thing and where it is, with the last stock-take in the title."""
    del period
    take = last_take(book, desk.gate)
    counted = _("never counted")
    if take is not None and take.finished_at is not None:
        counted = _("counted {at}: {present} of {expected}").format(
            at=_moment(desk, take.finished_at), present=take.present, expected=take.expected
        )
    rows = tuple(
        (
            one.thing.label, _(KIND_NAMES[one.thing.kind]), one.thing.lock, one.thing.place,
            _("out") if one.loan else _(STATE_NAMES[one.thing.state]), one.holder_name,
            _moment(desk, one.loan.due_at if one.loan else one.thing.state_since),
            "" if one.thing.state is ThingState.IN_SERVICE
            else _(CONDITION_NAMES[one.thing.condition]),
        )
        for one in board(book)
    )  # fmt: skip
    columns = (
        *(pgettext("key", "Key"), pgettext("key", "Kind"), _("Lock no."), pgettext("key", "Place")),
        *(_("Where"), _("Who has it"), _("Due or since"), _("Condition")),
    )
    title = _("Everything lent, {counted}").format(counted=counted)
    return Table(title, columns, rows, _("Nothing is on the board."))


def _who(loan: Loan, holder: Person | None) -> tuple[str, str]:
    return (holder.staff_no if holder else "", holder_name(loan, holder))


def _late(loan: Loan, now: datetime) -> bool:
    wanted = rules.wanted_at(loan)
    return wanted is not None and wanted <= now


def _due(desk: Desk, loan: Loan) -> str:
    if loan.due_at is None:
        return _("called back {at}").format(at=_moment(desk, loan.recalled_at))
    return _moment(desk, loan.due_at)


def _names(*said: str | None) -> str:
    return pgettext("list", ", ").join(one for one in said if one)


def _owed(loan: Loan, first: str | None, second: str | None) -> str:
    """Name who owes the own tap; in an emergency any manager does."""
    if not loan.owed:
        return ""
    if loan.approved is Approved.EMERGENCY:
        return _("a manager")
    return _names(first, second if loan.second_owed else None)


def _came_back(loan: Loan) -> str:
    return _(CONDITION_NAMES[loan.condition]) if loan.condition else ""


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
