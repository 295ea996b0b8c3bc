"""What a host who comes back is told at his tap: that somebody waits, never who."""

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import ngettext
from visitors.ladder.models import OUTSIDE_FOR
from visitors.rules import spoken


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return how many visitors wait outside for a person who taps, "" for none.

    It stands where everybody at the gate sees it: only the number on the visitor's slip is said.
    """
    del desk
    numbers = [number for number in book.all(OUTSIDE_FOR, host=person.id) if number]
    if not numbers:
        return ""
    n = len(numbers)
    told = ngettext(
        "Visitor {number} waits for you at the gate",
        "{n} visitors wait for you at the gate, the first is {number}",
        n,
    )
    return told.format(n=n, number=spoken(numbers[0]))
