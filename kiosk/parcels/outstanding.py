"""What lies here and for whom: an open thing until it is handed out or goes back."""

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext
from kiosk.parcels.models import COUNTS_FOR, OPEN, OPEN_FOR, Kind, Parcel
from kiosk.parcels.rules import urgency

KIND = "parcel"

_LIES = {
    Kind.PARCEL: N_("Parcel for {receiver}: {shelf}"),
    Kind.REGISTERED: N_("Registered letter for {receiver}: {shelf}"),
    Kind.DOCUMENT: N_("Document for {receiver}: {shelf}"),
}
_LIE = {
    Kind.PARCEL: N_("{n} parcels for {receiver}: {shelf}"),
    Kind.REGISTERED: N_("{n} registered letters for {receiver}: {shelf}"),
    Kind.DOCUMENT: N_("{n} documents for {receiver}: {shelf}"),
}
_HAND_OUT = N_("{receiver} taps here and takes it")
_CALL = N_("Call {receiver}, ext. {extension}: collect it")
_TELL = N_("Tell {receiver} that it is not collected")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return everything that lies at this window."""
    lies_here = ((parcel, person) for parcel, person in book.all(OPEN) if desk.wrote(parcel))
    return [_thing(desk, book, parcel, person) for parcel, person in lies_here]


def _thing(desk: Desk, book: Book, parcel: Parcel, person: Person) -> OpenThing:
    grown = urgency(parcel.kind, parcel.arrived_at, desk.clock(), desk.rules)
    return OpenThing(
        kind=KIND, ref=parcel.id, number=parcel.number, urgency=grown,
        what=_what(book, parcel, person), since=parcel.arrived_at, owner=person.staff_no,
        next_step=_next_step(person, late=grown <= Urgency.WAITING),
        facts={"number": parcel.number, "receiver": person.name, "count": parcel.count},
    )  # fmt: skip


def _what(book: Book, parcel: Parcel, person: Person) -> Wording:
    facts = {"receiver": person.name, "shelf": book.read_sealed(parcel.shelf), "n": parcel.count}
    return Wording((_LIE if parcel.count > 1 else _LIES)[parcel.kind], facts)


def _next_step(person: Person, *, late: bool) -> Wording:
    called = {"receiver": person.name, "extension": person.extension}
    if not late:
        return Wording(_HAND_OUT, called)
    return Wording(_CALL if person.extension else _TELL, called)


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a person who taps is told: how many pieces lie here; "" for none."""
    n = sum(book.all(COUNTS_FOR, person=person.id, **desk.own_stamps))
    if not n:
        return ""
    told = ngettext("{n} parcel: at the window", "{n} parcels: at the window", n)
    return told.format(n=n)


def held_for_leaver(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return everything that still lies here for who leaves the house (clause 76)."""
    del desk
    return [
        Holding(
            KIND, parcel.id, parcel.number, _what(book, parcel, person), parcel.arrived_at,
            Wording(_HAND_OUT, {"receiver": person.name}),
        )
        for parcel in book.all(OPEN_FOR, person=person.id)
    ]  # fmt: skip
