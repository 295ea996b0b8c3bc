"""The board page by page: ten thousand things and a million past loans, one page read at a time.

What is called back stands first, then what is out, what is due longest on top, then what is held
for good, then the rest by label. Every part of the list is its own query, so that each runs along
one index.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, func, or_, type_coerce
from sqlmodel import col, select

from kiosk.desk import names
from kiosk.desk.loans import Loan, Thing, ThingState
from kiosk.desk.people import Person
from kiosk.desk.stock import LedgerCount, ledger_count
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from kiosk.keys.board import KIND_NAMES, OnBoard
from kiosk.keys.models import Booked, Reservation


class Show(StrEnum):
    """Which things the board shows."""

    ALL = "all"
    OUT = "out"
    OVERDUE = "overdue"
    AWAY = "away"  # lost or blocked
    RESERVED = "reserved"
    LENDABLE = "lendable"  # here and in service: what may go out at once


@dataclass(frozen=True, slots=True)
class Sought:
    """What the board is to show at ``now`` (UTC); ``asked`` is what was typed, "" for everything.

    It may mean a label, by characters, pinyin or first letters, a kind, a lock's number, or who
    has the thing.
    """

    show: Show
    asked: str
    now: datetime

    @property
    def facts(self) -> Mapping[str, Any]:
        """The parameters of every query of the board."""
        asked = "".join(self.asked.lower().split())
        return {
            "asked": asked, "spelt": asked.replace("v", "u"), "kinds": _kinds(asked),
            "now": self.now,
        }  # fmt: skip


def _kinds(asked: str) -> str:
    """Return the codes of the kinds whose name may be meant, each between commas."""
    if not asked:
        return ""
    meant = [kind for kind, name in KIND_NAMES.items() if _may_mean(asked, _(name))]
    return f",{','.join(meant)},"


def _may_mean(asked: str, name: str) -> bool:
    return names.matches(asked, name, *names.pinyin_of(name))


def _has(words: Any, fact: str) -> ColumnElement[bool]:  # noqa: ANN401 - a column or SQL words
    return func.instr(func.lower(words), bindparam(fact)) > 0


def _spells(pinyin: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    return _has(func.replace(func.replace(pinyin, " ", ""), "v", "u"), "spelt")


_CALLED = (
    _has(Thing.label, "asked"),
    _has(Thing.lock, "asked"),
    _spells(Thing.pinyin),
    _spells(Thing.initials),
    func.instr(bindparam("kinds"), "," + type_coerce(col(Thing.kind), String) + ",") > 0,
)
_FITS = or_(
    *_CALLED,
    _has(Person.name, "asked"),
    _has(Person.staff_no, "asked"),
    _spells(Person.pinyin),
    _spells(Person.initials),
)
_LENT_FITS = or_(_FITS, _has(Loan.place, "asked"))


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the list: how many rows it has, some of them, and all their things' ids."""

    count: Any
    page: Any
    ids: Any
    row: Callable[[tuple[Any, ...]], OnBoard]


def _lent(*only: ColumnElement[bool], order: Any) -> _Part:  # noqa: ANN401 - a column
    def drawn(what: Any) -> Any:  # noqa: ANN401 - the same rows, counted or whole
        return (
            what.select_from(Loan)
            .join(Thing, col(Thing.id) == col(Loan.thing_id))
            .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
            .where(col(Loan.returned_at).is_(None), *only, _LENT_FITS)
        )

    return _part(drawn, select(Thing, Loan, Person), order, lambda found: OnBoard(*found))


def _hanging(*only: ColumnElement[bool]) -> _Part:
    def drawn(what: Any) -> Any:  # noqa: ANN401 - the same rows, counted or whole
        return (
            what.select_from(Thing)
            .join(
                Loan,
                (col(Loan.thing_id) == col(Thing.id)) & col(Loan.returned_at).is_(None),
                isouter=True,
            )
            .join(Person, col(Person.id) == col(Loan.holder_id), isouter=True)
            .where(col(Loan.id).is_(None), *only, _FITS)
        )

    whole = select(Thing, Loan, Person)
    return _part(drawn, whole, col(Thing.label), lambda found: OnBoard(*found))


def _booked() -> _Part:
    def drawn(what: Any) -> Any:  # noqa: ANN401 - the same rows, counted or whole
        return (
            what.select_from(Reservation)
            .join(Thing, col(Thing.id) == col(Reservation.thing_id))
            .join(Person, col(Person.id) == col(Reservation.person_id))
            .where(
                col(Reservation.state) == Booked.OPEN,
                col(Reservation.until_at) > bindparam("now"),
                col(Person.active),
                _FITS,
            )
        )

    return _part(
        drawn, select(Thing, Reservation, Person), col(Reservation.from_at),
        lambda found: OnBoard(found[0], holder=found[2], booking=found[1]),
    )  # fmt: skip


def _part(
    drawn: Callable[[Any], Any], whole: Any, order: Any,  # noqa: ANN401 - selects of any shape
    row: Callable[[tuple[Any, ...]], OnBoard],
) -> _Part:  # fmt: skip
    page = drawn(whole).order_by(order).limit(bindparam("most")).offset(bindparam("skip"))
    return _Part(
        drawn(select(func.count())), page, drawn(select(col(Thing.id))).order_by(order), row
    )


_NOT_CALLED = col(Loan.recalled_at).is_(None)
_CALLED_BACK = _lent(col(Loan.recalled_at).is_not(None), order=col(Loan.recalled_at))
_DUE = _lent(col(Loan.due_at).is_not(None), _NOT_CALLED, order=col(Loan.due_at))
_FOR_GOOD = _lent(col(Loan.due_at).is_(None), _NOT_CALLED, order=col(Loan.out_at))
# What is held for good has no due time: called back it is wanted from the call on.
_LATE = _lent(
    or_(
        col(Loan.due_at) <= bindparam("now"),
        and_(col(Loan.due_at).is_(None), col(Loan.recalled_at) <= bindparam("now")),
    ),
    order=func.coalesce(col(Loan.due_at), col(Loan.recalled_at)),
)
_IN = _hanging(col(Thing.state) != ThingState.RETIRED)
_AWAY = _hanging(or_(col(Thing.state) == ThingState.LOST, col(Thing.state) == ThingState.BLOCKED))
_BOOKED = _booked()
_LENDABLE = _hanging(col(Thing.state) == ThingState.IN_SERVICE)
_THINGS_CALLED = (
    select(Thing)
    .where(col(Thing.state) != ThingState.RETIRED, or_(*_CALLED))
    .order_by(col(Thing.label))
    .limit(bindparam("most"))
)
PARTS: Mapping[Show, tuple[_Part, ...]] = {
    Show.ALL: (_CALLED_BACK, _DUE, _FOR_GOOD, _IN),
    Show.OUT: (_CALLED_BACK, _DUE, _FOR_GOOD),
    Show.OVERDUE: (_LATE,),
    Show.AWAY: (_AWAY,),
    Show.RESERVED: (_BOOKED,),
    Show.LENDABLE: (_LENDABLE,),
}
"""What each view of the board is made of, in its order."""

_EVERYTHING = {"asked": "", "spelt": "", "kinds": ""}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things are where, how many loans are past due, how many reservations stand."""

    ledger: LedgerCount
    overdue: int
    reserved: int


def tally(book: Book, now: datetime) -> Tally:
    """Count the board at ``now`` (UTC)."""
    late = book.one(_LATE.count, now=now, **_EVERYTHING)
    booked = book.one(_BOOKED.count, now=now, **_EVERYTHING)
    return Tally(ledger_count(book), late or 0, booked or 0)


def lengths(book: Book, sought: Sought) -> tuple[int, ...]:
    """Return how many rows each part of the list has."""
    return tuple(book.one(part.count, **sought.facts) or 0 for part in PARTS[sought.show])


def page(
    book: Book, sought: Sought, long: tuple[int, ...], offset: int, limit: int
) -> list[OnBoard]:
    """Return ``limit`` rows from ``offset`` on; ``long`` is what ``lengths`` returned."""
    found: list[OnBoard] = []
    for part, length in zip(PARTS[sought.show], long, strict=True):
        wanted = limit - len(found)
        if wanted > 0 and offset < length:
            rows = book.all(part.page, skip=offset, most=min(wanted, length - offset),
                            **sought.facts)  # fmt: skip
            found.extend(part.row(row) for row in rows)
        offset = max(0, offset - length)
    return found


def place(book: Book, sought: Sought, thing_id: str) -> int | None:
    """Return at which row the thing stands now, None when it is not in the list."""
    before = 0
    for part in PARTS[sought.show]:
        ids = book.all(part.ids, **sought.facts)
        if thing_id in ids:
            return before + ids.index(thing_id)
        before += len(ids)
    return None


def things_called(book: Book, sought: Sought, limit: int) -> list[Thing]:
    """Return the first things by label that are called what was typed, wherever they are."""
    return book.all(_THINGS_CALLED, most=limit, **sought.facts)
