"""Lists of the exit: whom nobody saw leave, and what was lent, came back, or differed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors.exit.models import DIFFERENCES_BETWEEN, VisitDifference
from visitors.exit.wording import DIFFERS_WORDS, SETTLED_WORDS
from visitors.gates.reports import of_site
from visitors.listed import ListedVisit, listed
from visitors.models import UNPROVED, State, Visit
from visitors.reports import left_at
from visitors.rules import spoken
from visitors.wording import LEFT_WORDS, STATE_WORDS, day_and_hour, named

_LENT_BETWEEN = (
    select(Loan, Thing, Visit)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Visit, col(Visit.id) == col(Loan.visit_id))
    .where(col(Visit.day) >= bindparam("first"), col(Visit.day) <= bindparam("last"))
    .order_by(col(Loan.out_at), col(Loan.id))
)


def assumed(desk: Desk, book: Book, period: Period) -> Table:
    """Return whom nobody saw leave in these days, and what became known of them since."""
    found = listed(book, period.first, period.last, period.who, period.unit)
    rows = tuple(_assumed_row(desk, one) for one in found if one.row.left_how in UNPROVED)
    columns = (
        _("Day"), _("No."), _("Visitor"), _("Unit"), _("People"), _("Host"), _("Left at"),
        _("State"),
    )  # fmt: skip
    title = _("Assumed to have left")
    table = Table(title, columns, rows, empty=_("Everybody was seen to leave."))
    return of_site(desk, table)


def _assumed_row(desk: Desk, visit: ListedVisit) -> tuple[str, ...]:
    row = visit.row
    known = row.state is State.LEFT and row.left_how is not None
    stands = LEFT_WORDS[row.left_how] if known and row.left_how else STATE_WORDS[row.state]
    return (
        f"{row.day:%Y-%m-%d}", spoken(row.number), " ".join(named(visit)), visit.unit,
        str(row.remaining), visit.host.address, left_at(desk, row), _(stands),
    )  # fmt: skip


def exits(desk: Desk, book: Book, period: Period) -> Table:
    """Return what visitors of these days were lent, and what differed when they left."""
    days = {"first": period.first, "last": period.last}
    rows = (
        *(_lent_row(desk, *found) for found in book.all(_LENT_BETWEEN, **days)),
        *_difference_rows(desk, book, days),
    )
    columns = (
        _("Day"), _("No."), _("Entry"), _("What"), _("Since"), _("How it ended"),
    )  # fmt: skip
    title = _("Lent and differing at the exit")
    return of_site(desk, Table(title, columns, rows, empty=_("Nothing in these days.")))


def _lent_row(desk: Desk, loan: Loan, thing: Thing, visit: Visit) -> tuple[str, ...]:
    back = _("back {at}").format(at=day_and_hour(desk, loan.returned_at))
    return (
        f"{visit.day:%Y-%m-%d}", spoken(visit.number), loan.number, thing.label,
        day_and_hour(desk, loan.out_at), back if loan.returned_at is not None else _("still out"),
    )  # fmt: skip


def _difference_rows(
    desk: Desk, book: Book, days: dict[str, date]
) -> Iterator[tuple[str, ...]]:  # fmt: skip
    for row, visit in book.all(DIFFERENCES_BETWEEN, **days):
        yield (
            f"{visit.day:%Y-%m-%d}", spoken(visit.number), row.number, said(book, row),
            day_and_hour(desk, row.found_at), ended(desk, row),
        )  # fmt: skip


def said(book: Book, row: VisitDifference) -> str:
    """Return what differed, in words: of an erased visitor only which field."""
    words = book.read_sealed(row.words, erased="")
    return " ".join(part for part in (_(DIFFERS_WORDS[row.field]), words) if part)


def ended(desk: Desk, row: VisitDifference) -> str:
    """Return how a difference ended and when, or that it is open."""
    if row.settled_how is None:
        return _("open")
    return " ".join((_(SETTLED_WORDS[row.settled_how]), day_and_hour(desk, row.settled_at)))
