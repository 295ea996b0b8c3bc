"""Asking somebody on the ladder, as rows: who was asked about a visit, and who may answer."""

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outbox import Delivery
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from visitors.ladder import rules
from visitors.ladder.models import ASKS_OF, HostAsk
from visitors.ladder.rungs import Rung
from visitors.models import Answer, How, Visit


def who_is_on(desk: Desk, book: Book, host: Person, rung: Rung) -> Person:
    """Return who stands on a rung.

    Raises ``Refused``: ``visit.rung_empty`` where nobody does, ``visit.host_left`` for a host who
    does not work here any more.
    """
    if rung is Rung.HOST:
        refuse_left(host)
    for place in rules.places(desk, book, host):
        if place.rung is rung:
            return place.person
    raise Refused("visit.rung_empty", host=host.name)


def refuse_after_no(visit: Visit, rung: Rung) -> None:
    """Raise ``Refused("visit.host_said_no")``: nobody else overrules a host who declines."""
    if rung is not Rung.HOST and visit.answer is Answer.NO:
        raise Refused("visit.host_said_no")


def refuse_left(host: Person) -> None:
    """Raise ``Refused("visit.host_left")`` for a host who does not work here any more."""
    if not host.active:
        raise Refused("visit.host_left", host=names.address(host))


def refuse_former_yes(visit: Visit, host: Person) -> None:
    """Refuse a yes of a host who has left since; ``visit.host_left``. Another's for him counts."""
    if visit.answer is Answer.YES and visit.answer_by == host.staff_no:
        refuse_left(host)


def asks(book: Book, visit: Visit) -> list[tuple[HostAsk, Person]]:
    """Return every asking that still counts, the oldest first (the visit's host of now only)."""
    return book.all(ASKS_OF, visit=visit.id, host=visit.host_id)


def write(
    tx: Transaction, desk: Desk, visit: Visit, person: Person, rung: Rung, how: How
) -> HostAsk:  # fmt: skip
    """Write that somebody was asked; a notice is queued where there is an address to send it to.

    One who was asked before is notified again only when a message is what the guard chose.
    """
    again = any(one.id == person.id for _ask, one in asks(tx, visit))
    sends = (how is How.MESSAGE or not again) and bool(address_of(desk, tx, person))
    return tx.put(
        HostAsk(
            gate=tx.gate,
            visit_id=visit.id, host_id=visit.host_id, person_id=person.id, rung=rung, how=how,
            asked_at=tx.now, delivery=Delivery.QUEUED if sends else None,
        )
    )  # fmt: skip


def address_of(desk: Desk, book: Book, person: Person) -> str:
    """Return where a notice for the person goes: the own address, else the house's; "" for none."""
    own = book.read_sealed(person.notify_url, erased="") if person.notify_url else ""
    return own if "://" in own else desk.settings.notify.url


def giver_of(tx: Transaction, visit: Visit, host: Person) -> Person:
    """Return from whom an answer without a name comes: who was asked last, else the host."""
    asked = asks(tx, visit) if visit.asked_at is not None else []
    return asked[-1][1] if asked else host


def rung_of(book: Book, visit: Visit, host: Person, giver: Person) -> Rung | None:
    """Return on which rung somebody answers; None for who is not the host and was not asked."""
    if giver.id == host.id:
        return Rung.HOST
    found = [ask.rung for ask, person in asks(book, visit) if person.id == giver.id]
    return found[-1] if found else None


def refuse_badge(desk: Desk, book: Book, host: Person, giver: Person) -> None:
    """Refuse the badge of who may not answer with it, and say how he could.

    Raises ``Refused``: ``visit.badge_not_asked`` for who is on the ladder, else
    ``visit.badge_not_host``.
    """
    if any(place.person.id == giver.id for place in rules.places(desk, book, host)):
        raise Refused("visit.badge_not_asked", name=giver.name, host=host.name)
    raise Refused("visit.badge_not_host", host=host.name)


def take_back(tx: Transaction, visit_id: str, host_id: str) -> None:
    """Take every asking back because it was about other words; the next entry records it."""
    for ask, _person in tx.all(ASKS_OF, visit=visit_id, host=host_id):
        ask.taken_back = True
        tx.put(ask)
