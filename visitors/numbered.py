"""A visit by the number that is said aloud: given out once in the site, whichever gate it was."""

import json
from datetime import date, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.journal import heads
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import rules
from visitors.gates.gave_way import GAVE_WAY_BY_NUMBER, standing_for
from visitors.models import (
    ASSUMED_BY_NUMBER,
    HERE,
    INSIDE_BY_NUMBER,
    OF_NUMBER,
    State,
    Visit,
)

_Found = tuple[Visit, Person]
_DIGITS = 6
_LOOKED_BACK = timedelta(days=3)
"""Who was given a number before that, and lost it, is found by name, slip and card."""
_ARRIVED = """
SELECT facts FROM journal INDEXED BY ix_journal_at
WHERE gate = ? AND at >= ? AND code = 'visit.arrived' AND instr(facts, ?)
"""


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

    Nobody inside has it: who is inside and lost it to today's visit of that number, else that
    visit, else who was assumed to have left with it.
    Whoever came in by another gate is found as well, also by the number that the other gate gave,
    and by that of a visit that gave way to one of the same person. Raises ``Refused``:
    ``visit.number_unclear`` when visits of several days are meant (``day``, the site's, says
    which), and ``visit.number_unknown``.
    """
    inside = _of_day(book.all(INSIDE_BY_NUMBER, number=number), desk.gate, day)
    other = visit_numbered(book, desk.gate, day or desk.today(), number)
    if not inside and other is not None:
        lost = [] if _is_here(other, book) else _by_the_number_that_lost(desk, book, number, day)
        return lost[0] if len(lost) == 1 else standing_for(book, other)
    found = inside or _of_day(book.all(ASSUMED_BY_NUMBER, number=number), desk.gate, day)
    found = found or _by_the_number_that_lost(desk, book, number, day)
    if len(found) > 1:
        today = desk.today()
        which = [rules.listed(visit.day, number, today) for visit, _ in found]
        raise Refused(
            "visit.number_unclear", number=rules.spoken(number), which=", ".join(which)
        )  # fmt: skip
    if not found:
        raise Refused("visit.number_unknown", number=rules.spoken(number))
    return found[0]


def kept_under_another(desk: Desk, typed: str) -> dict[str, str]:
    """Return, by id, the number of who is inside and was given the one that is typed as well.

    Nobody for what is no number or is the number of somebody else inside now, and at a desk that
    stands alone.
    """
    if desk.settings.hub.alone or not typed.isdecimal() or len(typed) > _DIGITS:
        return {}
    with desk.read() as book:
        if book.all(INSIDE_BY_NUMBER, number=int(typed)):
            return {}
        found = _by_the_number_that_lost(desk, book, int(typed), None)
        return {visit.id: rules.listed(visit.day, visit.number, desk.today()) for visit, _ in found}


def _is_here(found: _Found, book: Book) -> bool:
    return standing_for(book, found)[0].state is State.ADMITTED


def _by_the_number_that_lost(desk: Desk, book: Book, number: int, day: date | None) -> list[_Found]:
    """Return who is inside under another number: let in at two gates, or as two visits."""
    stand = [standing_for(book, one) for one in book.all(GAVE_WAY_BY_NUMBER, number=number)]
    stand += [
        pair for pair in _arrived_as(desk, book, number)
        if pair[0].number != number and pair not in stand
    ]  # fmt: skip
    inside = [pair for pair in stand if pair[0].state is State.ADMITTED]
    return [pair for pair in inside if day in {None, pair[0].day}]


def _arrived_as(desk: Desk, book: Book, number: int) -> list[_Found]:
    """Return who is here and was given this number once, by whichever gate."""
    here = {visit.id: (visit, host) for visit, host in book.all(HERE)}
    if not here:
        return []
    first = max(min(visit.day for visit, _ in here.values()), desk.today() - _LOOKED_BACK)
    since = (first - timedelta(days=1)).isoformat()
    told = [
        json.loads(facts)
        for gate in heads(book.connection)
        for (facts,) in book.connection.execute(_ARRIVED, (gate, since, rules.spoken(number)))
    ]
    ids = {one["visit"]: None for one in told if one["number"] == rules.spoken(number)}
    return [here[visit_id] for visit_id in ids if visit_id in here]


def _of_day(found: list[_Found], gate: str, day: date | None) -> list[_Found]:
    return of_gate_first([pair for pair in found if day in {None, pair[0].day}], gate)
