"""What a host is told at his tap: that somebody waits or is still inside, never who."""

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from visitors.ladder.models import VISITORS_FOR
from visitors.models import State
from visitors.rules import spoken


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return how many visitors wait outside for a person who taps, "" for none.

    Who has signed out is told as well that a visitor is still inside (clause 11). It stands where
    everybody at the gate sees it: only the number on the visitor's slip is said.
    """
    found = [one for one in book.all(VISITORS_FOR, host=person.id) if one[0]]
    outside = [(number, gate) for number, state, _here, gate in found
               if state is not State.ADMITTED]  # fmt: skip
    inside = [
        number
        for number, state, here, _gate in found
        if state is State.ADMITTED and here is Whereabouts.OUT
    ]
    told = (_waits(desk, book, outside), _still_inside(inside))
    return pgettext("between parts", ", ").join(one for one in told if one)


def _waits(desk: Desk, book: Book, waiting: list[tuple[int, str]]) -> str:
    if not waiting:
        return ""
    n, (number, gate) = len(waiting), waiting[0]
    if gate != desk.gate and not desk.settings.hub.alone:
        told = ngettext(
            "Visitor {number} waits for you at {gate}",
            "{n} visitors wait for you, the first is {number} at {gate}",
            n,
        )
        return told.format(n=n, number=spoken(number), gate=gate_name(desk, book, gate))
    told = ngettext(
        "Visitor {number} waits for you at the gate",
        "{n} visitors wait for you at the gate, the first is {number}",
        n,
    )
    return told.format(n=n, number=spoken(number))


def _still_inside(numbers: list[int]) -> str:
    if not numbers:
        return ""
    told = _("your visitor {number} is still inside: see to it or hand it over")
    return told.format(number=spoken(numbers[0]))
