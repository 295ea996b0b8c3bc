"""What is sent to who is asked, and how it fared: after the commit, never waited for."""

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outbox import Delivery, Letter, Outbox
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from visitors import rules
from visitors.ladder.asking import address_of
from visitors.ladder.models import ASK, TO_SEND, HostAsk
from visitors.models import State, Visit

_WITH_UNIT = N_(
    "{person}: {visitor} of {unit} is at {gate}, no. {number}. "
    "Please call the gatehouse or tap your badge there."
)
_WITHOUT_UNIT = N_(
    "{person}: {visitor} is at {gate}, no. {number}. "
    "Please call the gatehouse or tap your badge there."
)


def waiting(desk: Desk, book: Book) -> list[Letter]:
    """Return the notices this desk is to send; one about a visitor who waits no more is moot."""
    found = book.all(TO_SEND, gate=desk.gate)
    return [_letter(desk, book, ask, person, visit) for ask, person, visit in found]


def _letter(desk: Desk, book: Book, ask: HostAsk, person: Person, visit: Visit) -> Letter:
    """Make the letter: name, unit, gate and number; never a telephone or an identity number."""
    name = names.visitor_address(
        book.read_sealed(visit.name, erased=""), book.read_sealed(visit.form, erased="")
    )
    unit = book.read_sealed(visit.unit, erased="")
    words = _(_WITH_UNIT if unit else _WITHOUT_UNIT)
    gate = desk.settings.site.gate_name or desk.settings.site.name
    body = words.format(
        person=names.address(person), visitor=name, unit=unit, gate=gate,
        number=rules.spoken(visit.number),
    )  # fmt: skip
    moot = visit.state is not State.HOST_ASKED or visit.answer is not None
    return Letter(ask.id, address_of(desk, book, person), _("A visitor waits"), body, moot=moot)


def note(desk: Desk, ask_id: str, delivery: Delivery, tries: int) -> None:
    """Record how a notice fared, after how many tries; one noted before stays as it is."""
    with desk.write() as tx:
        found = tx.one(ASK, id=ask_id)
        if found is None or found[0].delivery is not Delivery.QUEUED:
            return
        ask, person, visit = found
        ask.delivery = delivery
        tx.put(ask)
        tx.record(
            "visit.host_notified", visit=visit.id, number=rules.spoken(visit.number),
            person=person.staff_no, rung=ask.rung.value, delivery=delivery.value, tries=tries,
        )  # fmt: skip


OUTBOX = Outbox("host_ask", waiting, note)
