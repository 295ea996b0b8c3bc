"""A visit by the number that is said aloud: given out once in the site, whichever gate it was."""

from datetime import date

from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import rules
from visitors.gates.gave_way import standing_for
from visitors.gates.versions import let_in_by
from visitors.models import (
    ASSUMED_BY_NUMBER,
    INSIDE_BY_NUMBER,
    OF_NUMBER,
    VISIT,
    State,
    Visit,
)

_Found = tuple[Visit, Person]


def visit_numbered(book: Book, gate: str, day: date, number: int) -> _Found | None:
    """Return the visit of a number of that day: the one of ``gate``, else another gate's.

    ``day`` is the site's. None where no desk's work that is known here has it.
    """
    found = book.all(OF_NUMBER, day=day, number=number)
    return next(iter(of_gate_first(found, gate)), None)


def of_gate_first(found: list[_Found], gate: str) -> list[_Found]:
    """Return only the visits that came to ``gate``, where there are any; else all of them."""
    return [pair for pair in found if pair[0].gate == gate] or found


def leaving(desk: Desk, book: Book, number: int, day: date | None = None) -> _Found:
    """Return the visit that goes out by a number said aloud: of any day that is still inside.

    Nobody inside has it: today's visit of that number, else who was assumed to have left with it.
    Whoever came in by another gate is found as well, also by the number that the other gate gave,
    and by that of a visit that gave way to one of the same person. Raises ``Refused``:
    ``visit.number_unclear`` when visits of several days are meant (``day``, the site's, says
    which), and ``visit.number_unknown``.
    """
    inside = _of_day(book.all(INSIDE_BY_NUMBER, number=number), desk.gate, day)
    other = visit_numbered(book, desk.gate, day or desk.today(), number)
    if not inside and other is not None:
        return standing_for(book, other)
    found = inside or _of_day(book.all(ASSUMED_BY_NUMBER, number=number), desk.gate, day)
    found = found or _by_the_other_gates_number(book, number, day)
    if len(found) > 1:
        today = desk.today()
        which = [rules.listed(visit.day, number, today) for visit, _ in found]
        raise Refused(
            "visit.number_unclear", number=rules.spoken(number), which=", ".join(which)
        )  # fmt: skip
    if not found:
        raise Refused("visit.number_unknown", number=rules.spoken(number))
    return found[0]


def _by_the_other_gates_number(book: Book, number: int, day: date | None) -> list[_Found]:
    """Return who was let in at two gates with a number each: the table shows one of them."""
    found = []
    for fork in open_forks(book):
        if fork.table == Visit.__tablename__ and fork.kind == "row":
            given = [one for one in let_in_by(fork) if one.number == number]
            shown = book.one(VISIT, id=fork.row_id) if given else None
            if shown is not None and shown[0].state is State.ADMITTED:
                found += _of_day([shown], shown[0].gate, day)
    return found


def _of_day(found: list[_Found], gate: str, day: date | None) -> list[_Found]:
    return of_gate_first([pair for pair in found if day in {None, pair[0].day}], gate)
