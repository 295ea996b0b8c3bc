"""Visits as a long list shows them: only the words it needs are opened, in one query with the keys.

A month of a busy gate has 10 000 visits; a card of each would ask the book six times for each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import names
from kiosk.desk.people import BY_STAFF_NO, department_name, person_by_id
from kiosk.desk.transaction import Book, SubjectKey
from kiosk.desk.words import _
from visitors.emergency.models import owed_by
from visitors.models import Answer, ReturnSlip, State, Visit

_BETWEEN = (
    select(Visit, col(SubjectKey.wrapped))
    .join(SubjectKey, col(SubjectKey.id) == col(Visit.subject), isouter=True)
    .where(col(Visit.day) >= bindparam("first"), col(Visit.day) <= bindparam("last"))
    .order_by(col(Visit.day), col(Visit.number), col(Visit.from_at))
)
_OF_HOST = _BETWEEN.where(col(Visit.host_id) == bindparam("host"))


@dataclass(frozen=True, slots=True)
class Host:
    """Who was visited: ``address`` is what visitors hear, ``section`` may be empty."""

    address: str
    name: str
    section: str


_NOBODY = Host("", "", "")


@dataclass(frozen=True, slots=True)
class ListedVisit:
    """One visit of a list; an erased visitor has that word for a name and no other words."""

    row: Visit
    host: Host
    name: str
    form: str
    unit: str
    matter: str
    goods: str
    plate: str
    erased: bool

    @property
    def state(self) -> State:
        """Where the visit stands."""
        return self.row.state

    @property
    def number(self) -> int:
        """The number of the day, 0 until arrival."""
        return self.row.number

    @property
    def answer(self) -> Answer | None:
        """What the host said."""
        return self.row.answer

    @property
    def return_slip(self) -> ReturnSlip:
        """Whether the return slip came back."""
        return self.row.return_slip


def listed(
    book: Book, first: date, last: date, who: str = "", unit: str = ""
) -> Iterator[ListedVisit]:
    """Yield the visits of these days (the site's, both included) by day and number.

    ``who`` is a host's staff number, ``unit`` a part of the visitor's unit; "" means all.
    """
    asked, hosts = _folded(unit), dict[str, Host]()
    for visit, wrapped in _rows(book, {"first": first, "last": last}, who):
        if wrapped is not None:
            book.bring_key(visit.subject, wrapped)
        opened_unit = book.read_sealed(visit.unit, erased="")
        if asked not in _folded(opened_unit):
            continue
        yield _opened(
            book, visit, _host_of(book, visit, hosts), opened_unit, erased=wrapped is None
        )  # fmt: skip


def _rows(book: Book, days: Mapping[str, date], who: str) -> list[tuple[Visit, str | None]]:
    if not who:
        return book.all(_BETWEEN, **days)
    person = book.one(BY_STAFF_NO, staff_no=who)
    return book.all(_OF_HOST, **days, host=person.id) if person is not None else []


def _opened(book: Book, visit: Visit, host: Host, unit: str, *, erased: bool) -> ListedVisit:
    if erased:
        return ListedVisit(visit, host, _("erased"), "", "", "", "", "", erased=True)
    opened = book.read_sealed
    return ListedVisit(
        visit, host, opened(visit.name), opened(visit.form), unit, opened(visit.matter),
        opened(visit.goods), opened(visit.plate), erased=False,
    )  # fmt: skip


def _host_of(book: Book, visit: Visit, hosts: dict[str, Host]) -> Host:
    """Return the host; nobody while an emergency admission still owes who answers for it."""
    if "host" in owed_by(book, visit):
        return _NOBODY
    if visit.host_id not in hosts:
        hosts[visit.host_id] = _host(book, visit.host_id)
    return hosts[visit.host_id]


def _host(book: Book, person_id: str) -> Host:
    person = person_by_id(book, person_id)
    return Host(names.address(person), person.name, department_name(book, person))


def _folded(unit: str) -> str:
    """Return the unit as it is compared: no spaces, no capitals."""
    return "".join(unit.split()).casefold()
