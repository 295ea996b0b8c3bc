"""What the exit leaves open: what differed, what is not back, and whom nobody saw go."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.loans import LENT_TO_VISITORS
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from visitors.exit.elsewhere import untold
from visitors.exit.models import DIFFERENCES_OPEN, Differs
from visitors.gates.gave_way import standing_for
from visitors.lanes.helmets import numbers
from visitors.models import ASSUMED, State, Visit
from visitors.rules import listed
from visitors.service import visit_of

_WHAT = {
    Differs.GOODS: N_("{number} {visitor}: goods differ, {words}"),
    Differs.PLATE: N_("{number} {visitor}: vehicle {words} is not out"),
    Differs.HELMET: N_("{number} {visitor}: helmet {words} is not back"),
}
_OUT = N_("{number} {visitor} has left, {thing} is not back")
_ASSUMED = N_("{number} {visitor}: assumed left, nobody saw it")
_NEXT_DIFFERS = N_("Ask the visitor or {host}, then say how it ended")
_NEXT_OUT = N_("Tap its tag when it comes, or ask {host}")
_NEXT_ASSUMED = N_("Ask {host} or the other gate, then settle it")


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of open thing: its kind, its sentence and what to do."""

    kind: str
    what: str
    step: str


def exit_things(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield what is open after somebody left; a person is never kept inside for it."""
    yield from _differences(desk, book)
    yield from _not_back(desk, book)
    yield from untold(desk, book)
    sort = _Sort("visit.assumed", _ASSUMED, _NEXT_ASSUMED)
    for visit, host in book.all(ASSUMED):
        yield _thing(sort, desk, book, (visit, host))


def _differences(desk: Desk, book: Book) -> Iterator[OpenThing]:
    for row, visit, host in book.all(DIFFERENCES_OPEN):
        words = {
            Differs.GOODS: book.read_sealed(row.words),
            Differs.PLATE: book.read_sealed(visit.plate),
            Differs.HELMET: " ".join(numbers(visit.helmet)),
        }[row.field]
        sort = _Sort("visit.differs", _WHAT[row.field], _NEXT_DIFFERS)
        thing = _thing(sort, desk, book, (visit, host), words=words)
        yield _known_as(thing, row.id, row.number)._replace(since=row.found_at)


def _not_back(desk: Desk, book: Book) -> Iterator[OpenThing]:
    sort = _Sort("visit.not_back", _OUT, _NEXT_OUT)
    for loan, thing in book.all(LENT_TO_VISITORS):
        visit, host = visit_of(book, loan.visit_id)
        if standing_for(book, (visit, host))[0].state is not State.ADMITTED:
            told = _thing(sort, desk, book, (visit, host), thing=thing.label)
            yield _known_as(told, loan.id, loan.number)


def _known_as(thing: OpenThing, ref: str, number: str) -> OpenThing:
    """Return it under the number of its own row, which it keeps until it is settled."""
    return thing._replace(ref=ref, number=number, facts={"number": number})


def _thing(
    sort: _Sort, desk: Desk, book: Book, of: tuple[Visit, Person], **facts: object
) -> OpenThing:  # fmt: skip
    visit, host = of
    name = names.visitor_address(
        book.read_sealed(visit.name), book.read_sealed(visit.form, erased="")
    )  # fmt: skip
    number = listed(visit.day, visit.number, desk.today())
    return OpenThing(
        kind=sort.kind, ref=visit.id, number=number, urgency=Urgency.WAITING,
        what=Wording(sort.what, {"number": number, "visitor": name, **facts}),
        since=visit.left_at or visit.made_at, owner=host.staff_no,
        next_step=Wording(sort.step, {"host": names.address(host)}), facts={"number": number},
    )  # fmt: skip
