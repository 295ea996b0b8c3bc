"""The debt of an emergency admission in the list of open things, until everything is written."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from visitors.emergency.models import DEBTS
from visitors.models import State
from visitors.rules import listed

KIND = "visit.debt"

_OWED = N_("{number} emergency: {n} things still to be written down")
_LATE = N_("{number} emergency: {n} things to be written down, overdue")
_NEXT = N_("Ask, and fill in what is known")


def debts(desk: Desk, book: Book) -> list[OpenThing]:
    """Return what every emergency admission still owes; red once it is overdue.

    A void entry owes nothing. The handover carries it over until it is paid.
    """
    now, today = desk.clock(), desk.today()
    return [
        OpenThing(
            kind=KIND, ref=visit.id, number=(number := listed(visit.day, visit.number, today)),
            urgency=Urgency.NOW if now >= entry.due_at else Urgency.WAITING,
            what=Wording(
                _LATE if now >= entry.due_at else _OWED,
                {"number": number, "n": len(entry.missing)},
            ),
            since=visit.admitted_at or visit.made_at, due=entry.due_at, owner=host.staff_no,
            next_step=Wording(_NEXT), facts={"number": number},
        )
        for entry, visit, host in book.all(DEBTS)
        if visit.state is not State.VOIDED
    ]  # fmt: skip
