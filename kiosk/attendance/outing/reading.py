"""Outings read from the book: who is out, where, until when; why only for who may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.outing import rules
from kiosk.desk.absence import Outing
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book

LAST_PLACES = 3
"""So many places are offered again: each has a digit of its own."""

_WITH_PERSON = select(Outing, Person).join(Person, col(Person.id) == col(Outing.person_id))
_OPEN = _WITH_PERSON.where(col(Outing.ended_at).is_(None)).order_by(
    col(Outing.started_at), col(Outing.id)
)
OWED = _WITH_PERSON.where(
    col(Outing.by_phone), col(Outing.approved_means).is_(None), col(Outing.cancelled_at).is_(None)
).order_by(col(Outing.started_at), col(Outing.id))
_BETWEEN = _WITH_PERSON.where(
    col(Outing.day) >= bindparam("first"), col(Outing.day) <= bindparam("last")
).order_by(col(Outing.started_at), col(Outing.id))
_OUTING = _WITH_PERSON.where(col(Outing.id) == bindparam("id"))
_LATEST_OF = (
    select(Outing)
    .where(col(Outing.person_id) == bindparam("person"), col(Outing.cancelled_at).is_(None))
    .order_by(col(Outing.written_at).desc())
    .limit(20)
)


@dataclass(frozen=True, slots=True)
class OutingShown:
    """An outing with its place opened: as the gate sees it, without why. Moments are UTC.

    ``owed`` says that the approver has not tapped for his word by telephone yet.
    """

    id: str
    number: str
    person: Person
    place: str
    started_at: datetime
    back_by: datetime | None
    not_back_today: bool
    approver: Person | None
    owed: bool
    planned: bool
    late: bool
    ended_at: datetime | None
    assumed: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The words that only the person, his head and the leaders read."""

    number: str
    why: str
    companions: str
    phone: str


Found = tuple[Outing, Person, Person | None]
"""An outing, who is out, and on whose word."""


def running(book: Book) -> list[Found]:
    """Return what runs or is planned, by the time of leaving."""
    return [(one, person, _approver(book, one)) for one, person in book.all(_OPEN)]


def owed(book: Book) -> list[Found]:
    """Return what somebody let go by telephone and has not tapped for yet."""
    return [(one, person, _approver(book, one)) for one, person in book.all(OWED)]


def open_outings(desk: Desk, book: Book) -> list[OutingShown]:
    """Return who is out or will be, by the time of leaving; and what a tap is owed for."""
    found = {one[0].id: one for one in (*running(book), *owed(book))}
    rows = (shown(desk, book, *one) for one in found.values())
    return sorted(rows, key=lambda one: (one.ended_at is not None, one.started_at))


def outings_between(
    desk: Desk, book: Book, first: date, last: date
) -> Iterator[tuple[Outing, OutingShown]]:  # fmt: skip
    """Yield the outings of some days of the site, both included, with their rows."""
    for outing, person in book.all(_BETWEEN, first=first, last=last):
        yield outing, shown(desk, book, outing, person, _approver(book, outing))


def last_places(book: Book, person: Person) -> list[str]:
    """Return where somebody went the last times, the newest first, each place once."""
    places = (book.read_sealed(one.place, erased="") for one in book.all(
        _LATEST_OF, person=person.id
    ))  # fmt: skip
    return list(dict.fromkeys(place for place in places if place))[:LAST_PLACES]


def why(desk: Desk, proof: Proof, outing_id: str) -> Why:
    """Return why, with whom and the number, for who may know it after badge and PIN (PIPL 28).

    Raises ``Refused("outing.not_for_you")``.
    """
    with desk.read() as book:
        outing, person, approver = outing_by_id(book, outing_id)
        if not rules.may_read_why(proof.person, person, approver.id if approver else None):
            raise Refused("outing.not_for_you", name=proof.person.name)
        return Why(
            outing.number, book.read_sealed(outing.why), book.read_sealed(outing.companions),
            book.read_sealed(outing.phone),
        )  # fmt: skip


def outing_by_id(book: Book, outing_id: str) -> Found:
    """Return an outing, who is out, and on whose word; a missing one is a bug (``LookupError``)."""
    found = book.one(_OUTING, id=outing_id)
    if found is None:
        raise LookupError(f"no outing {outing_id}")
    return *found, _approver(book, found[0])


def _approver(book: Book, outing: Outing) -> Person | None:
    return book.one(BY_ID, id=outing.approver_id) if outing.approver_id else None


def is_owed(outing: Outing) -> bool:
    """Say whether the approver has not tapped yet for what he said on the telephone."""
    return outing.by_phone and outing.approved_means is None and outing.cancelled_at is None


def shown(
    desk: Desk, book: Book, outing: Outing, person: Person, approver: Person | None
) -> OutingShown:  # fmt: skip
    """Return an outing as the gate sees it."""
    now = desk.clock()
    return OutingShown(
        outing.id, outing.number, person, book.read_sealed(outing.place), outing.started_at,
        outing.back_by, outing.not_back_today, approver, is_owed(outing),
        rules.is_planned(outing, now), rules.overdue(outing, now, desk.rules) is not None,
        outing.ended_at, assumed=outing.ended_at is not None and not outing.ended_by,
        cancelled=outing.cancelled_at is not None,
    )  # fmt: skip
